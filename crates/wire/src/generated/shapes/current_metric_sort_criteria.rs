// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::{CurrentMetricName, SortOrder};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CurrentMetricSortCriteria {
    pub sort_by_metric: Option<CurrentMetricName>,
    pub sort_order: Option<SortOrder>,
}

impl Encode for CurrentMetricSortCriteria {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("SortByMetric", self.sort_by_metric.as_ref());
        w.optional("SortOrder", self.sort_order.as_ref());
        w.end_object();
    }
}

impl Shape for CurrentMetricSortCriteria {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            sort_by_metric: cx.optional(members, "SortByMetric", &one_of::<CurrentMetricName>()),
            sort_order: cx.optional(members, "SortOrder", &one_of::<SortOrder>()),
        }
    }
}
