//! Contact events (tasks 4.1): their content, as JSON. The transitions in `apply` decide when one is written.

use serde_json::{Map, Value, json};

use crate::arn::{Kind, Scope};
use crate::contact::describe::system_tags;
use crate::contact::moment::{iso_ms, iso_seconds, seconds};
use crate::contact::{Contact, Cx, Effects};
use wire::shapes::SegmentAttributeValue;

/// `updatedProperties`: the start time (tasks 4.1.4).
pub(super) const SCHEDULED: &str = "ScheduledTimestamp";
/// `updatedProperties`: user attributes.
pub(super) const ATTRIBUTES: &str = "UserDefinedAttributes";
/// `updatedProperties`: tags.
pub(super) const TAGS: &str = "Tags";
/// `updatedProperties`: segment attributes, the expiry among them.
pub(super) const SEGMENT_ATTRIBUTES: &str = "SegmentAttributes";
/// `updatedProperties`: a step of the routing criteria.
pub(super) const ROUTING_STEP: &str = "RoutingCriteria.Step.Status";

/// Types of contact events (tasks 4.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventType {
    /// Created.
    Initiated,
    /// Its first flow began.
    ConnectedToSystem,
    /// Data of it changed.
    ContactDataUpdated,
    /// Entered a queue.
    Queued,
    /// Connected to an agent.
    ConnectedToAgent,
    /// Ended.
    Disconnected,
    /// Paused.
    Paused,
    /// Resumed.
    Resumed,
    /// Over for everybody.
    Completed,
}

impl EventType {
    /// As the event writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Initiated => "INITIATED",
            Self::ConnectedToSystem => "CONNECTED_TO_SYSTEM",
            Self::ContactDataUpdated => "CONTACT_DATA_UPDATED",
            Self::Queued => "QUEUED",
            Self::ConnectedToAgent => "CONNECTED_TO_AGENT",
            Self::Disconnected => "DISCONNECTED",
            Self::Paused => "PAUSED",
            Self::Resumed => "RESUMED",
            Self::Completed => "COMPLETED",
        }
    }
}

/// An event that is to be delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventDraft {
    /// Its number among the events and records of its contact, from 0, without gaps.
    pub sequence: i64,
    /// The contact.
    pub contact_id: String,
    /// Epoch milliseconds.
    pub time_ms: i64,
    /// JSON of "detail" (tasks 4.1.2).
    pub detail: String,
}

/// The whole event, one JSON text (tasks 4.1.2). `event_id` is its own id, the same at each delivery.
pub fn envelope(draft: &EventDraft, event_id: &str, scope: Scope<'_>) -> String {
    let text = |text: &str| Value::from(text).to_string();
    let resources = json!([scope.arn(Kind::Contact, &draft.contact_id), scope.instance_arn()]);
    // The detail is JSON already: it goes in as it is.
    format!(
        r#"{{"version":"0","id":{},"detail-type":"Amazon Connect Contact Event","source":"aws.connect","account":{},"time":{},"region":{},"resources":{resources},"detail":{}}}"#,
        text(event_id),
        text(scope.home.account),
        text(&iso_seconds(draft.time_ms)),
        text(scope.home.region),
        draft.detail,
    )
}

/// An object whose members come in the order they are put in; those without value are left out (tasks 4.1.3).
#[derive(Default)]
struct Members(Map<String, Value>);

impl Members {
    fn put(&mut self, name: &str, value: impl Into<Value>) -> &mut Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    fn text(&mut self, name: &str, value: Option<&String>) -> &mut Self {
        if let Some(value) = value {
            self.put(name, value.as_str());
        }
        self
    }

    fn time(&mut self, name: &str, epoch_ms: Option<i64>) -> &mut Self {
        if let Some(epoch_ms) = epoch_ms {
            self.put(name, iso_ms(epoch_ms));
        }
        self
    }

    fn done(&mut self) -> Value {
        Value::Object(std::mem::take(&mut self.0))
    }
}

