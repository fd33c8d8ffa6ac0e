// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shapes::{RoutingProfileManualAssignmentQueueConfig, RoutingProfileQueueConfig};
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "AssociateRoutingProfileQueues",
    method: "POST",
    uri: "/routing-profiles/{InstanceId}/{RoutingProfileId}/associate-queues",
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
pub struct AssociateRoutingProfileQueuesInput {
    pub instance_id: String,
    pub routing_profile_id: String,
    pub queue_configs: Option<Vec<RoutingProfileQueueConfig>>,
    pub manual_assignment_queue_configs: Option<Vec<RoutingProfileManualAssignmentQueueConfig>>,
}

impl Input for AssociateRoutingProfileQueuesInput {
    const OP: Op = Op::AssociateRoutingProfileQueues;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            routing_profile_id: reader.label(1, "RoutingProfileId", &Text::ANY),
            queue_configs: reader.optional("QueueConfigs", &kinds::ROUTING_PROFILE_QUEUE_CONFIG_LIST),
            manual_assignment_queue_configs: reader
                .optional("ManualAssignmentQueueConfigs", &kinds::ROUTING_PROFILE_MANUAL_ASSIGNMENT_QUEUE_CONFIG_LIST),
        }
    }
}

impl Named for AssociateRoutingProfileQueuesInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.routing_profile_id, ResourceKind::RoutingProfile, each);
        Named::each_named(&self.queue_configs, each);
        Named::each_named(&self.manual_assignment_queue_configs, each);
    }
}

impl Encode for AssociateRoutingProfileQueuesInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("RoutingProfileId", &self.routing_profile_id);
        w.optional("QueueConfigs", self.queue_configs.as_ref());
        w.optional("ManualAssignmentQueueConfigs", self.manual_assignment_queue_configs.as_ref());
        w.end_object();
    }
}
