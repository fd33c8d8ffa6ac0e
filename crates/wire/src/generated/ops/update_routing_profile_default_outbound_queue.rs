// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateRoutingProfileDefaultOutboundQueue",
    method: "POST",
    uri: "/routing-profiles/{InstanceId}/{RoutingProfileId}/default-outbound-queue",
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
pub struct UpdateRoutingProfileDefaultOutboundQueueInput {
    pub instance_id: String,
    pub routing_profile_id: String,
    pub default_outbound_queue_id: String,
}

impl Input for UpdateRoutingProfileDefaultOutboundQueueInput {
    const OP: Op = Op::UpdateRoutingProfileDefaultOutboundQueue;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            routing_profile_id: reader.label(1, "RoutingProfileId", &Text::ANY),
            default_outbound_queue_id: reader.required("DefaultOutboundQueueId", &Text::ANY),
        }
    }
}

impl Named for UpdateRoutingProfileDefaultOutboundQueueInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.routing_profile_id, ResourceKind::RoutingProfile, each);
        Ids::each_id(&self.default_outbound_queue_id, ResourceKind::Queue, each);
    }
}

impl Encode for UpdateRoutingProfileDefaultOutboundQueueInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("RoutingProfileId", &self.routing_profile_id);
        w.member("DefaultOutboundQueueId", &self.default_outbound_queue_id);
        w.end_object();
    }
}
