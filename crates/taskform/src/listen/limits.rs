//! Limits that keep an HTTP/2 request from staying open for ever, and its answer from piling up in memory.
//!
//! An answer that the peer does not ask for waits in two places: as a body that nobody polls, which [`InTime`] ends, and in
//! the library's send buffer, which [`Portions`] keeps small.

use std::pin::Pin;
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
        tokio::spawn(tokio::time::timeout(self.0, request));
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
