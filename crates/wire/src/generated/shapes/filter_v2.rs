// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::FilterV2StringCondition;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct FilterV2 {
    pub filter_key: Option<String>,
    pub filter_values: Option<Vec<String>>,
    pub string_condition: Option<FilterV2StringCondition>,
}

impl Encode for FilterV2 {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("FilterKey", self.filter_key.as_ref());
        w.optional("FilterValues", self.filter_values.as_ref());
        w.optional("StringCondition", self.string_condition.as_ref());
        w.end_object();
    }
}

impl Shape for FilterV2 {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            filter_key: cx.optional(members, "FilterKey", &kinds::RESOURCE_ARN_OR_ID),
            filter_values: cx.optional(members, "FilterValues", &kinds::FILTER_VALUE_LIST),
            string_condition: cx.optional(members, "StringCondition", &of::<FilterV2StringCondition>()),
        }
    }
}
