//! A task: its stored state and its lifecycle (tasks 2). A [`Contact`] is one value; [`Contact::apply`] is the one
//! function that changes its state, from (contact, event, time) to (contact, effects). It does no I/O and reads no clock, so
//! the whole lifecycle can be tested exhaustively.
//!
//! What belongs here: states, transitions, timestamps, hooks, chains, and what has to happen because of a change
//! ([`Effects`]). What a flow does step by step belongs in `flow`; what a template demands of a task in `task_template`.

mod apply;
mod attributes;
mod describe;
mod due;
mod event;
pub mod limits;
pub(crate) mod moment;
mod predefined;
mod record;
mod search;
pub mod start;
#[cfg(test)]
mod tests;
mod update;
mod wait;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::arn::Scope;
use crate::run::Run;

pub use crate::party::{AgentRef, QueueRef};
pub use apply::{Event, HOOK_QUEUE, HOOK_RESUME, Update};
pub use attributes::{ATTRIBUTES_BYTES_MAX, merge_attributes};
pub use event::{EventDraft, EventType, envelope};
pub use moment::SERVER_TIME;
pub use predefined::{Predefined, Refused};
pub use record::record;
pub use update::update_of;
pub use wait::{Waiting, subtype_of_class};

/// User attributes, shared by all contacts of a chain (tasks 2.4.1).
pub type Attributes = BTreeMap<String, String>;

/// Segment attribute: what routing by workload type goes by (administration 2.6.4).
pub const WORKLOAD_TYPE: &str = "connect:WorkloadType";

/// Where and when something is decided: the instance, for ARNs, and the time of the request or timer, epoch milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    /// Instance and installation, for ARNs in events.
    pub scope: Scope<'a>,
    /// Epoch milliseconds.
    pub now_ms: i64,
}

impl At<'_> {
    /// The same context, not before this moment: the times of one task never run backwards, whatever the clock does
    /// (B83).
    pub fn not_before(self, ms: i64) -> Self {
        Self { now_ms: self.now_ms.max(ms), ..self }
    }
}

/// What a decision needs besides the contact: instance, time, and ids for new contacts.
pub struct Cx<'a> {
    /// Where and when.
    pub at: At<'a>,
    /// Gives a new lower-case UUID at each call.
    pub ids: &'a mut dyn FnMut() -> String,
}

impl std::fmt::Debug for Cx<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cx").field("at", &self.at).finish_non_exhaustive()
    }
}

/// Where a task is in its lifecycle (tasks 2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Created; its start time is still to come, and no flow runs yet.
    Scheduled,
    /// A flow runs or is about to, waits included.
    InFlow,
    /// In a queue.
    Queued,
    /// Offered to one agent.
    Offered,
    /// An agent works on it.
    Connected,
    /// Paused; [`Contact::paused_from`] says what it was.
    Paused,
    /// The template's wrap-up module runs before the end (tasks 2.12.3).
    WrapUp,
    /// Over, but its agent still has it open.
    Acw,
    /// Over for everybody.
    Completed,
}

/// How a contact came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum InitiationMethod {
    /// StartTaskContact, CreateContact, or the flow action CreateTask.
    Api,
    /// TransferContact.
    Transfer,
    /// A move from one queue to another by a queue flow.
    QueueTransfer,
    /// The disconnect flow of another contact (tasks 2.11.5).
    Disconnect,
}

/// Why a contact ended (tasks 2.11.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DisconnectReason {
    /// The agent finished the work.
    AgentCompleted,
    /// The agent ended it without finishing.
    AgentDisconnect,
    /// It expired.
    Expired,
    /// A flow ended it.
    ContactFlowDisconnect,
    /// StopContact.
    Api,
    /// Transfers, and ends that have no code of their own.
    Other,
}

/// The type of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReferenceKind {
    /// A URL.
    Url,
    /// A decimal number.
    Number,
    /// Any text.
    String,
    /// Epoch seconds.
    Date,
    /// An e-mail address.
    Email,
    /// An attached file.
    Attachment,
}

/// A reference: a named value of a task; it holds the value of a template's field (task-templates 5.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Its type.
    #[serde(rename = "Type")]
    pub kind: ReferenceKind,
    /// Its value as text, whatever its type.
    #[serde(rename = "Value")]
    pub value: String,
}

/// The version of a template that a task is pinned to (task-templates 3.5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinnedTemplate {
    /// The template.
    pub id: String,
    /// Its version.
    pub version: i64,
    /// The name that version has.
    pub name: String,
    /// The flow module, with qualifier, that runs before a task of this template ends (tasks 2.12.3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrap_up_flow_id: Option<String>,
}

