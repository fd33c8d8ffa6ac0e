//! Contact events (tasks 4.1).

use crate::arn::Scope;

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
    /// An agent has it.
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
    let _ = (draft, event_id, scope);
    String::new()
}
