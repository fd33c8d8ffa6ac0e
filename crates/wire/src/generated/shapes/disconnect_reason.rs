// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DisconnectReason {
    pub code: Option<String>,
}

impl Encode for DisconnectReason {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Code", self.code.as_ref());
        w.end_object();
    }
}

impl Shape for DisconnectReason {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { code: cx.optional(members, "Code", &Text::ANY) }
    }
}
