//! The service: a store, settings, and what the operations of one process share.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize};
use std::sync::{Arc, OnceLock};

use store::Store;
use tokio::sync::{Semaphore, watch};

use crate::agent::views::Book;
use crate::base::function::{CallCounts, CallLimits, Functions};
use crate::base::ids::Ids;
use crate::base::locks::KeyedLocks;
use crate::base::notifier::Notifier;
use crate::base::routing::Routing;
use crate::base::settings::Settings;
use crate::base::supervise::{Part, Parts, Readiness};
use crate::flow::documents::DocumentCache;
use crate::signin::SignIns;
use crate::template::optimistic::OptimisticCreates;
use crate::worker::calls::Calls;
use crate::worker::shards::Shards;

/// The operations over one store. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Service {
    pub(crate) inner: Arc<Inner>,
}

/// What the operations of one process share.
#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) store: Store,
    pub(crate) settings: Settings,
    /// Authenticates page tokens; the same in every process on one store.
    pub(crate) token_key: TokenKey,
    pub(crate) ids: Ids,
    pub(crate) locks: KeyedLocks,
    pub(crate) notifier: Notifier,
    pub(crate) routing: Routing,
    pub(crate) views: Book,
    pub(crate) shards: Shards,
    pub(crate) documents: DocumentCache,
    /// Limits how many flows compute at the same time.
    pub(crate) flow_turns: Semaphore,
    /// Limits how many tasks of deleted instances purge them at the same time.
    pub(crate) purge_turns: Semaphore,
    /// The background work that was started.
    pub(crate) parts: Parts,
    /// Set when the worker should stop.
    pub(crate) stopping: AtomicBool,
    /// Tasks that the worker is handling.
    pub(crate) handling: AtomicUsize,
    /// How many steps the worker has taken with tasks since the start.
    pub(crate) handled: AtomicU64,
    /// The functions that flows can call, if there are any.
    pub(crate) calls: OnceLock<Arc<Calls>>,
    /// Made when it is first asked for.
    pub(crate) process_id: OnceLock<String>,
    pub(crate) optimistic: OptimisticCreates,
    /// How people sign in, if it was said.
    pub(crate) sign_ins: OnceLock<SignIns>,
}

/// Purges that the tasks of deleted instances run at the same time; other tasks of these try again later.
const PURGES_AT_ONCE: usize = 1;

/// How many flows compute at the same time; the others wait, for a few milliseconds. One thread of the runtime is always left to
/// requests, so that a flow that computes for long can be stopped (B137).
fn flows_at_once() -> usize {
    let threads = tokio::runtime::Handle::try_current().map_or(1, |runtime| runtime.metrics().num_workers());
    flows_beside(threads)
}

fn flows_beside(threads: usize) -> usize {
    threads.saturating_sub(1).max(1)
}

/// A key that `Debug` does not print.
pub(crate) struct TokenKey(pub(crate) [u8; 32]);

impl std::fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenKey(..)")
    }
}

impl Service {
    /// Operations over `store`. `token_key` authenticates page tokens: every process on one store needs the same.
    pub fn new(store: Store, settings: Settings, token_key: [u8; 32], ids: Ids) -> Self {
        let (token_key, locks, optimistic) = (TokenKey(token_key), KeyedLocks::new(), OptimisticCreates::default());
        let (notifier, shards, documents) = (Notifier::new(), Shards::new(&store), DocumentCache::default());
        let (flow_turns, stopping) = (Semaphore::new(flows_at_once()), AtomicBool::new(false));
        let inner = Inner {
            store,
            settings,
            token_key,
            ids,
            locks,
            optimistic,
            notifier,
            routing: Routing::default(),
            views: Book::default(),
            shards,
            documents,
            flow_turns,
            purge_turns: Semaphore::new(PURGES_AT_ONCE),
            parts: Parts::default(),
            stopping,
            handling: AtomicUsize::new(0),
            handled: AtomicU64::new(0),
            calls: OnceLock::new(),
            process_id: OnceLock::new(),
            sign_ins: OnceLock::new(),
        };
        Self { inner: Arc::new(inner) }
    }

    /// Shares the tasks of the store with other processes on it, until `stop` is ready; run it in one task per process.
    /// `real_ms` reads the real clock, in epoch milliseconds.
    pub async fn keep_shards(&self, real_ms: impl Fn() -> i64, stop: impl Future<Output = ()>) {
        self.inner.shards.keep(&self.inner.store, self.process_id(), real_ms, stop).await;
    }

    /// The id under which this process holds leases, the same for all clones.
    pub fn process_id(&self) -> &str {
        self.inner.process_id.get_or_init(|| self.inner.ids.next())
    }

    /// The shards of the store that this process works on, as they change.
    pub fn shards(&self) -> watch::Receiver<Vec<i64>> {
        self.inner.shards.watch()
    }

    /// Sets the functions that flows can call, and how many of these calls are made at once; later calls of this have
    /// no effect.
    pub fn use_functions(&self, functions: Arc<dyn Functions>, limits: CallLimits) {
        self.inner.calls.get_or_init(|| Arc::new(Calls::new(functions, limits)));
    }

    /// The calls of functions in progress; `None` where flows can call none.
    pub fn call_counts(&self) -> Option<CallCounts> {
        self.inner.calls.get().map(|calls| calls.counts())
    }

    /// Runs what `make` returns until it ends by itself. After a panic it is made and run again, after a backoff of 1 s,
    /// doubling up to 60 s, unless `stop` shows `true` meanwhile.
    pub async fn supervise<F>(
        &self,
        name: &str,
        readiness: Readiness,
        stop: watch::Receiver<bool>,
        make: impl FnMut() -> F,
    ) where
        F: Future<Output = ()> + Send + 'static,
    {
        self.inner.parts.supervise(name, readiness, stop, make).await;
    }

    /// The parts of the background work that were started.
    pub fn parts(&self) -> Vec<Part> {
        self.inner.parts.list()
    }

    /// The store, for health checks and the program's own records.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b137_flows_leave_a_thread_to_requests() {
        assert_eq!([1, 2, 3, 16].map(flows_beside), [1, 1, 2, 15]);
    }
}
