//! The loop of one sink: read due rows, deliver them, record the outcomes in one commit.

use std::collections::{BTreeSet, HashSet};
use std::fmt;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use store::{Batch, CommitError, Error as StoreError, OutboxKey, OutboxNumbers, OutboxRow};
use tokio::sync::watch;
use tokio::time::Instant;

use super::{Failure, OutboxLimits, Sink, SinkCounts};
use crate::Service;

/// Polls the outbox this often even without a notification: retries, other processes, lost notifications.
const POLL: Duration = Duration::from_secs(1);

/// Delay between a notification, or a delivery, and the next poll, so that rows written meanwhile are delivered
/// together.
const GATHER: Duration = Duration::from_millis(20);

/// Delay after the store failed.
const AFTER_FAILURE: Duration = Duration::from_secs(2);

/// Time that a delivery in flight gets when the process stops.
const LAST_DELIVERY: Duration = Duration::from_secs(3);

/// Maximum age of the gauges, unless counting takes long.
const GAUGES: Duration = Duration::from_secs(5);

/// Counting pending rows takes at most one part in this many of a lane's time, however many there are.
const COUNTING_SHARE: u32 = 100;

/// Rows parked, or dead-lettered because there are too many, in one commit.
const STEP_ROWS: usize = 1_000;

/// The process that holds this shard keeps the limits of all of them.
const LIMITS_SHARD: i64 = 0;

/// Usage of a limit at which a warning is logged, percent.
const WARN_PERCENT: i64 = 80;

/// Backoff after the first failed try; it doubles with each further one.
const BACKOFF_MS: i64 = 1_000;

/// The longest backoff between two tries.
const BACKOFF_MS_MAX: i64 = 300_000;

/// Tries of a row that the sink refuses: about two minutes, for a receiver that is briefly misconfigured.
const REFUSED_TRIES: i64 = 8;

/// Rows of one round while every delivery fails, so that the sink's own timeouts on each try cost little.
const PROBE_ROWS: usize = 8;

/// The outcome of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Round {
    /// Nothing was due.
    Idle,
    /// Rows were delivered or dead-lettered, and no more are due.
    Progress,
    /// The same, and there may be more.
    More,
    /// Every try failed.
    Stuck,
}

/// The delivery loop of one sink.
pub(super) struct Lane {
    service: Service,
    sink: Arc<dyn Sink>,
    counts: Arc<SinkCounts>,
    tries: i64,
    limits: OutboxLimits,
    /// Every delivery of the last round failed.
    stuck: bool,
    /// When the gauges are counted again; at once while it is `None`.
    gauges_due: Option<Instant>,
    /// Whether the warning about a nearly reached limit was logged, so that it is logged once: for pending rows, and
    /// for dead letters.
    warned: [bool; 2],
    /// Check for rows that another process left parked before the next round.
    scan_for_stranded: bool,
}

impl fmt::Debug for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lane({})", self.sink.name())
    }
}

impl Lane {
    pub(super) fn new(service: Service, sink: Arc<dyn Sink>, tries: i64, limits: OutboxLimits) -> Self {
        let counts = Arc::new(SinkCounts::new(sink.name()));
        Self {
            service,
            sink,
            counts,
            tries,
            limits,
            stuck: false,
            gauges_due: None,
            warned: [false; 2],
            scan_for_stranded: true,
        }
    }

    /// The same lane in its initial state, for a start after a panic; it goes on with the same counts.
    pub(super) fn restarted(&self) -> Self {
        let counts = Arc::clone(&self.counts);
        let lane = Self::new(self.service.clone(), Arc::clone(&self.sink), self.tries, self.limits);
        Self { counts, ..lane }
    }

    /// Its name among the parts of the background work.
    pub(super) fn part(&self) -> String {
        format!("events/{}", self.sink.name())
    }

    pub(super) fn service(&self) -> &Service {
        &self.service
    }

