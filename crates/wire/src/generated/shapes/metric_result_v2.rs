// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::{MetricDataV2, MetricInterval};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct MetricResultV2 {
    pub dimensions: Option<BTreeMap<String, String>>,
    pub metric_interval: Option<MetricInterval>,
    pub collections: Option<Vec<MetricDataV2>>,
}

impl Encode for MetricResultV2 {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Dimensions", self.dimensions.as_ref());
        w.optional("MetricInterval", self.metric_interval.as_ref());
        w.optional("Collections", self.collections.as_ref());
        w.end_object();
    }
}

impl Shape for MetricResultV2 {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            dimensions: cx.optional(members, "Dimensions", &kinds::DIMENSIONS_V2_MAP),
            metric_interval: cx.optional(members, "MetricInterval", &of::<MetricInterval>()),
            collections: cx.optional(members, "Collections", &kinds::METRIC_DATA_COLLECTIONS_V2),
        }
    }
}
