//! Who has to be woken when something was written: the worker for timers and flows, the dispatcher for events. Both also look
//! by themselves from time to time, so a lost call costs time and nothing else.

use std::sync::atomic::{AtomicI64, Ordering};

use tokio::sync::{Notify, watch};

/// The bells of one process.
#[derive(Debug)]
pub(crate) struct Wakes {
    worker: Notify,
    /// Each sink listens for itself, so that none takes another's call.
    deliveries: watch::Sender<()>,
    /// The least due time written since the worker looked, epoch milliseconds.
    due_ms: AtomicI64,
}

impl Wakes {
    pub(crate) fn new() -> Self {
        Self { worker: Notify::new(), deliveries: watch::Sender::new(()), due_ms: AtomicI64::new(i64::MAX) }
    }

    /// Something with this due time was committed, and something that is to be delivered.
    pub(crate) fn after_commit(&self, due_ms: Option<i64>, delivers: bool) {
        if let Some(due_ms) = due_ms {
            self.due_ms.fetch_min(due_ms, Ordering::AcqRel);
            self.worker.notify_one();
        }
        if delivers {
            self.deliveries.send_replace(());
        }
    }

    /// The least due time written since the last call.
    pub(crate) fn take_due_ms(&self) -> Option<i64> {
        let due = self.due_ms.swap(i64::MAX, Ordering::AcqRel);
        (due != i64::MAX).then_some(due)
    }

    /// Ready when the worker should look.
    pub(crate) async fn worker(&self) {
        self.worker.notified().await;
    }

    /// Changes whenever something that is to be delivered was written.
    pub(crate) fn deliveries(&self) -> watch::Receiver<()> {
        self.deliveries.subscribe()
    }

    /// Has the worker look, for example because the clock was moved.
    pub(crate) fn wake_worker(&self) {
        self.worker.notify_one();
    }
}
