// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Integer, Text, Time, of, one_of};
use crate::shape::Cx;
use crate::shapes::{
    AdditionalEmailRecipients, AgentInfo, AnsweringMachineDetectionStatus, Campaign, CaseEntry, Channel, ChatMetrics,
    ContactDetails, ContactEvaluation, ContactInitiationMethod, ContactLens, Customer, CustomerVoiceActivity,
    DisconnectDetails, EndpointInfo, GlobalResiliencyMetadata, NextContactEntry, OutboundStrategy, QualityMetrics,
    QueueInfo, RecordingInfo, RoutingCriteria, SegmentAttributeValue, TaskTemplateInfoV2, VoicemailInfo, WisdomInfo,
};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Contact {
    pub arn: Option<String>,
    pub id: Option<String>,
    pub initial_contact_id: Option<String>,
    pub previous_contact_id: Option<String>,
    pub contact_association_id: Option<String>,
    pub initiation_method: Option<ContactInitiationMethod>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub channel: Option<Channel>,
    pub queue_info: Option<QueueInfo>,
    pub agent_info: Option<AgentInfo>,
    pub initiation_timestamp: Option<Timestamp>,
    pub disconnect_timestamp: Option<Timestamp>,
    pub last_update_timestamp: Option<Timestamp>,
    pub last_paused_timestamp: Option<Timestamp>,
    pub last_resumed_timestamp: Option<Timestamp>,
    pub ring_start_timestamp: Option<Timestamp>,
    pub total_pause_count: Option<i32>,
    pub total_pause_duration_in_seconds: Option<i32>,
    pub scheduled_timestamp: Option<Timestamp>,
    pub related_contact_id: Option<String>,
    pub wisdom_info: Option<WisdomInfo>,
    pub customer_id: Option<String>,
    pub customer_endpoint: Option<EndpointInfo>,
    pub system_endpoint: Option<EndpointInfo>,
    pub queue_time_adjustment_seconds: Option<i32>,
    pub queue_priority: Option<i64>,
    pub tags: Option<BTreeMap<String, String>>,
    pub connected_to_system_timestamp: Option<Timestamp>,
    pub routing_criteria: Option<RoutingCriteria>,
    pub customer: Option<Customer>,
    pub campaign: Option<Campaign>,
    pub answering_machine_detection_status: Option<AnsweringMachineDetectionStatus>,
    pub customer_voice_activity: Option<CustomerVoiceActivity>,
    pub quality_metrics: Option<QualityMetrics>,
    pub chat_metrics: Option<ChatMetrics>,
    pub disconnect_details: Option<DisconnectDetails>,
    pub additional_email_recipients: Option<AdditionalEmailRecipients>,
    pub segment_attributes: Option<BTreeMap<String, SegmentAttributeValue>>,
    pub recordings: Option<Vec<RecordingInfo>>,
    pub disconnect_reason: Option<String>,
    pub contact_evaluations: Option<BTreeMap<String, ContactEvaluation>>,
    pub task_template_info: Option<TaskTemplateInfoV2>,
    pub cases: Option<Vec<CaseEntry>>,
    pub contact_details: Option<ContactDetails>,
    pub outbound_strategy: Option<OutboundStrategy>,
    pub attributes: Option<BTreeMap<String, String>>,
    pub next_contacts: Option<Vec<NextContactEntry>>,
    pub global_resiliency_metadata: Option<GlobalResiliencyMetadata>,
    pub contact_lens: Option<ContactLens>,
    pub voicemail_info: Option<VoicemailInfo>,
}

