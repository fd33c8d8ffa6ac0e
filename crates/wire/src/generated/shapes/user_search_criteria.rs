// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::{HierarchyGroupCondition, ListCondition, StringCondition};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UserSearchCriteria {
    pub or_conditions: Option<Vec<UserSearchCriteria>>,
    pub and_conditions: Option<Vec<UserSearchCriteria>>,
    pub string_condition: Option<StringCondition>,
    pub list_condition: Option<ListCondition>,
    pub hierarchy_group_condition: Option<HierarchyGroupCondition>,
}

impl Encode for UserSearchCriteria {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("OrConditions", self.or_conditions.as_ref());
        w.optional("AndConditions", self.and_conditions.as_ref());
        w.optional("StringCondition", self.string_condition.as_ref());
        w.optional("ListCondition", self.list_condition.as_ref());
        w.optional("HierarchyGroupCondition", self.hierarchy_group_condition.as_ref());
        w.end_object();
    }
}

impl Shape for UserSearchCriteria {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            or_conditions: cx.optional(members, "OrConditions", &kinds::USER_SEARCH_CONDITION_LIST),
            and_conditions: cx.optional(members, "AndConditions", &kinds::USER_SEARCH_CONDITION_LIST),
            string_condition: cx.optional(members, "StringCondition", &of::<StringCondition>()),
            list_condition: cx.optional(members, "ListCondition", &of::<ListCondition>()),
            hierarchy_group_condition: cx.optional(
                members,
                "HierarchyGroupCondition",
                &of::<HierarchyGroupCondition>(),
            ),
        }
    }
}
