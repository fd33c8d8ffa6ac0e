//! An agent: the status of a user and the tasks that the user has in hand, one [`Entry`] each (administration 4). An [`Agent`] is one
//! value; [`Agent::apply`] is the one function that changes it. It does no I/O and reads no clock.
//!
//! Entries follow contacts: [`follow`] says, from where a contact stood before a change and where it stands after it, which entries
//! of which agents become what. Whoever commits the change of a contact commits these with it, so that the two cannot disagree.

mod follow;
mod ledger;
pub mod screen;
mod slots;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use wire::ExceptionKind;
use wire::shapes::ContactState;

use crate::contact::{InitiationMethod, Refusal};
use crate::criteria::Proficiency;
use crate::party::QueueRef;

pub use follow::{EntryChange, Standing, follow};
pub use ledger::{Interval, LEDGER_DAYS_MAX, Outcome, Subject};
pub use slots::{ChannelSlots, Concurrency, Load, SlotCounts, WorkloadBehavior, WorkloadSlots};

/// How long a REJECTED entry stays, milliseconds (tasks 3.4.5).
pub const REJECTED_MS: i64 = 5_000;
/// The channel of every entry.
pub const TASK: &str = "TASK";

/// What a status means for routing (administration 2.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StatusType {
    /// Contacts may be offered.
    Routable,
    /// At work, but not for contacts.
    Custom,
    /// Not at work.
    Offline,
}

/// One of the instance's agent statuses. Its name may change, so it is looked up when it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusRef {
    /// The status's id.
    pub id: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: StatusType,
}

/// The status an agent is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Which.
    #[serde(flatten)]
    pub is: StatusRef,
    /// StatusStartTimestamp, epoch milliseconds.
    pub since_ms: i64,
    /// Until when the ledger has it, epoch milliseconds.
    #[serde(default)]
    pub booked_ms: i64,
}

/// What an agent has to do with a task (administration 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EntryState {
    /// It is offered, or its whisper flow runs.
    Connecting,
    /// The agent works on it.
    Connected,
    /// The agent has it and it is paused.
    Paused,
    /// After-contact work.
    Ended,
    /// The agent did not accept it in time.
    Missed,
    /// The agent did not want it.
    Rejected,
    /// The offer failed.
    Error,
}

/// An agent's entry for one task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The task.
    pub contact_id: String,
    /// What the agent has to do with it.
    pub state: EntryState,
    /// Since when it is in this state, epoch milliseconds.
    #[serde(default)]
    pub since_ms: i64,
    /// When the entry began: the offer, epoch milliseconds.
    #[serde(default)]
    pub began_ms: i64,
    /// ConnectedToAgentTimestamp, epoch milliseconds; `None` unless the agent accepted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connected_ms: Option<i64>,
    /// The queue that it came from; agent queues too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<QueueRef>,
    /// How the task came to be.
    pub initiation_method: InitiationMethod,
    /// Always `TASK`.
    #[serde(default = "task")]
    pub channel: String,
    /// The workload type that its slot counts for (administration 2.6.4).
    #[serde(default)]
    pub workload_type: String,
    /// Which offer of the task it comes from, from 1; 0 without offer (CreateContact).
    #[serde(default)]
    pub attempt: u32,
    /// When the offer counts as missed, epoch milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_ms: Option<i64>,
    /// When it clears itself, epoch milliseconds: REJECTED only (tasks 3.4.5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_ms: Option<i64>,
    /// Until when the ledger has it, epoch milliseconds.
    #[serde(default)]
    pub booked_ms: i64,
    /// Members that a newer release wrote; they are kept.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// From when on an agent counts as idle (AgentAvailabilityTimer of the routing profile, tasks 3.3.5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AvailabilityTimer {
    /// TIME_SINCE_LAST_ACTIVITY: the end of the last entry.
    #[default]
    LastActivity,
    /// TIME_SINCE_LAST_INBOUND: the end of the last accepted one.
    LastInbound,
}

/// A user as routing and metrics see one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agent {
    /// The user.
    pub user_id: String,
    /// The present status.
    pub status: Status,
    /// The status that follows when the last slot is free (administration 4.1.3). Only while a slot is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_status: Option<StatusRef>,
    /// One for each task, in the order in which they began.
    #[serde(default)]
    pub entries: Vec<Entry>,
    /// The user's routing profile: the ledger says under which one the time was spent.
    #[serde(default)]
    pub routing_profile_id: String,
    /// The user's place in the hierarchy in the form that the ledger keeps; empty without one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hierarchy_path: String,
    /// The user's proficiencies, in the order of association (administration 6.2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proficiencies: Vec<Proficiency>,
    /// When the last entry began, whatever became of it, epoch milliseconds.
    #[serde(default)]
    pub last_began_ms: i64,
    /// When the last entry went away, epoch milliseconds.
    #[serde(default)]
    pub last_ended_ms: i64,
    /// When the last entry that had been accepted went away, epoch milliseconds.
    #[serde(default)]
    pub last_inbound_ended_ms: i64,
    /// The last change, epoch milliseconds: times of one agent never run backwards, as those of a task (B83).
    #[serde(default)]
    pub updated_ms: i64,
    /// Intervals written to the ledger so far: numbers the next.
    #[serde(default)]
    pub sequence: i64,
    /// Members that a newer release wrote; they are kept.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Something that happens to an agent.
