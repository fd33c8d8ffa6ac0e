//! Agents' screens: one snapshot for each agent, with a version, and the changes from version to version (tasks 6).
//!
//! The commits of this process say which rows they changed, and whoever shows one of them is read again at once. What another process
//! changed is found by a sweep over the agents who are watched here. A reader asks for the change that follows the version it has
//! seen, so that it costs no memory while it is slow; one that falls behind the changes that are remembered begins again.

mod book;
mod facts;
mod known;
mod read;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use engine::arn::{self, IdRef};
use serde_json::Value;
use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};
use wire::Op;

use crate::base::scope;
use crate::{Cx, Error, Result, Service};

pub(crate) use book::Book;
use book::Watched;

/// Time between two sweeps.
const SWEEP: Duration = Duration::from_secs(1);
/// Agents whom one sweep reads because another process may have changed them; with more, each has its turn every so many sweeps.
const SWEPT: usize = 1_000;
/// Agents read together.
const AT_ONCE: usize = 100;
/// Pause after reading failed.
const AFTER_FAILURE: Duration = Duration::from_secs(1);
/// How long a reader waits whose version is not known here and higher than the present one: it comes from another process, which
/// it should go on asking (B155).
const FOREIGN_PAUSE: Duration = Duration::from_secs(1);

/// What a reader gets next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// All of it.
    Snapshot {
        /// Its version.
        version: u64,
        /// A JSON object.
        json: Bytes,
    },
    /// What changed since the version before.
    Patch {
        /// The version that it leads to.
        version: u64,
        /// A JSON merge patch (RFC 7396).
        json: Bytes,
    },
    /// More changed than is remembered: the reader has to begin again (tasks 6.4).
    Behind,
    /// The user or the instance was deleted.
    Gone,
}

/// A reader of an agent's screen.
#[derive(Debug)]
pub struct AgentWatch {
    watched: Arc<Watched>,
    changed: watch::Receiver<u64>,
    /// The version that the reader has.
    seen: Option<u64>,
    /// Something was given to it.
    begun: bool,
}

impl Service {
    /// Reads an agent's screen, by instance and user in any form, and goes on reading while the answer lives.
    ///
    /// # Errors
    /// ResourceNotFoundException; the store's failures.
    pub async fn watch_agent(&self, instance: &str, user: &str, now_ms: i64) -> Result<AgentWatch> {
        let cx = Cx::new(self, Op::GetCurrentUserData, now_ms);
        watch_agent(&cx, instance, user).await
    }

    /// Keeps the screens of watched agents up to date, until `stop` is ready; run it in one task per process. `now_ms` reads the
    /// service's clock, in epoch milliseconds.
    pub async fn keep_agent_views(&self, now_ms: impl Fn() -> i64 + Send + Sync, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        let mut sweep_at = Instant::now() + SWEEP;
        loop {
            let cx = Cx::new(self, Op::GetCurrentUserData, now_ms());
            if Instant::now() >= sweep_at {
                cx.views().sweep(cx.now_ms, if cx.store().is_shared() { SWEPT } else { 0 });
                sweep_at = Instant::now() + SWEEP;
            }
            let until = match refresh_dirty(&cx).await {
                Ok(()) => sweep_at,
                Err(error) => {
                    tracing::warn!(%error, "reading what agents' screens show failed, trying again");
                    Instant::now() + AFTER_FAILURE
                }
            };
            tokio::select! {
                biased;
                () = &mut stop => return,
                () = cx.views().notify.notified() => {}
                () = tokio::time::sleep_until(until) => {}
            }
        }
    }

    /// Reads what may have changed on screens, once: for tests and simulations.
    ///
    /// # Errors
    /// The store's failures; the step may be repeated.
    pub async fn agent_views_step(&self, now_ms: i64) -> Result<()> {
        let cx = Cx::new(self, Op::GetCurrentUserData, now_ms);
        cx.views().sweep(now_ms, if cx.store().is_shared() { SWEPT } else { 0 });
        refresh_dirty(&cx).await
    }
}

/// See [`Service::watch_agent`].
async fn watch_agent(cx: &Cx<'_>, instance: &str, user: &str) -> Result<AgentWatch> {
    let watch = enter(cx, instance, user).await?;
    watch.read(cx).await?;
    Ok(watch)
}

fn unknown(user: &str) -> Error {
    Error::not_found(format!("User {user} not found"))
}

/// A reader of an agent, by instance and user in any form, of whom nothing is read yet.
///
/// # Errors
/// ResourceNotFoundException; the store's failures.
pub(super) async fn enter(cx: &Cx<'_>, instance: &str, user: &str) -> Result<AgentWatch> {
    let instance = scope::existing(cx, instance).await?;
    let IdRef::Id(id) = arn::id_or_arn(arn::Kind::User, user, cx.home().instance(&instance)) else {
        return Err(unknown(user));
    };
    let key = (instance, id);
    let watched = match cx.views().enter_known(&key) {
        Some(watched) => watched,
        // A name that is nobody's takes no place.
        None if cx.store().agent(&key.0, &key.1).await?.is_none() => return Err(unknown(user)),
        None => cx.views().enter(key),
    };
    Ok(AgentWatch { changed: watched.changed.subscribe(), watched, seen: None, begun: false })
}

