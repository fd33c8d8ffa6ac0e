// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::StringComparisonType;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct TagSearchCondition {
    pub tag_key: Option<String>,
    pub tag_value: Option<String>,
    pub tag_key_comparison_type: Option<StringComparisonType>,
    pub tag_value_comparison_type: Option<StringComparisonType>,
}

impl Encode for TagSearchCondition {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("tagKey", self.tag_key.as_ref());
        w.optional("tagValue", self.tag_value.as_ref());
        w.optional("tagKeyComparisonType", self.tag_key_comparison_type.as_ref());
        w.optional("tagValueComparisonType", self.tag_value_comparison_type.as_ref());
        w.end_object();
    }
}

impl Shape for TagSearchCondition {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            tag_key: cx.optional(members, "tagKey", &kinds::TAG_KEY_STRING),
            tag_value: cx.optional(members, "tagValue", &kinds::TAG_VALUE_STRING),
            tag_key_comparison_type: cx.optional(members, "tagKeyComparisonType", &one_of::<StringComparisonType>()),
            tag_value_comparison_type: cx.optional(
                members,
                "tagValueComparisonType",
                &one_of::<StringComparisonType>(),
            ),
        }
    }
}
