// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::shapes::RoutingCriteriaInputStep;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct RoutingCriteriaInput {
    pub steps: Option<Vec<RoutingCriteriaInputStep>>,
}

impl Named for RoutingCriteriaInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Named::each_named(&self.steps, each);
    }
}

impl Encode for RoutingCriteriaInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Steps", self.steps.as_ref());
        w.end_object();
    }
}

impl Shape for RoutingCriteriaInput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { steps: cx.optional(members, "Steps", &kinds::ROUTING_CRITERIA_INPUT_STEPS) }
    }
}
