//! Time limits on peers: for asking anything, for sending the headers of a request, and for taking an answer.
//!
//! The HTTP library has one limit for both an idle connection and unfinished headers. Clients expect the first to be at
//! least a minute (protocol W6.3), and the second should be seconds; so both are kept here, below the library.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

use super::frames::Frames;
use super::progress::Progress;

/// What a client of HTTP/2 sends first (RFC 9113, section 3.4).
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// The first byte of a TLS handshake (RFC 8446, section 5.1); no request of HTTP begins with it.
const TLS_HANDSHAKE: u8 = 22;

/// A stream whose peer has limited time.
#[derive(Debug)]
pub(super) struct TimedStream<S> {
    inner: S,
    progress: Arc<Progress>,
    /// What is still missing of the preface of HTTP/2; `None` once it is known whether there is one.
    preface: Option<&'static [u8]>,
    /// Of HTTP/2, once its preface is complete.
    frames: Option<Frames>,
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

impl<S> TimedStream<S> {
    pub(super) fn new(inner: S, progress: Arc<Progress>, headers: Duration, writing: Duration) -> Self {
        let (headers, writing) = (Limit::new(headers), Limit::new(writing));
        Self { inner, progress, preface: Some(PREFACE), frames: None, headers, writing }
    }

    fn received(&mut self, bytes: &[u8]) {
        if self.preface == Some(PREFACE) && bytes.first() == Some(&TLS_HANDSHAKE) {
            self.progress.began_with_tls();
        }
        self.progress.received();
        let bytes = match self.preface {
            None => bytes,
            Some(missing) => {
                let (here, later) = missing.split_at(missing.len().min(bytes.len()));
                let fits = bytes.starts_with(here);
                self.preface = (fits && !later.is_empty()).then_some(later);
                if !fits || !later.is_empty() {
                    return;
                }
                self.progress.many();
                self.frames = Some(Frames::default());
                &bytes[here.len()..]
            }
        };
        if self.frames.as_mut().is_some_and(|frames| frames.feed(bytes)) {
            self.headers.clear();
        }
    }

    /// In the headers of a request, or in what comes before them.
    fn in_headers(&self) -> bool {
        self.frames.as_ref().map_or_else(|| self.progress.in_headers(), Frames::unfinished)
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

impl<S: AsyncRead + Unpin> AsyncRead for TimedStream<S> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buf.filled().len();
        let result = Pin::new(&mut this.inner).poll_read(cx, buf);
        if !this.in_headers() {
            this.headers.clear();
        }
        if buf.filled().len() > before {
            this.received(&buf.filled()[before..]);
        }
        // The time is checked even when bytes keep coming: a trickle of bytes must not extend it.
        if this.in_headers() && (result.is_pending() || this.headers.running) {
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

impl<S: AsyncWrite + Unpin> AsyncWrite for TimedStream<S> {
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
        let this = self.get_mut();
        let result = Pin::new(&mut this.inner).poll_shutdown(cx);
        this.written(cx, result)
    }
}
