//! Who has to be woken when something was written: the worker for timers and flows, the dispatcher for events. Both also look
//! by themselves from time to time, so a lost call costs time and nothing else.

use tokio::sync::{Notify, watch};

/// The bells of one process.
#[derive(Debug)]
pub(crate) struct Notifier {
    worker: Notify,
    /// Each sink listens for itself, so that none takes another's call.
    deliveries: watch::Sender<()>,
}

impl Notifier {
    pub(crate) fn new() -> Self {
        Self { worker: Notify::new(), deliveries: watch::Sender::new(()) }
    }

    /// Something that will be due was committed, or something that is to be delivered.
    pub(crate) fn after_commit(&self, due: bool, delivers: bool) {
        if due {
            self.worker.notify_one();
        }
        if delivers {
            self.deliveries.send_replace(());
        }
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
    pub(crate) fn notify_worker(&self) {
        self.worker.notify_one();
    }
}
