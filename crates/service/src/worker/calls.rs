//! Calls of functions in progress (flows 7.4): how many this process makes at once, of all functions and of each, so
//! that a slow function delays neither timers nor the flows that call others.
//!
//! A call has a slot while it is made or waits for its permit. When all slots of a function are taken, the call is
//! postponed: its task is stored with a later due time, at the rate at which the function answers, and is not kept in
//! memory.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::base::function::{CallCounts, CallLimits, Functions};

/// Slots for each permit: one call is made while another waits, so that a permit is used again at once.
const SLOTS_PER_PERMIT: usize = 2;

/// The longest postponement of a call, milliseconds; then it is tried again, whatever the backlog.
const POSTPONED_MS_MAX: i64 = 120_000;

/// The shortest, milliseconds.
const POSTPONED_MS_MIN: i64 = 100;

/// Weight of the last call in a function's typical time: one part in this many.
const TYPICAL_OF: i64 = 8;

/// The functions and the calls of them in progress.
#[derive(Debug)]
pub(crate) struct Calls {
    pub(crate) functions: Arc<dyn Functions>,
    limits: CallLimits,
    permits: Arc<Semaphore>,
    /// Those with calls in progress, by ARN.
    by_arn: Mutex<HashMap<String, Function>>,
    slots: AtomicUsize,
    calling: AtomicUsize,
    postponed: AtomicU64,
}

/// One function while calls of it are in progress.
#[derive(Debug)]
struct Function {
    permits: Arc<Semaphore>,
    slots: usize,
    /// How long a call takes, a moving average, microseconds.
    typical_us: i64,
    /// When the last postponed call is tried again, epoch microseconds.
    postponed_us: i64,
}

/// What becomes of a call.
pub(crate) enum Admission {
    /// It is made once its slot has a permit.
    Slot(CallSlot),
    /// It is tried again at this time, epoch milliseconds.
    Postponed(i64),
}

/// One call in progress: being made, or waiting for its permit. Dropping it ends the call.
#[derive(Debug)]
pub(crate) struct CallSlot {
    calls: Arc<Calls>,
    arn: String,
    of_function: Arc<Semaphore>,
    /// Permits of the function and of all, and since when.
    held: Option<(OwnedSemaphorePermit, OwnedSemaphorePermit, Instant)>,
}

impl Calls {
    pub(crate) fn new(functions: Arc<dyn Functions>, limits: CallLimits) -> Self {
        let limits = CallLimits { all: limits.all.max(1), each: limits.each.clamp(1, limits.all.max(1)) };
        Self {
            functions,
            limits,
            permits: Arc::new(Semaphore::new(limits.all)),
            by_arn: Mutex::default(),
            slots: AtomicUsize::new(0),
            calling: AtomicUsize::new(0),
            postponed: AtomicU64::new(0),
        }
    }

    /// Admits a call of a function that answers within `limit_ms`. `now_ms` is the service's time, epoch milliseconds.
    pub(crate) fn admit(self: &Arc<Self>, arn: &str, limit_ms: i64, now_ms: i64) -> Admission {
        let mut by_arn = self.by_arn();
        let each = self.limits.each;
        if !by_arn.contains_key(arn) && self.slots() >= self.limits.all * SLOTS_PER_PERMIT {
            self.postponed.fetch_add(1, Ordering::Relaxed);
            return Admission::Postponed(now_ms.saturating_add(limit_ms));
        }
        let function = by_arn.entry(arn.to_owned()).or_insert_with(|| Function {
            permits: Arc::new(Semaphore::new(each)),
            slots: 0,
            typical_us: limit_ms.saturating_mul(1_000),
            postponed_us: 0,
        });
        if function.slots >= each * SLOTS_PER_PERMIT || self.slots() >= self.limits.all * SLOTS_PER_PERMIT {
            self.postponed.fetch_add(1, Ordering::Relaxed);
            return Admission::Postponed(function.postpone(each, now_ms));
        }
        function.slots += 1;
        self.slots.fetch_add(1, Ordering::Relaxed);
        let (calls, of_function) = (Arc::clone(self), Arc::clone(&function.permits));
        Admission::Slot(CallSlot { calls, arn: arn.to_owned(), of_function, held: None })
    }

    /// Calls that are made or wait for a permit.
    pub(crate) fn slots(&self) -> usize {
        self.slots.load(Ordering::Relaxed)
    }

    pub(crate) fn counts(&self) -> CallCounts {
        let calling = self.calling.load(Ordering::Relaxed);
        CallCounts {
            calling,
            waiting: self.slots().saturating_sub(calling),
            postponed: self.postponed.load(Ordering::Relaxed),
        }
    }

    /// Gives out no more permits, because the process stops: those who wait for one learn it at once.
    pub(crate) fn close(&self) {
        self.permits.close();
        self.by_arn().values().for_each(|function| function.permits.close());
    }

    fn by_arn(&self) -> MutexGuard<'_, HashMap<String, Function>> {
        self.by_arn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Function {
    /// When the next postponed call is tried again, epoch milliseconds: after those before it, at the rate at which
    /// calls end.
    fn postpone(&mut self, permits: usize, now_ms: i64) -> i64 {
        let now_us = now_ms.saturating_mul(1_000);
        let spacing_us = self.typical_us / i64::try_from(permits).unwrap_or(i64::MAX).max(1);
        let earliest_us = now_us.saturating_add(self.typical_us.max(POSTPONED_MS_MIN * 1_000));
        let latest_us = now_us.saturating_add(POSTPONED_MS_MAX * 1_000);
        self.postponed_us = self.postponed_us.saturating_add(spacing_us).max(earliest_us).min(latest_us);
        self.postponed_us / 1_000
    }
}

impl CallSlot {
    /// Takes the permits if they are free; whether it has them.
    pub(crate) fn try_hold(&mut self) -> bool {
        if self.held.is_none()
            && let Ok(of_function) = Arc::clone(&self.of_function).try_acquire_owned()
            && let Ok(of_all) = Arc::clone(&self.calls.permits).try_acquire_owned()
        {
            self.hold_both(of_function, of_all);
        }
        self.held.is_some()
    }

