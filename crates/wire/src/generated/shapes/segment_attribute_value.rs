// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Integer;
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct SegmentAttributeValue {
    pub value_string: Option<String>,
    pub value_map: Option<BTreeMap<String, SegmentAttributeValue>>,
    pub value_integer: Option<i32>,
    pub value_list: Option<Vec<SegmentAttributeValue>>,
    pub value_arn: Option<String>,
}

impl Encode for SegmentAttributeValue {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ValueString", self.value_string.as_ref());
        w.optional("ValueMap", self.value_map.as_ref());
        w.optional("ValueInteger", self.value_integer.as_ref());
        w.optional("ValueList", self.value_list.as_ref());
        w.optional("ValueArn", self.value_arn.as_ref());
        w.end_object();
    }
}

impl Shape for SegmentAttributeValue {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            value_string: cx.optional(members, "ValueString", &kinds::SEGMENT_ATTRIBUTE_VALUE_STRING),
            value_map: cx.optional(members, "ValueMap", &kinds::SEGMENT_ATTRIBUTE_VALUE_MAP),
            value_integer: cx.optional(members, "ValueInteger", &Integer::ANY),
            value_list: cx.optional(members, "ValueList", &kinds::SEGMENT_ATTRIBUTE_VALUE_LIST),
            value_arn: cx.optional(members, "ValueArn", &kinds::SEGMENT_ATTRIBUTE_VALUE_STRING),
        }
    }
}
