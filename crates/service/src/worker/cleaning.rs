//! Work that no request waits for: emptying deleted instances, forgetting old client tokens, and what metrics count once it is
//! older than it is kept.
//!
//! Every step is a small, repeatable commit, so a crash between two steps loses nothing and several processes on one
//! store may run it.

use std::future::Future;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use engine::agent::LEDGER_DAYS_MAX;
use store::{Error as StoreError, PageKey};

use crate::Service;

/// Rows removed in one commit.
const STEP_ROWS: usize = 1_000;

/// Deleted instances that one round works on.
const INSTANCES_AT_ONCE: usize = 16;

/// Instances in which one step looks for what metrics were told too long ago.
const KEPT_INSTANCES: usize = 50;

/// Time between two looks at all instances for that, milliseconds: an hour.
const KEPT_PAUSE_MS: i64 = 3_600_000;

/// How long metrics are kept after what they tell of, milliseconds: as long as records (tasks 2.2.5, administration 5.3.1).
const KEPT_MS: i64 = LEDGER_DAYS_MAX * 86_400_000;

/// Pause between rounds when there is nothing to do.
const IDLE: Duration = Duration::from_secs(30);

/// Pause after the store failed.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// The background work of one process.
#[derive(Debug)]
pub struct Background {
    service: Service,
    kept: Mutex<Kept>,
}

/// How far a look at all instances for what metrics were told too long ago has come.
#[derive(Clone, Debug, Default)]
struct Kept {
    /// When the next one begins, epoch milliseconds.
    next_ms: i64,
    /// Behind the last instance that it has done.
    after: Option<PageKey>,
}

impl Service {
    /// The work that no request waits for; run it in one task per process.
    pub fn background(&self) -> Background {
        Background { service: self.clone(), kept: Mutex::default() }
    }
}

impl Background {
    /// Works until `stop` is ready. `now_ms` reads the clock, in epoch milliseconds.
    pub async fn run(self, now_ms: impl Fn() -> i64, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        loop {
            let pause = match self.step(now_ms()).await {
                Ok(true) => Duration::ZERO,
                Ok(false) => IDLE,
                Err(error) => {
                    tracing::warn!(%error, "background work failed, trying again");
                    AFTER_FAILURE
                }
            };
            tokio::select! {
                biased;
                () = &mut stop => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// One small piece of each kind of work; true when there is more.
    ///
    /// # Errors
    /// What the store reports; the step may be repeated.
    pub async fn step(&self, now_ms: i64) -> Result<bool, StoreError> {
        let store = self.service.store();
        let mut more = store.delete_expired_client_tokens(now_ms, STEP_ROWS).await? >= STEP_ROWS as u64;
        let deleted = store.purges(INSTANCES_AT_ONCE).await?;
        more |= deleted.len() == INSTANCES_AT_ONCE;
        for instance in &deleted {
            more |= !store.purge_step(instance, STEP_ROWS).await?.done;
        }
        Ok(self.forget_metrics(now_ms).await? || more)
    }

    /// Removes what metrics were told too long ago, some instances at a time, and of each a chunk; true when there may be more.
    async fn forget_metrics(&self, now_ms: i64) -> Result<bool, StoreError> {
        let store = self.service.store();
        let kept = self.kept().clone();
        if kept.after.is_none() && now_ms < kept.next_ms {
            return Ok(false);
        }
        let before_ms = now_ms.saturating_sub(KEPT_MS);
        let page = store.instance_page(kept.after.as_ref(), KEPT_INSTANCES).await?;
        let mut more = false;
        for instance in &page.items {
            let facts = store.delete_contact_facts(&instance.id, before_ms, STEP_ROWS).await?;
            let intervals = store.delete_agent_intervals(&instance.id, before_ms, STEP_ROWS).await?;
            more |= facts.max(intervals) >= STEP_ROWS as u64;
        }
        if !more {
            more = page.next.is_some();
            *self.kept() = Kept { next_ms: now_ms.saturating_add(KEPT_PAUSE_MS), after: page.next };
        }
        Ok(more)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
