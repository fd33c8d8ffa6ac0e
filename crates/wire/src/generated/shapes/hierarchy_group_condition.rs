// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::{Text, one_of};
use crate::shape::Cx;
use crate::shapes::HierarchyGroupMatchType;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct HierarchyGroupCondition {
    pub value: Option<String>,
    pub hierarchy_group_match_type: Option<HierarchyGroupMatchType>,
}

impl Encode for HierarchyGroupCondition {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Value", self.value.as_ref());
        w.optional("HierarchyGroupMatchType", self.hierarchy_group_match_type.as_ref());
        w.end_object();
    }
}

impl Shape for HierarchyGroupCondition {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            value: cx.optional(members, "Value", &Text::ANY),
            hierarchy_group_match_type: cx.optional(
                members,
                "HierarchyGroupMatchType",
                &one_of::<HierarchyGroupMatchType>(),
            ),
        }
    }
}
