// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::StringCondition;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UserHierarchyGroupSearchCriteria {
    pub or_conditions: Option<Vec<UserHierarchyGroupSearchCriteria>>,
    pub and_conditions: Option<Vec<UserHierarchyGroupSearchCriteria>>,
    pub string_condition: Option<StringCondition>,
}

impl Encode for UserHierarchyGroupSearchCriteria {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("OrConditions", self.or_conditions.as_ref());
        w.optional("AndConditions", self.and_conditions.as_ref());
        w.optional("StringCondition", self.string_condition.as_ref());
        w.end_object();
    }
}

impl Shape for UserHierarchyGroupSearchCriteria {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            or_conditions: cx.optional(members, "OrConditions", &kinds::USER_HIERARCHY_GROUP_SEARCH_CONDITION_LIST),
            and_conditions: cx.optional(members, "AndConditions", &kinds::USER_HIERARCHY_GROUP_SEARCH_CONDITION_LIST),
            string_condition: cx.optional(members, "StringCondition", &of::<StringCondition>()),
        }
    }
}
