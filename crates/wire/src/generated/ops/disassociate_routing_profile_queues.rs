// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shapes::RoutingProfileQueueReference;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "DisassociateRoutingProfileQueues",
    method: "POST",
    uri: "/routing-profiles/{InstanceId}/{RoutingProfileId}/disassociate-queues",
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
pub struct DisassociateRoutingProfileQueuesInput {
    pub instance_id: String,
    pub routing_profile_id: String,
    pub queue_references: Option<Vec<RoutingProfileQueueReference>>,
    pub manual_assignment_queue_references: Option<Vec<RoutingProfileQueueReference>>,
}

impl Input for DisassociateRoutingProfileQueuesInput {
    const OP: Op = Op::DisassociateRoutingProfileQueues;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            routing_profile_id: reader.label(1, "RoutingProfileId", &Text::ANY),
            queue_references: reader.optional("QueueReferences", &kinds::ROUTING_PROFILE_QUEUE_REFERENCE_LIST),
            manual_assignment_queue_references: reader
                .optional("ManualAssignmentQueueReferences", &kinds::ROUTING_PROFILE_QUEUE_REFERENCE_LIST),
        }
    }
}

impl Named for DisassociateRoutingProfileQueuesInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.routing_profile_id, ResourceKind::RoutingProfile, each);
        Named::each_named(&self.queue_references, each);
        Named::each_named(&self.manual_assignment_queue_references, each);
    }
}

impl Encode for DisassociateRoutingProfileQueuesInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("RoutingProfileId", &self.routing_profile_id);
        w.optional("QueueReferences", self.queue_references.as_ref());
        w.optional("ManualAssignmentQueueReferences", self.manual_assignment_queue_references.as_ref());
        w.end_object();
    }
}
