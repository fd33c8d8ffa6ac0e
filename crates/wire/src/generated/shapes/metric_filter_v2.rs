// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Bool, Text};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct MetricFilterV2 {
    pub metric_filter_key: Option<String>,
    pub metric_filter_values: Option<Vec<String>>,
    pub negate: Option<bool>,
}

impl Encode for MetricFilterV2 {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("MetricFilterKey", self.metric_filter_key.as_ref());
        w.optional("MetricFilterValues", self.metric_filter_values.as_ref());
        w.optional("Negate", self.negate.as_ref());
        w.end_object();
    }
}

impl Shape for MetricFilterV2 {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            metric_filter_key: cx.optional(members, "MetricFilterKey", &Text::ANY),
            metric_filter_values: cx.optional(members, "MetricFilterValues", &kinds::METRIC_FILTER_VALUE_LIST),
            negate: cx.optional(members, "Negate", &Bool),
        }
    }
}
