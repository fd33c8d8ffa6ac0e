// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::shape::Cx;
use crate::shapes::{MetricFilterV2, ThresholdV2};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct MetricV2 {
    pub name: Option<String>,
    pub threshold: Option<Vec<ThresholdV2>>,
    pub metric_id: Option<String>,
    pub metric_filters: Option<Vec<MetricFilterV2>>,
}

impl Encode for MetricV2 {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Name", self.name.as_ref());
        w.optional("Threshold", self.threshold.as_ref());
        w.optional("MetricId", self.metric_id.as_ref());
        w.optional("MetricFilters", self.metric_filters.as_ref());
        w.end_object();
    }
}

impl Shape for MetricV2 {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            name: cx.optional(members, "Name", &Text::ANY),
            threshold: cx.optional(members, "Threshold", &kinds::THRESHOLD_COLLECTIONS),
            metric_id: cx.optional(members, "MetricId", &kinds::METRIC_ID),
            metric_filters: cx.optional(members, "MetricFilters", &kinds::METRIC_FILTERS_V2_LIST),
        }
    }
}
