// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Integer, Time};
use crate::shape::Cx;
use crate::shapes::Step;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct RoutingCriteria {
    pub steps: Option<Vec<Step>>,
    pub activation_timestamp: Option<Timestamp>,
    pub index: Option<i32>,
}

impl Encode for RoutingCriteria {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Steps", self.steps.as_ref());
        w.optional("ActivationTimestamp", self.activation_timestamp.as_ref());
        w.optional("Index", self.index.as_ref());
        w.end_object();
    }
}

impl Shape for RoutingCriteria {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            steps: cx.optional(members, "Steps", &kinds::STEPS),
            activation_timestamp: cx.optional(members, "ActivationTimestamp", &Time),
            index: cx.optional(members, "Index", &Integer::ANY),
        }
    }
}
