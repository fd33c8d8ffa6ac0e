// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Long, Text, Time, of};
use crate::named::{EachValue, Ids};
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{CurrentMetric, CurrentMetricResult, CurrentMetricSortCriteria, Filters, Grouping};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "GetCurrentMetricData",
    method: "POST",
    uri: "/metrics/current/{InstanceId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::ResourceNotFoundException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct GetCurrentMetricDataInput {
    pub instance_id: String,
    pub filters: Filters,
    pub groupings: Option<Vec<Grouping>>,
    pub current_metrics: Vec<CurrentMetric>,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
    pub sort_criteria: Option<Vec<CurrentMetricSortCriteria>>,
}

impl Input for GetCurrentMetricDataInput {
    const OP: Op = Op::GetCurrentMetricData;
    const HAS_BODY: bool = true;
    type Output = GetCurrentMetricDataOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            filters: reader.required("Filters", &of::<Filters>()),
            groupings: reader.optional("Groupings", &kinds::GROUPINGS),
            current_metrics: reader.required("CurrentMetrics", &kinds::CURRENT_METRICS),
            next_token: reader.optional("NextToken", &Text::ANY),
            max_results: reader.optional("MaxResults", &kinds::MAX_RESULT100),
            sort_criteria: reader.optional("SortCriteria", &kinds::CURRENT_METRIC_SORT_CRITERIA_MAX_ONE),
        }
    }
}

impl Named for GetCurrentMetricDataInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Named::each_named(&self.filters, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Named::each_value(&self.filters, each);
    }
}

impl Encode for GetCurrentMetricDataInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("Filters", &self.filters);
        w.optional("Groupings", self.groupings.as_ref());
        w.member("CurrentMetrics", &self.current_metrics);
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MaxResults", self.max_results.as_ref());
        w.optional("SortCriteria", self.sort_criteria.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct GetCurrentMetricDataOutput {
    pub next_token: Option<String>,
    pub metric_results: Option<Vec<CurrentMetricResult>>,
    pub data_snapshot_time: Option<Timestamp>,
    pub approximate_total_count: Option<i64>,
}

impl Output for GetCurrentMetricDataOutput {}

impl Encode for GetCurrentMetricDataOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MetricResults", self.metric_results.as_ref());
        w.optional("DataSnapshotTime", self.data_snapshot_time.as_ref());
        w.optional("ApproximateTotalCount", self.approximate_total_count.as_ref());
        w.end_object();
    }
}

impl Shape for GetCurrentMetricDataOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            next_token: cx.optional(members, "NextToken", &Text::ANY),
            metric_results: cx.optional(members, "MetricResults", &kinds::CURRENT_METRIC_RESULTS),
            data_snapshot_time: cx.optional(members, "DataSnapshotTime", &Time),
            approximate_total_count: cx.optional(members, "ApproximateTotalCount", &Long::ANY),
        }
    }
}
