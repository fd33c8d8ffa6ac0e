//! Limits that keep an HTTP/2 request from staying open for ever, and its answer from piling up in memory. Streams of the agent API
//! have no end of their own: they go on while their peer takes what it is sent.
//!
//! An answer that the peer does not ask for waits in two places: as a body that nobody polls, which [`InTime`] ends, and in
//! the library's send buffer, which [`Portions`] keeps small.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use hyper::rt::Executor;

use super::progress::Open;
use crate::buffers::SMALL_BODY;

/// Runs the requests of HTTP/2, each for this time at most: one that is dropped resets its stream.
#[derive(Clone, Copy, Debug)]
pub(super) struct InTime(pub(super) Duration);

impl<F> Executor<F> for InTime
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    fn execute(&self, request: F) {
        let (time, limit) = (self.0, Arc::new(TimeLimit::default()));
        let within = Arc::clone(&limit);
        tokio::spawn(LIMIT.scope(limit, async move {
            let mut request = std::pin::pin!(request);
            while tokio::time::timeout(time, request.as_mut()).await.is_err() {
                if !within.goes_on() {
                    return;
                }
            }
        }));
    }
}

tokio::task_local! {
    /// Of the HTTP/2 request that this task answers.
    static LIMIT: Arc<TimeLimit>;
}

/// Whether a request may go on when its time is over.
#[derive(Debug, Default)]
struct TimeLimit {
    /// It has no end of its own, and waits for something to tell.
    waits: AtomicUsize,
    /// It has no end of its own, and its peer took all that there was.
    took_all: AtomicBool,
}

impl TimeLimit {
    fn goes_on(&self) -> bool {
        self.took_all.swap(false, Ordering::Relaxed) || self.waits.load(Ordering::Relaxed) > 0
    }
}

/// A request without an end of its own.
#[derive(Clone, Debug)]
pub(crate) struct Unlimited(Arc<TimeLimit>);

impl Unlimited {
    /// The request that this task answers. One of HTTP/1 has no such limit.
    pub(crate) fn begin() -> Self {
        Self(LIMIT.try_with(Arc::clone).unwrap_or_default())
    }

    /// It waits for something to tell while the answer lives.
    pub(crate) fn waits(&self) -> Waits {
        self.0.waits.fetch_add(1, Ordering::Relaxed);
        Waits(Arc::clone(&self.0))
    }

    /// Its peer took all that there was: it may go on as long again.
    pub(crate) fn took_all(&self) {
        self.0.took_all.store(true, Ordering::Relaxed);
    }
}

/// A request waits for something to tell while this lives; afterwards it has the usual time for it.
#[derive(Debug)]
pub(crate) struct Waits(Arc<TimeLimit>);

impl Drop for Waits {
    fn drop(&mut self) {
        self.0.took_all.store(true, Ordering::Relaxed);
        self.0.waits.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The most that is handed to the library before the peer has room for more, in bytes: the largest frame that every peer
/// takes (RFC 9113, section 6.5.2).
const PORTION: usize = 16 * 1024;

/// A body in portions.
#[derive(Debug)]
pub(super) struct Portions<B> {
    inner: B,
    /// What was taken from `inner` and is yet to go.
    rest: Bytes,
    size: usize,
    _open: Option<Open>,
}

impl<B> Portions<B> {
    /// In portions of [`PORTION`]; the request is open until the last is handed over.
    pub(super) fn small(inner: B, open: Option<Open>) -> Self {
        Self { inner, rest: Bytes::new(), size: PORTION, _open: open }
    }

    fn portion(&mut self) -> Frame<Bytes> {
        let len = self.rest.len().min(self.size);
        Frame::data(self.rest.split_to(len))
    }
}

impl<B: Body> Portions<B> {
    /// A small body as it comes, so that it is one write. A large one in portions: what the library buffers no longer counts as
    /// an answer that is not taken yet.
    pub(super) fn for_http1(inner: B) -> Self {
        let is_small = inner.size_hint().upper().is_some_and(|len| len <= SMALL_BODY as u64);
        Self { size: if is_small { usize::MAX } else { PORTION }, ..Self::small(inner, None) }
    }
}

impl<B: Body<Data = Bytes> + Unpin> Body for Portions<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        let this = self.get_mut();
        if !this.rest.is_empty() {
            return Poll::Ready(Some(Ok(this.portion())));
        }
        let Some(frame) = ready!(Pin::new(&mut this.inner).poll_frame(cx)).transpose()? else {
            return Poll::Ready(None);
        };
        Poll::Ready(Some(Ok(match frame.into_data() {
            Ok(data) => {
                this.rest = data;
                this.portion()
            }
            Err(trailers) => trailers,
        })))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (inner, rest) = (self.inner.size_hint(), self.rest.len() as u64);
        let mut hint = SizeHint::new();
        hint.set_lower(inner.lower().saturating_add(rest));
        if let Some(upper) = inner.upper() {
            hint.set_upper(upper.saturating_add(rest));
        }
        hint
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::{BodyExt, Full};

    use super::*;

    /// tasks 6, 6.4
    #[test]
    fn a_stream_goes_on_while_it_waits_or_its_peer_takes_what_it_is_sent() {
        let unlimited = Unlimited::begin();
        let goes_on = || unlimited.0.goes_on();
        assert!(!goes_on(), "a request like others");
        let waits = unlimited.waits();
        assert!(goes_on() && goes_on());
        drop(waits);
        assert!(goes_on(), "time to give the answer to the peer");
        assert!(!goes_on(), "which did not take it");
        unlimited.took_all();
        assert!(goes_on());
        assert!(!goes_on());
    }

    #[tokio::test]
    async fn a_request_ends_with_its_time_unless_it_has_none() {
        let run = async |unlimited: bool| {
            let (end, ended) = tokio::sync::oneshot::channel();
            let (time, lasted) = (Duration::from_millis(20), Duration::from_millis(100));
            InTime(time).execute(async move {
                let _waits = unlimited.then(|| Unlimited::begin().waits());
                tokio::time::sleep(lasted).await;
                let _ = end.send(());
            });
            ended.await
        };
        assert!(run(false).await.is_err(), "it was ended");
        assert!(run(true).await.is_ok());
    }

    #[tokio::test]
    async fn a_body_in_portions_is_the_same_body() {
        for len in [0, 1, 9, 10, 11, 25] {
            let bytes = Bytes::from(vec![7; len]);
            let mut body = Portions { inner: Full::new(bytes.clone()), rest: Bytes::new(), size: 10, _open: None };
            let mut all = Vec::new();
            while !body.is_end_stream() {
                assert_eq!(body.size_hint().exact(), Some((len - all.len()) as u64));
                let data = body.frame().await.unwrap().unwrap().into_data().unwrap();
                assert!(data.len() <= 10 && !data.is_empty());
                all.extend_from_slice(&data);
            }
            assert_eq!(all, bytes);
        }
    }
}
