// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Time, of, one_of};
use crate::shape::Cx;
use crate::shapes::{DeviceInfo, HierarchyGroups, ParticipantCapabilities, StateTransition, VoiceEnhancementMode};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct AgentInfo {
    pub id: Option<String>,
    pub accepted_by_agent_timestamp: Option<Timestamp>,
    pub preview_end_timestamp: Option<Timestamp>,
    pub connected_to_agent_timestamp: Option<Timestamp>,
    pub agent_pause_duration_in_seconds: Option<i32>,
    pub hierarchy_groups: Option<HierarchyGroups>,
    pub device_info: Option<DeviceInfo>,
    pub capabilities: Option<ParticipantCapabilities>,
    pub after_contact_work_duration: Option<i32>,
    pub after_contact_work_start_timestamp: Option<Timestamp>,
    pub after_contact_work_end_timestamp: Option<Timestamp>,
    pub agent_initiated_hold_duration: Option<i32>,
    pub state_transitions: Option<Vec<StateTransition>>,
    pub voice_enhancement_mode: Option<VoiceEnhancementMode>,
    pub active_region: Option<String>,
}

impl Encode for AgentInfo {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Id", self.id.as_ref());
        w.optional("AcceptedByAgentTimestamp", self.accepted_by_agent_timestamp.as_ref());
        w.optional("PreviewEndTimestamp", self.preview_end_timestamp.as_ref());
        w.optional("ConnectedToAgentTimestamp", self.connected_to_agent_timestamp.as_ref());
        w.optional("AgentPauseDurationInSeconds", self.agent_pause_duration_in_seconds.as_ref());
        w.optional("HierarchyGroups", self.hierarchy_groups.as_ref());
        w.optional("DeviceInfo", self.device_info.as_ref());
        w.optional("Capabilities", self.capabilities.as_ref());
        w.optional("AfterContactWorkDuration", self.after_contact_work_duration.as_ref());
        w.optional("AfterContactWorkStartTimestamp", self.after_contact_work_start_timestamp.as_ref());
        w.optional("AfterContactWorkEndTimestamp", self.after_contact_work_end_timestamp.as_ref());
        w.optional("AgentInitiatedHoldDuration", self.agent_initiated_hold_duration.as_ref());
        w.optional("StateTransitions", self.state_transitions.as_ref());
        w.optional("VoiceEnhancementMode", self.voice_enhancement_mode.as_ref());
        w.optional("ActiveRegion", self.active_region.as_ref());
        w.end_object();
    }
}

impl Shape for AgentInfo {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            id: cx.optional(members, "Id", &kinds::AGENT_RESOURCE_ID),
            accepted_by_agent_timestamp: cx.optional(members, "AcceptedByAgentTimestamp", &Time),
            preview_end_timestamp: cx.optional(members, "PreviewEndTimestamp", &Time),
            connected_to_agent_timestamp: cx.optional(members, "ConnectedToAgentTimestamp", &Time),
            agent_pause_duration_in_seconds: cx.optional(
                members,
                "AgentPauseDurationInSeconds",
                &kinds::AGENT_PAUSE_DURATION_IN_SECONDS,
            ),
            hierarchy_groups: cx.optional(members, "HierarchyGroups", &of::<HierarchyGroups>()),
            device_info: cx.optional(members, "DeviceInfo", &of::<DeviceInfo>()),
            capabilities: cx.optional(members, "Capabilities", &of::<ParticipantCapabilities>()),
            after_contact_work_duration: cx.optional(members, "AfterContactWorkDuration", &kinds::DURATION),
            after_contact_work_start_timestamp: cx.optional(members, "AfterContactWorkStartTimestamp", &Time),
            after_contact_work_end_timestamp: cx.optional(members, "AfterContactWorkEndTimestamp", &Time),
            agent_initiated_hold_duration: cx.optional(members, "AgentInitiatedHoldDuration", &kinds::DURATION),
            state_transitions: cx.optional(members, "StateTransitions", &kinds::STATE_TRANSITIONS),
            voice_enhancement_mode: cx.optional(members, "VoiceEnhancementMode", &one_of::<VoiceEnhancementMode>()),
            active_region: cx.optional(members, "ActiveRegion", &kinds::ACTIVE_REGION),
        }
    }
}
