// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::Bool;
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ExternalInvocationConfiguration {
    pub enabled: Option<bool>,
}

impl Encode for ExternalInvocationConfiguration {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Enabled", self.enabled.as_ref());
        w.end_object();
    }
}

impl Shape for ExternalInvocationConfiguration {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { enabled: cx.optional(members, "Enabled", &Bool) }
    }
}
