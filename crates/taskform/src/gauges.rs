//! What `/metrics` shows of the store: tasks by state, queues, agents by status, late timers, its size. It is read every
//! [`EVERY`] in the background and remembered, so that a scrape costs the store nothing, however many there are.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric, NoLabelSet};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::gauge::ConstGauge;
use service::{Service, StoreNumbers};
use store::Stats;

use crate::clock::Clock;
use crate::metric_help::described;

/// Time between two readings, unless one takes longer than a twentieth of it.
const EVERY: Duration = Duration::from_secs(15);

/// A reading may take this part of the time at most: with many open tasks it is made less often.
const SHARE: u32 = 20;

/// What was read last; clones share it.
#[derive(Clone)]
pub struct Gauges {
    service: Service,
    clock: Clock,
    read: Arc<Mutex<Option<Arc<Reading>>>>,
}

#[derive(Debug)]
struct Reading {
    at: Instant,
    numbers: StoreNumbers,
    stats: Stats,
}

impl fmt::Debug for Gauges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Gauges")
    }
}

impl Gauges {
    /// Nothing is read yet.
    #[must_use]
    pub fn new(service: &Service, clock: &Clock) -> Self {
        Self { service: service.clone(), clock: clock.clone(), read: Arc::default() }
    }

    /// Reads again and again, until `stop` is ready. A reading that fails leaves the one before, whose age shows.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        loop {
            let begun = Instant::now();
            if let Err(error) = self.refresh().await {
                tracing::warn!(%error, "reading the numbers for /metrics failed, trying again");
            }
            let pause = EVERY.max(begun.elapsed().saturating_mul(SHARE));
            tokio::select! {
                biased;
                () = &mut stop => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Reads once.
    ///
    /// # Errors
    /// What the store reports.
    pub async fn refresh(&self) -> Result<(), store::Error> {
        let numbers = self.service.store_numbers(self.clock.service_ms()).await?;
        let stats = self.service.store().stats().await?;
        let reading = Arc::new(Reading { at: Instant::now(), numbers, stats });
        *self.read.lock().unwrap_or_else(PoisonError::into_inner) = Some(reading);
        Ok(())
    }

    fn last(&self) -> Option<Arc<Reading>> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Collector for Gauges {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let store = self.service.store();
        let commits = store.commit_times();
        let help = "Time from handing a commit over until it is durable or refused";
        described(&mut encoder, "commit_seconds", help, MetricType::Histogram)?.encode_histogram::<NoLabelSet>(
            commits.sum_s,
            commits.count,
            &commits.classes,
            None,
        )?;
        let Some(last) = self.last() else { return Ok(()) };
        let Reading { at, numbers, stats } = &*last;
        let to = &mut encoder;
        let bytes = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let age_s = ConstGauge::<f64>::new(at.elapsed().as_secs_f64());
        one(to, "store_read_age_seconds", "How long ago the numbers of the store below were read", &age_s)?;
        for (name, help, value) in [
            ("store_bytes", "Size of the database", bytes(stats.database_bytes)),
            ("store_log_bytes", "Size of the write-ahead log of SQLite", bytes(stats.log_bytes)),
            ("store_cache_bytes", "Memory of hot rows", bytes(stats.cache_bytes as u64)),
            ("store_commits_waiting", "Commits that wait for their turn", bytes(stats.queued as u64)),
            ("timers_late", "Timers of tasks and agents that should have acted five seconds ago", numbers.late_timers),
            ("queues_left_out", "1 when more queues have waiting tasks than are shown", i64::from(numbers.more_queues)),
        ] {
            one(to, name, help, &ConstGauge::<i64>::new(value))?;
        }
        by(to, ("tasks", "Tasks that are not over, by state"), "state", &numbers.tasks)?;
        by(
            to,
            ("agents", "Agents who are not offline or have a task in hand, by type of status"),
            "status",
            &numbers.agents,
        )?;
        self.queues(to, numbers)
    }
}

impl Gauges {
    fn queues(&self, encoder: &mut DescriptorEncoder<'_>, numbers: &StoreNumbers) -> fmt::Result {
        let now_ms = self.clock.service_ms();
        let labels =
            |queue: &service::QueueGauge| [("instance", queue.instance_id.clone()), ("queue", queue.queue_id.clone())];
        let help = "Tasks that wait in a queue, those on offer left out";
        let mut family = described(encoder, "queue_tasks", help, MetricType::Gauge)?;
        for queue in &numbers.queues {
            ConstGauge::<i64>::new(queue.numbers.contacts).encode(family.encode_family(&labels(queue))?)?;
        }
        let help = "How long the oldest of them has waited";
        let mut family = described(encoder, "queue_oldest_seconds", help, MetricType::Gauge)?;
        for queue in &numbers.queues {
            let waited_ms = queue.numbers.oldest_ms.map_or(0, |oldest_ms| now_ms.saturating_sub(oldest_ms).max(0));
            let waited = Duration::from_millis(waited_ms.unsigned_abs()).as_secs_f64();
            ConstGauge::<f64>::new(waited).encode(family.encode_family(&labels(queue))?)?;
        }
        Ok(())
    }
}

fn one(encoder: &mut DescriptorEncoder<'_>, name: &'static str, help: &str, gauge: &impl EncodeMetric) -> fmt::Result {
    gauge.encode(described(encoder, name, help, MetricType::Gauge)?)
}

/// A gauge for each of some words.
fn by<'a, K: AsRef<str> + 'a>(
    encoder: &mut DescriptorEncoder<'_>,
    (name, help): (&'static str, &str),
    label: &str,
    numbers: impl IntoIterator<Item = (&'a K, &'a i64)>,
) -> fmt::Result {
    let mut family = described(encoder, name, help, MetricType::Gauge)?;
    for (word, n) in numbers {
        ConstGauge::<i64>::new(*n).encode(family.encode_family(&[(label, word.as_ref())])?)?;
    }
    Ok(())
}
