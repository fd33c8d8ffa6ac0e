// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct TagSet {
    pub key: Option<String>,
    pub value: Option<String>,
}

impl Encode for TagSet {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("key", self.key.as_ref());
        w.optional("value", self.value.as_ref());
        w.end_object();
    }
}

impl Shape for TagSet {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            key: cx.optional(members, "key", &kinds::TAG_KEY),
            value: cx.optional(members, "value", &kinds::TAG_VALUE),
        }
    }
}
