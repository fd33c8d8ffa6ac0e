//! Replays a task's rows of the outbox: its events must describe its lifecycle without a gap and agree with its state
//! (tasks 4.1.6, 4.2.1).

use engine::contact::{Contact, State};
use serde::Deserialize;
use store::OutboxRow;

/// The state of a task according to its events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Phase {
    at: Whereabouts,
    /// What it was before a pause.
    before: Whereabouts,
    /// Records after COMPLETED.
    pub(crate) records: u32,
    system: bool,
    /// The number of the next event or record.
    next: i64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Whereabouts {
    #[default]
    Nothing,
    Initiated,
    System,
    Queued,
    Agent,
    Paused,
    Disconnected,
    Completed,
}

/// The parts of an event that are checked.
#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    detail: Detail<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Detail<'a> {
    event_type: &'a str,
    contact_id: &'a str,
    initial_contact_id: Option<&'a str>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Record<'a> {
    contact_id: &'a str,
    disconnect_timestamp: Option<&'a str>,
}

impl Phase {
    /// Processes the next row of this task.
    pub(crate) fn take(&mut self, row: &OutboxRow, contact: &Contact) -> Result<(), String> {
        if row.sequence != self.next {
            return Err(format!("number {} where {} was to come", row.sequence, self.next));
        }
        self.next += 1;
        if row.kind == "RECORD" {
            let record: Record<'_> = serde_json::from_str(&row.body).map_err(|error| error.to_string())?;
            if self.at != Whereabouts::Completed {
                return Err("a record before COMPLETED".to_owned());
            }
            if record.contact_id != contact.id || record.disconnect_timestamp.is_none() {
                return Err(format!("a record of something else: {}", row.body));
            }
            self.records += 1;
            return Ok(());
        }
        let event: Envelope<'_> = serde_json::from_str(&row.body).map_err(|error| error.to_string())?;
        let detail = event.detail;
        if detail.contact_id != contact.id || detail.initial_contact_id != contact.initial_contact_id.as_deref() {
            return Err(format!("an event of something else: {}", row.body));
        }
        let from = self.at;
        if self.follows(detail.event_type) { Ok(()) } else { Err(format!("{} after {from:?}", detail.event_type)) }
    }

    /// Advances; false when this event cannot come now.
    fn follows(&mut self, event: &str) -> bool {
        use Whereabouts::{Agent, Completed, Disconnected, Initiated, Nothing, Paused, Queued, System};
        let alive = matches!(self.at, Initiated | System | Queued | Agent | Paused);
        match (event, self.at) {
            ("INITIATED", Nothing) => self.at = Initiated,
            ("CONNECTED_TO_SYSTEM", Initiated | Queued | Agent | Paused) if !self.system => {
                // Beside a wait or a pause a flow may be the first one of a task that came there without.
                self.system = true;
                if self.at == Initiated {
                    self.at = System;
                }
            }
            ("QUEUED", Initiated | System) => self.at = Queued,
            ("CONNECTED_TO_AGENT", Queued | Initiated) => self.at = Agent,
            ("PAUSED", Initiated | System | Queued | Agent) => {
                self.before = self.at;
                self.at = Paused;
            }
            ("RESUMED", Paused) => {
                let in_flow = if self.system { System } else { Initiated };
                self.at = if self.before == Agent { Agent } else { in_flow };
            }
            ("DISCONNECTED", _) if alive => self.at = Disconnected,
            ("COMPLETED", Disconnected) => self.at = Completed,
            ("CONTACT_DATA_UPDATED", at) => return at != Nothing,
            _ => return false,
        }
        true
    }

    /// Whether the events so far agree with the task as it is now.
    pub(crate) fn agrees(&self, contact: &Contact) -> Result<(), String> {
        use Whereabouts::{Agent, Completed, Disconnected, Initiated, Paused, Queued, System};
        let fits = match contact.state {
            State::Scheduled => self.at == Initiated && !self.system,
            State::InFlow => matches!(self.at, Initiated | System),
            State::Queued | State::Offered => self.at == Queued,
            State::Connected => self.at == Agent,
            State::Paused => self.at == Paused,
            State::WrapUp => matches!(self.at, Initiated | System | Queued | Agent | Paused),
            State::Acw => self.at == Disconnected,
            State::Completed => self.at == Completed && self.records > 0,
        };
        if !fits {
            return Err(format!("it is {} and its events say {:?}", contact.state.as_str(), self.at));
        }
        if self.next != contact.sequence {
            return Err(format!("its events end at {} and it counts {}", self.next, contact.sequence));
        }
        if self.system != contact.times.connected_to_system_ms.is_some() {
            return Err("CONNECTED_TO_SYSTEM and the time of it disagree".to_owned());
        }
        Ok(())
    }
}
