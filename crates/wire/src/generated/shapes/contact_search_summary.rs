// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time, of, one_of};
use crate::shape::Cx;
use crate::shapes::{
    Channel, ContactInitiationMethod, ContactSearchSummaryAgentInfo, ContactSearchSummaryAiAgentInfo,
    ContactSearchSummaryQueueInfo, ContactSearchSummarySegmentAttributeValue, GlobalResiliencyMetadata,
    RoutingCriteria,
};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactSearchSummary {
    pub arn: Option<String>,
    pub id: Option<String>,
    pub initial_contact_id: Option<String>,
    pub previous_contact_id: Option<String>,
    pub initiation_method: Option<ContactInitiationMethod>,
    pub channel: Option<Channel>,
    pub queue_info: Option<ContactSearchSummaryQueueInfo>,
    pub agent_info: Option<ContactSearchSummaryAgentInfo>,
    pub initiation_timestamp: Option<Timestamp>,
    pub disconnect_timestamp: Option<Timestamp>,
    pub scheduled_timestamp: Option<Timestamp>,
    pub segment_attributes: Option<BTreeMap<String, ContactSearchSummarySegmentAttributeValue>>,
    pub name: Option<String>,
    pub routing_criteria: Option<RoutingCriteria>,
    pub tags: Option<BTreeMap<String, String>>,
    pub global_resiliency_metadata: Option<GlobalResiliencyMetadata>,
    pub ai_agent_info: Option<Vec<ContactSearchSummaryAiAgentInfo>>,
}

impl Encode for ContactSearchSummary {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Arn", self.arn.as_ref());
        w.optional("Id", self.id.as_ref());
        w.optional("InitialContactId", self.initial_contact_id.as_ref());
        w.optional("PreviousContactId", self.previous_contact_id.as_ref());
        w.optional("InitiationMethod", self.initiation_method.as_ref());
        w.optional("Channel", self.channel.as_ref());
        w.optional("QueueInfo", self.queue_info.as_ref());
        w.optional("AgentInfo", self.agent_info.as_ref());
        w.optional("InitiationTimestamp", self.initiation_timestamp.as_ref());
        w.optional("DisconnectTimestamp", self.disconnect_timestamp.as_ref());
        w.optional("ScheduledTimestamp", self.scheduled_timestamp.as_ref());
        w.optional("SegmentAttributes", self.segment_attributes.as_ref());
        w.optional("Name", self.name.as_ref());
        w.optional("RoutingCriteria", self.routing_criteria.as_ref());
        w.optional("Tags", self.tags.as_ref());
        w.optional("GlobalResiliencyMetadata", self.global_resiliency_metadata.as_ref());
        w.optional("AiAgentInfo", self.ai_agent_info.as_ref());
        w.end_object();
    }
}

impl Shape for ContactSearchSummary {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            arn: cx.optional(members, "Arn", &Text::ANY),
            id: cx.optional(members, "Id", &kinds::CONTACT_ID),
            initial_contact_id: cx.optional(members, "InitialContactId", &kinds::CONTACT_ID),
            previous_contact_id: cx.optional(members, "PreviousContactId", &kinds::CONTACT_ID),
            initiation_method: cx.optional(members, "InitiationMethod", &one_of::<ContactInitiationMethod>()),
            channel: cx.optional(members, "Channel", &one_of::<Channel>()),
            queue_info: cx.optional(members, "QueueInfo", &of::<ContactSearchSummaryQueueInfo>()),
            agent_info: cx.optional(members, "AgentInfo", &of::<ContactSearchSummaryAgentInfo>()),
            initiation_timestamp: cx.optional(members, "InitiationTimestamp", &Time),
            disconnect_timestamp: cx.optional(members, "DisconnectTimestamp", &Time),
            scheduled_timestamp: cx.optional(members, "ScheduledTimestamp", &Time),
            segment_attributes: cx.optional(
                members,
                "SegmentAttributes",
                &kinds::CONTACT_SEARCH_SUMMARY_SEGMENT_ATTRIBUTES,
            ),
            name: cx.optional(members, "Name", &kinds::NAME),
            routing_criteria: cx.optional(members, "RoutingCriteria", &of::<RoutingCriteria>()),
            tags: cx.optional(members, "Tags", &kinds::CONTACT_TAG_MAP),
            global_resiliency_metadata: cx.optional(
                members,
                "GlobalResiliencyMetadata",
                &of::<GlobalResiliencyMetadata>(),
            ),
            ai_agent_info: cx.optional(members, "AiAgentInfo", &kinds::CONTACT_SEARCH_SUMMARY_AI_AGENT_INFO_LIST),
        }
    }
}
