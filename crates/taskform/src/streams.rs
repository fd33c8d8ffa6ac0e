//! Event streams and long polls of the agent API: how many there are, and their end when the server stops (tasks 6).

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// All of them.
#[derive(Debug)]
pub struct Streams {
    permits: Arc<Semaphore>,
    /// `agent.streams`.
    limit: usize,
    /// How many are open.
    pub open: Gauge,
    /// How many were refused because there were too many.
    pub refused: Counter<u64, AtomicU64>,
    closing: watch::Sender<bool>,
}

/// An open one; it counts while this lives.
#[derive(Debug)]
pub struct Streaming {
    _permit: OwnedSemaphorePermit,
    open: Gauge,
    closing: watch::Receiver<bool>,
}

impl Streams {
    /// At most `limit` at once.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self {
            permits: Arc::new(Semaphore::new(limit.min(Semaphore::MAX_PERMITS))),
            limit,
            open: Gauge::default(),
            refused: Counter::default(),
            closing: watch::Sender::new(false),
        }
    }

    /// How many there may be.
    #[must_use]
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Opens one, unless there are as many as there may be.
    #[must_use]
    pub fn begin(&self) -> Option<Streaming> {
        let Ok(permit) = Arc::clone(&self.permits).try_acquire_owned() else {
            self.refused.inc();
            return None;
        };
        self.open.inc();
        Some(Streaming { _permit: permit, open: self.open.clone(), closing: self.closing.subscribe() })
    }

    /// All end in order: the server stops.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }
}

impl Streaming {
    /// Ready when it is to end. An error means that the server is gone: the same.
    pub async fn closing(&mut self) {
        let _ = self.closing.wait_for(|closing| *closing).await;
    }
}

impl Drop for Streaming {
    fn drop(&mut self) {
        self.open.dec();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn there_are_at_most_so_many_and_all_end_together() {
        let streams = Streams::new(2);
        let (mut one, two) = (streams.begin().unwrap(), streams.begin().unwrap());
        assert!(streams.begin().is_none());
        assert_eq!((streams.open.get(), streams.refused.get()), (2, 1));
        drop(two);
        let _three = streams.begin().unwrap();
        streams.close();
        one.closing().await;
        assert!(streams.begin().is_none());
    }
}
