//! Tests of historical metrics: the worked example to the digit, rules one by one, and sums that must agree.

mod agents;
mod day;
mod rules;

use std::collections::BTreeSet;

use jiff::tz::TimeZone;

use super::*;
use crate::agent::Outcome;
use crate::contact::{DisconnectReason, InitiationMethod, QueueRef, QueueStay, start::fresh};
use crate::metrics::definition::definition;
use crate::metrics::fact::{AgentFact, ContactFact};
use crate::metrics::group::Filter;
use crate::metrics::interval::Period;

/// 2026-03-02T00:00:00Z.
const MIDNIGHT: i64 = 1_772_409_600_000;

/// A time of 2026-03-02, `9:05:15`.
fn at(text: &str) -> i64 {
    let parts: Vec<i64> = text.split(':').map(|part| part.parse().unwrap()).collect();
    MIDNIGHT + 1_000 * (parts[0] * 3_600 + parts[1] * 60 + parts[2])
}

/// Metrics by name, with a threshold behind `<` or `<=`.
fn wanted(text: &str) -> Wanted {
    let (name, limit) = match text.split_once('<') {
        None => (text, Limit::NONE),
        Some((name, limit)) => {
            let seconds = limit.trim_start_matches('=').parse().unwrap();
            (name, Limit { seconds, included: limit.starts_with('=') })
        }
    };
    let definition = definition(name).unwrap_or_else(|| panic!("{name}"));
    Wanted { definition, limit, filters: Vec::new() }
}

fn wanted_by(text: &str, key: Key, values: &[&str], negate: bool) -> Wanted {
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    Wanted { filters: vec![MetricFilter { key, values, negate }], ..wanted(text) }
}

fn of(key: Key, values: &[&str]) -> Filter {
    Filter { key, values: Some(values.iter().map(|value| (*value).to_owned()).collect::<BTreeSet<_>>()) }
}

fn question(metrics: Vec<Wanted>, period: Period, from: &str, to: &str) -> Question {
    let intervals = Intervals::of(period, &TimeZone::UTC, at(from), at(to));
    Question { metrics, selection: Selection::default(), intervals, queues_of: None }
}

const ALL: Window = Window { from: None, groups_max: 1_000 };

/// What agents and tasks did.
#[derive(Default)]
struct Past {
    facts: Vec<ContactFact>,
    contacts: Vec<Contact>,
    pieces: Vec<Piece>,
    open: Vec<Piece>,
    until_ms: i64,
}

impl Past {
    fn tally(&self, question: &Question, window: Window) -> (Vec<Answer>, bool) {
        let mut tally = Tally::new(question, window, self.until_ms, self.open.clone());
        self.facts.iter().filter(|_| question.needs_records()).for_each(|fact| tally.add_record(fact));
        self.contacts.iter().for_each(|contact| {
            tally.add_enqueued(contact);
            tally.add_connected(contact);
        });
        let mut pieces: Vec<&Piece> = self.pieces.iter().collect();
        pieces.sort_by_key(|piece| piece.end_ms);
        pieces.into_iter().for_each(|piece| tally.add_piece(piece, self.task(piece)).unwrap());
        tally.finish().unwrap()
    }

    fn task(&self, piece: &Piece) -> Option<OfferedTask> {
        let What::Entry { contact_id, .. } = &piece.what else { return None };
        let fact = self.facts.iter().find(|fact| fact.contact_id == *contact_id)?;
        let (initiation_method, disconnect_reason) = (fact.initiation_method, fact.disconnect_reason);
        Some(OfferedTask { initiation_method, disconnect_reason, subtype: fact.subtype() })
    }

    /// Rows as text: `group/…#interval`, with the values.
    fn rows(&self, question: &Question) -> Vec<(String, Vec<Option<f64>>)> {
        let (rows, more) = self.tally(question, ALL);
        assert!(!more);
        rows.into_iter().map(|row| (format!("{}#{}", row.group.join("/"), row.interval), row.values)).collect()
    }
}

/// A task by API that nobody was offered, stopped by API.
fn task(id: &str, initiated: &str, queue: &str, enqueued: &str, left: &str, ended: &str) -> ContactFact {
    ContactFact {
        contact_id: id.to_owned(),
        initiation_method: InitiationMethod::Api,
        disconnect_reason: Some(DisconnectReason::Api),
        external: false,
        initiated_ms: at(initiated),
        connected_to_system_ms: Some(at(initiated)),
        disconnected_ms: at(ended),
        transferred_ms: None,
        has_next: false,
        queue_id: Some(queue.to_owned()),
        agent_queue: false,
        enqueued_ms: Some(at(enqueued)),
        queue_ms: Some(at(left) - at(enqueued)),
        left_from_queue: left == ended,
        agent: None,
        steps: Vec::new(),
    }
}

/// The same with an agent, from when it left the queue until it ended.
fn answered(own: ContactFact, agent: &str, pause_ms: i64, acw_until: &str) -> ContactFact {
    let connected_ms = own.enqueued_ms.unwrap() + own.queue_ms.unwrap();
    let agent = AgentFact {
        id: agent.to_owned(),
        routing_profile_id: "P".to_owned(),
        hierarchy: vec!["north".to_owned(), "town".to_owned()],
        connected_ms,
        interaction_ms: own.disconnected_ms - connected_ms - pause_ms,
        pause_ms,
        acw_end_ms: Some(at(acw_until)),
        acw_ms: at(acw_until) - own.disconnected_ms,
    };
    ContactFact { agent: Some(agent), left_from_queue: false, ..own }
}

fn piece(user: &str, from: &str, to: &str, what: What) -> Piece {
    Piece {
        user_id: user.to_owned(),
        start_ms: at(from),
        end_ms: at(to),
        what,
        routing_profile_id: "P".to_owned(),
        hierarchy_path: "north/town".to_owned(),
    }
}

fn entry(contact: &str, queue: &str, state: EntryState, outcome: Option<Outcome>) -> What {
    What::Entry { state, contact_id: contact.to_owned(), queue_id: Some(queue.to_owned()), outcome }
}

/// A task that waits since some time.
fn waiting(id: &str, queue: &str, enqueued: &str) -> Contact {
    let mut contact = fresh(id.to_owned(), InitiationMethod::Transfer, at(enqueued));
    let queue = QueueRef { id: queue.to_owned(), name: queue.to_owned(), agent: false };
    contact.queue = Some(QueueStay { queue, enqueued_ms: at(enqueued), dequeued_ms: None });
    contact
}
