//! Time limits on slow peers: for sending the headers of a request, and for taking an answer.
//!
//! The HTTP library has one limit for both an idle connection and unfinished headers. Clients expect the first to be at
//! least a minute (protocol W6.3), and the second should be seconds; so the second is kept here, below the library.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

/// Where in a request a connection is. Set by the server, read by [`Patient`].
#[derive(Debug, Default)]
pub struct Progress(AtomicU8);

const IDLE: u8 = 0;
const HEADERS: u8 = 1;
const BUSY: u8 = 2;
const MANY: u8 = 3;

impl Progress {
    /// A request is being answered.
    pub fn busy(&self) {
        self.0.store(BUSY, Ordering::Relaxed);
    }

    /// It was answered.
    pub fn idle(&self) {
        // With many requests at once the connection is never known to be between two.
        let _ = self.0.compare_exchange(BUSY, IDLE, Ordering::Relaxed, Ordering::Relaxed);
    }

    /// The connection carries many requests at once (HTTP/2): the library's own checks apply.
    pub fn many(&self) {
        self.0.store(MANY, Ordering::Relaxed);
    }

    fn received(&self) {
        let _ = self.0.compare_exchange(IDLE, HEADERS, Ordering::Relaxed, Ordering::Relaxed);
    }

    fn in_headers(&self) -> bool {
        self.0.load(Ordering::Relaxed) == HEADERS
    }
}

/// A stream whose peer has limited time.
#[derive(Debug)]
pub(super) struct Patient<S> {
    inner: S,
    progress: Arc<Progress>,
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
        Self { inner, progress, headers: Limit::new(headers), writing: Limit::new(writing) }
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
            this.progress.received();
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
