// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::{Text, one_of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shapes::AgentAvailabilityTimer;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateRoutingProfileAgentAvailabilityTimer",
    method: "POST",
    uri: "/routing-profiles/{InstanceId}/{RoutingProfileId}/agent-availability-timer",
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
pub struct UpdateRoutingProfileAgentAvailabilityTimerInput {
    pub instance_id: String,
    pub routing_profile_id: String,
    pub agent_availability_timer: AgentAvailabilityTimer,
}

impl Input for UpdateRoutingProfileAgentAvailabilityTimerInput {
    const OP: Op = Op::UpdateRoutingProfileAgentAvailabilityTimer;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            routing_profile_id: reader.label(1, "RoutingProfileId", &Text::ANY),
            agent_availability_timer: reader.required("AgentAvailabilityTimer", &one_of::<AgentAvailabilityTimer>()),
        }
    }
}

impl Named for UpdateRoutingProfileAgentAvailabilityTimerInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.routing_profile_id, ResourceKind::RoutingProfile, each);
    }
}

impl Encode for UpdateRoutingProfileAgentAvailabilityTimerInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("RoutingProfileId", &self.routing_profile_id);
        w.member("AgentAvailabilityTimer", &self.agent_availability_timer);
        w.end_object();
    }
}