/// A stay in a queue: the present one, or the last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueStay {
    /// The queue.
    pub queue: QueueRef,
    /// Epoch milliseconds.
    pub enqueued_ms: i64,
    /// When it left, epoch milliseconds; `None` while it is in.
    pub dequeued_ms: Option<i64>,
}

/// An offer to one agent (tasks 3.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Who.
    pub agent: AgentRef,
    /// When it was made, epoch milliseconds.
    pub offered_ms: i64,
    /// When it counts as missed, epoch milliseconds; `None` once accepted, while the whisper flow runs, or without limit.
    pub until_ms: Option<i64>,
    /// The agent has taken it; the whisper flow runs.
    #[serde(default)]
    pub accepted: bool,
}

/// How an offer ended that nobody accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OfferOutcome {
    /// Not accepted in time (tasks 3.4.3).
    Missed,
    /// The agent did not want it (tasks 3.4.4).
    Rejected,
    /// Taken back (tasks 3.4.2).
    Withdrawn,
}

/// The last offer that led back into the queue: the agent's entry tells it (tasks 2.1.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferEnd {
    /// Whom it was offered to.
    pub user_id: String,
    /// Which offer of the contact, from 1.
    pub attempt: u32,
    /// How it ended.
    pub outcome: OfferOutcome,
}

/// An agent's assignment to a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentStay {
    /// Who.
    pub agent: AgentRef,
    /// When the agent was connected, epoch milliseconds.
    pub connected_ms: i64,
    /// Pauses while assigned, milliseconds.
    pub pause_ms: i64,
    /// After-contact work began, epoch milliseconds.
    pub acw_start_ms: Option<i64>,
    /// After-contact work ended, epoch milliseconds.
    pub acw_end_ms: Option<i64>,
}

/// Input of routing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Routing {
    /// Lower is sooner; 5 unless set.
    pub priority: i64,
    /// Added to the age in the queue, seconds.
    pub age_adjustment_s: i32,
    /// RoutingCriteria as given, JSON text (tasks 3.3.6, flows 7.1.11).
    pub criteria: Option<String>,
    /// When the criteria became active: entry into a queue, epoch milliseconds (flows 7.1.5).
    #[serde(default)]
    pub criteria_active_ms: Option<i64>,
    /// When each of its steps ended that is over, epoch milliseconds: the step after them is the active one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria_ended_ms: Vec<i64>,
    /// An agent of the active step was connected.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub criteria_joined: bool,
}

impl Routing {
    /// Criteria become active, with their first step, or are given and not active; `active_ms` in epoch milliseconds.
    pub(crate) fn activate(&mut self, active_ms: Option<i64>) {
        self.criteria_active_ms = active_ms;
        self.criteria_ended_ms.clear();
        self.criteria_joined = false;
    }
}

impl Default for Routing {
    fn default() -> Self {
        Self {
            priority: 5,
            age_adjustment_s: 0,
            criteria: None,
            criteria_active_ms: None,
            criteria_ended_ms: Vec::new(),
            criteria_joined: false,
        }
    }
}

/// Moments of a contact, epoch milliseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    /// InitiationTimestamp.
    pub initiated_ms: i64,
    /// ScheduledTimestamp.
    pub scheduled_ms: Option<i64>,
    /// ConnectedToSystemTimestamp: its first flow began.
    pub connected_to_system_ms: Option<i64>,
    /// DisconnectTimestamp.
    pub disconnected_ms: Option<i64>,
    /// TransferCompletedTimestamp of the record.
    pub transferred_ms: Option<i64>,
    /// LastPausedTimestamp.
    pub paused_ms: Option<i64>,
    /// LastResumedTimestamp.
    pub resumed_ms: Option<i64>,
    /// LastUpdateTimestamp: every change.
    pub updated_ms: i64,
    /// Sum of pauses that are over, milliseconds.
    pub pause_total_ms: i64,
    /// When it became COMPLETED.
    pub completed_ms: Option<i64>,
}

/// Lifetime and expiry of a task (tasks 2.11.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expiry {
    /// Minutes as asked for.
    pub minutes: i64,
    /// Epoch milliseconds.
    pub at_ms: i64,
}

