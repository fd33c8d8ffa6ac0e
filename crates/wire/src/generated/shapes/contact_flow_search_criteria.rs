// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{of, one_of};
use crate::shape::Cx;
use crate::shapes::{ContactFlowState, ContactFlowStatus, ContactFlowType, StringCondition};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactFlowSearchCriteria {
    pub or_conditions: Option<Vec<ContactFlowSearchCriteria>>,
    pub and_conditions: Option<Vec<ContactFlowSearchCriteria>>,
    pub string_condition: Option<StringCondition>,
    pub type_condition: Option<ContactFlowType>,
    pub state_condition: Option<ContactFlowState>,
    pub status_condition: Option<ContactFlowStatus>,
}

impl Encode for ContactFlowSearchCriteria {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("OrConditions", self.or_conditions.as_ref());
        w.optional("AndConditions", self.and_conditions.as_ref());
        w.optional("StringCondition", self.string_condition.as_ref());
        w.optional("TypeCondition", self.type_condition.as_ref());
        w.optional("StateCondition", self.state_condition.as_ref());
        w.optional("StatusCondition", self.status_condition.as_ref());
        w.end_object();
    }
}

impl Shape for ContactFlowSearchCriteria {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            or_conditions: cx.optional(members, "OrConditions", &kinds::CONTACT_FLOW_SEARCH_CONDITION_LIST),
            and_conditions: cx.optional(members, "AndConditions", &kinds::CONTACT_FLOW_SEARCH_CONDITION_LIST),
            string_condition: cx.optional(members, "StringCondition", &of::<StringCondition>()),
            type_condition: cx.optional(members, "TypeCondition", &one_of::<ContactFlowType>()),
            state_condition: cx.optional(members, "StateCondition", &one_of::<ContactFlowState>()),
            status_condition: cx.optional(members, "StatusCondition", &one_of::<ContactFlowStatus>()),
        }
    }
}
