//! Injected faults, for tests of the state after a crash or a disk failure.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;

use crate::Error;

/// Switches for injected faults, passed to a store through [`crate::OpenOptions::faults`]. Clones share their switches.
#[derive(Clone, Debug, Default)]
pub struct Faults(Arc<Switches>);

#[derive(Debug, Default)]
struct Switches {
    before_commit: AtomicU32,
    after_commit: AtomicU32,
    full: AtomicBool,
    read_only: AtomicBool,
    panic: AtomicBool,
    conflict: AtomicU32,
    commits: AtomicU32,
    requests: AtomicU32,
    hold: Mutex<Option<Arc<Gate>>>,
}

#[derive(Debug, Default)]
struct Gate {
    reached: Notify,
    open: Notify,
}

/// A held commit: see [`Faults::hold_next_commit`].
#[derive(Debug)]
pub struct Held {
    gate: Arc<Gate>,
    switches: Arc<Switches>,
}

impl Held {
    /// Ready once a commit has arrived and waits.
    pub async fn reached(&self) {
        self.gate.reached.notified().await;
    }

    /// Releases it; if none has arrived, none is held any more.
    pub fn release(self) {
        self.switches.hold.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.gate.open.notify_one();
    }
}

impl Faults {
    /// Fails the next `n` commits just before they would become durable: [`Error::Down`], nothing changed.
    pub fn fail_before_commit(&self, n: u32) {
        self.0.before_commit.store(n, Ordering::SeqCst);
    }

    /// Fails the next `n` commits just after they became durable: [`Error::Uncertain`], everything changed.
    pub fn fail_after_commit(&self, n: u32) {
        self.0.after_commit.store(n, Ordering::SeqCst);
    }

    /// Makes the next `n` commits return [`crate::Conflict::Moved`] as if a concurrent commit had won; nothing is
    /// changed.
    pub fn fail_with_conflict(&self, n: u32) {
        self.0.conflict.store(n, Ordering::SeqCst);
    }

    /// Clears the faults injected for future commits.
    pub fn clear(&self) {
        for count in [&self.0.before_commit, &self.0.after_commit, &self.0.conflict] {
            count.store(0, Ordering::SeqCst);
        }
    }

    /// Makes the next commit wait before it begins, so that another commit can happen between its reads and itself.
    /// Other commits proceed.
    pub fn hold_next_commit(&self) -> Held {
        let gate = Arc::new(Gate::default());
        *self.0.hold.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&gate));
        Held { gate, switches: Arc::clone(&self.0) }
    }

    /// Before a commit is handed to the engine: waits while it is held; true when it is to fail with a conflict.
    pub(crate) async fn arrive(&self) -> bool {
        let gate = self.0.hold.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(gate) = gate {
            gate.reached.notify_one();
            gate.open.notified().await;
        }
        take(&self.0.conflict)
    }

    /// SQLite: lets the database grow no further until switched back.
    pub fn set_full(&self, full: bool) {
        self.0.full.store(full, Ordering::SeqCst);
    }

    /// SQLite: makes the engine refuse every write until switched back.
    pub fn set_read_only(&self, read_only: bool) {
        self.0.read_only.store(read_only, Ordering::SeqCst);
    }

    /// Makes the thread or task that runs the next commit panic.
    pub fn panic_in_commit(&self) {
        self.0.panic.store(true, Ordering::SeqCst);
    }

    pub(crate) fn is_full(&self) -> bool {
        self.0.full.load(Ordering::SeqCst)
    }

    pub(crate) fn is_read_only(&self) -> bool {
        self.0.read_only.load(Ordering::SeqCst)
    }

    /// How many transactions have come as far as their commit.
    pub fn commits(&self) -> u32 {
        self.0.commits.load(Ordering::SeqCst)
    }

    /// How many statements and batches the engine was asked to run.
    pub fn requests(&self) -> u32 {
        self.0.requests.load(Ordering::SeqCst)
    }

    pub(crate) fn asked(&self) {
        self.0.requests.fetch_add(1, Ordering::SeqCst);
    }

    pub(crate) fn before_commit(&self) -> Result<(), Error> {
        self.0.commits.fetch_add(1, Ordering::SeqCst);
        assert!(!self.0.panic.swap(false, Ordering::SeqCst), "panic on demand");
        if take(&self.0.before_commit) { Err(Error::Down { source: injected() }) } else { Ok(()) }
    }

    pub(crate) fn after_commit(&self) -> Result<(), Error> {
        if take(&self.0.after_commit) { Err(Error::Uncertain { source: injected() }) } else { Ok(()) }
    }
}

fn take(count: &AtomicU32) -> bool {
    count.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_ok()
}

fn injected() -> crate::Cause {
    Arc::new(std::io::Error::other("failure on demand"))
}
