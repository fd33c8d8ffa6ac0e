//! The numbers of the whole store for the operator: tasks by state, queues, agents by status, timers that are late.

use std::collections::BTreeMap;

use engine::contact::Counted;
use store::{ContactCounts, Error as StoreError, QueueNumbers, SHARDS};

use crate::Service;

/// Queues whose numbers are read; of further ones only the tasks are counted, with all others.
pub const GAUGE_QUEUES_MAX: usize = 1_000;

/// A timer counts as late when it should have acted this long ago, milliseconds.
const LATE_MS: i64 = 5_000;

/// Late timers of agents that are counted at most.
const LATE_AGENTS_MAX: usize = 1_000;

/// Instances, and queues of one, read at a time.
const PAGE: usize = 200;

/// What there is in the store, over all instances.
#[derive(Clone, Debug, Default)]
pub struct StoreNumbers {
    /// Tasks that are not over, by state.
    pub tasks: BTreeMap<String, i64>,
    /// Timers of tasks and agents that are late; of agents a thousand at most.
    pub late_timers: i64,
    /// Agents who are not offline, or are and have a task in hand, by the type of their status.
    pub agents: BTreeMap<&'static str, i64>,
    /// Queues in which tasks wait, at most [`GAUGE_QUEUES_MAX`].
    pub queues: Vec<QueueGauge>,
    /// There are more of them.
    pub more_queues: bool,
}

/// What waits in a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueGauge {
    /// The instance.
    pub instance_id: String,
    /// The queue, or the user whose queue it is.
    pub queue_id: String,
    /// Its tasks.
    pub numbers: QueueNumbers,
}

impl Service {
    /// Reads them from indexes and counters. The cost grows with the number of tasks that are not over: for now and then.
    /// `now_ms` is the service's time, epoch milliseconds.
    ///
    /// # Errors
    /// What the store reports.
    pub async fn store_numbers(&self, now_ms: i64) -> Result<StoreNumbers, StoreError> {
        let (store, late_ms) = (self.store(), now_ms.saturating_sub(LATE_MS));
        let ContactCounts { by_state, overdue } = store.contact_counts(late_ms).await?;
        let shards: Vec<i64> = (0..SHARDS).collect();
        let late_agents = store.due_agents(&shards, late_ms, LATE_AGENTS_MAX).await?.len();
        let mut numbers = StoreNumbers {
            tasks: by_state,
            late_timers: overdue.saturating_add(i64::try_from(late_agents).unwrap_or(i64::MAX)),
            agents: store.agent_counts().await?,
            ..StoreNumbers::default()
        };
        self.queue_gauges(&mut numbers).await?;
        Ok(numbers)
    }

    async fn queue_gauges(&self, numbers: &mut StoreNumbers) -> Result<(), StoreError> {
        let mut after = String::new();
        loop {
            let instances = self.store().waiting_instances(&after, PAGE).await?;
            for instance in &instances {
                self.queue_gauges_of(instance, numbers).await?;
            }
            match instances.into_iter().nth(PAGE - 1) {
                Some(last) if !numbers.more_queues => after = last,
                _ => return Ok(()),
            }
        }
    }

    async fn queue_gauges_of(&self, instance: &str, numbers: &mut StoreNumbers) -> Result<(), StoreError> {
        let mut after = String::new();
        loop {
            let queues = self.store().waiting_queues(instance, &after, PAGE).await?;
            for queue in &queues {
                if numbers.queues.len() >= GAUGE_QUEUES_MAX {
                    numbers.more_queues = true;
                    return Ok(());
                }
                let counter = Counted::Queue { id: queue.clone() }.name();
                let found = self.store().queue_numbers(instance, queue, &counter).await?;
                let (instance_id, queue_id) = (instance.to_owned(), queue.clone());
                numbers.queues.push(QueueGauge { instance_id, queue_id, numbers: found });
                // SQLite is read on the caller's thread, which others want too.
                tokio::task::yield_now().await;
            }
            match queues.into_iter().nth(PAGE - 1) {
                Some(last) => after = last,
                None => return Ok(()),
            }
        }
    }
}
