// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::Transcript;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactAnalysis {
    pub transcript: Option<Transcript>,
}

impl Encode for ContactAnalysis {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Transcript", self.transcript.as_ref());
        w.end_object();
    }
}

impl Shape for ContactAnalysis {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { transcript: cx.optional(members, "Transcript", &of::<Transcript>()) }
    }
}
