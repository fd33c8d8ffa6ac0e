// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactNotTerminatedException {
    pub message: Option<String>,
}

impl Encode for ContactNotTerminatedException {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Message", self.message.as_ref());
        w.end_object();
    }
}

impl Shape for ContactNotTerminatedException {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { message: cx.optional(members, "Message", &Text::ANY) }
    }
}
