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
use wire::{ExceptionKind, Op};

use crate::base::client_token::ClientToken;
use crate::base::commit::{Attempt, commit};
use crate::base::quota;
use crate::base::routing::Scope;
use crate::{Cx, Error, Result};

pub(crate) use agent::{LoadedAgent, row_of as agent_row};
pub(crate) use contact::{LoadedContact, contact_of, deciding, readable, refused};

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
    /// Other conditions and changes, such as required resources.
    pub(crate) batch: Batch,
    /// The client token that the commit uses up, and its answer.
    token: Option<(&'a ClientToken, String)>,
    counts: BTreeMap<Counted, i64>,
    bounds: BTreeMap<Counted, i64>,
    /// What contacts of this unit say about entries of agents, in the order in which it happened.
    entries: Vec<(String, EntryChange)>,
    /// Agents whom it changes, by user.
    agents: BTreeMap<String, agent::AgentChange>,
    /// Agents as the commit leaves them.
    written: Vec<LoadedAgent>,
    /// What routing has to look at afterwards: tasks that wait, agents who have become free.
    routes: Scope,
    /// Some of the work is due before the worker would poll.
    soon: bool,
    delivers: bool,
}

impl<'a> UnitOfWork<'a> {
    pub(crate) fn new(cx: &'a Cx<'a>, instance: &'a str) -> Self {
        let mut batch = Batch::new();
        batch.of_instance(instance);
        Self {
            cx,
            instance,
            batch,
            token: None,
            counts: BTreeMap::new(),
            bounds: BTreeMap::new(),
            entries: Vec::new(),
            agents: BTreeMap::new(),
            written: Vec::new(),
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

    /// The quotas on a new task: the open ones of the instance; if it has a PreviousContactId, those after the same one
    /// (tasks 2.3.20); if a flow makes it, those that come from `root`, the one that a client made (B139).
    pub(crate) fn bound_new_task(&mut self, previous: Option<&str>, root: Option<&str>) {
        let limits = self.cx.limits(self.instance);
        self.bound(Counted::Open, quota::bound(limits.open_tasks_per_instance));
        if let Some(id) = previous {
            self.bound(Counted::After { id: id.to_owned() }, quota::bound(limits.tasks_per_previous_contact));
        }
        if let Some(id) = root {
            self.bound(Counted::Descendants { id: id.to_owned() }, quota::bound(limits.task_descendants));
        }
    }

    /// The commit binds the token, if there is one, to this answer.
    pub(crate) fn claim(&mut self, token: Option<&'a ClientToken>, answer: &str) {
        self.token = token.map(|token| (token, answer.to_owned()));
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

    /// Commits, then notifies the worker, the sinks and routing. After a failed condition the caller reads and decides
    /// again.
    ///
    /// # Errors
    /// The quota that is used up, where a counter is at its bound for which nothing else can be decided; failures of
    /// the store.
    pub(crate) async fn commit<T>(self, answer: T) -> Result<Attempt<T>> {
        Ok(match self.commit_agents().await? {
            Attempt::Done(_) => Attempt::Done(answer),
            Attempt::Again(conflict) => Attempt::Again(conflict),
        })
    }

    /// The same, answering the agents whom it changed, as they are stored now.
    ///
    /// # Errors
    /// As [`Self::commit`].
    pub(crate) async fn commit_agents(mut self) -> Result<Attempt<Vec<LoadedAgent>>> {
        self.finish().await?;
        let Self { cx, instance, batch, bounds, soon, delivers, routes, written, .. } = self;
        let attempt = commit(cx, batch, written).await?;
        match &attempt {
            Attempt::Done(_) => {
                cx.notifier().after_commit(soon, delivers);
                cx.routing().notify(instance, routes);
            }
            Attempt::Again(Conflict::CounterFull { name }) => {
                let full = bounds.iter().find(|(what, _)| what.name() == *name);
                if let Some(refusal) = full.and_then(|(what, max)| refusal(cx, instance, what, *max)) {
                    return Err(refusal);
                }
            }
            Attempt::Again(_) => {}
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

    /// Completes the batch. The client token and counters come last: every commit of the instance changes the counters,
    /// so they are locked for the shortest time.
    async fn finish(&mut self) -> Result<()> {
        self.write_agents().await?;
        if let Some((token, answer)) = self.token.take() {
            token.claim(&mut self.batch, &answer, self.cx.now_ms);
        }
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

/// The answer when a counter is at its bound; `None` where a flow decides again, because another branch is left to it.
fn refusal(cx: &Cx<'_>, instance: &str, what: &Counted, max: i64) -> Option<Error> {
    let limits = cx.limits(instance);
    let full = limits.full();
    match what {
        Counted::Open => Some(Error::quota(op_of_start(cx), full.open_tasks_per_instance())),
        Counted::After { .. } => Some(Error::quota(op_of_start(cx), full.tasks_per_previous_contact())),
        Counted::Descendants { id } => {
            tracing::warn!(
                %instance, root = %id, limit = max,
                "a flow may not create another task: as many come from this one that a client made (limits.task_descendants)"
            );
            Some(Error::quota(op_of_start(cx), full.task_descendants()))
        }
        Counted::Paused { .. } => {
            let message = format!("The agent has {max} paused tasks already, as many as tasks at once");
            Some(Error::new(ExceptionKind::LimitExceededException, message))
        }
        Counted::Queue { .. } => None,
    }
}

/// The operation whose exceptions apply to a new task: flows start tasks as StartTaskContact does.
pub(crate) fn op_of_start(cx: &Cx<'_>) -> Op {
    match cx.op() {
        op @ (Op::CreateContact | Op::TransferContact) => op,
        _ => Op::StartTaskContact,
    }
}
