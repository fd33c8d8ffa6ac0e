//! What a connection is doing: whether it is idle, since when, and how little is lost when it ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

/// Where in a request a connection is. Set by the server and by `TimedStream`.
#[derive(Debug)]
pub struct Progress {
    state: AtomicU8,
    /// How many requests have begun in the upper half; how many are open in the lower.
    requests: AtomicU64,
    /// Open requests whose signature was verified.
    verified: AtomicU32,
    /// Since when it is idle, or since when requests are open, by the clock.
    since_ms: AtomicU64,
    clock: Arc<Ticks>,
    ending: Notify,
    /// A TLS handshake came where HTTP was due.
    tls: AtomicBool,
}

/// Milliseconds since the server has started.
#[derive(Debug)]
pub(super) struct Ticks {
    /// `None` in tests, which set the time themselves.
    start: Option<Instant>,
    ahead_ms: AtomicU64,
}

impl Ticks {
    pub(super) fn start() -> Arc<Self> {
        Arc::new(Self { start: Some(Instant::now()), ahead_ms: AtomicU64::new(0) })
    }

    fn now_ms(&self) -> u64 {
        let passed = self.start.map_or(0, |start| u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX));
        passed.saturating_add(self.ahead_ms.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
impl Ticks {
    pub(super) fn by_hand() -> Arc<Self> {
        Arc::new(Self { start: None, ahead_ms: AtomicU64::new(0) })
    }

    pub(super) fn advance(&self, ms: u64) {
        self.ahead_ms.fetch_add(ms, Ordering::Relaxed);
    }
}

/// Nothing was received yet.
const NEW: u8 = 0;
/// HTTP/1, between two requests.
const IDLE: u8 = 1;
/// In the headers of a request, or in the preface of HTTP/2.
const HEADERS: u8 = 2;
/// HTTP/1, a request is being answered.
const BUSY: u8 = 3;
/// HTTP/2: many requests at once.
const MANY: u8 = 4;

/// One request that has begun.
const BEGUN: u64 = 1 << 32;
/// One request that is open.
const OPEN: u64 = 1;

/// A connection that has no request is not closed for another before it has been so for this long, in milliseconds: one that
/// was just made gets the time to send its request.
const IDLE_AT_LEAST_MS: u64 = 100;

/// The same for a connection whose requests are of unknown senders.
const UNVERIFIED_AT_LEAST_MS: u64 = 1_000;

/// How little is lost when a connection ends; the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// No request is open, since this time in milliseconds.
    Idle(u64),
    /// Requests are open, none of which has a verified signature.
    Unverified(u64),
}

impl Progress {
    /// Of a new connection; the clock is the same for all that are compared.
    pub(super) fn new(clock: Arc<Ticks>) -> Self {
        let progress = Self {
            state: AtomicU8::new(NEW),
            requests: AtomicU64::new(0),
            verified: AtomicU32::new(0),
            since_ms: AtomicU64::new(0),
            clock,
            ending: Notify::new(),
            tls: AtomicBool::new(false),
        };
        progress.changed();
        progress
    }

    /// A TLS handshake came where HTTP was due.
    pub(super) fn began_with_tls(&self) {
        self.tls.store(true, Ordering::Relaxed);
    }

    /// Whether it did.
    pub(super) fn has_begun_with_tls(&self) -> bool {
        self.tls.load(Ordering::Relaxed)
    }

    /// A request begins; it is open until the guard is dropped. `many` says that there may be several at once (HTTP/2).
    pub(super) fn begin(self: &Arc<Self>, many: bool) -> Open {
        let before = self.requests.fetch_add(BEGUN | OPEN, Ordering::Relaxed);
        if before & u64::from(u32::MAX) == 0 {
            self.changed();
        }
        if !many {
            self.state.store(BUSY, Ordering::Relaxed);
        }
        Open { progress: Arc::clone(self), many }
    }

    /// An open request has a verified signature, until the guard is dropped.
    pub fn verified(&self) -> Verified<'_> {
        self.verified.fetch_add(1, Ordering::Relaxed);
        Verified(self)
    }

    /// The same for one that outlives its answer's head.
    pub(crate) fn stays_verified(self: &Arc<Self>) -> StaysVerified {
        self.verified.fetch_add(1, Ordering::Relaxed);
        StaysVerified(Arc::clone(self))
    }

    /// Whether an open request has a verified signature.
    pub(super) fn is_verified(&self) -> bool {
        self.verified.load(Ordering::Relaxed) > 0
    }

