// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::{Text, of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shapes::OutboundCallerConfig;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateQueueOutboundCallerConfig",
    method: "POST",
    uri: "/queues/{InstanceId}/{QueueId}/outbound-caller-config",
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
pub struct UpdateQueueOutboundCallerConfigInput {
    pub instance_id: String,
    pub queue_id: String,
    pub outbound_caller_config: OutboundCallerConfig,
}

impl Input for UpdateQueueOutboundCallerConfigInput {
    const OP: Op = Op::UpdateQueueOutboundCallerConfig;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            queue_id: reader.label(1, "QueueId", &Text::ANY),
            outbound_caller_config: reader.required("OutboundCallerConfig", &of::<OutboundCallerConfig>()),
        }
    }
}

impl Named for UpdateQueueOutboundCallerConfigInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.queue_id, ResourceKind::Queue, each);
        Named::each_named(&self.outbound_caller_config, each);
    }
}

impl Encode for UpdateQueueOutboundCallerConfigInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("QueueId", &self.queue_id);
        w.member("OutboundCallerConfig", &self.outbound_caller_config);
        w.end_object();
    }
}
