//! The ledger: how agents spent their time, as intervals that are over (administration 5.3.1, 5.3.4). What is open is in the
//! [`Agent`], from `booked_ms` on. No interval crosses a midnight of UTC, so those of a range end within a day of it.

use crate::agent::{Agent, AgentEffects, Entry, EntryState, StatusType};

const DAY_MS: i64 = 86_400_000;
/// How far back an interval is written that ends now, days: as long as records are kept (tasks 2.2.5).
pub const LEDGER_DAYS_MAX: i64 = 731;

/// How an offer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The agent took it.
    Accepted,
    /// Not accepted in time.
    Missed,
    /// Not wanted.
    Rejected,
    /// Taken back: the task ended, was paused, transferred, or the offer failed.
    Withdrawn,
}

/// What an interval is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A status that is not OFFLINE.
    Status {
        /// The status.
        id: String,
        /// Its type.
        kind: StatusType,
    },
    /// An entry in one state.
    Entry {
        /// The task.
        contact_id: String,
        /// The state.
        state: EntryState,
        /// The queue that the task came from.
        queue_id: Option<String>,
        /// For CONNECTING, in the interval that ends the offer.
        outcome: Option<Outcome>,
    },
}

/// A row of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Number among the agent's intervals, from 0.
    pub n: i64,
    /// Epoch milliseconds.
    pub start_ms: i64,
    /// Epoch milliseconds, at most 24 hours later. Equal to the start only with an outcome.
    pub end_ms: i64,
    /// About what.
    pub subject: Subject,
    /// The routing profile that the user had.
    pub routing_profile_id: String,
    /// The place in the hierarchy that the user had; empty without one.
    pub hierarchy_path: String,
}

impl Outcome {
    /// An outcome by its name in the store.
    pub fn parse(text: &str) -> Option<Self> {
        let all = [Self::Accepted, Self::Missed, Self::Rejected, Self::Withdrawn];
        all.into_iter().find(|outcome| outcome.as_str() == text)
    }

    /// Its name in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "ACCEPTED",
            Self::Missed => "MISSED",
            Self::Rejected => "REJECTED",
            Self::Withdrawn => "WITHDRAWN",
        }
    }
}

impl Subject {
    /// `STATUS` or `ENTRY`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Status { .. } => "STATUS",
            Self::Entry { .. } => "ENTRY",
        }
    }

    /// The status's type or the entry's state.
    pub fn state(&self) -> &'static str {
        match self {
            Self::Status { kind, .. } => kind.as_str(),
            Self::Entry { state, .. } => state.as_str(),
        }
    }
}

impl Agent {
    /// The status is over.
    pub(super) fn book_status(&mut self, effects: &mut AgentEffects, end_ms: i64) {
        if self.status.is.kind != StatusType::Offline {
            let subject = Subject::Status { id: self.status.is.id.clone(), kind: self.status.is.kind };
            self.book(self.status.since_ms.max(self.status.booked_ms), end_ms, &subject, effects);
        }
        self.status.booked_ms = end_ms;
    }

    /// The entry has become `next`, or is gone.
    pub(super) fn book_entry(&mut self, was: &Entry, next: Option<&Entry>, effects: &mut AgentEffects, end_ms: i64) {
        let outcome = (was.state == EntryState::Connecting).then(|| outcome(was, next));
        self.book_state(was, outcome, effects, end_ms);
    }

    /// Everything that is open is written until now and goes on from here.
    pub(super) fn book_all(&mut self, effects: &mut AgentEffects, end_ms: i64) {
        self.book_status(effects, end_ms);
        for index in 0..self.entries.len() {
            let entry = self.entries[index].clone();
            self.book_state(&entry, None, effects, end_ms);
            self.entries[index].booked_ms = end_ms;
        }
    }

    /// The same until the last midnight, so that what stays open for long is written in small pieces.
    pub(super) fn book_days(&mut self, effects: &mut AgentEffects, now_ms: i64) {
        let midnight_ms = now_ms - now_ms.rem_euclid(DAY_MS);
        if self.status.since_ms.max(self.status.booked_ms) < midnight_ms {
            self.book_status(effects, midnight_ms);
        }
        for index in 0..self.entries.len() {
            if self.entries[index].since_ms.max(self.entries[index].booked_ms) < midnight_ms {
                let entry = self.entries[index].clone();
                self.book_state(&entry, None, effects, midnight_ms);
                self.entries[index].booked_ms = midnight_ms;
            }
        }
    }

    fn book_state(&mut self, entry: &Entry, outcome: Option<Outcome>, effects: &mut AgentEffects, end_ms: i64) {
        let subject = |outcome| Subject::Entry {
            contact_id: entry.contact_id.clone(),
            state: entry.state,
            // The queues of agents are in no metric (administration 5.1.1).
            queue_id: entry.queue.as_ref().filter(|queue| !queue.agent).map(|queue| queue.id.clone()),
            outcome,
        };
        let start_ms = entry.since_ms.max(entry.booked_ms);
        let last_ms = start_ms.max(end_ms - 1).div_euclid(DAY_MS) * DAY_MS;
        // The outcome belongs to the piece that ends the offer.
        if outcome.is_some() && last_ms > start_ms {
            self.book(start_ms, last_ms, &subject(None), effects);
        }
        self.book(if outcome.is_some() { start_ms.max(last_ms) } else { start_ms }, end_ms, &subject(outcome), effects);
    }

    /// Writes a span in pieces of a day at most.
    fn book(&mut self, start_ms: i64, end_ms: i64, subject: &Subject, effects: &mut AgentEffects) {
        let mut from_ms = start_ms.max(end_ms - LEDGER_DAYS_MAX * DAY_MS);
        let counts = matches!(subject, Subject::Entry { outcome: Some(_), .. });
        while from_ms < end_ms || counts && from_ms == start_ms {
            let to_ms = end_ms.min((from_ms.div_euclid(DAY_MS) + 1) * DAY_MS).max(from_ms);
            effects.ledger.push(Interval {
                n: self.sequence,
                start_ms: from_ms,
                end_ms: to_ms,
                subject: subject.clone(),
                routing_profile_id: self.routing_profile_id.clone(),
                hierarchy_path: self.hierarchy_path.clone(),
            });
            self.sequence += 1;
            if to_ms == from_ms {
                break;
            }
            from_ms = to_ms;
        }
    }
}

fn outcome(offer: &Entry, next: Option<&Entry>) -> Outcome {
    match next.filter(|next| next.attempt == offer.attempt).map(|next| next.state) {
        Some(EntryState::Connected | EntryState::Paused | EntryState::Ended) => Outcome::Accepted,
        Some(EntryState::Missed) => Outcome::Missed,
        Some(EntryState::Rejected) => Outcome::Rejected,
        Some(EntryState::Connecting | EntryState::Error) | None => Outcome::Withdrawn,
    }
}