    pub(super) fn counts(&self) -> Arc<SinkCounts> {
        Arc::clone(&self.counts)
    }

    /// Runs rounds until it is stopped.
    pub(super) async fn run(mut self, now_ms: impl Fn() -> i64, mut stop: watch::Receiver<bool>) {
        let mut written = self.service.inner.notifier.deliveries();
        let mut shards = self.service.inner.shards.watch();
        loop {
            self.scan_for_stranded |= shards.has_changed().unwrap_or(false);
            shards.mark_unchanged();
            // Not the value in the channel: the shard of a lease that expired unnoticed may belong to another process
            // by now.
            let owned = self.service.inner.shards.held();
            let pause = {
                let mut round = std::pin::pin!(self.round_or_pause(&owned, &now_ms));
                tokio::select! {
                    biased;
                    pause = &mut round => pause,
                    () = until(&mut stop) => {
                        // Deliveries not recorded in time are repeated after a restart.
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
                () = woken(&mut written), if !self.stuck => tokio::time::sleep(GATHER).await,
                _ = shards.changed(), if !self.stuck => self.scan_for_stranded = true,
            }
        }
    }

    /// One round and how long to wait after it; `None` to continue at once.
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

    /// Delivers due rows, up to the limit of one round.
    ///
    /// # Errors
    /// Errors of the store. Rows that were delivered but could not be recorded are delivered again.
    pub(super) async fn round(&mut self, shards: &[i64], now_ms: impl Fn() -> i64) -> Result<Round, StoreError> {
        let store = self.service.store();
        if std::mem::take(&mut self.scan_for_stranded) {
            let woken = store.wake_stranded_outbox(self.sink.name(), shards).await;
            let woken = woken.inspect_err(|_| self.scan_for_stranded = true)?;
            if woken > 0 {
                tracing::info!(
                    sink = self.sink.name(),
                    woken,
                    "events that another process had left parked are delivered"
                );
            }
        }
        let most = self.sink.rows_at_once().max(1);
        let limit = if self.stuck { most.min(PROBE_ROWS) } else { most };
        let rows = if shards.is_empty() {
            Vec::new()
        } else {
            store.outbox_due(self.sink.name(), shards, now_ms(), limit).await?
        };
        if rows.is_empty() {
            self.stuck = false;
            self.gauges(shards, now_ms()).await?;
            return Ok(Round::Idle);
        }
        let results = self.sink.deliver(&rows).await;
        let noted = Noted::of(&rows, results, self.tries, now_ms());
        self.commit(noted.batch).await?;
        self.count(noted.delivered, noted.failed, noted.dead_lettered, noted.error.as_deref());
        let mut behind = noted.waiting;
        while !behind.is_empty() {
            behind = self.service.store().park_outbox(&behind, STEP_ROWS).await?;
        }
        self.gauges(shards, now_ms()).await?;
        Ok(match self.stuck {
            true => Round::Stuck,
            false if rows.len() < limit => Round::Progress,
            false => Round::More,
        })
    }

    fn count(&mut self, delivered: u64, failed: u64, dead_lettered: u64, error: Option<&str>) {
        let (sink, counts) = (self.sink.name(), &self.counts);
        counts.delivered.fetch_add(delivered, Ordering::Relaxed);
        counts.failed.fetch_add(failed, Ordering::Relaxed);
        counts.dead_lettered.fetch_add(dead_lettered, Ordering::Relaxed);
        if dead_lettered > 0 {
            tracing::error!(sink, dead_lettered, error, "events were given up; `taskform events dead` shows them");
        }
        let stuck = delivered == 0 && dead_lettered == 0;
        if stuck && !self.stuck {
            tracing::warn!(sink, error, "events cannot be delivered, trying again");
        } else if self.stuck && delivered > 0 {
            tracing::info!(sink, "events are delivered again");
        }
        self.stuck = stuck;
    }

    async fn gauges(&mut self, shards: &[i64], now_ms: i64) -> Result<(), StoreError> {
        if self.gauges_due.is_some_and(|due| Instant::now() < due) {
            return Ok(());
        }
        let began = Instant::now();
        let numbers = self.service.store().outbox_numbers(self.sink.name()).await?;
        self.gauges_due = Some(Instant::now() + GAUGES.max(began.elapsed() * COUNTING_SHARE));
        let lag = numbers.due_since_ms.map_or(0, |since| now_ms.saturating_sub(since).max(0));
        self.counts.lag_ms.store(lag, Ordering::Relaxed);
        let left = self.keep_to_limits(numbers, shards).await?;
        self.counts.waiting.store(left.waiting, Ordering::Relaxed);
        self.counts.dead.store(left.dead, Ordering::Relaxed);
        Ok(())
    }

    /// Pending rows beyond their limit are dead-lettered, oldest first, and dead letters beyond theirs are removed
    /// (B84). Only the process that holds [`LIMITS_SHARD`] does so, for all shards, and it counts again after each
    /// commit: the rows beyond a limit are given up once, however many processes count them. Returns what is left of
    /// both.
    pub(super) async fn keep_to_limits(
        &mut self,
        mut numbers: OutboxNumbers,
        shards: &[i64],
    ) -> Result<OutboxNumbers, StoreError> {
        let limits = self.limits;
        self.warn_near_limit(0, "events.waiting_max", numbers.waiting, limits.waiting_max);
        self.warn_near_limit(1, "events.dead_max", numbers.dead, limits.dead_max);
        if !shards.contains(&LIMITS_SHARD) {
            return Ok(numbers);
        }
        let mut given_up = 0;
        while limits.waiting_max > 0 && numbers.waiting > limits.waiting_max {
            let count = self.give_up(step(numbers.waiting, limits.waiting_max)).await?;
            if count == 0 {
                break;
            }
            given_up += count;
            numbers = self.service.store().outbox_numbers(self.sink.name()).await?;
        }
        let sink = self.sink.name();
        if given_up > 0 {
            self.counts.dead_lettered.fetch_add(given_up, Ordering::Relaxed);
            let limit = limits.waiting_max;
            tracing::error!(sink, given_up, limit, "more events waited than events.waiting_max allows");
        }
        let mut dropped = 0;
        while limits.dead_max > 0 && numbers.dead > limits.dead_max {
            let count = self.drop_dead(step(numbers.dead, limits.dead_max)).await?;
            if count == 0 {
                break;
            }
            dropped += count;
            numbers = self.service.store().outbox_numbers(self.sink.name()).await?;
        }
        if dropped > 0 {
            self.counts.dropped.fetch_add(dropped, Ordering::Relaxed);
            let limit = limits.dead_max;
            tracing::error!(sink, dropped, limit, "the oldest dead letters were removed: they are lost");
        }
        Ok(numbers)
    }

    /// Dead-letters the oldest pending rows, of all shards, at most so many; returns how many.
    async fn give_up(&self, rows: usize) -> Result<u64, StoreError> {
        let (sink, all) = (self.sink.name(), (0..store::SHARDS).collect::<Vec<_>>());
        let rows = self.service.store().outbox_due(sink, &all, i64::MAX, rows).await?;
        let mut batch = Batch::new();
        let text = format!("given up because more than {} waited", self.limits.waiting_max);
        rows.iter().for_each(|row| batch.dead_letter(&row.key(), &text));
        let contacts: HashSet<&str> = rows.iter().map(|row| row.contact_id.as_str()).collect();
        contacts.iter().for_each(|contact_id| batch.wake_outbox(sink, contact_id));
        self.commit(batch).await?;
        Ok(rows.len() as u64)
    }

    /// Removes the oldest dead letters, at most so many; returns how many.
    async fn drop_dead(&self, rows: usize) -> Result<u64, StoreError> {
        let rows = self.service.store().dead_letters(Some(self.sink.name()), None, rows).await?.rows;
        let mut batch = Batch::new();
        rows.iter().for_each(|row| batch.delivered(&row.key()));
        self.commit(batch).await?;
        Ok(rows.len() as u64)
    }

    fn warn_near_limit(&mut self, which: usize, setting: &str, number: i64, limit: i64) {
        let near = limit > 0 && number.saturating_mul(100) >= limit.saturating_mul(WARN_PERCENT);
        if near && !self.warned[which] {
            let sink = self.sink.name();
            tracing::warn!(
                sink,
                number,
                limit,
                setting,
                "a limit of events is nearly reached; beyond it they are lost"
            );
        }
        self.warned[which] = near;
    }

    /// Commits unconditional changes.
    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        match self.service.store().commit(batch).await {
            Ok(()) => Ok(()),
            Err(CommitError::Store(error)) => Err(error),
            Err(CommitError::Conflict(conflict)) => {
                tracing::error!(?conflict, "a change without a condition was refused");
                Ok(())
            }
        }
    }
}

/// The changes that follow from a round's answers.
#[derive(Debug, Default)]
struct Noted {
    batch: Batch,
    delivered: u64,
    failed: u64,
    dead_lettered: u64,
    /// Rows that wait for another try: those behind them are parked.
    waiting: Vec<OutboxKey>,
    /// The last error.
    error: Option<String>,
}

impl Noted {
    /// The first failed row of a contact is retried, and its later rows wait for it; or it is dead-lettered, and they
    /// are due at once.
    fn of(rows: &[OutboxRow], results: Vec<Result<(), Failure>>, tries: i64, now_ms: i64) -> Self {
        let mut noted = Self::default();
        let mut failing = HashSet::new();
        let mut awake = BTreeSet::new();
        let missing = || Err(Failure::Unavailable("the sink gave no answer".to_owned()));
        for (row, result) in rows.iter().zip(results.into_iter().chain(std::iter::repeat_with(missing))) {
            let (text, tries) = match result {
                Ok(()) => {
                    noted.batch.delivered(&row.key());
                    noted.delivered += 1;
                    if row.may_have_parked() {
                        awake.insert((&row.sink, &row.contact_id));
                    }
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
                noted.batch.dead_letter(&row.key(), &text);
                noted.dead_lettered += 1;
                awake.insert((&row.sink, &row.contact_id));
            } else {
                noted.batch.retry(&row.key(), now_ms.saturating_add(backoff_ms(row)), &text);
                noted.waiting.push(row.key());
            }
            noted.error = Some(text);
        }
        for (sink, contact_id) in awake {
            noted.batch.wake_outbox(sink, contact_id);
        }
        noted
    }
}

/// 1 s, 2 s, 4 s … 5 min, each with a jitter of up to a fifth less or more. The jitter is derived from the row, so that
/// the rows of an outage are not all retried together, and a row waits the same time in every process.
pub(super) fn backoff_ms(row: &OutboxRow) -> i64 {
    let doublings = u32::try_from(row.attempts.clamp(0, 20)).unwrap_or(20);
    let wait = BACKOFF_MS.saturating_mul(1 << doublings).min(BACKOFF_MS_MAX);
    let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one((&row.contact_id, row.sequence, row.attempts));
    let percent = 80 + i64::try_from(hash % 41).unwrap_or(20);
    wait * percent / 100
}

/// How many rows beyond a limit are handled in one commit.
fn step(number: i64, limit: i64) -> usize {
    usize::try_from(number.saturating_sub(limit)).unwrap_or(usize::MAX).min(STEP_ROWS)
}

/// Ready when it shows `true`; a sender that is gone means the same.
async fn until(signal: &mut watch::Receiver<bool>) {
    let _ = signal.wait_for(|on| *on).await;
}

/// Ready when it was notified since the last time. A closed channel never notifies.
async fn woken(written: &mut watch::Receiver<()>) {
    if written.changed().await.is_err() {
        std::future::pending::<()>().await;
    }
}