/// A task without its attributes, which belong to its chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    /// Lower-case UUID.
    pub id: String,
    /// The first contact of the chain; `None` when that is this one (tasks 2.4.1).
    pub initial_contact_id: Option<String>,
    /// The contact before this one in its chain.
    pub previous_contact_id: Option<String>,
    /// The contact this one was related to at its creation (tasks 2.4.2).
    pub related_contact_id: Option<String>,
    /// Root of the tree of previous and related links (tasks 2.4.5).
    pub association_id: String,
    /// Successors that the service made (tasks 2.4.6), oldest first.
    pub next_contact_ids: Vec<String>,
    /// How it came to be.
    pub initiation_method: InitiationMethod,
    /// Made by CreateContact (subtype `connect:ExternalTask`, tasks 2.5.2).
    pub external: bool,
    /// Name.
    pub name: String,
    /// Description.
    pub description: Option<String>,
    /// References by name.
    pub references: BTreeMap<String, Reference>,
    /// User-defined segment attributes.
    pub segment_attributes: BTreeMap<String, String>,
    /// ARN of the user in `connect:CreatedByUser` (tasks 2.3.15).
    pub created_by_user: Option<String>,
    /// Made with `connect:AssignmentType` SELF (tasks 2.3.16).
    pub self_assigned: bool,
    /// User tags; the system tag is added on reading (tasks 2.2.4).
    pub tags: BTreeMap<String, String>,
    /// The template version it is pinned to.
    pub template: Option<PinnedTemplate>,
    /// How often its template was changed (task-templates 5.8.2).
    pub retemplated: u32,
    /// Where it is in its lifecycle.
    pub state: State,
    /// What it was when it was paused.
    pub paused_from: Option<State>,
    /// How it will end once the wrap-up module is through.
    pub ending: Option<DisconnectReason>,
    /// Whether the wrap-up module has run or been skipped (once per contact, tasks 2.12.4).
    pub wrapped_up: bool,
    /// Moments.
    pub times: Times,
    /// Lifetime and expiry.
    pub expiry: Expiry,
    /// Why it ended.
    pub disconnect_reason: Option<DisconnectReason>,
    /// How often it was paused.
    pub pause_count: u32,
    /// How often it was rescheduled (tasks 2.6.2).
    pub reschedules: u32,
    /// Transfers in its chain so far (tasks 2.8.4).
    pub transfers: u32,
    /// Moves between queues so far without a stay of a second or longer in between.
    #[serde(default)]
    pub quick_moves: u32,
    /// The queue that "transfer to queue" will take.
    pub target_queue: Option<QueueRef>,
    /// The queue it is in, or was in last.
    pub queue: Option<QueueStay>,
    /// The agent it was made for or transferred to: `$.Agent` of transfer flows (flows 3.7).
    pub target_agent: Option<AgentRef>,
    /// The offer that is open, exactly while OFFERED.
    #[serde(default)]
    pub offer: Option<Offer>,
    /// The last offer that led back into the queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer_end: Option<OfferEnd>,
    /// The agent who has or had it.
    pub agent: Option<AgentStay>,
    /// Offers made so far.
    pub connection_attempts: u32,
    /// Input of routing.
    pub routing: Routing,
    /// Event hooks: flow id by hook name (flows 7.2.4).
    pub hooks: BTreeMap<String, String>,
    /// Event hooks that are switched off, by name (flows 7.2.12). Of those that a task has, AgentWhisper minds it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub disabled_hooks: BTreeSet<String>,
    /// Flow logging was switched on (flows 7.4.7).
    pub flow_logging: bool,
    /// LanguageCode and CustomerId, set by flows.
    pub language_code: Option<String>,
    /// See `language_code`.
    pub customer_id: Option<String>,
    /// Running flows, the main one first.
    pub runs: Vec<Run>,
    /// How many tasks made by flows lie between this one and the last that a client made (B82).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub generation: u32,
    /// The task that a client made and from which flows made this one, one from the other (B139); `None` for a client's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<String>,
    /// Flow entries so far: numbers the runs, part of the tokens of their external effects (flows 9.1).
    pub flow_entries: u32,
    /// Events and records written so far: numbers the next.
    pub sequence: i64,
}

/// What has to be committed together with a changed contact.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effects {
    /// Events in order.
    pub events: Vec<EventDraft>,
    /// The contact record is to be written (anew).
    pub record: bool,
    /// Changes of counters.
    pub counts: Vec<Count>,
    /// New contacts made by this change, each with its own effects: transfers, disconnect flows.
    pub successors: Vec<(Contact, Effects)>,
}

/// A counter and its change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// What is counted.
    pub what: Counted,
    /// 1 or -1.
    pub by: i64,
}

