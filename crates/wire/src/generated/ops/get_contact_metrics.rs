// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{ContactMetricInfo, ContactMetricResult};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "GetContactMetrics",
    method: "POST",
    uri: "/metrics/contact",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::AccessDeniedException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct GetContactMetricsInput {
    pub instance_id: String,
    pub contact_id: String,
    pub metrics: Vec<ContactMetricInfo>,
}

impl Input for GetContactMetricsInput {
    const OP: Op = Op::GetContactMetrics;
    const HAS_BODY: bool = true;
    type Output = GetContactMetricsOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.required("InstanceId", &kinds::INSTANCE_ID_OR_ARN),
            contact_id: reader.required("ContactId", &kinds::INSTANCE_ID_OR_ARN),
            metrics: reader.required("Metrics", &kinds::CONTACT_METRICS),
        }
    }
}

impl Named for GetContactMetricsInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_id, ResourceKind::Contact, each);
    }
}

impl Encode for GetContactMetricsInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("ContactId", &self.contact_id);
        w.member("Metrics", &self.metrics);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct GetContactMetricsOutput {
    pub metric_results: Option<Vec<ContactMetricResult>>,
    pub id: Option<String>,
    pub arn: Option<String>,
}

impl Output for GetContactMetricsOutput {}

impl Encode for GetContactMetricsOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("MetricResults", self.metric_results.as_ref());
        w.optional("Id", self.id.as_ref());
        w.optional("Arn", self.arn.as_ref());
        w.end_object();
    }
}

impl Shape for GetContactMetricsOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            metric_results: cx.optional(members, "MetricResults", &kinds::CONTACT_METRIC_RESULTS),
            id: cx.optional(members, "Id", &kinds::CONTACT_ID),
            arn: cx.optional(members, "Arn", &Text::ANY),
        }
    }
}