#[derive(Clone, Debug, PartialEq)]
pub enum AgentEvent {
    /// PutUserStatus with a status that is enabled (administration 4.1).
    PutStatus(StatusRef),
    /// A contact has changed: what [`follow`] said.
    Entry(Box<EntryChange>),
    /// DismissUserContact, or the agent closes the entry (administration 4.2.4).
    Dismiss {
        /// The entry's task.
        contact_id: String,
    },
    /// The user's routing profile or place in the hierarchy is now this.
    Assign {
        /// Routing profile.
        routing_profile_id: String,
        /// Place in the hierarchy, in the form that the ledger keeps.
        hierarchy_path: String,
    },
    /// The user's proficiencies are now these.
    Proficiencies(Vec<Proficiency>),
    /// [`Agent::due_ms`] has come.
    Timer,
}

/// What has to be committed together with a changed agent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgentEffects {
    /// Tasks whose after-contact work ends with this change: each gets its `CloseAcw` in the same unit of work.
    pub close_contacts: Vec<String>,
    /// Rows for the ledger, in order.
    pub ledger: Vec<Interval>,
    /// The agent may be offered more than before: routing may have work.
    pub freed: bool,
    /// Other proficiencies than before.
    pub proficiencies: bool,
}

impl Agent {
    /// A new user: in the instance's offline status, without entries.
    pub fn new(user_id: String, offline: StatusRef, routing_profile_id: String, now_ms: i64) -> Self {
        Self {
            user_id,
            status: Status { is: offline, since_ms: now_ms, booked_ms: now_ms },
            next_status: None,
            entries: Vec::new(),
            routing_profile_id,
            hierarchy_path: String::new(),
            proficiencies: Vec::new(),
            last_began_ms: 0,
            last_ended_ms: 0,
            last_inbound_ended_ms: 0,
            updated_ms: now_ms,
            sequence: 0,
            other: Map::new(),
        }
    }

    /// Does `event` to the agent and says in `effects` what has to be committed with it. `true` when the agent has changed.
    ///
    /// # Errors
    /// [`AgentEvent::Dismiss`] without an entry that can be closed: InvalidRequestException. Then nothing has changed.
    pub fn apply(&mut self, event: AgentEvent, effects: &mut AgentEffects, now_ms: i64) -> Result<bool, Refusal> {
        let now_ms = now_ms.max(self.updated_ms);
        let before = self.clone();
        match event {
            AgentEvent::PutStatus(status) => self.put_status(status, effects, now_ms),
            AgentEvent::Entry(change) => self.set_entry(&change.contact_id, change.entry, effects, now_ms),
            AgentEvent::Dismiss { contact_id } => self.dismiss(&contact_id, effects, now_ms)?,
            AgentEvent::Assign { routing_profile_id, hierarchy_path } => {
                self.assign(routing_profile_id, hierarchy_path, effects, now_ms);
            }
            AgentEvent::Proficiencies(proficiencies) => self.proficiencies = proficiencies,
            AgentEvent::Timer => self.clear(effects, now_ms, |entry| entry.until_ms.is_some_and(|ms| ms <= now_ms)),
        }
        if let Some(next) = self.next_status.take_if(|_| slots_are_free(&self.entries)) {
            self.set_status(next, effects, now_ms);
        }
        if *self == before {
            return Ok(false);
        }
        self.book_days(effects, now_ms);
        self.updated_ms = now_ms;
        effects.proficiencies |= self.proficiencies != before.proficiencies;
        let retyped =
            |entry: &Entry| before.entry(&entry.contact_id).is_some_and(|old| old.workload_type != entry.workload_type);
        let gained = self.used() < before.used()
            || self.entries.iter().any(retyped)
            || self.routing_profile_id != before.routing_profile_id
            || self.proficiencies != before.proficiencies;
        effects.freed |= self.takes_offers() && (gained || !before.takes_offers());
        Ok(true)
    }