impl Encode for Contact {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Arn", self.arn.as_ref());
        w.optional("Id", self.id.as_ref());
        w.optional("InitialContactId", self.initial_contact_id.as_ref());
        w.optional("PreviousContactId", self.previous_contact_id.as_ref());
        w.optional("ContactAssociationId", self.contact_association_id.as_ref());
        w.optional("InitiationMethod", self.initiation_method.as_ref());
        w.optional("Name", self.name.as_ref());
        w.optional("Description", self.description.as_ref());
        w.optional("Channel", self.channel.as_ref());
        w.optional("QueueInfo", self.queue_info.as_ref());
        w.optional("AgentInfo", self.agent_info.as_ref());
        w.optional("InitiationTimestamp", self.initiation_timestamp.as_ref());
        w.optional("DisconnectTimestamp", self.disconnect_timestamp.as_ref());
        w.optional("LastUpdateTimestamp", self.last_update_timestamp.as_ref());
        w.optional("LastPausedTimestamp", self.last_paused_timestamp.as_ref());
        w.optional("LastResumedTimestamp", self.last_resumed_timestamp.as_ref());
        w.optional("RingStartTimestamp", self.ring_start_timestamp.as_ref());
        w.optional("TotalPauseCount", self.total_pause_count.as_ref());
        w.optional("TotalPauseDurationInSeconds", self.total_pause_duration_in_seconds.as_ref());
        w.optional("ScheduledTimestamp", self.scheduled_timestamp.as_ref());
        w.optional("RelatedContactId", self.related_contact_id.as_ref());
        w.optional("WisdomInfo", self.wisdom_info.as_ref());
        w.optional("CustomerId", self.customer_id.as_ref());
        w.optional("CustomerEndpoint", self.customer_endpoint.as_ref());
        w.optional("SystemEndpoint", self.system_endpoint.as_ref());
        w.optional("QueueTimeAdjustmentSeconds", self.queue_time_adjustment_seconds.as_ref());
        w.optional("QueuePriority", self.queue_priority.as_ref());
        w.optional("Tags", self.tags.as_ref());
        w.optional("ConnectedToSystemTimestamp", self.connected_to_system_timestamp.as_ref());
        w.optional("RoutingCriteria", self.routing_criteria.as_ref());
        w.optional("Customer", self.customer.as_ref());
        w.optional("Campaign", self.campaign.as_ref());
        w.optional("AnsweringMachineDetectionStatus", self.answering_machine_detection_status.as_ref());
        w.optional("CustomerVoiceActivity", self.customer_voice_activity.as_ref());
        w.optional("QualityMetrics", self.quality_metrics.as_ref());
        w.optional("ChatMetrics", self.chat_metrics.as_ref());
        w.optional("DisconnectDetails", self.disconnect_details.as_ref());
        w.optional("AdditionalEmailRecipients", self.additional_email_recipients.as_ref());
        w.optional("SegmentAttributes", self.segment_attributes.as_ref());
        w.optional("Recordings", self.recordings.as_ref());
        w.optional("DisconnectReason", self.disconnect_reason.as_ref());
        w.optional("ContactEvaluations", self.contact_evaluations.as_ref());
        w.optional("TaskTemplateInfo", self.task_template_info.as_ref());
        w.optional("Cases", self.cases.as_ref());
        w.optional("ContactDetails", self.contact_details.as_ref());
        w.optional("OutboundStrategy", self.outbound_strategy.as_ref());
        w.optional("Attributes", self.attributes.as_ref());
        w.optional("NextContacts", self.next_contacts.as_ref());
        w.optional("GlobalResiliencyMetadata", self.global_resiliency_metadata.as_ref());
        w.optional("ContactLens", self.contact_lens.as_ref());
        w.optional("VoicemailInfo", self.voicemail_info.as_ref());
        w.end_object();
    }
}

