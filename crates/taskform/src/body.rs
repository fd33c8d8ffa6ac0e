//! Request bodies in memory: read whole, within the limit of one and the limit of all together.

use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use http::HeaderMap;
use http_body_util::BodyExt;
use hyper::body::Body;

use crate::answer::Fault;

/// A body of up to this many times the limit is read and thrown away before it is refused.
const DISCARD: usize = 4;

/// How many bytes of request bodies the process holds: those received and not yet answered.
#[derive(Debug)]
pub struct Bodies {
    held: AtomicUsize,
    limit: usize,
}

impl Bodies {
    /// Up to `limit` bytes.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self { held: AtomicUsize::new(0), limit }
    }

    /// Bytes held now.
    #[must_use]
    pub fn held(&self) -> usize {
        self.held.load(Ordering::Relaxed)
    }

    fn take(&self, bytes: usize) -> bool {
        let fits = self.held.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes) <= self.limit;
        if !fits {
            self.held.fetch_sub(bytes, Ordering::Relaxed);
        }
        fits
    }
}

/// A body that was read; its bytes count until it is dropped.
#[derive(Debug)]
pub(crate) struct Whole<'a> {
    /// `None` keeps nothing.
    bodies: Option<&'a Bodies>,
    counted: usize,
    /// The only part, as received.
    first: Bytes,
    /// All parts, when there are several.
    joined: Vec<u8>,
}

impl<'a> Whole<'a> {
    fn new(bodies: Option<&'a Bodies>) -> Self {
        Self { bodies, counted: 0, first: Bytes::new(), joined: Vec::new() }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        if self.joined.is_empty() { &self.first } else { &self.joined }
    }

    /// False when there is no room for it: then nothing is kept any more.
    fn push(&mut self, data: Bytes, announced: usize) -> bool {
        let Some(bodies) = self.bodies else { return true };
        if !bodies.take(data.len()) {
            self.give_up();
            return false;
        }
        self.counted += data.len();
        if self.counted == data.len() {
            self.first = data;
            return true;
        }
        if self.joined.is_empty() {
            self.joined.reserve(announced);
            self.joined.extend_from_slice(&self.first);
            self.first = Bytes::new();
        }
        self.joined.extend_from_slice(&data);
        true
    }

    fn give_up(&mut self) {
        if let Some(bodies) = self.bodies.take() {
            bodies.held.fetch_sub(self.counted, Ordering::Relaxed);
        }
        (self.first, self.joined) = (Bytes::new(), Vec::new());
    }
}

impl Drop for Whole<'_> {
    fn drop(&mut self) {
        if self.counted > 0 {
            self.give_up();
        }
    }
}

/// Reads the whole body, up to a limit (W3.1.5). What is refused, because it is too large, there is no room, or `bodies` is
/// `None`, is read on for a while and thrown away: a client that is still sending would not see the answer.
///
/// # Errors
/// 413 for a body over `limit` bytes, 503 when all bodies together are too large, 400 for one that breaks off.
pub(crate) async fn read<'a, B>(
    body: B,
    headers: &HeaderMap,
    limit: usize,
    bodies: Option<&'a Bodies>,
) -> Result<Whole<'a>, Fault>
where
    B: Body<Data = Bytes>,
    B::Error: std::fmt::Display,
{
    let mut whole = Whole::new(bodies);
    if body.is_end_stream() {
        return Ok(whole);
    }
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if announced > limit && headers.contains_key(http::header::EXPECT) {
        return Err(too_large(limit));
    }
    let mut body = pin!(body);
    let (mut len, mut room) = (0usize, true);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| broken_off(&error))?;
        let Ok(data) = frame.into_data() else { continue };
        len = len.saturating_add(data.len());
        if len > limit.saturating_mul(DISCARD) {
            return Err(too_large(limit));
        } else if len > limit || announced > limit {
            whole.give_up();
        } else if room {
            room = whole.push(data, announced);
        }
    }
    if len > limit {
        return Err(too_large(limit));
    }
    if !room {
        return Err(Fault::unavailable("The server holds too many request bodies. Try again."));
    }
    Ok(whole)
}

fn too_large(limit: usize) -> Fault {
    let text = format!("The request body is larger than {limit} bytes.");
    Fault::new(413, "RequestEntityTooLargeException", &text).closing()
}

fn broken_off(error: &impl std::fmt::Display) -> Fault {
    let mut fault = Fault::new(400, "InvalidRequestException", "The request body could not be read.");
    fault.cause = Some(error.to_string().into());
    fault.closing()
}
