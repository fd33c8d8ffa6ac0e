//! What historical metrics can ask of one contact that has ended: the members of its record that count, in a narrow form that the store
//! keeps (administration 5.3.1, 5.3.2).

use serde::{Deserialize, Serialize};

use crate::contact::moment::seconds;
use crate::contact::subtype;
use crate::contact::{Contact, DisconnectReason, InitiationMethod};
use crate::criteria::step_texts;

/// A contact that has ended. Moments are epoch milliseconds, spans milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactFact {
    /// The contact.
    pub contact_id: String,
    /// How it came to be.
    pub initiation_method: InitiationMethod,
    /// Why it ended; `None` for one that was made as ended (tasks 2.5.3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disconnect_reason: Option<DisconnectReason>,
    /// Made by CreateContact: its subtype is `connect:ExternalTask`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub external: bool,
    /// InitiationTimestamp.
    pub initiated_ms: i64,
    /// ConnectedToSystemTimestamp.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connected_to_system_ms: Option<i64>,
    /// DisconnectTimestamp: in the interval that holds it the contact counts.
    pub disconnected_ms: i64,
    /// TransferCompletedTimestamp.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transferred_ms: Option<i64>,
    /// It has a NextContactId.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_next: bool,
    /// Its queue; `None` when it never was in one, and for an agent queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue_id: Option<String>,
    /// Its queue was that of a user, which metrics leave out (administration 5.1.1).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub agent_queue: bool,
    /// EnqueueTimestamp.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enqueued_ms: Option<i64>,
    /// Time in the queue: Queue.Duration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue_ms: Option<i64>,
    /// It was in its queue until it ended or was transferred.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub left_from_queue: bool,
    /// The agent's part; `None` when it was not answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<AgentFact>,
    /// The steps of its routing criteria that became active, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<StepFact>,
}

/// The agent's part of a contact that was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentFact {
    /// The user.
    pub id: String,
    /// The user's routing profile at the connection.
    pub routing_profile_id: String,
    /// The user's hierarchy groups at the connection, from level one down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hierarchy: Vec<String>,
    /// ConnectedToAgentTimestamp.
    pub connected_ms: i64,
    /// AgentInteractionDuration: without pauses.
    pub interaction_ms: i64,
    /// AgentPauseDuration.
    pub pause_ms: i64,
    /// AfterContactWorkEndTimestamp; `None` while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acw_end_ms: Option<i64>,
    /// AfterContactWorkDuration; 0 while it goes on.
    #[serde(default)]
    pub acw_ms: i64,
}

/// A step of routing criteria that became active.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepFact {
    /// Its expression as metrics name it (B166).
    pub expression: String,
    /// How it ended; `None` when the contact left the queue in another way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<StepEnd>,
}

/// How a step of routing criteria ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StepEnd {
    /// An agent of the step was connected.
    Joined,
    /// Its time ran out.
    Expired,
}

impl ContactFact {
    /// What the record of a contact says; `None` while it has not ended.
    pub fn of(contact: &Contact) -> Option<Self> {
        contact.times.disconnected_ms.map(|_| Self::so_far(contact))
    }

    /// The same of one that may go on, as if it ended with its last change.
    pub(super) fn so_far(contact: &Contact) -> Self {
        let times = &contact.times;
        let disconnected_ms = times.disconnected_ms.unwrap_or(times.updated_ms);
        let stay = contact.queue.as_ref();
        let agent_queue = stay.is_some_and(|stay| stay.queue.agent);
        Self {
            contact_id: contact.id.clone(),
            initiation_method: contact.initiation_method,
            disconnect_reason: contact.disconnect_reason,
            external: contact.external,
            initiated_ms: times.initiated_ms,
            connected_to_system_ms: times.connected_to_system_ms,
            disconnected_ms,
            transferred_ms: times.transferred_ms,
            has_next: !contact.next_contact_ids.is_empty(),
            queue_id: stay.filter(|_| !agent_queue).map(|stay| stay.queue.id.clone()),
            agent_queue,
            enqueued_ms: stay.map(|stay| stay.enqueued_ms),
            queue_ms: stay.and_then(|stay| Some((stay.dequeued_ms? - stay.enqueued_ms).max(0))),
            left_from_queue: left_from_queue(contact, disconnected_ms),
            agent: agent(contact, disconnected_ms),
            steps: steps(contact),
        }
    }

    /// `connect:Subtype` (tasks 2.2.3).
    pub fn subtype(&self) -> &'static str {
        subtype(self.external)
    }

    /// Q of administration 5.3.2, whole seconds as in the record (tasks 4.2.4).
    pub fn queue_s(&self) -> Option<i64> {
        self.queue_ms.map(seconds)
    }

    /// Queued, not answered, and nothing came after it (administration 5.3.2).
    pub fn is_abandoned(&self) -> bool {
        self.enqueued_ms.is_some() && self.agent.is_none() && !self.has_next && self.transferred_ms.is_none()
    }
}

impl AgentFact {
    /// I of administration 5.3.2, whole seconds as in the record (tasks 4.2.5).
    pub fn interaction_s(&self) -> i64 {
        seconds(self.interaction_ms)
    }

    /// P, whole seconds.
    pub fn pause_s(&self) -> i64 {
        seconds(self.pause_ms)
    }

    /// A, whole seconds.
    pub fn acw_s(&self) -> i64 {
        seconds(self.acw_ms)
    }
}

/// A contact leaves its queue by an agent, by a pause, or with its end, which a wrap-up module may delay (tasks 2.12.3).
fn left_from_queue(contact: &Contact, disconnected_ms: i64) -> bool {
    let left_ms = contact.queue.as_ref().filter(|_| contact.agent.is_none()).and_then(|stay| stay.dequeued_ms);
    left_ms.is_some_and(|left_ms| {
        left_ms == disconnected_ms || contact.times.paused_ms.is_none_or(|paused_ms| paused_ms < left_ms)
    })
}

fn agent(contact: &Contact, disconnected_ms: i64) -> Option<AgentFact> {
    let stay = contact.agent.as_ref()?;
    let acw_ms = stay.acw_start_ms.zip(stay.acw_end_ms).map_or(0, |(start, end)| end - start);
    Some(AgentFact {
        id: stay.agent.id.clone(),
        routing_profile_id: stay.agent.routing_profile.0.clone(),
        hierarchy: stay.agent.hierarchy.iter().map(|(id, _)| id.clone()).collect(),
        connected_ms: stay.connected_ms,
        interaction_ms: (disconnected_ms - stay.connected_ms - stay.pause_ms).max(0),
        pause_ms: stay.pause_ms,
        acw_end_ms: stay.acw_end_ms,
        acw_ms: acw_ms.max(0),
    })
}

/// tasks 3.3.6
fn steps(contact: &Contact) -> Vec<StepFact> {
    let routing = &contact.routing;
    let Some(criteria) = routing.criteria.as_ref().filter(|_| routing.criteria_active_ms.is_some()) else {
        return Vec::new();
    };
    let expired = routing.criteria_ended_ms.len();
    let entered = step_texts(criteria).into_iter().take(expired + 1).enumerate();
    let fact = |(index, expression)| {
        let end =
            if index < expired { Some(StepEnd::Expired) } else { routing.criteria_joined.then_some(StepEnd::Joined) };
        StepFact { expression, end }
    };
    entered.map(fact).collect()
}
