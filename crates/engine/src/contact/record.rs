//! The contact record (tasks 4.2): every member is named, those without value are null.

use serde_json::{Value, json};

use crate::arn::{Kind, Scope};
use crate::contact::describe::system_tags;
use crate::contact::moment::{iso_seconds, seconds};
use crate::contact::{AgentStay, Attributes, Contact, QueueStay};

/// Version of the format, the published one (tasks 4.2.3).
const FORMAT: &str = "2017-03-10";

/// The record of a contact, one JSON text (tasks 4.2.2 to 4.2.6). Times have whole seconds.
pub fn record(contact: &Contact, attributes: &Attributes, scope: Scope<'_>) -> String {
    let times = &contact.times;
    let references = contact.references.iter();
    let references = references.map(|(name, own)| json!({"Name": name, "Type": own.kind.as_str(), "Value": own.value}));
    let template = contact.template.as_ref();
    let template = template.map(|own| json!({"Arn": scope.arn(Kind::TaskTemplate, &own.id), "Name": own.name}));
    json!({
        "AWSAccountId": scope.home.account,
        "AWSContactTraceRecordFormatVersion": FORMAT,
        "InstanceARN": scope.instance_arn(),
        "ContactId": contact.id,
        "InitialContactId": contact.initial_contact_id,
        "PreviousContactId": contact.previous_contact_id,
        "NextContactId": contact.next_contact_ids.last(),
        "RelatedContactId": contact.related_contact_id,
        "ContactAssociationId": contact.association_id,
        "Channel": "TASK",
        "InitiationMethod": contact.initiation_method.as_str(),
        "InitiationTimestamp": time(Some(times.initiated_ms)),
        "ScheduledTimestamp": time(times.scheduled_ms),
        "ConnectedToSystemTimestamp": time(times.connected_to_system_ms),
        "DisconnectTimestamp": time(times.disconnected_ms),
        "DisconnectReason": contact.disconnect_reason.map(super::DisconnectReason::as_str),
        "LastUpdateTimestamp": time(Some(times.updated_ms)),
        "LastPausedTimestamp": time(times.paused_ms),
        "LastResumedTimestamp": time(times.resumed_ms),
        "TotalPauseCount": contact.pause_count,
        "TotalPauseDurationInSeconds": seconds(times.pause_total_ms),
        "TransferCompletedTimestamp": time(times.transferred_ms),
        "Queue": contact.queue.as_ref().map(|stay| queue(stay, scope)),
        "Agent": contact.agent.as_ref().map(|stay| agent(contact, stay, scope)),
        "AgentConnectionAttempts": contact.connection_attempts,
        "RoutingCriteria": contact.routing_criteria().map(|criteria| own_json(&wire::to_stored(&criteria))),
        "TaskTemplateInfo": template,
        "TaskTemplateVersion": contact.template.as_ref().map(|own| own.version),
        "ContactDetails": {"Name": contact.name, "Description": contact.description},
        "References": references.collect::<Vec<_>>(),
        "Attributes": attributes,
        "SegmentAttributes": contact.segment_values().iter()
            .map(|(key, value)| (key.clone(), own_json(&wire::to_stored(value))))
            .collect::<serde_json::Map<_, _>>(),
        "Tags": system_tags(&contact.tags, scope),
    })
    .to_string()
}

fn time(epoch_ms: Option<i64>) -> Option<String> {
    epoch_ms.map(iso_seconds)
}

/// JSON that `wire` has just written.
fn own_json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or(Value::Null)
}

/// The stay in the queue (tasks 4.2.4).
fn queue(stay: &QueueStay, scope: Scope<'_>) -> Value {
    json!({
        "ARN": stay.queue.arn(scope),
        "Name": stay.queue.name,
        "EnqueueTimestamp": time(Some(stay.enqueued_ms)),
        "DequeueTimestamp": time(stay.dequeued_ms),
        "Duration": stay.dequeued_ms.map(|left| seconds(left - stay.enqueued_ms)),
    })
}

impl Contact {
    /// How long an agent had to do with it, as its record says: interaction, pauses and after-contact work, whole seconds each
    /// (administration 5.5.3). `None` unless it was answered and has ended. While after-contact work goes on it counts as 0.
    pub fn handle_s(&self) -> Option<i64> {
        let (stay, ended_ms) = (self.agent.as_ref()?, self.times.disconnected_ms?);
        let acw_ms = stay.acw_start_ms.zip(stay.acw_end_ms).map_or(0, |(start, end)| end - start);
        Some(seconds(ended_ms - stay.connected_ms - stay.pause_ms) + seconds(stay.pause_ms) + seconds(acw_ms))
    }
}

/// The agent's time with it (tasks 4.2.5); there is no hold for tasks (tasks 4.2.6).
fn agent(contact: &Contact, stay: &AgentStay, scope: Scope<'_>) -> Value {
    let (profile_id, profile_name) = &stay.agent.routing_profile;
    let ended_ms = contact.times.disconnected_ms.unwrap_or(contact.times.updated_ms);
    let acw = stay.acw_start_ms.zip(stay.acw_end_ms);
    json!({
        "ARN": scope.arn(Kind::User, &stay.agent.id),
        "Username": stay.agent.user_name,
        "RoutingProfile": {"ARN": scope.arn(Kind::RoutingProfile, profile_id), "Name": profile_name},
        "ConnectedToAgentTimestamp": time(Some(stay.connected_ms)),
        "AgentInteractionDuration": seconds(ended_ms - stay.connected_ms - stay.pause_ms),
        "AgentPauseDuration": seconds(stay.pause_ms),
        "AfterContactWorkStartTimestamp": time(stay.acw_start_ms),
        "AfterContactWorkEndTimestamp": time(stay.acw_end_ms),
        "AfterContactWorkDuration": acw.map(|(start, end)| seconds(end - start)),
        "NumberOfHolds": 0,
        "CustomerHoldDuration": 0,
        "LongestHoldDuration": 0,
        "HierarchyGroups": hierarchy(stay, scope),
    })
}

/// The agent's hierarchy groups at the connection, by level; null without any (administration 6.3.3).
fn hierarchy(stay: &AgentStay, scope: Scope<'_>) -> Value {
    let group = |(id, name): &(String, String)| json!({"ARN": scope.arn(Kind::HierarchyGroup, id), "GroupName": name});
    let groups = stay.agent.hierarchy.iter().enumerate();
    let groups: serde_json::Map<String, Value> =
        groups.map(|(n, of_level)| (format!("Level{}", n + 1), group(of_level))).collect();
    if groups.is_empty() { Value::Null } else { Value::Object(groups) }
}
