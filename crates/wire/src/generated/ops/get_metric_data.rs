// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time, of};
use crate::named::{EachValue, Ids};
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{Filters, Grouping, HistoricalMetric, HistoricalMetricResult};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "GetMetricData",
    method: "POST",
    uri: "/metrics/historical/{InstanceId}",
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
pub struct GetMetricDataInput {
    pub instance_id: String,
    pub start_time: Timestamp,
    pub end_time: Timestamp,
    pub filters: Filters,
    pub groupings: Option<Vec<Grouping>>,
    pub historical_metrics: Vec<HistoricalMetric>,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
}

impl Input for GetMetricDataInput {
    const OP: Op = Op::GetMetricData;
    const HAS_BODY: bool = true;
    type Output = GetMetricDataOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            start_time: reader.required("StartTime", &Time),
            end_time: reader.required("EndTime", &Time),
            filters: reader.required("Filters", &of::<Filters>()),
            groupings: reader.optional("Groupings", &kinds::GROUPINGS),
            historical_metrics: reader.required("HistoricalMetrics", &kinds::HISTORICAL_METRICS),
            next_token: reader.optional("NextToken", &Text::ANY),
            max_results: reader.optional("MaxResults", &kinds::MAX_RESULT100),
        }
    }
}

impl Named for GetMetricDataInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Named::each_named(&self.filters, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Named::each_value(&self.filters, each);
    }
}

impl Encode for GetMetricDataInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("StartTime", &self.start_time);
        w.member("EndTime", &self.end_time);
        w.member("Filters", &self.filters);
        w.optional("Groupings", self.groupings.as_ref());
        w.member("HistoricalMetrics", &self.historical_metrics);
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MaxResults", self.max_results.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct GetMetricDataOutput {
    pub next_token: Option<String>,
    pub metric_results: Option<Vec<HistoricalMetricResult>>,
}

impl Output for GetMetricDataOutput {}

impl Encode for GetMetricDataOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MetricResults", self.metric_results.as_ref());
        w.end_object();
    }
}

impl Shape for GetMetricDataOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            next_token: cx.optional(members, "NextToken", &Text::ANY),
            metric_results: cx.optional(members, "MetricResults", &kinds::HISTORICAL_METRIC_RESULTS),
        }
    }
}
