//! Work that no request waits for: emptying deleted instances and forgetting old client tokens.
//!
//! Every step is a small, repeatable commit, so a crash between two steps loses nothing and several processes on one
//! store may run it.

use std::future::Future;
use std::time::Duration;

use store::Error as StoreError;

use crate::Service;

/// Rows removed in one commit.
const STEP_ROWS: usize = 1_000;

/// Deleted instances that one round works on.
const INSTANCES_AT_ONCE: usize = 16;

/// Pause between rounds when there is nothing to do.
const IDLE: Duration = Duration::from_secs(30);

/// Pause after the store failed.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// The background work of one process.
#[derive(Debug)]
pub struct Background {
    service: Service,
}

impl Service {
    /// The work that no request waits for; run it in one task per process.
    pub fn background(&self) -> Background {
        Background { service: self.clone() }
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
        Ok(more)
    }
}
