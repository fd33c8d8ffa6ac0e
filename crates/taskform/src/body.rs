//! Request bodies: read whole, within the limit of one and of the memory for all; or read and discarded.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use http::header::EXPECT;
use http_body_util::BodyExt;
use hyper::body::Body;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::answer::Fault;
use crate::buffers::Reservation;

/// A body of up to this many times the limit is read and discarded before it is refused.
const DISCARD: usize = 4;

/// Longest time for discarding the rest of a body after its request was answered.
const DISCARD_TIME: Duration = Duration::from_secs(10);

/// Bodies that are discarded at once after their requests were answered; the connections of more are closed.
pub const DISCARDS: usize = 256;

/// A body that was read.
#[derive(Debug, Default)]
pub(crate) struct Whole {
    /// The only part, as received.
    first: Bytes,
    /// All parts, when there are several.
    joined: Vec<u8>,
    len: usize,
}

impl Whole {
    pub(crate) fn bytes(&self) -> &[u8] {
        if self.joined.is_empty() { &self.first } else { &self.joined }
    }

    fn push(&mut self, data: Bytes, announced: usize) {
        self.len += data.len();
        if self.len == data.len() {
            self.first = data;
            return;
        }
        if self.joined.is_empty() {
            self.joined.extend_from_slice(&self.first);
            self.first = Bytes::new();
        }
        if self.joined.capacity() < self.len {
            // Grows with what has come, as what is announced may never come; never beyond what is announced.
            let wanted = self.len.max(announced.min(self.len.saturating_mul(2)));
            self.joined.reserve_exact(wanted - self.joined.len());
        }
        self.joined.extend_from_slice(&data);
    }
}

/// The sink for the parts of a body.
trait Sink {
    /// Takes a part; false when there is no room for it.
    fn push(&mut self, data: Bytes, announced: usize) -> bool;
    /// The body is refused: nothing of it is needed any more.
    fn give_up(&mut self);
}

/// Keeps the body; its bytes count as taken until the reservation is dropped.
struct BufferedBody<'a>(Whole, &'a mut Reservation);

impl Sink for BufferedBody<'_> {
    fn push(&mut self, data: Bytes, announced: usize) -> bool {
        let room = self.1.body(data.len());
        if room {
            self.0.push(data, announced);
        }
        room
    }

    fn give_up(&mut self) {
        self.0 = Whole::default();
        self.1.without_body();
    }
}

/// Keeps nothing; does as much work on it as a signature check does.
struct Hashed(Sha256);

impl Sink for Hashed {
    fn push(&mut self, data: Bytes, _: usize) -> bool {
        self.0.update(&data);
        true
    }

    fn give_up(&mut self) {}
}

/// Reads the whole body, up to a limit (W3.1.5). What is refused, because it is too large or there is no room, is read on for
/// a while and discarded: a client that is still sending would not see the answer.
///
/// # Errors
/// 413 for a body over `limit` bytes, 503 when there is no room, 400 for one that breaks off.
pub(crate) async fn read<B>(body: B, headers: &HeaderMap, limit: usize, room: &mut Reservation) -> Result<Whole, Fault>
where
    B: Body<Data = Bytes>,
    B::Error: std::fmt::Display,
{
    let mut kept = BufferedBody(Whole::default(), room);
    read_into(body, headers.contains_key(EXPECT), limit, &mut kept).await?;
    Ok(kept.0)
}

/// Reads a body as [`read`] does, with the same work and the same refusals, and keeps nothing of it. `expects` says that the
/// client waits to be asked for it.
///
/// # Errors
/// As for [`read`].
pub(crate) async fn read_away<B>(body: B, expects: bool, limit: usize) -> Result<(), Fault>
where
    B: Body<Data = Bytes>,
    B::Error: std::fmt::Display,
{
    read_into(body, expects, limit, &mut Hashed(Sha256::new())).await
}

async fn read_into<B>(body: B, expects: bool, limit: usize, sink: &mut impl Sink) -> Result<(), Fault>
where
    B: Body<Data = Bytes>,
    B::Error: std::fmt::Display,
{
    if body.is_end_stream() {
        return Ok(());
    }
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if announced > limit && expects {
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
            sink.give_up();
        } else if room {
            room = sink.push(data, announced);
            if !room {
                sink.give_up();
            }
        }
    }
    if len > limit {
        return Err(too_large(limit));
    }
    if !room {
        return Err(Fault::unavailable("The server holds too many request bodies. Try again."));
    }
    Ok(())
}

/// Discards the rest of a body whose request is answered, in bounds of bytes and time: over HTTP/1 a client that is
/// still sending would not see the answer, and its connection could not be used again. `open` is kept until it is done.
/// When too many bodies are being discarded already, the body is dropped and its connection ends.
pub(crate) fn discard<B, G>(body: B, limit: usize, discards: &Arc<Semaphore>, open: G)
where
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: std::fmt::Display,
    G: Send + 'static,
{
    let Ok(place) = Arc::clone(discards).try_acquire_owned() else { return };
    tokio::spawn(async move {
        let rest = async move {
            let mut body = pin!(body);
            let mut len = 0usize;
            while let Some(Ok(frame)) = body.frame().await {
                len = len.saturating_add(frame.data_ref().map_or(0, Bytes::len));
                if len > limit.saturating_mul(DISCARD) {
                    break;
                }
            }
        };
        // Whether it came to its end or not, the answer was given.
        let _ = tokio::time::timeout(DISCARD_TIME, rest).await;
        drop((open, place));
    });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_grows_with_what_has_come() {
        let mut whole = Whole::default();
        let part = Bytes::from(vec![7; 1_000]);
        for count in 1..=10 {
            whole.push(part.clone(), 10_000);
            assert_eq!(whole.bytes().len(), count * 1_000);
            assert!(whole.joined.capacity() <= (2 * count * 1_000).min(10_000), "{count}");
        }
        whole.push(part, 10_000);
        assert_eq!(whole.bytes(), vec![7; 11_000], "more than was announced");
    }
}