async fn refresh_dirty(cx: &Cx<'_>) -> Result<()> {
    let mut by_instance: BTreeMap<String, Vec<Arc<Watched>>> = BTreeMap::new();
    for watched in cx.views().take_dirty() {
        by_instance.entry(watched.key.0.clone()).or_default().push(watched);
    }
    let mut failed = None;
    for (instance, watched) in by_instance {
        for some in watched.chunks(AT_ONCE) {
            match read::refresh(cx, &instance, some).await {
                Ok(unreadable) => {
                    for (one, error) in unreadable {
                        tracing::error!(%instance, agent = %one.key.1, %error, "an agent's screen cannot be read");
                    }
                }
                Err(error) => {
                    cx.views().still_dirty(some);
                    failed = Some(error);
                }
            }
        }
    }
    failed.map_or(Ok(()), Err)
}

impl AgentWatch {
    /// Reads it again now: what was committed before this shows afterwards.
    ///
    /// # Errors
    /// ResourceNotFoundException when the user was deleted; the store's failures; something stored cannot be read.
    pub(super) async fn read(&self, cx: &Cx<'_>) -> Result<()> {
        let unreadable = read::refresh(cx, &self.watched.key.0, std::slice::from_ref(&self.watched)).await?;
        if let Some((_, error)) = unreadable.into_iter().next() {
            return Err(error);
        }
        if self.watched.state().gone { Err(unknown(&self.watched.key.1)) } else { Ok(()) }
    }

    /// Bare ids of instance and user.
    pub(super) fn key(&self) -> (&str, &str) {
        (&self.watched.key.0, &self.watched.key.1)
    }

    /// The present version.
    pub fn version(&self) -> u64 {
        self.watched.state().version
    }

    /// The reader has seen this version already: it gets what follows, if that is remembered.
    pub fn resume_after(&mut self, version: u64) {
        self.seen = Some(version);
    }

    /// All of it, as it is now.
    pub fn snapshot(&self, now_ms: i64) -> Next {
        let state = self.watched.state();
        match state.snapshot(now_ms) {
            Some(json) => Next::Snapshot { version: state.version, json },
            None => Next::Gone,
        }
    }

    /// A member of the snapshot.
    pub(super) fn member(&self, name: &str) -> Value {
        self.watched.state().member(name)
    }

    /// The entry of a task as it is shown, with the version; null when there is none.
    pub(super) fn entry(&self, contact_id: &str) -> (u64, Value) {
        let state = self.watched.state();
        (state.version, state.entry(contact_id))
    }

    /// What the reader does not have yet, or `None`. A reader that begins with a version that is not remembered gets all of it.
    pub fn poll(&mut self, now_ms: i64) -> Option<Next> {
        self.changed.borrow_and_update();
        let state = self.watched.state();
        if state.gone {
            return Some(Next::Gone);
        }
        if self.seen == Some(state.version) {
            return None;
        }
        let next = match self.seen.and_then(|seen| state.after(seen)) {
            Some(change) => Next::Patch { version: change.version, json: change.patch.clone() },
            None if self.begun => return Some(Next::Behind),
            None => Next::Snapshot { version: state.version, json: state.snapshot(now_ms)? },
        };
        if let Next::Snapshot { version, .. } | Next::Patch { version, .. } = next {
            self.seen = Some(version);
        }
        self.begun = true;
        Some(next)
    }

    /// Ready when [`AgentWatch::poll`] may have something.
    pub async fn changed(&mut self) {
        if self.changed.changed().await.is_err() {
            // The sender lives as long as this does.
            std::future::pending::<()>().await;
        }
    }

    /// All of it as soon as it is newer than `version`; `None` when it is not within `time` (tasks 6).
    pub async fn newer_than(&mut self, version: u64, time: Duration, now_ms: impl Fn() -> i64) -> Option<Next> {
        let start = Instant::now();
        loop {
            self.changed.borrow_and_update();
            let present = self.version();
            let until = match version.cmp(&present) {
                std::cmp::Ordering::Less => return Some(self.snapshot(now_ms())),
                std::cmp::Ordering::Equal => start + time,
                std::cmp::Ordering::Greater => start + FOREIGN_PAUSE.min(time),
            };
            if self.watched.state().gone {
                return Some(Next::Gone);
            }
            if timeout_at(until, self.changed.changed()).await.is_err() {
                return (version > present).then(|| self.snapshot(now_ms()));
            }
        }
    }
}

impl Drop for AgentWatch {
    fn drop(&mut self) {
        self.watched.leave();
    }
}
