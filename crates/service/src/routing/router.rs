//! The router of one process: makes the passes that are wanted, sweeps in case a notification was lost, and handles the timers
//! of agents.

use std::time::{Duration, Instant};

use wire::Op;

use super::pass;
use crate::agent::timers;
use crate::base::routing::Scope;
use crate::{Cx, Result, Service};

/// Time between two sweeps, however many notifications come meanwhile (tasks 3.3.7): timers of agents, what another process wrote,
/// and what a lost notification left.
const SWEEP: Duration = Duration::from_millis(500);
/// Pause after a pass failed.
const AFTER_FAILURE: Duration = Duration::from_secs(1);
/// Instances read at a time by a sweep.
const INSTANCES: usize = 200;

/// The router of one process.
#[derive(Debug)]
pub struct Router {
    service: Service,
}

impl Service {
    /// The router, which gives tasks to agents; run it in one task per process.
    pub fn router(&self) -> Router {
        Router { service: self.clone() }
    }
}

impl Router {
    /// Works until `stop` is ready. `now_ms` reads the service's clock, in epoch milliseconds.
    pub async fn run(self, now_ms: impl Fn() -> i64 + Send + Sync, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        let routing = &self.service.inner.routing;
        let mut swept = Instant::now();
        loop {
            if swept.elapsed() >= SWEEP {
                self.sweep_wanted(&now_ms).await;
                swept = Instant::now();
            }
            let pause = match self.turn(&now_ms).await {
                Ok(()) => SWEEP.saturating_sub(swept.elapsed()),
                Err(error) => {
                    tracing::warn!(%error, "a routing pass failed, trying again");
                    AFTER_FAILURE
                }
            };
            let ripe_ms = routing.next_ripe_ms().map(|ms| u64::try_from(ms.saturating_sub(now_ms())).unwrap_or(0));
            let pause = ripe_ms.map_or(pause, |ms| pause.min(Duration::from_millis(ms.max(1))));
            tokio::select! {
                biased;
                () = &mut stop => break,
                () = routing.notify.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Has the next turn look at every instance of this process's shards in which something waits.
    async fn sweep_wanted(&self, now_ms: &(impl Fn() -> i64 + Sync)) {
        let shards = self.service.inner.shards.held();
        if let Err(error) = self.find(&shards, now_ms()).await {
            tracing::warn!(%error, "looking for waiting tasks failed, trying again");
        }
    }

    async fn find(&self, shards: &[i64], now_ms: i64) -> Result<()> {
        let cx = self.cx(now_ms);
        timers(&cx, shards).await?;
        let mut after = String::new();
        loop {
            let some = cx.store().waiting_instances(&after, INSTANCES).await?;
            for instance in some.iter().filter(|id| shards.contains(&store::shard_of(id))) {
                cx.routing().notify(instance, Scope::all());
            }
            match some.into_iter().nth(INSTANCES - 1) {
                Some(last) => after = last,
                None => return Ok(()),
            }
        }
    }

    /// Makes every pass that is wanted.
    async fn turn(&self, now_ms: &(impl Fn() -> i64 + Sync)) -> Result<()> {
        let routing = &self.service.inner.routing;
        loop {
            let now = now_ms();
            let Some((instance, scope, running)) = routing.begin_pass(now) else { return Ok(()) };
            let passed = pass(&self.cx(now), &instance, &scope).await;
            match passed {
                Ok(passed) => routing.state().passed(&instance, scope, passed.next_ms, passed.more),
                Err(error) => {
                    routing.state().scopes.entry(instance).or_default().join(scope);
                    return Err(error);
                }
            }
            drop(running);
        }
    }

    /// Makes every pass that is wanted at this time: for tests and simulations.
    ///
    /// # Errors
    /// What the store reports; the step may be repeated.
    pub async fn step(&self, now_ms: i64) -> Result<()> {
        let shards: Vec<i64> = (0..store::SHARDS).collect();
        self.find(&shards, now_ms).await?;
        self.turn(&|| now_ms).await
    }

    /// Makes what is wanted at this time, agents' timers included, and answers when there is something next, epoch
    /// milliseconds; now while another router is at it. For the test clock.
    pub(crate) async fn settle(&self, now_ms: i64, shards: &[i64]) -> Result<Option<i64>> {
        let cx = self.cx(now_ms);
        timers(&cx, shards).await?;
        self.turn(&|| now_ms).await?;
        if cx.routing().is_busy(now_ms) {
            return Ok(Some(now_ms));
        }
        let due_ms = cx.store().next_agent_due(shards).await?;
        Ok(due_ms.into_iter().chain(cx.routing().next_ripe_ms()).min())
    }

    fn cx(&self, now_ms: i64) -> Cx<'_> {
        Cx::new(&self.service, Op::AssociateContactWithUser, now_ms)
    }
}
