//! The worker: background processing of tasks. It finds due tasks, handles their timers, runs their flows, and commits
//! the result on the condition that the task did not change meanwhile (flows 9.1, 9.6).
//!
//! Several processes on one store need no coordination: each works on the shards it holds ([`shards`]), and a task
//! handled twice fails its condition the second time. A crash anywhere leaves the task due, and it is found again.

mod answers;
pub(crate) mod calls;
pub(crate) mod cleaning;
mod drive;
mod outside;
pub(crate) mod run;
pub(crate) mod shards;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet, VecDeque};
use std::future::Future;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use store::{Batch, CommitError, DueContact, Error as StoreError};
use tokio::task::{Id, JoinSet};

use crate::{Cx, Error, Result, Service};

/// Tasks handled at the same time; most wait for a commit. Those that call a function do not count: they have limits of
/// their own ([`calls`]).
const AT_ONCE: usize = 512;

/// Tasks read in one poll.
const DUE_READ_MAX: usize = 1_024;

/// Longest pause between two polls: another process may have written work that only this one handles.
const POLL: Duration = Duration::from_millis(500);

/// Failed tasks whose backoff is remembered. Further ones become due later in the store, by [`POSTPONED_MS`].
const FAILED_MAX: usize = 10_000;

/// How much later a failed task is due whose backoff cannot be remembered: as long as the longest backoff, milliseconds.
const POSTPONED_MS: i64 = 128_000;

/// Pause after the store failed, and before the first retry of a failed task.
const AFTER_FAILURE: Duration = Duration::from_secs(1);

/// The name of a task being handled.
type Name = (String, String);

/// The worker of one process.
#[derive(Debug)]
pub struct Worker {
    service: Service,
}

impl Service {
    /// The worker for timers and flows; run it in one task per process.
    pub fn worker(&self) -> Worker {
        Worker { service: self.clone() }
    }

    /// Moves the service's time to `to_ms`, epoch milliseconds, through every moment at which work is due, and returns
    /// once all of it has been handled, including flows that began by then. Where clients create work all the time, the
    /// wait for work that came due after `to_ms` is bounded. A running [`Worker`] does the work; `set_now` moves the
    /// clock it reads.
    ///
    /// # Errors
    /// Errors of the store; due work that cannot be handled.
    pub async fn settle(
        &self,
        to_ms: i64,
        now_ms: &(dyn Fn() -> i64 + Sync),
        set_now: &(dyn Fn(i64) + Sync),
    ) -> Result<()> {
        self.settle_within(SETTLE_POLLS, to_ms, now_ms, set_now).await
    }

    /// The same with at most so many checks without progress.
    async fn settle_within(
        &self,
        polls: u32,
        to_ms: i64,
        now_ms: &(dyn Fn() -> i64 + Sync),
        set_now: &(dyn Fn(i64) + Sync),
    ) -> Result<()> {
        let shards: Vec<i64> = (0..store::SHARDS).collect();
        let (mut stuck, mut late) = (0, 0);
        let mut handled = 0;
        loop {
            // A flow that began in time and has many actions is due again at each of its commits, by then later than `to_ms`.
            let now = now_ms();
            // A task that calls a function is not due meanwhile, but not done with either.
            let handling = self.inner.handling.load(Ordering::SeqCst) > 0;
            let routes = self.router().settle(now, &shards).await?;
            let next = if handling { Some(now) } else { self.store().next_due(&shards).await? };
            let next = next.into_iter().chain(routes).min();
            let next = next.filter(|due| *due <= to_ms.max(now));
            late = if next.is_some_and(|due| due > to_ms) { late + 1 } else { 0 };
            let Some(due) = next.filter(|_| late <= polls) else {
                set_now(to_ms);
                self.inner.notifier.notify_worker();
                return Ok(());
            };
            let before = std::mem::replace(&mut handled, self.inner.handled.load(Ordering::Relaxed));
            stuck = if due > now || late > 0 || handled != before { 0 } else { stuck + 1 };
            if due > now {
                set_now(due);
            }
            if stuck > polls {
                return Err(Error::internal("a task that is due was not handled in time"));
            }
            self.inner.notifier.notify_worker();
            tokio::time::sleep(SETTLE_PAUSE).await;
        }
    }
}