    /// Waits for the permits; returns without them when the process stops.
    pub(crate) async fn hold(&mut self) {
        if self.held.is_none()
            && let Ok(of_function) = Arc::clone(&self.of_function).acquire_owned().await
            && let Ok(of_all) = Arc::clone(&self.calls.permits).acquire_owned().await
        {
            self.hold_both(of_function, of_all);
        }
    }

    fn hold_both(&mut self, of_function: OwnedSemaphorePermit, of_all: OwnedSemaphorePermit) {
        self.calls.calling.fetch_add(1, Ordering::Relaxed);
        self.held = Some((of_function, of_all, Instant::now()));
    }
}

impl Drop for CallSlot {
    fn drop(&mut self) {
        self.calls.slots.fetch_sub(1, Ordering::Relaxed);
        let mut by_arn = self.calls.by_arn();
        let Some(function) = by_arn.get_mut(&self.arn) else { return };
        function.slots = function.slots.saturating_sub(1);
        if let Some((_, _, since)) = &self.held {
            self.calls.calling.fetch_sub(1, Ordering::Relaxed);
            let took_us = i64::try_from(since.elapsed().as_micros()).unwrap_or(i64::MAX);
            function.typical_us += (took_us - function.typical_us) / TYPICAL_OF;
        }
        if function.slots == 0 {
            by_arn.remove(&self.arn);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::FunctionCall;

    #[derive(Debug)]
    struct Silent;

    impl Functions for Silent {
        fn call<'a>(&'a self, _: &'a str, _: String, _: Duration, _: bool, _: &'a str) -> FunctionCall<'a> {
            Box::pin(std::future::pending())
        }
    }

    fn calls(all: usize, each: usize) -> Arc<Calls> {
        Arc::new(Calls::new(Arc::new(Silent), CallLimits { all, each }))
    }

    fn slot(calls: &Arc<Calls>, arn: &str) -> CallSlot {
        match calls.admit(arn, 8_000, 0) {
            Admission::Slot(slot) => slot,
            Admission::Postponed(until_ms) => panic!("postponed until {until_ms}"),
        }
    }

    #[test]
    fn one_function_takes_no_more_than_its_share_and_all_no_more_than_theirs() {
        let calls = calls(5, 2);
        let mut slow: Vec<CallSlot> = (0..4).map(|_| slot(&calls, "slow")).collect();
        let held = slow.iter_mut().filter_map(|slot| slot.try_hold().then_some(())).count();
        assert_eq!((held, calls.counts()), (2, CallCounts { calling: 2, waiting: 2, postponed: 0 }));
        assert!(matches!(calls.admit("slow", 8_000, 0), Admission::Postponed(_)));
        let mut others: Vec<CallSlot> = (0..6).map(|n| slot(&calls, &format!("other {n}"))).collect();
        let held = others.iter_mut().filter_map(|slot| slot.try_hold().then_some(())).count();
        assert_eq!((held, calls.slots()), (3, 10), "five at once, and as many wait");
        assert!(matches!(calls.admit("one more", 8_000, 0), Admission::Postponed(8_000)));
        assert_eq!(calls.counts().postponed, 2);
        slow.remove(0);
        assert!(others.iter_mut().rfind(|slot| slot.held.is_none()).expect("one waits").try_hold());
        drop((slow, others));
        assert_eq!((calls.slots(), calls.counts().calling), (0, 0));
        assert!(calls.by_arn().is_empty(), "nothing is remembered of functions that nobody calls");
    }

    #[test]
    fn postponed_calls_come_at_the_rate_at_which_the_function_answers() {
        let mut function =
            Function { permits: Arc::new(Semaphore::new(4)), slots: 8, typical_us: 8_000_000, postponed_us: 0 };
        let times: Vec<i64> = (0..4).map(|_| function.postpone(4, 1_000)).collect();
        assert_eq!(times, [9_000, 11_000, 13_000, 15_000]);
        let last = (0..1_000).map(|_| function.postpone(4, 1_000)).last();
        assert_eq!(last, Some(1_000 + POSTPONED_MS_MAX), "no later than that, whatever the backlog");
        function.typical_us = 1_000;
        assert_eq!(function.postpone(4, 1_000_000), 1_000_000 + POSTPONED_MS_MIN);
    }

    #[tokio::test]
    async fn a_slot_that_waits_gets_the_permit_of_one_that_ends() {
        let calls = calls(8, 1);
        let (mut first, mut second) = (slot(&calls, "f"), slot(&calls, "f"));
        assert!(first.try_hold() && !second.try_hold());
        let waiting = tokio::spawn(async move {
            second.hold().await;
            second.held.is_some()
        });
        drop(first);
        assert!(waiting.await.expect("no panic"));
        let (mut third, mut fourth) = (slot(&calls, "f"), slot(&calls, "f"));
        assert!(third.try_hold());
        calls.close();
        fourth.hold().await;
        assert!(fourth.held.is_none(), "none is given out when the process stops");
    }
}
