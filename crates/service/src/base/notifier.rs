//! Notifies after a write: the worker for timers and flows, the dispatcher for events. Both also poll, so a lost
//! notification only costs time.

use tokio::sync::{Notify, watch};

/// The notifier of one process.
#[derive(Debug)]
pub(crate) struct Notifier {
    worker: Notify,
    /// Each sink has its own receiver, so that none consumes another's notification.
    deliveries: watch::Sender<()>,
}

impl Notifier {
    pub(crate) fn new() -> Self {
        Self { worker: Notify::new(), deliveries: watch::Sender::new(()) }
    }

    /// Notifies that due work, or rows to be delivered, were committed.
    pub(crate) fn after_commit(&self, due: bool, delivers: bool) {
        if due {
            self.worker.notify_one();
        }
        if delivers {
            self.deliveries.send_replace(());
        }
    }

    /// Ready when the worker should poll.
    pub(crate) async fn worker(&self) {
        self.worker.notified().await;
    }

    /// Changes whenever something that is to be delivered was written.
    pub(crate) fn deliveries(&self) -> watch::Receiver<()> {
        self.deliveries.subscribe()
    }

    /// Makes the worker poll, for example because the clock was moved.
    pub(crate) fn notify_worker(&self) {
        self.worker.notify_one();
    }
}
