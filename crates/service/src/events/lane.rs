//! The loop of one sink: read what is due, deliver, note what became of it in one commit.

use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use store::{Batch, CommitError, Error as StoreError, OutboxRow};
use tokio::sync::watch;
use tokio::time::Instant;

use super::{Failure, Sink, SinkCounts};
use crate::Service;

/// Looks at the outbox this often even when nothing woke it: retries, other processes, lost calls.
const POLL: Duration = Duration::from_secs(1);

/// Between being woken, or having delivered, and looking again, so that what is written meanwhile goes out together.
const GATHER: Duration = Duration::from_millis(20);

/// After the store failed.
const AFTER_FAILURE: Duration = Duration::from_secs(2);

/// What a delivery under way gets when the process stops.
const LAST_DELIVERY: Duration = Duration::from_secs(3);

/// How old the gauges may be.
const GAUGES: Duration = Duration::from_secs(5);

/// Wait after the first try that failed; each further one waits twice as long.
const BACKOFF_MS: i64 = 1_000;

/// The longest wait between two tries.
const BACKOFF_MS_MAX: i64 = 300_000;

/// Tries of a row that the sink refuses: about two minutes, for a receiver that is set up wrongly for a moment.
const REFUSED_TRIES: i64 = 8;

/// Rows of one round while nothing gets through: the sink's own limits on each try then cost little.
const PROBE_ROWS: usize = 8;

/// How a round went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Round {
    /// Nothing was due.
    Idle,
    /// Something was delivered or given up, and that was all.
    Progress,
    /// The same, and there may be more.
    More,
    /// Every try failed.
    Stuck,
}

/// The way to one sink.
pub(super) struct Lane {
    service: Service,
    sink: Arc<dyn Sink>,
    counts: Arc<SinkCounts>,
    tries: i64,
    /// Nothing got through in the last round.
    stuck: bool,
    gauges_at: Option<Instant>,
}

impl fmt::Debug for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lane({})", self.sink.name())
    }
}

impl Lane {
    pub(super) fn new(service: Service, sink: Arc<dyn Sink>, tries: i64) -> Self {
        let counts = Arc::new(SinkCounts::new(sink.name()));
        Self { service, sink, counts, tries, stuck: false, gauges_at: None }
    }

    pub(super) fn counts(&self) -> Arc<SinkCounts> {
        Arc::clone(&self.counts)
    }

    /// Rounds until told to stop.
    pub(super) async fn run(mut self, now_ms: impl Fn() -> i64, mut stop: watch::Receiver<bool>) {
        let mut bell = self.service.inner.wakes.deliveries();
        let mut shards = self.service.inner.shards.watch();
        loop {
            let owned = shards.borrow_and_update().clone();
            let pause = {
                let mut round = std::pin::pin!(self.round_or_pause(&owned, &now_ms));
                tokio::select! {
                    biased;
                    pause = &mut round => pause,
                    () = until(&mut stop) => {
                        // What is not noted in time is delivered again after the start.
                        let _ = tokio::time::timeout(LAST_DELIVERY, round).await;
                        return;
                    }
                }
            };
            let Some(pause) = pause else { continue };
            tokio::select! {
                biased;
                () = until(&mut stop) => return,
                () = tokio::time::sleep(pause) => {}
                () = woken(&mut bell), if !self.stuck => tokio::time::sleep(GATHER).await,
                _ = shards.changed(), if !self.stuck => {}
            }
        }
    }

    /// One round and how long to wait after it; `None` to go on at once.
    async fn round_or_pause(&mut self, shards: &[i64], now_ms: impl Fn() -> i64) -> Option<Duration> {
        let round = self.round(shards, &now_ms).await;
        match round {
            Ok(Round::More) => None,
            Ok(Round::Progress) => Some(GATHER),
            Ok(Round::Idle | Round::Stuck) => Some(POLL),
            Err(error) => {
                tracing::warn!(sink = self.sink.name(), %error, "events cannot be delivered, trying again");
                Some(AFTER_FAILURE)
            }
        }
    }

    /// Delivers what is due, as much as one round may.
    ///
    /// # Errors
    /// What the store reports. What was delivered and could not be noted is delivered again.
    pub(super) async fn round(&mut self, shards: &[i64], now_ms: impl Fn() -> i64) -> Result<Round, StoreError> {
        let store = self.service.store();
        let most = self.sink.rows_at_once().max(1);
        let limit = if self.stuck { most.min(PROBE_ROWS) } else { most };
        let rows = if shards.is_empty() {
            Vec::new()
        } else {
            store.outbox_due(self.sink.name(), shards, now_ms(), limit).await?
        };
        if rows.is_empty() {
            self.stuck = false;
            self.gauges(now_ms()).await?;
            return Ok(Round::Idle);
        }
        let results = self.sink.deliver(&rows).await;
        let noted = Noted::of(&rows, results, self.tries, now_ms());
        match store.commit(noted.batch).await {
            Ok(()) => {}
            Err(CommitError::Store(error)) => return Err(error),
            // None of these changes has a condition.
            Err(CommitError::Conflict(clash)) => tracing::error!(?clash, "a delivery could not be noted"),
        }
        self.count(noted.delivered, noted.failed, noted.buried, noted.error.as_deref());
        self.gauges(now_ms()).await?;
        Ok(match self.stuck {
            true => Round::Stuck,
            false if rows.len() < limit => Round::Progress,
            false => Round::More,
        })
    }

