// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct TagCondition {
    pub tag_key: Option<String>,
    pub tag_value: Option<String>,
}

impl Encode for TagCondition {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("TagKey", self.tag_key.as_ref());
        w.optional("TagValue", self.tag_value.as_ref());
        w.end_object();
    }
}

impl Shape for TagCondition {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            tag_key: cx.optional(members, "TagKey", &Text::ANY),
            tag_value: cx.optional(members, "TagValue", &Text::ANY),
        }
    }
}
