//! The router of one process: makes the passes that are wanted, sweeps in case a notification was lost, and handles the timers
//! of agents.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use wire::Op;

use super::pass;
use crate::agent::timers;
use crate::base::routing::Scope;
use crate::{Cx, Error, Result, Service};

/// Time between two sweeps, however many notifications come meanwhile (tasks 3.3.7): timers of agents, what another process wrote,
/// and what a lost notification left.
const SWEEP: Duration = Duration::from_millis(500);
/// Pause before the next pass over an instance after one failed.
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
        let mut backoff = Backoff::default();
        loop {
            if swept.elapsed() >= SWEEP {
                self.sweep_wanted(&now_ms).await;
                swept = Instant::now();
            }
            for (instance, error) in self.turn(&now_ms, &mut backoff).await {
                tracing::warn!(%instance, %error, "a routing pass failed, trying again");
            }
            // What is wanted by now has its turn after a look at the sweep.
            let wanted = routing.wanted(now_ms()).iter().any(|instance| !backoff.holds(instance));
            let pause = if wanted { Duration::ZERO } else { SWEEP.saturating_sub(swept.elapsed()) };
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

    /// Timers that cannot be handled keep nobody from being found.
    async fn find(&self, shards: &[i64], now_ms: i64) -> Result<()> {
        let cx = self.cx(now_ms);
        let handled = timers(&cx, shards).await;
        let mut after = String::new();
        loop {
            let some = cx.store().waiting_instances(&after, INSTANCES).await?;
            for instance in some.iter().filter(|id| shards.contains(&store::shard_of(id))) {
                cx.routing().notify(instance, Scope::all());
            }
            match some.into_iter().nth(INSTANCES - 1) {
                Some(last) => after = last,
                None => return handled,
            }
        }
    }

    /// Makes the passes that are wanted now, one for each instance: what is wanted meanwhile comes with the next turn, so that none
    /// waits for another that always has something. Answers which failed.
    async fn turn(&self, now_ms: &(impl Fn() -> i64 + Sync), backoff: &mut Backoff) -> Vec<(String, Error)> {
        let routing = &self.service.inner.routing;
        let mut failed = Vec::new();
        for instance in routing.wanted(now_ms()) {
            if backoff.holds(&instance) {
                continue;
            }
            let Some((scope, running)) = routing.begin_pass(&instance) else { continue };
            match pass(&self.cx(now_ms()), &instance, &scope).await {
                Ok(passed) => routing.state().passed(&instance, scope, passed.next_ms, passed.more),
                Err(error) => {
                    routing.state().failed(&instance, scope);
                    backoff.begin(&instance);
                    failed.push((instance, error));
                }
            }
            drop(running);
        }
        failed
    }

    /// Makes every pass that is wanted at this time: for tests and simulations.
    ///
    /// # Errors
    /// What the store reports; the step may be repeated.
    pub async fn step(&self, now_ms: i64) -> Result<()> {
        let shards: Vec<i64> = (0..store::SHARDS).collect();
        self.find(&shards, now_ms).await?;
        self.turns(now_ms).await
    }

    /// Turns until no pass is wanted at this time.
    async fn turns(&self, now_ms: i64) -> Result<()> {
        while !self.service.inner.routing.wanted(now_ms).is_empty() {
            if let Some((_, error)) = self.turn(&|| now_ms, &mut Backoff::default()).await.into_iter().next() {
                return Err(error);
            }
        }
        Ok(())
    }

    /// Makes what is wanted at this time, agents' timers included, and answers when there is something next, epoch
    /// milliseconds; now while another router is at it. For the test clock.
    pub(crate) async fn settle(&self, now_ms: i64, shards: &[i64]) -> Result<Option<i64>> {
        let cx = self.cx(now_ms);
        timers(&cx, shards).await?;
        self.turns(now_ms).await?;
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

/// Instances whose last pass failed, and until when no other is tried; others do not wait for them. At most as many as a sweep has
/// found.
#[derive(Debug, Default)]
struct Backoff(HashMap<String, Instant>);

impl Backoff {
    fn begin(&mut self, instance: &str) {
        self.0.insert(instance.to_owned(), Instant::now() + AFTER_FAILURE);
    }

    /// Whether it is too early for another pass.
    fn holds(&mut self, instance: &str) -> bool {
        let holds = self.0.get(instance).is_some_and(|until| *until > Instant::now());
        if !holds {
            self.0.remove(instance);
        }
        holds
    }
}
