// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::shapes::SegmentAttributeValue;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactSearchSummarySegmentAttributeValue {
    pub value_string: Option<String>,
    pub value_map: Option<BTreeMap<String, SegmentAttributeValue>>,
}

impl Encode for ContactSearchSummarySegmentAttributeValue {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ValueString", self.value_string.as_ref());
        w.optional("ValueMap", self.value_map.as_ref());
        w.end_object();
    }
}

impl Shape for ContactSearchSummarySegmentAttributeValue {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            value_string: cx.optional(members, "ValueString", &kinds::SEGMENT_ATTRIBUTE_VALUE_STRING),
            value_map: cx.optional(members, "ValueMap", &kinds::SEGMENT_ATTRIBUTE_VALUE_MAP),
        }
    }
}