    /// What is lost when the connection ends now; `None` when too much is. Where a request of another is `waiting` for the
    /// slot, a connection that has sent nothing yet gets no time for it.
    pub(super) fn standing(&self, waiting: bool) -> Option<Standing> {
        let (now_ms, since_ms) = (self.clock.now_ms(), self.since_ms.load(Ordering::Relaxed));
        let age_ms = now_ms.saturating_sub(since_ms);
        match self.open() {
            0 if waiting && self.state.load(Ordering::Relaxed) == NEW => Some(Standing::Idle(since_ms)),
            0 => (age_ms >= IDLE_AT_LEAST_MS).then_some(Standing::Idle(since_ms)),
            _ if self.is_verified() => None,
            _ => (age_ms >= UNVERIFIED_AT_LEAST_MS).then_some(Standing::Unverified(since_ms)),
        }
    }

    /// Ends the connection to make room for another.
    pub(super) fn end(&self) {
        self.ending.notify_one();
    }

    /// Done when the connection is to end.
    pub(super) async fn ended(&self) {
        self.ending.notified().await;
    }

    /// Done when nothing at all was received within `time` from now; otherwise never.
    pub(super) async fn silent(&self, time: Duration) {
        tokio::time::sleep(time).await;
        if self.state.load(Ordering::Relaxed) != NEW {
            std::future::pending::<()>().await;
        }
    }

    /// Done when nothing was asked for `time` on a connection that nothing was received on or that has no open request; at
    /// most a quarter later. The library would set a timer at every request for it.
    pub(super) async fn unused(&self, time: Duration) {
        const STEPS: u32 = 4;
        let mut last = self.at_rest();
        let mut same = 0;
        while same < STEPS {
            tokio::time::sleep(time / STEPS).await;
            let now = self.at_rest();
            same = if now.is_some() && now == last { same + 1 } else { 0 };
            last = now;
        }
    }

    /// The number of requests so far if there is none now.
    fn at_rest(&self) -> Option<u64> {
        let requests = self.requests.load(Ordering::Relaxed);
        match self.state.load(Ordering::Relaxed) {
            NEW => Some(0),
            IDLE | MANY if self.open() == 0 => Some(requests),
            _ => None,
        }
    }

    fn open(&self) -> u64 {
        self.requests.load(Ordering::Relaxed) & u64::from(u32::MAX)
    }

    fn changed(&self) {
        self.since_ms.store(self.clock.now_ms(), Ordering::Relaxed);
    }

    pub(super) fn received(&self) {
        if matches!(self.state.load(Ordering::Relaxed), NEW | IDLE) {
            self.state.store(HEADERS, Ordering::Relaxed);
        }
    }

    /// The preface of HTTP/2 is complete.
    pub(super) fn many(&self) {
        self.state.store(MANY, Ordering::Relaxed);
    }

    pub(super) fn in_headers(&self) -> bool {
        self.state.load(Ordering::Relaxed) == HEADERS
    }
}

/// A request; it counts as open while this lives.
#[derive(Debug)]
pub(crate) struct Open {
    progress: Arc<Progress>,
    many: bool,
}

impl Open {
    /// The same request is open until both are dropped.
    pub(crate) fn share(&self) -> Self {
        self.progress.begin(self.many)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.progress.changed();
        let before = self.progress.requests.fetch_sub(OPEN, Ordering::Relaxed);
        if !self.many && before & u64::from(u32::MAX) == 1 {
            self.progress.state.store(IDLE, Ordering::Relaxed);
        }
    }
}

/// A request with a verified signature.
#[derive(Debug)]
pub struct Verified<'a>(&'a Progress);

impl Drop for Verified<'_> {
    fn drop(&mut self) {
        self.0.verified.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A request with a verified signature that outlives its answer's head.
#[derive(Debug)]
pub(crate) struct StaysVerified(Arc<Progress>);

impl Drop for StaysVerified {
    fn drop(&mut self) {
        self.0.verified.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standing_is_by_what_is_lost() {
        let clock = Ticks::by_hand();
        let progress = Arc::new(Progress::new(Arc::clone(&clock)));
        assert_eq!(progress.standing(false), None, "it may send its request now");
        assert_eq!(progress.standing(true), Some(Standing::Idle(0)), "another has sent one");
        clock.advance(100);
        assert_eq!(progress.standing(false), Some(Standing::Idle(0)));
        progress.received();
        assert_eq!(progress.standing(false), Some(Standing::Idle(0)), "unfinished headers");
        let open = progress.begin(false);
        clock.advance(999);
        assert_eq!(progress.standing(false), None);
        clock.advance(1);
        assert_eq!(progress.standing(false), Some(Standing::Unverified(100)));
        let verified = progress.verified();
        assert_eq!(progress.standing(false), None);
        drop(verified);
        let rest = open.share();
        drop(open);
        clock.advance(2_000);
        assert!(matches!(progress.standing(false), Some(Standing::Unverified(_))), "its body is still being read");
        drop(rest);
        clock.advance(100);
        assert_eq!(progress.standing(false), Some(Standing::Idle(3_100)));
        assert!(Standing::Idle(9) < Standing::Unverified(1) && Standing::Idle(1) < Standing::Idle(2));
    }
}
