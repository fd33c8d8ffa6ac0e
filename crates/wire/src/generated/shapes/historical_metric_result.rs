// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::{Dimensions, HistoricalMetricData};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct HistoricalMetricResult {
    pub dimensions: Option<Dimensions>,
    pub collections: Option<Vec<HistoricalMetricData>>,
}

impl Encode for HistoricalMetricResult {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Dimensions", self.dimensions.as_ref());
        w.optional("Collections", self.collections.as_ref());
        w.end_object();
    }
}

impl Shape for HistoricalMetricResult {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            dimensions: cx.optional(members, "Dimensions", &of::<Dimensions>()),
            collections: cx.optional(members, "Collections", &kinds::HISTORICAL_METRIC_DATA_COLLECTIONS),
        }
    }
}
