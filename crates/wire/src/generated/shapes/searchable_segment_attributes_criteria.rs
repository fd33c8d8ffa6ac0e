// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct SearchableSegmentAttributesCriteria {
    pub key: String,
    pub values: Vec<String>,
}

impl Encode for SearchableSegmentAttributesCriteria {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Key", &self.key);
        w.member("Values", &self.values);
        w.end_object();
    }
}

impl Shape for SearchableSegmentAttributesCriteria {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            key: cx.required(members, "Key", &kinds::SEARCHABLE_SEGMENT_ATTRIBUTE_KEY),
            values: cx.required(members, "Values", &kinds::SEARCHABLE_SEGMENT_ATTRIBUTE_VALUE_LIST),
        }
    }
}