impl Shape for Contact {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            arn: cx.optional(members, "Arn", &Text::ANY),
            id: cx.optional(members, "Id", &kinds::CONTACT_ID),
            initial_contact_id: cx.optional(members, "InitialContactId", &kinds::CONTACT_ID),
            previous_contact_id: cx.optional(members, "PreviousContactId", &kinds::CONTACT_ID),
            contact_association_id: cx.optional(members, "ContactAssociationId", &kinds::CONTACT_ID),
            initiation_method: cx.optional(members, "InitiationMethod", &one_of::<ContactInitiationMethod>()),
            name: cx.optional(members, "Name", &kinds::NAME),
            description: cx.optional(members, "Description", &kinds::DESCRIPTION),
            channel: cx.optional(members, "Channel", &one_of::<Channel>()),
            queue_info: cx.optional(members, "QueueInfo", &of::<QueueInfo>()),
            agent_info: cx.optional(members, "AgentInfo", &of::<AgentInfo>()),
            initiation_timestamp: cx.optional(members, "InitiationTimestamp", &Time),
            disconnect_timestamp: cx.optional(members, "DisconnectTimestamp", &Time),
            last_update_timestamp: cx.optional(members, "LastUpdateTimestamp", &Time),
            last_paused_timestamp: cx.optional(members, "LastPausedTimestamp", &Time),
            last_resumed_timestamp: cx.optional(members, "LastResumedTimestamp", &Time),
            ring_start_timestamp: cx.optional(members, "RingStartTimestamp", &Time),
            total_pause_count: cx.optional(members, "TotalPauseCount", &kinds::TOTAL_PAUSE_COUNT),
            total_pause_duration_in_seconds: cx.optional(
                members,
                "TotalPauseDurationInSeconds",
                &kinds::TOTAL_PAUSE_DURATION_IN_SECONDS,
            ),
            scheduled_timestamp: cx.optional(members, "ScheduledTimestamp", &Time),
            related_contact_id: cx.optional(members, "RelatedContactId", &kinds::CONTACT_ID),
            wisdom_info: cx.optional(members, "WisdomInfo", &of::<WisdomInfo>()),
            customer_id: cx.optional(members, "CustomerId", &kinds::CUSTOMER_ID),
            customer_endpoint: cx.optional(members, "CustomerEndpoint", &of::<EndpointInfo>()),
            system_endpoint: cx.optional(members, "SystemEndpoint", &of::<EndpointInfo>()),
            queue_time_adjustment_seconds: cx.optional(members, "QueueTimeAdjustmentSeconds", &Integer::ANY),
            queue_priority: cx.optional(members, "QueuePriority", &kinds::QUEUE_PRIORITY),
            tags: cx.optional(members, "Tags", &kinds::CONTACT_TAG_MAP),
            connected_to_system_timestamp: cx.optional(members, "ConnectedToSystemTimestamp", &Time),
            routing_criteria: cx.optional(members, "RoutingCriteria", &of::<RoutingCriteria>()),
            customer: cx.optional(members, "Customer", &of::<Customer>()),
            campaign: cx.optional(members, "Campaign", &of::<Campaign>()),
            answering_machine_detection_status: cx.optional(
                members,
                "AnsweringMachineDetectionStatus",
                &one_of::<AnsweringMachineDetectionStatus>(),
            ),
            customer_voice_activity: cx.optional(members, "CustomerVoiceActivity", &of::<CustomerVoiceActivity>()),
            quality_metrics: cx.optional(members, "QualityMetrics", &of::<QualityMetrics>()),
            chat_metrics: cx.optional(members, "ChatMetrics", &of::<ChatMetrics>()),
            disconnect_details: cx.optional(members, "DisconnectDetails", &of::<DisconnectDetails>()),
            additional_email_recipients: cx.optional(
                members,
                "AdditionalEmailRecipients",
                &of::<AdditionalEmailRecipients>(),
            ),
            segment_attributes: cx.optional(members, "SegmentAttributes", &kinds::SEGMENT_ATTRIBUTES),
            recordings: cx.optional(members, "Recordings", &kinds::RECORDINGS),
            disconnect_reason: cx.optional(members, "DisconnectReason", &Text::ANY),
            contact_evaluations: cx.optional(members, "ContactEvaluations", &kinds::CONTACT_EVALUATIONS),
            task_template_info: cx.optional(members, "TaskTemplateInfo", &of::<TaskTemplateInfoV2>()),
            cases: cx.optional(members, "Cases", &kinds::CASE_ENTRIES),
            contact_details: cx.optional(members, "ContactDetails", &of::<ContactDetails>()),
            outbound_strategy: cx.optional(members, "OutboundStrategy", &of::<OutboundStrategy>()),
            attributes: cx.optional(members, "Attributes", &kinds::ATTRIBUTES),
            next_contacts: cx.optional(members, "NextContacts", &kinds::NEXT_CONTACTS),
            global_resiliency_metadata: cx.optional(
                members,
                "GlobalResiliencyMetadata",
                &of::<GlobalResiliencyMetadata>(),
            ),
            contact_lens: cx.optional(members, "ContactLens", &of::<ContactLens>()),
            voicemail_info: cx.optional(members, "VoicemailInfo", &of::<VoicemailInfo>()),
        }
    }
}
