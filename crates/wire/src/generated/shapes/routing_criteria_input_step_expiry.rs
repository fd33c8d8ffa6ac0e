// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::Integer;
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct RoutingCriteriaInputStepExpiry {
    pub duration_in_seconds: Option<i32>,
}

impl Encode for RoutingCriteriaInputStepExpiry {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("DurationInSeconds", self.duration_in_seconds.as_ref());
        w.end_object();
    }
}

impl Shape for RoutingCriteriaInputStepExpiry {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { duration_in_seconds: cx.optional(members, "DurationInSeconds", &Integer::ANY) }
    }
}
