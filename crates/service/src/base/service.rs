//! The service: a store, settings, and what the operations of one process share.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use store::Store;
use tokio::sync::{Semaphore, watch};

use crate::base::function::Functions;
use crate::base::ids::Ids;
use crate::base::locks::KeyedLocks;
use crate::base::notifier::Notifier;
use crate::base::settings::Settings;
use crate::flow::documents::DocumentCache;
use crate::template::optimistic::OptimisticCreates;
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
    pub(crate) shards: Shards,
    pub(crate) documents: DocumentCache,
    /// Limits how many flows compute at the same time.
    pub(crate) flow_turns: Semaphore,
    /// Set when the worker should stop.
    pub(crate) stopping: AtomicBool,
    pub(crate) functions: OnceLock<Arc<dyn Functions>>,
    pub(crate) optimistic: OptimisticCreates,
}

/// Flows that compute at the same time; the others wait, for a few milliseconds.
const FLOWS_AT_ONCE: usize = 2;

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
        let functions = OnceLock::new();
        let (flow_turns, stopping) = (Semaphore::new(FLOWS_AT_ONCE), AtomicBool::new(false));
        let inner = Inner {
            store,
            settings,
            token_key,
            ids,
            locks,
            optimistic,
            notifier,
            shards,
            documents,
            flow_turns,
            stopping,
            functions,
        };
        Self { inner: Arc::new(inner) }
    }

    /// Shares the tasks of the store with other processes on it, until `stop` is ready; run it in one task per process.
    /// `real_ms` reads the real clock, in epoch milliseconds.
    pub async fn keep_shards(&self, real_ms: impl Fn() -> i64, stop: impl Future<Output = ()>) {
        self.inner.shards.keep(&self.inner.store, &self.inner.ids.next(), real_ms, stop).await;
    }

    /// The shards of the store that this process works on, as they change.
    pub fn shards(&self) -> watch::Receiver<Vec<i64>> {
        self.inner.shards.watch()
    }

    /// Sets the functions that flows can call; later calls have no effect.
    pub fn use_functions(&self, functions: Arc<dyn Functions>) {
        self.inner.functions.get_or_init(|| functions);
    }

    /// The store, for health checks and the program's own records.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }
}
