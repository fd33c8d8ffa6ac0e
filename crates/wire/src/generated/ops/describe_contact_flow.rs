// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::ContactFlow;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "DescribeContactFlow",
    method: "GET",
    uri: "/contact-flows/{InstanceId}/{ContactFlowId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ContactFlowNotPublishedException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DescribeContactFlowInput {
    pub instance_id: String,
    pub contact_flow_id: String,
}

impl Input for DescribeContactFlowInput {
    const OP: Op = Op::DescribeContactFlow;
    const HAS_BODY: bool = false;
    type Output = DescribeContactFlowOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            contact_flow_id: reader.label(1, "ContactFlowId", &kinds::CONTACT_FLOW_ID),
        }
    }
}

impl Named for DescribeContactFlowInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_flow_id, ResourceKind::ContactFlow, each);
    }
}

impl Encode for DescribeContactFlowInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("ContactFlowId", &self.contact_flow_id);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DescribeContactFlowOutput {
    pub contact_flow: Option<ContactFlow>,
}

impl Output for DescribeContactFlowOutput {}

impl Encode for DescribeContactFlowOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ContactFlow", self.contact_flow.as_ref());
        w.end_object();
    }
}

impl Shape for DescribeContactFlowOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { contact_flow: cx.optional(members, "ContactFlow", &of::<ContactFlow>()) }
    }
}
