// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::{Condition, TargetListType};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListCondition {
    pub target_list_type: Option<TargetListType>,
    pub conditions: Option<Vec<Condition>>,
}

impl Encode for ListCondition {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("TargetListType", self.target_list_type.as_ref());
        w.optional("Conditions", self.conditions.as_ref());
        w.end_object();
    }
}

impl Shape for ListCondition {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            target_list_type: cx.optional(members, "TargetListType", &one_of::<TargetListType>()),
            conditions: cx.optional(members, "Conditions", &kinds::CONDITIONS),
        }
    }
}
