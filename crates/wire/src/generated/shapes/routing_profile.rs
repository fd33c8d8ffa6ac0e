// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Bool, Long, Text, Time, one_of};
use crate::shape::Cx;
use crate::shapes::{AgentAvailabilityTimer, MediaConcurrency};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct RoutingProfile {
    pub instance_id: Option<String>,
    pub name: Option<String>,
    pub routing_profile_arn: Option<String>,
    pub routing_profile_id: Option<String>,
    pub description: Option<String>,
    pub media_concurrencies: Option<Vec<MediaConcurrency>>,
    pub default_outbound_queue_id: Option<String>,
    pub tags: Option<BTreeMap<String, String>>,
    pub number_of_associated_queues: Option<i64>,
    pub number_of_associated_manual_assignment_queues: Option<i64>,
    pub number_of_associated_users: Option<i64>,
    pub agent_availability_timer: Option<AgentAvailabilityTimer>,
    pub last_modified_time: Option<Timestamp>,
    pub last_modified_region: Option<String>,
    pub is_default: Option<bool>,
    pub associated_queue_ids: Option<Vec<String>>,
    pub associated_manual_assignment_queue_ids: Option<Vec<String>>,
}

impl Encode for RoutingProfile {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("InstanceId", self.instance_id.as_ref());
        w.optional("Name", self.name.as_ref());
        w.optional("RoutingProfileArn", self.routing_profile_arn.as_ref());
        w.optional("RoutingProfileId", self.routing_profile_id.as_ref());
        w.optional("Description", self.description.as_ref());
        w.optional("MediaConcurrencies", self.media_concurrencies.as_ref());
        w.optional("DefaultOutboundQueueId", self.default_outbound_queue_id.as_ref());
        w.optional("Tags", self.tags.as_ref());
        w.optional("NumberOfAssociatedQueues", self.number_of_associated_queues.as_ref());
        w.optional(
            "NumberOfAssociatedManualAssignmentQueues",
            self.number_of_associated_manual_assignment_queues.as_ref(),
        );
        w.optional("NumberOfAssociatedUsers", self.number_of_associated_users.as_ref());
        w.optional("AgentAvailabilityTimer", self.agent_availability_timer.as_ref());
        w.optional("LastModifiedTime", self.last_modified_time.as_ref());
        w.optional("LastModifiedRegion", self.last_modified_region.as_ref());
        w.optional("IsDefault", self.is_default.as_ref());
        w.optional("AssociatedQueueIds", self.associated_queue_ids.as_ref());
        w.optional("AssociatedManualAssignmentQueueIds", self.associated_manual_assignment_queue_ids.as_ref());
        w.end_object();
    }
}

impl Shape for RoutingProfile {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            instance_id: cx.optional(members, "InstanceId", &kinds::INSTANCE_ID),
            name: cx.optional(members, "Name", &kinds::ROUTING_PROFILE_NAME),
            routing_profile_arn: cx.optional(members, "RoutingProfileArn", &Text::ANY),
            routing_profile_id: cx.optional(members, "RoutingProfileId", &Text::ANY),
            description: cx.optional(members, "Description", &kinds::ROUTING_PROFILE_DESCRIPTION),
            media_concurrencies: cx.optional(members, "MediaConcurrencies", &kinds::MEDIA_CONCURRENCIES),
            default_outbound_queue_id: cx.optional(members, "DefaultOutboundQueueId", &Text::ANY),
            tags: cx.optional(members, "Tags", &kinds::TAG_MAP),
            number_of_associated_queues: cx.optional(members, "NumberOfAssociatedQueues", &Long::ANY),
            number_of_associated_manual_assignment_queues: cx.optional(
                members,
                "NumberOfAssociatedManualAssignmentQueues",
                &Long::ANY,
            ),
            number_of_associated_users: cx.optional(members, "NumberOfAssociatedUsers", &Long::ANY),
            agent_availability_timer: cx.optional(
                members,
                "AgentAvailabilityTimer",
                &one_of::<AgentAvailabilityTimer>(),
            ),
            last_modified_time: cx.optional(members, "LastModifiedTime", &Time),
            last_modified_region: cx.optional(members, "LastModifiedRegion", &kinds::REGION_NAME),
            is_default: cx.optional(members, "IsDefault", &Bool),
            associated_queue_ids: cx.optional(members, "AssociatedQueueIds", &kinds::ASSOCIATED_QUEUE_ID_LIST),
            associated_manual_assignment_queue_ids: cx.optional(
                members,
                "AssociatedManualAssignmentQueueIds",
                &kinds::ASSOCIATED_QUEUE_ID_LIST,
            ),
        }
    }
}