    /// administration 4.1.2 to 4.1.5
    fn put_status(&mut self, status: StatusRef, effects: &mut AgentEffects, now_ms: i64) {
        self.clear(effects, now_ms, |entry| entry.state.can_be_closed());
        let busy = |entry: &Entry| matches!(entry.state, EntryState::Connecting | EntryState::Connected);
        if status.kind != StatusType::Routable && self.entries.iter().any(busy) {
            let again = self.next_status.is_none() && self.status.is.id == status.id;
            self.next_status = Some(status).filter(|_| !again);
        } else if self.next_status.take().is_some() || self.status.is != status {
            self.set_status(status, effects, now_ms);
        }
    }

    fn set_status(&mut self, status: StatusRef, effects: &mut AgentEffects, now_ms: i64) {
        self.book_status(effects, now_ms);
        self.status = Status { is: status, since_ms: now_ms, booked_ms: now_ms };
    }

    /// What a contact says about its entry here: a new one, another state, other details, or gone.
    fn set_entry(&mut self, contact_id: &str, entry: Option<Entry>, effects: &mut AgentEffects, now_ms: i64) {
        let index = self.entries.iter().position(|entry| entry.contact_id == contact_id);
        let old = index.map(|index| self.entries[index].clone());
        let Some(mut new) = entry else {
            if let Some(old) = old {
                self.remove(&old, effects, now_ms);
            }
            return;
        };
        let same = old.as_ref().filter(|old| old.attempt == new.attempt);
        match same {
            Some(old) => (new.began_ms, new.other) = (old.began_ms, old.other.clone()),
            None => (new.began_ms, self.last_began_ms) = (now_ms, now_ms),
        }
        match same.filter(|old| old.state == new.state) {
            Some(old) => {
                (new.since_ms, new.booked_ms, new.until_ms) = (old.since_ms, old.booked_ms, old.until_ms);
            }
            None => {
                (new.since_ms, new.booked_ms) = (now_ms, now_ms);
                new.until_ms = (new.state == EntryState::Rejected).then_some(now_ms + REJECTED_MS);
                if let Some(old) = &old {
                    self.book_entry(old, Some(&new), effects, now_ms);
                }
            }
        }
        match index {
            Some(index) if same.is_some() => self.entries[index] = new,
            _ => {
                self.entries.retain(|entry| entry.contact_id != contact_id);
                self.entries.push(new);
            }
        }
    }

    fn dismiss(&mut self, contact_id: &str, effects: &mut AgentEffects, now_ms: i64) -> Result<(), Refusal> {
        let refused = |message| Err(Refusal::new(ExceptionKind::InvalidRequestException, message));
        match self.entry(contact_id).map(|entry| entry.state) {
            Some(state) if state.can_be_closed() => {
                self.clear(effects, now_ms, |entry| entry.contact_id == contact_id);
                Ok(())
            }
            Some(state) => refused(format!(
                "ContactId: the user's entry for contact {contact_id} is {}; only MISSED, REJECTED, ERROR and ENDED can be dismissed",
                state.contact_state().as_str()
            )),
            None => refused(format!("ContactId: the user has no entry for contact {contact_id}")),
        }
    }

    /// Time under one profile and place is not time under another.
    fn assign(&mut self, profile_id: String, hierarchy_path: String, effects: &mut AgentEffects, now_ms: i64) {
        if self.routing_profile_id == profile_id && self.hierarchy_path == hierarchy_path {
            return;
        }
        self.book_all(effects, now_ms);
        (self.routing_profile_id, self.hierarchy_path) = (profile_id, hierarchy_path);
    }

    /// Takes these entries away. Tasks in after-contact work are over with it.
    fn clear(&mut self, effects: &mut AgentEffects, now_ms: i64, which: impl Fn(&Entry) -> bool) {
        let cleared: Vec<Entry> = self.entries.iter().filter(|entry| which(entry)).cloned().collect();
        for entry in cleared {
            if entry.state == EntryState::Ended {
                effects.close_contacts.push(entry.contact_id.clone());
            }
            self.remove(&entry, effects, now_ms);
        }
    }

    fn remove(&mut self, entry: &Entry, effects: &mut AgentEffects, now_ms: i64) {
        self.book_entry(entry, None, effects, now_ms);
        self.entries.retain(|other| other.contact_id != entry.contact_id);
        self.last_ended_ms = now_ms;
        if entry.connected_ms.is_some() {
            self.last_inbound_ended_ms = now_ms;
        }
    }