impl Contact {
    /// Writes an event about the contact as it is now.
    pub(super) fn emit(&mut self, kind: EventType, updated: &[&str], effects: &mut Effects, cx: &Cx<'_>) {
        let detail = self.detail(kind, updated, cx.at.scope).to_string();
        let sequence = self.take_sequence();
        effects.events.push(EventDraft { sequence, contact_id: self.id.clone(), time_ms: cx.at.now_ms, detail });
    }

    /// Takes the next number of the contact's events and records. The transitions number events by themselves; the record of a
    /// commit whose [`Effects::record`] is set comes after them and takes its number here.
    pub fn take_sequence(&mut self) -> i64 {
        self.sequence += 1;
        self.sequence - 1
    }

    fn detail(&self, kind: EventType, updated: &[&str], scope: Scope<'_>) -> Value {
        let times = &self.times;
        let mut detail = Members::default();
        detail
            .put("eventType", kind.as_str())
            .put("contactId", self.id.as_str())
            .text("initialContactId", self.initial_contact_id.as_ref())
            .text("previousContactId", self.previous_contact_id.as_ref())
            .text("relatedContactId", self.related_contact_id.as_ref())
            .put("channel", "TASK")
            .put("instanceArn", scope.instance_arn())
            .put("initiationMethod", self.initiation_method.as_str())
            .time("initiationTimestamp", Some(times.initiated_ms))
            .time("scheduledTimestamp", times.scheduled_ms)
            .time("connectedToSystemTimestamp", times.connected_to_system_ms)
            .time("disconnectTimestamp", times.disconnected_ms);
        if let Some(reason) = self.disconnect_reason {
            detail.put("disconnectReason", reason.as_str());
        }
        if let Some(template) = &self.template {
            detail.put("taskTemplateVersion", template.version);
        }
        if let Some(stay) = &self.queue {
            let mut queue = Members::default();
            queue
                .put("queueArn", stay.queue.arn(scope))
                .put("queueType", if stay.queue.agent { "AGENT" } else { "STANDARD" })
                .time("enqueueTimestamp", Some(stay.enqueued_ms));
            detail.put("queueInfo", queue.done());
        }
        if let Some(agent) = self.agent_info(scope) {
            detail.put("agentInfo", agent);
        }
        if !updated.is_empty() {
            detail.put("updatedProperties", updated.to_vec());
        }
        let segment: Map<_, _> = self.segment_values().iter().map(|(key, value)| (key.clone(), lower(value))).collect();
        detail.put("segmentAttributes", segment).put("tags", json!(system_tags(&self.tags, scope))).done()
    }

    fn agent_info(&self, scope: Scope<'_>) -> Option<Value> {
        let stay = self.agent.as_ref()?;
        let mut agent = Members::default();
        agent
            .put("agentArn", scope.arn(Kind::User, &stay.agent.id))
            .time("connectedToAgentTimestamp", Some(stay.connected_ms))
            .put("agentInitiatedHoldDuration", 0)
            .time("afterContactWorkStartTimestamp", stay.acw_start_ms)
            .time("afterContactWorkEndTimestamp", stay.acw_end_ms);
        if let (Some(start), Some(end)) = (stay.acw_start_ms, stay.acw_end_ms) {
            agent.put("afterContactWorkDuration", seconds(end - start));
        }
        let groups = stay.agent.hierarchy.iter().enumerate();
        let group = |id: &str| json!({"arn": scope.arn(Kind::HierarchyGroup, id)});
        let groups: Map<_, _> = groups.map(|(n, (id, _))| (format!("level{}", n + 1), group(id))).collect();
        if !groups.is_empty() {
            agent.put("hierarchyGroups", groups);
        }
        Some(agent.done())
    }
}

/// A segment attribute in lower camel case (tasks 4.1.3); the keys of a map are data and stay.
fn lower(value: &SegmentAttributeValue) -> Value {
    let mut members = Members::default();
    members.text("valueString", value.value_string.as_ref());
    if let Some(map) = &value.value_map {
        let map: Map<_, _> = map.iter().map(|(key, value)| (key.clone(), lower(value))).collect();
        members.put("valueMap", map);
    }
    if let Some(number) = value.value_integer {
        members.put("valueInteger", number);
    }
    members.done()
}
