// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::Queue;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "DescribeQueue",
    method: "GET",
    uri: "/queues/{InstanceId}/{QueueId}",
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
pub struct DescribeQueueInput {
    pub instance_id: String,
    pub queue_id: String,
}

impl Input for DescribeQueueInput {
    const OP: Op = Op::DescribeQueue;
    const HAS_BODY: bool = false;
    type Output = DescribeQueueOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            queue_id: reader.label(1, "QueueId", &Text::ANY),
        }
    }
}

impl Named for DescribeQueueInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.queue_id, ResourceKind::Queue, each);
    }
}

impl Encode for DescribeQueueInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("QueueId", &self.queue_id);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DescribeQueueOutput {
    pub queue: Option<Queue>,
}

impl Output for DescribeQueueOutput {}

impl Encode for DescribeQueueOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Queue", self.queue.as_ref());
        w.end_object();
    }
}

impl Shape for DescribeQueueOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { queue: cx.optional(members, "Queue", &of::<Queue>()) }
    }
}
