// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::QuickConnect;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "DescribeQuickConnect",
    method: "GET",
    uri: "/quick-connects/{InstanceId}/{QuickConnectId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DescribeQuickConnectInput {
    pub instance_id: String,
    pub quick_connect_id: String,
}

impl Input for DescribeQuickConnectInput {
    const OP: Op = Op::DescribeQuickConnect;
    const HAS_BODY: bool = false;
    type Output = DescribeQuickConnectOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            quick_connect_id: reader.label(1, "QuickConnectId", &Text::ANY),
        }
    }
}

impl Named for DescribeQuickConnectInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.quick_connect_id, ResourceKind::QuickConnect, each);
    }
}

impl Encode for DescribeQuickConnectInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("QuickConnectId", &self.quick_connect_id);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DescribeQuickConnectOutput {
    pub quick_connect: Option<QuickConnect>,
}

impl Output for DescribeQuickConnectOutput {}

impl Encode for DescribeQuickConnectOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("QuickConnect", self.quick_connect.as_ref());
        w.end_object();
    }
}

impl Shape for DescribeQuickConnectOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { quick_connect: cx.optional(members, "QuickConnect", &of::<QuickConnect>()) }
    }
}
