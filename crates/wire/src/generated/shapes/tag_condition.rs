// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::named::EachValue;
use crate::shape::Cx;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct TagCondition {
    pub tag_key: Option<String>,
    pub tag_value: Option<String>,
}

impl Named for TagCondition {
    fn each_named<'s>(&'s self, _each: &mut dyn FnMut(ResourceKind, &'s str)) {}

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        crate::named::search_tag(self.tag_key.as_deref(), self.tag_value.as_deref(), each);
    }
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
