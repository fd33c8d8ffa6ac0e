// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UserReference {
    pub id: Option<String>,
    pub arn: Option<String>,
}

impl Encode for UserReference {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Id", self.id.as_ref());
        w.optional("Arn", self.arn.as_ref());
        w.end_object();
    }
}

impl Shape for UserReference {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { id: cx.optional(members, "Id", &Text::ANY), arn: cx.optional(members, "Arn", &Text::ANY) }
    }
}
