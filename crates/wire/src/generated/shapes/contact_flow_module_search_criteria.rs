// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{of, one_of};
use crate::shape::Cx;
use crate::shapes::{ContactFlowModuleState, ContactFlowModuleStatus, StringCondition};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactFlowModuleSearchCriteria {
    pub or_conditions: Option<Vec<ContactFlowModuleSearchCriteria>>,
    pub and_conditions: Option<Vec<ContactFlowModuleSearchCriteria>>,
    pub string_condition: Option<StringCondition>,
    pub state_condition: Option<ContactFlowModuleState>,
    pub status_condition: Option<ContactFlowModuleStatus>,
}

impl Encode for ContactFlowModuleSearchCriteria {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("OrConditions", self.or_conditions.as_ref());
        w.optional("AndConditions", self.and_conditions.as_ref());
        w.optional("StringCondition", self.string_condition.as_ref());
        w.optional("StateCondition", self.state_condition.as_ref());
        w.optional("StatusCondition", self.status_condition.as_ref());
        w.end_object();
    }
}

impl Shape for ContactFlowModuleSearchCriteria {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            or_conditions: cx.optional(members, "OrConditions", &kinds::CONTACT_FLOW_MODULE_SEARCH_CONDITION_LIST),
            and_conditions: cx.optional(members, "AndConditions", &kinds::CONTACT_FLOW_MODULE_SEARCH_CONDITION_LIST),
            string_condition: cx.optional(members, "StringCondition", &of::<StringCondition>()),
            state_condition: cx.optional(members, "StateCondition", &one_of::<ContactFlowModuleState>()),
            status_condition: cx.optional(members, "StatusCondition", &one_of::<ContactFlowModuleStatus>()),
        }
    }
}
