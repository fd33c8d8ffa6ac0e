// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, one_of};
use crate::named::{EachValue, Ids, Texts};
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{
    AgentAvailabilityTimer, MediaConcurrency, RoutingProfileManualAssignmentQueueConfig, RoutingProfileQueueConfig,
};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "CreateRoutingProfile",
    method: "PUT",
    uri: "/routing-profiles/{InstanceId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::DuplicateResourceException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::LimitExceededException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateRoutingProfileInput {
    pub instance_id: String,
    pub name: String,
    pub description: String,
    pub default_outbound_queue_id: String,
    pub queue_configs: Option<Vec<RoutingProfileQueueConfig>>,
    pub manual_assignment_queue_configs: Option<Vec<RoutingProfileManualAssignmentQueueConfig>>,
    pub media_concurrencies: Vec<MediaConcurrency>,
    pub tags: Option<BTreeMap<String, String>>,
    pub agent_availability_timer: Option<AgentAvailabilityTimer>,
}

impl Input for CreateRoutingProfileInput {
    const OP: Op = Op::CreateRoutingProfile;
    const HAS_BODY: bool = true;
    type Output = CreateRoutingProfileOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            name: reader.required("Name", &kinds::ROUTING_PROFILE_NAME),
            description: reader.required("Description", &kinds::ROUTING_PROFILE_DESCRIPTION),
            default_outbound_queue_id: reader.required("DefaultOutboundQueueId", &Text::ANY),
            queue_configs: reader.optional("QueueConfigs", &kinds::ROUTING_PROFILE_QUEUE_CONFIG_LIST),
            manual_assignment_queue_configs: reader
                .optional("ManualAssignmentQueueConfigs", &kinds::ROUTING_PROFILE_MANUAL_ASSIGNMENT_QUEUE_CONFIG_LIST),
            media_concurrencies: reader.required("MediaConcurrencies", &kinds::MEDIA_CONCURRENCIES),
            tags: reader.optional("Tags", &kinds::TAG_MAP),
            agent_availability_timer: reader.optional("AgentAvailabilityTimer", &one_of::<AgentAvailabilityTimer>()),
        }
    }
}

impl Named for CreateRoutingProfileInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.default_outbound_queue_id, ResourceKind::Queue, each);
        Named::each_named(&self.queue_configs, each);
        Named::each_named(&self.manual_assignment_queue_configs, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Texts::each_text(&self.tags, "aws:RequestTag/", each);
    }
}

impl Encode for CreateRoutingProfileInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("Name", &self.name);
        w.member("Description", &self.description);
        w.member("DefaultOutboundQueueId", &self.default_outbound_queue_id);
        w.optional("QueueConfigs", self.queue_configs.as_ref());
        w.optional("ManualAssignmentQueueConfigs", self.manual_assignment_queue_configs.as_ref());
        w.member("MediaConcurrencies", &self.media_concurrencies);
        w.optional("Tags", self.tags.as_ref());
        w.optional("AgentAvailabilityTimer", self.agent_availability_timer.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateRoutingProfileOutput {
    pub routing_profile_arn: Option<String>,
    pub routing_profile_id: Option<String>,
}

impl Output for CreateRoutingProfileOutput {}

impl Encode for CreateRoutingProfileOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("RoutingProfileArn", self.routing_profile_arn.as_ref());
        w.optional("RoutingProfileId", self.routing_profile_id.as_ref());
        w.end_object();
    }
}

impl Shape for CreateRoutingProfileOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            routing_profile_arn: cx.optional(members, "RoutingProfileArn", &Text::ANY),
            routing_profile_id: cx.optional(members, "RoutingProfileId", &Text::ANY),
        }
    }
}
