// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::BehaviorType;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CrossChannelBehavior {
    pub behavior_type: BehaviorType,
}

impl Encode for CrossChannelBehavior {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("BehaviorType", &self.behavior_type);
        w.end_object();
    }
}

impl Shape for CrossChannelBehavior {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { behavior_type: cx.required(members, "BehaviorType", &one_of::<BehaviorType>()) }
    }
}
