// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::shapes::ProblemDetail;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct InvalidContactFlowModuleException {
    pub problems: Option<Vec<ProblemDetail>>,
}

impl Encode for InvalidContactFlowModuleException {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Problems", self.problems.as_ref());
        w.end_object();
    }
}

impl Shape for InvalidContactFlowModuleException {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { problems: cx.optional(members, "Problems", &kinds::PROBLEMS) }
    }
}
