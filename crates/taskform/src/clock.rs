//! The only place that reads the clock; everything else takes time as an argument.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::SystemTime;

/// The time of day.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// The system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(None)
    }

    /// A clock that shows what the cell holds, in milliseconds since 1970: for tests.
    #[must_use]
    pub fn manual(cell: Arc<AtomicI64>) -> Self {
        Self(Some(cell))
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        match &self.0 {
            Some(cell) => cell.load(Ordering::Relaxed),
            None => system_ms(),
        }
    }
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
