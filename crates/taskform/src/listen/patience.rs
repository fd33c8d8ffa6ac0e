//! Time limits on peers: for asking anything, for sending the headers of a request, and for taking an answer.
//!
//! The HTTP library has one limit for both an idle connection and unfinished headers. Clients expect the first to be at
//! least a minute (protocol W6.3), and the second should be seconds; so both are kept here, below the library.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

/// Where in a request a connection is. Set by the server and by [`Patient`].
#[derive(Debug, Default)]
pub struct Progress {
    state: AtomicU8,
    /// How many requests have begun in the upper half; of HTTP/2, how many are open in the lower.
    requests: AtomicU64,
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

impl Progress {
    /// HTTP/1: a request is being answered.
    pub(super) fn busy(&self) {
        // One request after the other: nobody else writes meanwhile.
        self.requests.store(self.requests.load(Ordering::Relaxed).wrapping_add(BEGUN), Ordering::Relaxed);
        self.state.store(BUSY, Ordering::Relaxed);
    }

    /// HTTP/1: it was answered.
    pub(super) fn idle(&self) {
        self.state.store(IDLE, Ordering::Relaxed);
    }

    /// HTTP/2: a request has begun.
    pub(super) fn begin(&self) {
        self.requests.fetch_add(BEGUN | OPEN, Ordering::Relaxed);
    }

    /// HTTP/2: a request has ended.
    pub(super) fn end(&self) {
        self.requests.fetch_sub(OPEN, Ordering::Relaxed);
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
        let open = requests & u64::from(u32::MAX);
        match self.state.load(Ordering::Relaxed) {
            NEW => Some(0),
            IDLE | MANY if open == 0 => Some(requests),
            _ => None,
        }
    }

    fn received(&self) {
        if matches!(self.state.load(Ordering::Relaxed), NEW | IDLE) {
            self.state.store(HEADERS, Ordering::Relaxed);
        }
    }

    /// The preface of HTTP/2 is complete.
    fn many(&self) {
        self.state.store(MANY, Ordering::Relaxed);
    }

    fn in_headers(&self) -> bool {
        self.state.load(Ordering::Relaxed) == HEADERS
    }
}

/// What a client of HTTP/2 sends first (RFC 9113, section 3.4).
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// A stream whose peer has limited time.
#[derive(Debug)]
pub(super) struct Patient<S> {
    inner: S,
    progress: Arc<Progress>,
    /// What is still missing of the preface of HTTP/2; `None` once it is known whether there is one.
    preface: Option<&'static [u8]>,
    headers: Limit,
    writing: Limit,
}

/// A time limit whose timer exists only once something had to wait.
#[derive(Debug)]
struct Limit {
    time: Duration,
    sleep: Option<Pin<Box<Sleep>>>,
    running: bool,
}

impl Limit {
    fn new(time: Duration) -> Self {
        Self { time, sleep: None, running: false }
    }

    /// Ready when the time since the first call is over.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(tokio::time::sleep(self.time)));
        if !self.running {
            self.running = true;
            sleep.as_mut().reset(Instant::now() + self.time);
        }
        sleep.as_mut().poll(cx)
    }

    fn clear(&mut self) {
        self.running = false;
    }
}

impl<S> Patient<S> {
    pub(super) fn new(inner: S, progress: Arc<Progress>, headers: Duration, writing: Duration) -> Self {
        let (headers, writing) = (Limit::new(headers), Limit::new(writing));
        Self { inner, progress, preface: Some(PREFACE), headers, writing }
    }

    fn received(&mut self, bytes: &[u8]) {
        self.progress.received();
        let Some(missing) = self.preface else { return };
        let (here, later) = missing.split_at(missing.len().min(bytes.len()));
        self.preface = (bytes.starts_with(here) && !later.is_empty()).then_some(later);
        if bytes.starts_with(here) && later.is_empty() {
            self.progress.many();
        }
    }

    fn written<T>(&mut self, cx: &mut Context<'_>, result: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if result.is_ready() {
            self.writing.clear();
            return result;
        }
        ready!(self.writing.poll(cx));
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the peer did not take the answer in time")))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buf.filled().len();
        let result = Pin::new(&mut this.inner).poll_read(cx, buf);
        if !this.progress.in_headers() {
            this.headers.clear();
        }
        if buf.filled().len() > before {
            this.received(&buf.filled()[before..]);
        }
        // The time is looked at even when bytes keep coming: one now and then must not win more of it.
        if this.progress.in_headers() && (result.is_pending() || this.headers.running) {
            match this.headers.poll(cx) {
                Poll::Ready(()) => {
                    let text = "the headers of the request did not arrive in time";
                    return Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, text)));
                }
                Poll::Pending => return result,
            }
        }
        result
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let result = Pin::new(&mut this.inner).poll_write(cx, bytes);
        this.written(cx, result)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let result = Pin::new(&mut this.inner).poll_write_vectored(cx, bytes);
        this.written(cx, result)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let result = Pin::new(&mut this.inner).poll_flush(cx);
        this.written(cx, result)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_shutdown(cx)
    }
}
