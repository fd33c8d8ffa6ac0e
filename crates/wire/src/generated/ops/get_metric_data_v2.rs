// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time, of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{FilterV2, IntervalDetails, MetricResultV2, MetricV2};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "GetMetricDataV2",
    method: "POST",
    uri: "/metrics/data",
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
pub struct GetMetricDataV2Input {
    pub resource_arn: String,
    pub start_time: Timestamp,
    pub end_time: Timestamp,
    pub interval: Option<IntervalDetails>,
    pub filters: Vec<FilterV2>,
    pub groupings: Option<Vec<String>>,
    pub metrics: Vec<MetricV2>,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
}

impl Input for GetMetricDataV2Input {
    const OP: Op = Op::GetMetricDataV2;
    const HAS_BODY: bool = true;
    type Output = GetMetricDataV2Output;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            resource_arn: reader.required("ResourceArn", &Text::ANY),
            start_time: reader.required("StartTime", &Time),
            end_time: reader.required("EndTime", &Time),
            interval: reader.optional("Interval", &of::<IntervalDetails>()),
            filters: reader.required("Filters", &kinds::FILTERS_V2_LIST),
            groupings: reader.optional("Groupings", &kinds::GROUPINGS_V2),
            metrics: reader.required("Metrics", &kinds::METRICS_V2),
            next_token: reader.optional("NextToken", &kinds::NEXT_TOKEN2500),
            max_results: reader.optional("MaxResults", &kinds::MAX_RESULT100),
        }
    }
}

impl Named for GetMetricDataV2Input {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.resource_arn, ResourceKind::Any, each);
    }
}

impl Encode for GetMetricDataV2Input {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("ResourceArn", &self.resource_arn);
        w.member("StartTime", &self.start_time);
        w.member("EndTime", &self.end_time);
        w.optional("Interval", self.interval.as_ref());
        w.member("Filters", &self.filters);
        w.optional("Groupings", self.groupings.as_ref());
        w.member("Metrics", &self.metrics);
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MaxResults", self.max_results.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct GetMetricDataV2Output {
    pub next_token: Option<String>,
    pub metric_results: Option<Vec<MetricResultV2>>,
}

impl Output for GetMetricDataV2Output {}

impl Encode for GetMetricDataV2Output {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MetricResults", self.metric_results.as_ref());
        w.end_object();
    }
}

impl Shape for GetMetricDataV2Output {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            next_token: cx.optional(members, "NextToken", &kinds::NEXT_TOKEN2500),
            metric_results: cx.optional(members, "MetricResults", &kinds::METRIC_RESULTS_V2),
        }
    }
}