/// Pause between two checks whether everything is handled.
const SETTLE_PAUSE: Duration = Duration::from_millis(2);
/// Checks without progress before giving up: about fifteen seconds, as a flow may wait eight for a function.
const SETTLE_POLLS: u32 = 7_500;

/// The tasks in progress in one worker, those found but not begun, and those that failed and back off.
#[derive(Default)]
struct Under {
    busy: HashSet<Name>,
    tasks: JoinSet<bool>,
    names: HashMap<Id, Name>,
    found: VecDeque<DueContact>,
    /// How often it failed in a row, and when it may be tried again.
    failed: HashMap<Name, (u32, Instant)>,
    /// Failed tasks that are to be postponed in the store.
    postponed: Vec<Name>,
}

impl Under {
    fn begin(&mut self, name: Name, work: impl Future<Output = bool> + Send + 'static) {
        let id = self.tasks.spawn(work).id();
        self.names.insert(id, name);
    }

    /// One has ended. One that failed, or panicked, backs off for longer each time, so that it does not starve others.
    fn ended(&mut self, done: std::result::Result<(Id, bool), tokio::task::JoinError>) {
        let (id, good) = match done {
            Ok(done) => done,
            Err(error) => {
                tracing::error!(%error, "handling a task panicked");
                (error.id(), false)
            }
        };
        let Some(name) = self.names.remove(&id) else { return };
        self.busy.remove(&name);
        if good {
            self.failed.remove(&name);
            return;
        }
        let times = self.failed.get(&name).map_or(0, |(times, _)| *times).saturating_add(1);
        let rest = AFTER_FAILURE.saturating_mul(1 << times.min(8)) / 2;
        if self.failed.len() < FAILED_MAX || self.failed.contains_key(&name) {
            self.failed.insert(name, (times, Instant::now() + rest));
        } else {
            self.postponed.push(name);
        }
    }

    fn backs_off(&self, name: &Name) -> bool {
        self.failed.get(name).is_some_and(|(_, until)| *until > Instant::now())
    }
}

impl Worker {
    /// Works until `stop` is ready; tasks in progress then run to their next commit. `now_ms` reads the service's
    /// clock, in epoch milliseconds.
    pub async fn run(self, now_ms: impl Fn() -> i64 + Clone + Send + Sync + 'static, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        let mut under = Under::default();
        loop {
            let pause = match self.poll(&now_ms, &mut under).await {
                Ok(pause) => pause,
                Err(error) => {
                    tracing::warn!(%error, "reading due tasks failed, trying again");
                    AFTER_FAILURE
                }
            };
            tokio::select! {
                biased;
                () = &mut stop => break,
                Some(done) = under.tasks.join_next_with_id(), if !under.tasks.is_empty() => under.ended(done),
                () = self.service.inner.notifier.worker() => {}
                () = tokio::time::sleep(pause) => {}
            }
            while let Some(done) = under.tasks.try_join_next_with_id() {
                under.ended(done);
            }
        }
        self.service.inner.stopping.store(true, Ordering::Relaxed);
        if let Some(calls) = self.service.inner.calls.get() {
            calls.close();
        }
        while under.tasks.join_next().await.is_some() {}
    }

