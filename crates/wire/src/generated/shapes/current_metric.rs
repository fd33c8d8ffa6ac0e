// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::{CurrentMetricName, Unit};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CurrentMetric {
    pub name: Option<CurrentMetricName>,
    pub metric_id: Option<String>,
    pub unit: Option<Unit>,
}

impl Encode for CurrentMetric {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Name", self.name.as_ref());
        w.optional("MetricId", self.metric_id.as_ref());
        w.optional("Unit", self.unit.as_ref());
        w.end_object();
    }
}

impl Shape for CurrentMetric {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            name: cx.optional(members, "Name", &one_of::<CurrentMetricName>()),
            metric_id: cx.optional(members, "MetricId", &kinds::CURRENT_METRIC_ID),
            unit: cx.optional(members, "Unit", &one_of::<Unit>()),
        }
    }
}
