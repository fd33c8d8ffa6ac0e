// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::{of, one_of};
use crate::shape::Cx;
use crate::shapes::{HistoricalMetricName, Statistic, Threshold, Unit};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct HistoricalMetric {
    pub name: Option<HistoricalMetricName>,
    pub threshold: Option<Threshold>,
    pub statistic: Option<Statistic>,
    pub unit: Option<Unit>,
}

impl Encode for HistoricalMetric {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Name", self.name.as_ref());
        w.optional("Threshold", self.threshold.as_ref());
        w.optional("Statistic", self.statistic.as_ref());
        w.optional("Unit", self.unit.as_ref());
        w.end_object();
    }
}

impl Shape for HistoricalMetric {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            name: cx.optional(members, "Name", &one_of::<HistoricalMetricName>()),
            threshold: cx.optional(members, "Threshold", &of::<Threshold>()),
            statistic: cx.optional(members, "Statistic", &one_of::<Statistic>()),
            unit: cx.optional(members, "Unit", &one_of::<Unit>()),
        }
    }
}