    /// Starts what is due and says how long to wait for the next. Due tasks are read in large batches, and only when
    /// those found before have been begun: with many due at once, a read for each that ends would cost more than
    /// handling it.
    async fn poll(
        &self,
        now_ms: &(impl Fn() -> i64 + Clone + Send + Sync + 'static),
        under: &mut Under,
    ) -> std::result::Result<Duration, StoreError> {
        let (store, shards) = (self.service.store(), self.service.inner.shards.held());
        let now = now_ms();
        self.postpone(now, under).await?;
        let mut more = false;
        let calling = || self.service.inner.calls.get().map_or(0, |calls| calls.slots());
        let handling = |under: &Under| under.busy.len().saturating_sub(calling());
        if under.found.is_empty() && handling(under) <= AT_ONCE / 2 && !shards.is_empty() {
            // Tasks in progress, and failed ones, are still due: read past them.
            let limit = DUE_READ_MAX + under.busy.len() + under.failed.len();
            let due = store.due_contacts(&shards, now, limit).await?;
            more = due.len() == limit;
            under.found.extend(due);
            if under.failed.len() > DUE_READ_MAX {
                let long_ago = Instant::now().checked_sub(AFTER_FAILURE * 600);
                under.failed.retain(|_, (_, until)| long_ago.is_none_or(|then| *until > then));
            }
        }
        while handling(under) < AT_ONCE
            && let Some(contact) = under.found.pop_front()
        {
            let name = (contact.instance_id.clone(), contact.id.clone());
            if shards.contains(&contact.shard) && !under.backs_off(&name) && under.busy.insert(name.clone()) {
                let (service, now_ms) = (self.service.clone(), now_ms.clone());
                under.begin(name, async move { handle(&service, contact, now_ms).await });
            }
        }
        if handling(under) > AT_ONCE / 2 || shards.is_empty() {
            return Ok(POLL);
        }
        if more {
            return Ok(Duration::ZERO);
        }
        // What is overdue is in progress or backs off.
        let next = store.next_due_after(&shards, now).await?;
        let wait = next.map(|due| Duration::from_millis(u64::try_from(due.saturating_sub(now_ms())).unwrap_or(0)));
        Ok(wait.map_or(POLL, |wait| wait.min(POLL)))
    }

    /// Makes failed tasks whose backoff is not remembered due later, so that they do not come before healthy ones.
    async fn postpone(&self, now_ms: i64, under: &mut Under) -> std::result::Result<(), StoreError> {
        if under.postponed.is_empty() {
            return Ok(());
        }
        let mut batch = Batch::new();
        for (instance, id) in under.postponed.drain(..) {
            batch.postpone_contact(&instance, &id, now_ms, now_ms.saturating_add(POSTPONED_MS));
        }
        match self.service.store().commit(batch).await {
            Ok(()) | Err(CommitError::Conflict(_)) => Ok(()),
            Err(CommitError::Store(error)) => Err(error),
        }
    }

    /// Handles everything that is due at `now_ms` in one go, in order of time, and returns how much it was: for
    /// simulations, which want no concurrency.
    ///
    /// # Errors
    /// What the store reports; the step may be repeated.
    pub async fn step(&self, now_ms: i64, limit: usize) -> Result<usize> {
        let shards: Vec<i64> = (0..store::SHARDS).collect();
        self.step_on(&shards, now_ms, limit).await
    }

    /// The same for some of the shards, as in a process that shares the store with others.
    ///
    /// # Errors
    /// What the store reports; the step may be repeated.
    pub async fn step_on(&self, shards: &[i64], now_ms: i64, limit: usize) -> Result<usize> {
        let due = self.service.store().due_contacts(shards, now_ms, limit).await?;
        for contact in &due {
            drive::drive(&self.service, &contact.instance_id, &contact.id, &|| now_ms).await?;
        }
        Ok(due.len())
    }
}

/// Handles one task; false when it failed or is to be tried again after a pause.
async fn handle(service: &Service, contact: DueContact, now_ms: impl Fn() -> i64 + Send + Sync) -> bool {
    let DueContact { instance_id, id, .. } = contact;
    let done = drive::drive(service, &instance_id, &id, &now_ms).await;
    if let Err(error) = &done {
        tracing::warn!(instance = %instance_id, contact = %id, %error, "a task could not be handled, trying again");
    }
    done.unwrap_or(false)
}

/// The context of background work.
fn cx(service: &Service, now_ms: i64) -> Cx<'_> {
    Cx::new(service, wire::Op::StartTaskContact, now_ms)
}