    fn count(&mut self, delivered: u64, failed: u64, buried: u64, error: Option<&str>) {
        let (sink, counts) = (self.sink.name(), &self.counts);
        counts.delivered.fetch_add(delivered, Ordering::Relaxed);
        counts.failed.fetch_add(failed, Ordering::Relaxed);
        counts.buried.fetch_add(buried, Ordering::Relaxed);
        if buried > 0 {
            tracing::error!(sink, buried, error, "events were given up; `taskform events dead` shows them");
        }
        let stuck = delivered == 0 && buried == 0;
        if stuck && !self.stuck {
            tracing::warn!(sink, error, "events cannot be delivered, trying again");
        } else if self.stuck && delivered > 0 {
            tracing::info!(sink, "events are delivered again");
        }
        self.stuck = stuck;
    }

    async fn gauges(&mut self, now_ms: i64) -> Result<(), StoreError> {
        if self.gauges_at.is_some_and(|at| at.elapsed() < GAUGES) {
            return Ok(());
        }
        let numbers = self.service.store().outbox_numbers(self.sink.name()).await?;
        self.counts.waiting.store(numbers.waiting, Ordering::Relaxed);
        self.counts.dead.store(numbers.dead, Ordering::Relaxed);
        let lag = numbers.due_since_ms.map_or(0, |since| now_ms.saturating_sub(since).max(0));
        self.counts.lag_ms.store(lag, Ordering::Relaxed);
        self.gauges_at = Some(Instant::now());
        Ok(())
    }
}

/// What a round's answers become.
#[derive(Debug, Default)]
struct Noted {
    batch: Batch,
    delivered: u64,
    failed: u64,
    buried: u64,
    /// The last error.
    error: Option<String>,
}

impl Noted {
    /// The first row of a contact that failed is to be tried again, and its later rows wait with it; or it is given up, and
    /// they are due at once.
    fn of(rows: &[OutboxRow], results: Vec<Result<(), Failure>>, tries: i64, now_ms: i64) -> Self {
        let mut noted = Self::default();
        let mut failing = HashSet::new();
        let missing = || Err(Failure::Unavailable("the sink gave no answer".to_owned()));
        for (row, result) in rows.iter().zip(results.into_iter().chain(std::iter::repeat_with(missing))) {
            let (text, tries) = match result {
                Ok(()) => {
                    noted.batch.delivered(&row.key());
                    noted.delivered += 1;
                    continue;
                }
                Err(Failure::Unavailable(text)) => (text, tries),
                Err(Failure::Refused(text)) => (text, tries.min(REFUSED_TRIES)),
                Err(Failure::NotTried) => continue,
            };
            if !failing.insert(row.contact_id.as_str()) {
                continue;
            }
            noted.failed += 1;
            if row.attempts + 1 >= tries {
                noted.batch.bury(&row.key(), &text);
                noted.buried += 1;
            } else {
                noted.batch.retry(&row.key(), now_ms.saturating_add(backoff_ms(row)), &text);
            }
            noted.error = Some(text);
        }
        noted
    }
}

/// 1 s, 2 s, 4 s … 5 min, each a fifth less or more. The part of chance comes from the row, so that the rows of an outage do
/// not come back together, and the same row waits the same time wherever it is tried.
pub(super) fn backoff_ms(row: &OutboxRow) -> i64 {
    let doublings = u32::try_from(row.attempts.clamp(0, 20)).unwrap_or(20);
    let wait = BACKOFF_MS.saturating_mul(1 << doublings).min(BACKOFF_MS_MAX);
    let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one((&row.contact_id, row.sequence, row.attempts));
    let percent = 80 + i64::try_from(hash % 41).unwrap_or(20);
    wait * percent / 100
}

/// Ready when it shows `true`; a sender that is gone means the same.
async fn until(signal: &mut watch::Receiver<bool>) {
    let _ = signal.wait_for(|on| *on).await;
}

/// Ready when it was rung since the last time. A bell that is gone never rings.
async fn woken(bell: &mut watch::Receiver<()>) {
    if bell.changed().await.is_err() {
        std::future::pending::<()>().await;
    }
}
