//! The only place that reads the clock; everything else takes time as an argument.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Instant, SystemTime};

/// The time of day, and the time of tasks, which the test clock can put ahead of it, or hold and move by steps only.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// What shows the time of day; the system's clock when there is none.
    shown: Option<Arc<AtomicI64>>,
    /// How far ahead the time of tasks is, milliseconds; the same for all clones.
    ahead: Arc<AtomicI64>,
    /// The time of tasks while it stands still, epoch milliseconds; the same for all clones.
    held: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that shows what the cell holds, in milliseconds since 1970: for tests.
    #[must_use]
    pub fn manual(cell: Arc<AtomicI64>) -> Self {
        Self { shown: Some(cell), ..Self::default() }
    }

    /// The same clock with the time of operations held at `ms`, milliseconds since 1970: only [`Clock::advance_to`] moves it.
    #[must_use]
    pub fn held_at(self, ms: i64) -> Self {
        Self { held: Some(Arc::new(AtomicI64::new(ms))), ..self }
    }

    /// Whether the time of operations stands still between steps.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.held.is_some()
    }

    /// Milliseconds since 1970: the real time, for signatures and for what concerns connections.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        match &self.shown {
            Some(cell) => cell.load(Ordering::Relaxed),
            None => system_ms(),
        }
    }

    /// Milliseconds of a clock that only goes forward, whatever is done to the time of day. Only differences mean something.
    #[must_use]
    pub fn steady_ms(&self) -> i64 {
        match &self.shown {
            Some(cell) => cell.load(Ordering::Relaxed),
            None => steady_ms(),
        }
    }

    /// Milliseconds since 1970 for operations, timers and flows.
    #[must_use]
    pub fn service_ms(&self) -> i64 {
        self.at_service(self.now_ms())
    }

    /// The time of operations at a real time, both in milliseconds since 1970.
    #[must_use]
    pub fn at_service(&self, now_ms: i64) -> i64 {
        match &self.held {
            Some(held) => held.load(Ordering::Relaxed),
            None => now_ms.saturating_add(self.ahead.load(Ordering::Relaxed)),
        }
    }

    /// Moves the time of operations on to `ms`, milliseconds since 1970; never back.
    pub fn advance_to(&self, ms: i64) {
        match &self.held {
            Some(held) => held.fetch_max(ms, Ordering::Relaxed),
            None => self.ahead.fetch_max(ms.saturating_sub(self.now_ms()), Ordering::Relaxed),
        };
    }
}

fn steady_ms() -> i64 {
    static BEGINNING: LazyLock<Instant> = LazyLock::new(Instant::now);
    i64::try_from(BEGINNING.elapsed().as_millis()).unwrap_or(i64::MAX)
}

#[expect(clippy::disallowed_methods, reason = "this is the program's clock")]
fn system_ms() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// A time for people: `2026-01-15T12:00:00Z`.
#[must_use]
pub fn date(ms: i64) -> String {
    let s = sigv4::format_stamp(ms.div_euclid(1_000));
    format!("{}-{}-{}T{}:{}:{}Z", &s[..4], &s[4..6], &s[6..8], &s[9..11], &s[11..13], &s[13..15])
}

/// A time with milliseconds: `2026-01-15T12:00:00.000Z`.
#[must_use]
pub fn date_ms(ms: i64) -> String {
    let mut text = date(ms);
    text.pop();
    format!("{text}.{:03}Z", ms.rem_euclid(1_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_tasks_can_be_ahead_and_never_goes_back() {
        let cell = Arc::new(AtomicI64::new(1_000));
        let clock = Clock::manual(Arc::clone(&cell));
        let other = clock.clone();
        clock.advance_to(5_000);
        clock.advance_to(2_000);
        assert_eq!((other.now_ms(), other.service_ms()), (1_000, 5_000));
        cell.store(1_500, Ordering::Relaxed);
        assert_eq!((other.service_ms(), other.at_service(0)), (5_500, 4_000));
        assert_eq!(date_ms(1_768_478_430_007), "2026-01-15T12:00:30.007Z");
    }

    #[test]
    fn b180_a_held_time_moves_by_steps_only_and_never_back() {
        let cell = Arc::new(AtomicI64::new(1_000));
        let clock = Clock::manual(Arc::clone(&cell)).held_at(500);
        let other = clock.clone();
        cell.store(9_000, Ordering::Relaxed);
        assert_eq!((other.now_ms(), other.service_ms(), other.at_service(7_000)), (9_000, 500, 500));
        clock.advance_to(600);
        clock.advance_to(550);
        assert_eq!((other.now_ms(), other.service_ms()), (9_000, 600));
    }
}
