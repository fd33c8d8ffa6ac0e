//! One unit of work: everything an operation or the worker changes in one commit. It includes changed contacts and
//! agents, the counters they move, the events and records they cause, client tokens, and conditions on anything else.
//!
//! Each kind of entity has a file here, which defines how one is loaded and what its row is. Not here: the rules
//! (`engine`), named resources (`resource/layer.rs`), and retries (`base/commit.rs`).

mod agent;
mod contact;

use std::collections::BTreeMap;

use engine::agent::EntryChange;
use engine::contact::{Count, Counted};
use store::{Batch, Conflict, NewOutboxRow};

use crate::base::commit::{Attempt, commit};
use crate::base::routing::Scope;
use crate::{Cx, Result};

pub(crate) use agent::{LoadedAgent, row_of as agent_row};
pub(crate) use contact::{LoadedContact, deciding, readable, refused};

/// The kind of an outbox row that holds a contact event.
pub(crate) const EVENT: &str = "EVENT";
/// The kind of an outbox row that holds a contact record.
pub(crate) const RECORD: &str = "RECORD";

/// Work that is due within this time notifies the worker, milliseconds; it polls more often than that.
const SOON_MS: i64 = 1_000;

/// Changes to be committed together.
#[derive(Debug)]
pub(crate) struct UnitOfWork<'a> {
    cx: &'a Cx<'a>,
    instance: &'a str,
    /// Other conditions and changes: client tokens, required resources.
    pub(crate) batch: Batch,
    counts: BTreeMap<Counted, i64>,
    bounds: BTreeMap<Counted, i64>,
    /// What contacts of this unit say about entries of agents, in the order in which it happened.
    entries: Vec<(String, EntryChange)>,
    /// Agents whom it changes, by user.
    agents: BTreeMap<String, agent::AgentChange>,
    /// What routing has to look at afterwards: tasks that wait, agents who have become free.
    routes: Scope,
    /// Some of the work is due before the worker would poll.
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
            entries: Vec::new(),
            agents: BTreeMap::new(),
            routes: Scope::default(),
            soon: false,
            delivers: false,
        }
    }

    /// The commit must not raise a counter above this value; `None` is unbounded.
    pub(crate) fn bound(&mut self, what: Counted, max: Option<i64>) {
        if let Some(max) = max {
            self.bounds.insert(what, max);
        }
    }

    /// Adjusts counters, each at most once in the commit.
    fn count(&mut self, counts: Vec<Count>) {
        for Count { what, by } in counts {
            *self.counts.entry(what).or_default() += by;
        }
    }

    /// Notes that work is due at this time, epoch milliseconds.
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

    /// Commits, then notifies the worker and the sinks. Counters come last: every commit of the instance changes them,
    /// so they are locked for the shortest time. After a failed condition the caller reads and decides again; a counter
    /// at its bound is [`Conflict::CounterFull`] with the counter's name.
    pub(crate) async fn commit<T>(mut self, answer: T) -> Result<Attempt<T>> {
        self.finish().await?;
        let attempt = commit(self.cx, self.batch, answer).await?;
        if matches!(attempt, Attempt::Done(_)) {
            self.cx.notifier().after_commit(self.soon, self.delivers);
            self.cx.routing().notify(self.instance, self.routes);
        }
        Ok(attempt)
    }

    /// The unit as a batch, for a commit that changes a resource with it. Nobody is notified: what this takes away is found by
    /// those who look.
    ///
    /// # Errors
    /// The store's failures; an agent cannot be read.
    pub(crate) async fn into_batch(mut self) -> Result<Batch> {
        self.finish().await?;
        Ok(self.batch)
    }

    async fn finish(&mut self) -> Result<()> {
        self.write_agents().await?;
        for (what, by) in &self.counts {
            let name = what.name();
            match by {
                0 => {}
                1.. => self.batch.add_to_counter(self.instance, &name, *by, self.bounds.get(what).copied()),
                _ => self.batch.subtract_from_counter(self.instance, &name, -by),
            }
        }
        Ok(())
    }
}

/// The counter that a conflict is about.
pub(crate) fn full(conflict: &Conflict) -> Option<&str> {
    match conflict {
        Conflict::CounterFull { name } => Some(name),
        _ => None,
    }
}
