// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::{Double, of};
use crate::shape::Cx;
use crate::shapes::HistoricalMetric;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct HistoricalMetricData {
    pub metric: Option<HistoricalMetric>,
    pub value: Option<f64>,
}

impl Encode for HistoricalMetricData {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Metric", self.metric.as_ref());
        w.optional("Value", self.value.as_ref());
        w.end_object();
    }
}

impl Shape for HistoricalMetricData {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            metric: cx.optional(members, "Metric", &of::<HistoricalMetric>()),
            value: cx.optional(members, "Value", &Double::ANY),
        }
    }
}
