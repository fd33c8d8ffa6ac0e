// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::Preview;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct AgentFirst {
    pub preview: Option<Preview>,
}

impl Encode for AgentFirst {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Preview", self.preview.as_ref());
        w.end_object();
    }
}

impl Shape for AgentFirst {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { preview: cx.optional(members, "Preview", &of::<Preview>()) }
    }
}
