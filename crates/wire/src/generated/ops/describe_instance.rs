// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{Instance, ReplicationConfiguration};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "DescribeInstance",
    method: "GET",
    uri: "/instance/{InstanceId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DescribeInstanceInput {
    pub instance_id: String,
}

impl Input for DescribeInstanceInput {
    const OP: Op = Op::DescribeInstance;
    const HAS_BODY: bool = false;
    type Output = DescribeInstanceOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self { instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID) }
    }
}

impl Named for DescribeInstanceInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for DescribeInstanceInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DescribeInstanceOutput {
    pub instance: Option<Instance>,
    pub replication_configuration: Option<ReplicationConfiguration>,
}

impl Output for DescribeInstanceOutput {}

impl Encode for DescribeInstanceOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Instance", self.instance.as_ref());
        w.optional("ReplicationConfiguration", self.replication_configuration.as_ref());
        w.end_object();
    }
}

impl Shape for DescribeInstanceOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            instance: cx.optional(members, "Instance", &of::<Instance>()),
            replication_configuration: cx.optional(
                members,
                "ReplicationConfiguration",
                &of::<ReplicationConfiguration>(),
            ),
        }
    }
}