    /// The entry for a task.
    pub fn entry(&self, contact_id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.contact_id == contact_id)
    }

    /// Slots in use, over all workload types (tasks 3.2.4).
    pub fn used(&self) -> i64 {
        self.load().used()
    }

    /// Slots in use by workload type.
    pub fn load(&self) -> Load {
        Load::of(&self.entries)
    }

    /// Whether anything may be offered by routing at all: ROUTABLE, no next status, no error entry (tasks 3.3.1). Slots and
    /// permission come on top.
    pub fn takes_offers(&self) -> bool {
        self.status.is.kind == StatusType::Routable
            && self.next_status.is_none()
            && !self.entries.iter().any(|entry| entry.state.is_error())
    }

    /// Whether routing may offer a task of this workload type to the agent, with the slots of the agent's routing profile
    /// (tasks 3.3.1, administration 2.6.4). The permission is the caller's.
    pub fn may_be_offered(&self, channels: &[ChannelSlots], workload_type: &str) -> bool {
        let task = channels.iter().find(|channel| channel.channel == TASK);
        self.takes_offers() && task.is_some_and(|task| task.concurrency.admits(&self.load(), workload_type))
    }

    /// Since when the agent counts as idle, epoch milliseconds (tasks 3.3.5, B113).
    pub fn idle_since(&self, timer: AvailabilityTimer) -> i64 {
        let moment_ms = match timer {
            _ if !self.entries.is_empty() => self.last_began_ms,
            AvailabilityTimer::LastActivity => self.last_ended_ms,
            AvailabilityTimer::LastInbound => self.last_inbound_ended_ms,
        };
        self.status.since_ms.max(moment_ms)
    }

    /// When [`AgentEvent::Timer`] is due, epoch milliseconds.
    pub fn due_ms(&self) -> Option<i64> {
        self.entries.iter().filter_map(|entry| entry.until_ms).min()
    }

    /// A task in work, which keeps the user from being deleted (administration 1.3.4).
    pub fn in_work(&self) -> Option<&Entry> {
        self.entries.iter().find(|entry| matches!(entry.state, EntryState::Connected | EntryState::Paused))
    }

    /// The slot maps of GetCurrentUserData, one entry for each channel of the profile with slots (administration 4.3.4).
    pub fn slots(&self, channels: &[ChannelSlots]) -> Vec<SlotCounts> {
        slots::counts(
            &self.entries,
            self.status.is.kind == StatusType::Routable && self.next_status.is_none(),
            channels,
        )
    }
}

/// Whether no slot is used: then the next status takes effect (administration 4.1.3, B114).
fn slots_are_free(entries: &[Entry]) -> bool {
    !entries.iter().any(|entry| entry.state.uses_slot())
}

impl StatusType {
    /// As the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Routable => "ROUTABLE",
            Self::Custom => "CUSTOM",
            Self::Offline => "OFFLINE",
        }
    }

    /// Of the API's word; `None` for another.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Routable, Self::Custom, Self::Offline].into_iter().find(|kind| kind.as_str() == text)
    }
}

impl EntryState {
    /// Of its name in the ledger; `None` for another text.
    pub fn parse(text: &str) -> Option<Self> {
        use EntryState::{Connected, Connecting, Ended, Error, Missed, Paused, Rejected};
        let all = [Connecting, Connected, Paused, Ended, Missed, Rejected, Error];
        all.into_iter().find(|state| state.as_str() == text)
    }

    /// Its name in the ledger, and in our agent API (tasks 6).
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connecting => "CONNECTING",
            Self::Connected => "CONNECTED",
            Self::Paused => "PAUSED",
            Self::Ended => "ENDED",
            Self::Missed => "MISSED",
            Self::Rejected => "REJECTED",
            Self::Error => "ERROR",
        }
    }

    /// How the API shows it (tasks 2.1.2, 2.1.3).
    pub fn contact_state(self) -> ContactState {
        match self {
            Self::Connecting => ContactState::Connecting,
            Self::Connected => ContactState::Connected,
            Self::Paused => ContactState::ConnectedOnhold,
            Self::Ended => ContactState::Ended,
            Self::Missed => ContactState::Missed,
            Self::Rejected => ContactState::Rejected,
            Self::Error => ContactState::Error,
        }
    }

    /// Whether it is an error entry, which keeps offers away (tasks 3.4.5).
    pub fn is_error(self) -> bool {
        matches!(self, Self::Missed | Self::Rejected | Self::Error)
    }

    /// Whether it takes a slot (tasks 3.2.4): all but paused ones.
    pub fn uses_slot(self) -> bool {
        self != Self::Paused
    }

    /// Whether it can be dismissed (administration 4.2.4).
    pub fn can_be_closed(self) -> bool {
        self == Self::Ended || self.is_error()
    }
}

impl Entry {
    /// StateStartTimestamp, epoch milliseconds: for a paused task the moment of connecting (administration 4.3.5).
    pub fn state_start_ms(&self) -> i64 {
        match self.state {
            EntryState::Paused => self.connected_ms.unwrap_or(self.since_ms),
            _ => self.since_ms,
        }
    }
}

fn task() -> String {
    TASK.to_owned()
}

#[cfg(test)]
mod tests;