/// What is counted, per instance.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Counted {
    /// Contacts that are not COMPLETED (tasks 2.1.5, 2.3.21).
    Open,
    /// Contacts inside a queue; `agent` queues are named by their user.
    Queue {
        /// Queue id, or user id.
        id: String,
    },
    /// Contacts whose PreviousContactId is this (tasks 2.3.20).
    After {
        /// The previous contact.
        id: String,
    },
    /// Tasks that flows made from this one, one from the other (B139); those that have ended too.
    Descendants {
        /// The task that a client made.
        id: String,
    },
    /// Contacts that are paused while an agent has them (tasks 2.7.4).
    Paused {
        /// The user.
        id: String,
    },
}

impl Counted {
    /// What the names of the counters of queues begin with.
    pub const QUEUES: &str = "contacts/queue/";

    /// The counter's name in the store.
    pub fn name(&self) -> String {
        match self {
            Self::Open => "contacts/open".to_owned(),
            Self::Queue { id } => [Self::QUEUES, id].concat(),
            Self::After { id } => format!("contacts/after/{id}"),
            Self::Descendants { id } => format!("contacts/descendants/{id}"),
            Self::Paused { id } => format!("contacts/paused/{id}"),
        }
    }
}

/// Why an event is not possible: an exception's kind and a message for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Which exception.
    pub kind: wire::ExceptionKind,
    /// Message for people.
    pub message: String,
}

impl Refusal {
    pub(crate) fn new(kind: wire::ExceptionKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }
}

/// `connect:Subtype` of tasks made by CreateContact, and of all others.
pub(crate) fn subtype(external: bool) -> &'static str {
    if external { wait::EXTERNAL } else { wait::ORDINARY }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl State {
    /// Every state.
    pub const ALL: [Self; 9] = [
        Self::Scheduled,
        Self::InFlow,
        Self::Queued,
        Self::Offered,
        Self::Connected,
        Self::Paused,
        Self::WrapUp,
        Self::Acw,
        Self::Completed,
    ];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scheduled => "SCHEDULED",
            Self::InFlow => "IN_FLOW",
            Self::Queued => "QUEUED",
            Self::Offered => "OFFERED",
            Self::Connected => "CONNECTED",
            Self::Paused => "PAUSED",
            Self::WrapUp => "WRAP_UP",
            Self::Acw => "ACW",
            Self::Completed => "COMPLETED",
        }
    }
}

impl InitiationMethod {
    /// As the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Api => "API",
            Self::Transfer => "TRANSFER",
            Self::QueueTransfer => "QUEUE_TRANSFER",
            Self::Disconnect => "DISCONNECT",
        }
    }
}

impl DisconnectReason {
    /// As the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AgentCompleted => "AGENT_COMPLETED",
            Self::AgentDisconnect => "AGENT_DISCONNECT",
            Self::Expired => "EXPIRED",
            Self::ContactFlowDisconnect => "CONTACT_FLOW_DISCONNECT",
            Self::Api => "API",
            Self::Other => "OTHER",
        }
    }
}

impl Contact {
    /// The first contact of the chain: under this id the attributes are kept (tasks 2.4.1).
    pub fn chain_id(&self) -> &str {
        self.initial_contact_id.as_deref().unwrap_or(&self.id)
    }

    /// Whether it is still open: counts for the quota of open tasks (tasks 2.1.5).
    pub fn is_open(&self) -> bool {
        self.state != State::Completed
    }

    /// The workload type that its slot counts for: the segment attribute, else its subtype (administration 2.6.4).
    pub fn workload_type(&self) -> &str {
        let own = self.segment_attributes.get(WORKLOAD_TYPE).filter(|own| !own.is_empty());
        own.map_or_else(|| self.subtype(), String::as_str)
    }

    /// `connect:Subtype` (tasks 2.2.3).
    pub fn subtype(&self) -> &'static str {
        subtype(self.external)
    }

    /// Whether it is offered to this user, or the user works on it.
    pub fn is_with(&self, user_id: &str) -> bool {
        let offered = self.offer.as_ref().is_some_and(|offer| offer.agent.id == user_id);
        let works = matches!(self.state, State::Connected | State::Paused | State::WrapUp);
        offered || (works && self.agent.as_ref().is_some_and(|stay| stay.agent.id == user_id))
    }

    /// Whether it is active: neither ACW nor COMPLETED (tasks 2.1.5).
    pub fn is_active(&self) -> bool {
        !matches!(self.state, State::Acw | State::Completed)
    }
}
