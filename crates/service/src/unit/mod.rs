//! One unit of work: everything an operation or the worker changes at a time, in one commit. What belongs to it: changed
//! contacts, the counters they move, the events and records they cause, client tokens, and conditions on anything else.
//!
//! Each kind of thing that has a life of its own is a file here, which says how one is loaded and what its row is. What does
//! not belong here: what may happen (`engine`), named resources (`resource/layer.rs`), and when an attempt is made again
//! (`base/commit.rs`).

mod contact;

use std::collections::BTreeMap;

use engine::contact::{Count, Counted};
use store::{Batch, Conflict, NewOutboxRow};

use crate::base::commit::{Attempt, commit};
use crate::{Cx, Result};

pub(crate) use contact::{LoadedContact, deciding, readable, refused};

/// The kind of an outbox row that holds a contact event.
pub(crate) const EVENT: &str = "EVENT";
/// The kind of an outbox row that holds a contact record.
pub(crate) const RECORD: &str = "RECORD";

/// The worker is notified of what is due within this time, milliseconds; it polls more often than that.
const SOON_MS: i64 = 1_000;

/// What is to be committed together.
#[derive(Debug)]
pub(crate) struct UnitOfWork<'a> {
    cx: &'a Cx<'a>,
    instance: &'a str,
    /// Conditions and changes besides: client tokens, required resources.
    pub(crate) batch: Batch,
    counts: BTreeMap<Counted, i64>,
    bounds: BTreeMap<Counted, i64>,
    /// Something of it is due before the worker would poll.
    soon: bool,
    delivers: bool,
}

impl<'a> UnitOfWork<'a> {
    pub(crate) fn new(cx: &'a Cx<'a>, instance: &'a str) -> Self {
        Self {
            cx,
            instance,
            batch: Batch::new(),
            counts: BTreeMap::new(),
            bounds: BTreeMap::new(),
            soon: false,
            delivers: false,
        }
    }

    /// A counter must not pass this value by the commit; `None` is without bound.
    pub(crate) fn bound(&mut self, what: Counted, max: Option<i64>) {
        if let Some(max) = max {
            self.bounds.insert(what, max);
        }
    }

    /// Moves counters, each at most once in the commit.
    fn count(&mut self, counts: Vec<Count>) {
        for Count { what, by } in counts {
            *self.counts.entry(what).or_default() += by;
        }
    }

    /// Something is due at this time, epoch milliseconds.
    fn due(&mut self, due_ms: Option<i64>) {
        self.soon |= due_ms.is_some_and(|due| due <= self.cx.now_ms.saturating_add(SOON_MS));
    }

    /// A row of the outbox for each sink.
    fn deliver(&mut self, contact_id: &str, sequence: i64, kind: &str, created_ms: i64, body: &str) {
        for sink in &self.cx.settings().sinks {
            self.delivers = true;
            self.batch.put_outbox(
                sink,
                &NewOutboxRow {
                    contact_id: contact_id.to_owned(),
                    sequence,
                    instance_id: self.instance.to_owned(),
                    kind: kind.to_owned(),
                    body: body.to_owned(),
                    created_ms,
                },
            );
        }
    }

    /// Commits, and notifies the worker and the sinks of what was written. Counters come last: every commit of the instance
    /// wants them, so they are locked for the shortest time. A failed condition is to be read and decided again; a counter at
    /// its bound is [`Conflict::CounterFull`] with the counter's name.
    pub(crate) async fn commit<T>(mut self, answer: T) -> Result<Attempt<T>> {
        for (what, by) in &self.counts {
            let name = what.name();
            match by {
                0 => {}
                1.. => self.batch.add_to_counter(self.instance, &name, *by, self.bounds.get(what).copied()),
                _ => self.batch.subtract_from_counter(self.instance, &name, -by),
            }
        }
        let attempt = commit(self.cx, self.batch, answer).await?;
        if matches!(attempt, Attempt::Done(_)) {
            self.cx.notifier().after_commit(self.soon, self.delivers);
        }
        Ok(attempt)
    }
}

/// Which counter a conflict is about.
pub(crate) fn full(conflict: &Conflict) -> Option<&str> {
    match conflict {
        Conflict::CounterFull { name } => Some(name),
        _ => None,
    }
}
