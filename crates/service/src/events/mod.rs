//! Delivery of events and records (tasks 4.1.7): from the outbox to the sinks, in order for each contact, at least once.
//!
//! One loop per sink, so that a slow or dead one delays neither a task nor another sink. The program implements the
//! sinks (a file, a webhook). Rows are removed after the sink has accepted them: a crash in between delivers them
//! again.

mod lane;
#[cfg(test)]
mod tests;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use store::OutboxRow;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::{Readiness, Service};
use lane::Lane;

/// Delivers rows of the outbox to their destination.
pub trait Sink: Send + Sync {
    /// The name in settings, outbox and metrics.
    fn name(&self) -> &str;

    /// How many rows one call of [`Sink::deliver`] may get.
    fn rows_at_once(&self) -> usize {
        256
    }

    /// Delivers rows; those of one contact come in order of their sequence, and after one that failed no later one of
    /// its contact may be delivered. One answer for each row, in their order. The future may be dropped half-way:
    /// unanswered rows are delivered again.
    fn deliver<'a>(&'a self, rows: &'a [OutboxRow]) -> Delivery<'a>;
}

/// One answer for each row that was to be delivered.
pub type Delivery<'a> = Pin<Box<dyn Future<Output = Vec<Result<(), Failure>>> + Send + 'a>>;

/// Why a row was not delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The sink was not reached, or is busy: retried many times.
    Unavailable(String),
    /// The sink refused the row: retried a few times, in case it was briefly misconfigured.
    Refused(String),
    /// Not tried, because an earlier row of the same contact failed.
    NotTried,
}

/// Counters and gauges of one sink; the gauges are as of a few seconds ago.
#[derive(Debug, Default)]
pub struct SinkCounts {
    name: String,
    delivered: AtomicU64,
    failed: AtomicU64,
    dead_lettered: AtomicU64,
    dropped: AtomicU64,
    waiting: AtomicI64,
    dead: AtomicI64,
    lag_ms: AtomicI64,
}

impl SinkCounts {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// The sink.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Rows delivered by this process.
    pub fn delivered(&self) -> u64 {
        self.delivered.load(Ordering::Relaxed)
    }

    /// Failed tries of this process.
    pub fn failed(&self) -> u64 {
        self.failed.load(Ordering::Relaxed)
    }

    /// Rows that this process dead-lettered.
    pub fn dead_lettered(&self) -> u64 {
        self.dead_lettered.load(Ordering::Relaxed)
    }

    /// Dead letters that this process removed because there were too many.
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }

    /// Rows of all processes that are to be delivered.
    pub fn waiting(&self) -> i64 {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Dead letters of all processes that were not delivered since.
    pub fn dead(&self) -> i64 {
        self.dead.load(Ordering::Relaxed)
    }

    /// For how long the oldest pending row has been due, milliseconds.
    pub fn lag_ms(&self) -> i64 {
        self.lag_ms.load(Ordering::Relaxed)
    }
}

/// How many rows the outbox may hold for each sink; 0 lifts a limit. Checked every few seconds, so that rows written
/// meanwhile may exceed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutboxLimits {
    /// Events and records to be delivered; beyond it they are dead-lettered, oldest first.
    pub waiting_max: i64,
    /// Dead letters; beyond it they are removed, oldest first.
    pub dead_max: i64,
}

impl Default for OutboxLimits {
    fn default() -> Self {
        Self { waiting_max: 1_000_000, dead_max: 100_000 }
    }
}

/// Delivers to the sinks of one process.
#[derive(Debug)]
pub struct Dispatcher {
    lanes: Vec<Lane>,
}

impl Service {
    /// The dispatcher for these sinks; run it in one task per process. A row is dead-lettered after `tries` tries that
    /// did not reach the sink. The sinks' names must be those of [`crate::Settings::sinks`].
    pub fn dispatcher(&self, sinks: Vec<Arc<dyn Sink>>, tries: u32, limits: OutboxLimits) -> Dispatcher {
        let lane = |sink| Lane::new(self.clone(), sink, i64::from(tries.max(1)), limits);
        Dispatcher { lanes: sinks.into_iter().map(lane).collect() }
    }
}

impl Dispatcher {
    /// The numbers of each sink; they go on counting while it runs.
    pub fn counts(&self) -> Vec<Arc<SinkCounts>> {
        self.lanes.iter().map(Lane::counts).collect()
    }

    /// Delivers until `stop` is ready, starting a sink's loop again after a panic, then waits for the deliveries in flight, for a few seconds at most. `now_ms`
    /// reads the service's clock, in epoch milliseconds.
    pub async fn run(self, now_ms: impl Fn() -> i64 + Clone + Send + Sync + 'static, stop: impl Future<Output = ()>) {
        let stopping = watch::Sender::new(false);
        let mut running = JoinSet::new();
        for lane in self.lanes {
            let (now_ms, stopped) = (now_ms.clone(), stopping.subscribe());
            running.spawn(async move {
                let (service, part) = (lane.service().clone(), lane.part());
                let run = || lane.restarted().run(now_ms.clone(), stopped.clone());
                service.supervise(&part, Readiness::Optional, stopped.clone(), run).await;
            });
        }
        stop.await;
        stopping.send_replace(true);
        while running.join_next().await.is_some() {}
    }
}
