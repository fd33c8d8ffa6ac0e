//! Memory and slots for requests that are being read and answered: one limit for all together and one for each peer.
//!
//! A request counts from its headers on, before anything is known of its sender, until the last of its answer has been
//! handed over: an answer that its peer does not take counts in place of what was received. A single peer is limited to a
//! share, so that others are still served. A part of both is reserved for small requests, so that
//! large bodies never keep them out.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use http::{HeaderMap, Request, Uri};

use crate::answer::Fault;
use crate::settings::Http;

/// A body or an answer of up to this many bytes is small: it may use the part of the memory that larger ones may not use.
pub const SMALL_BODY: usize = 64 * 1024;

/// One part in this many of the memory is reserved for small requests.
const KEPT_FOR_SMALL: usize = 4;

/// Bytes that a header field takes in memory beside its name and value.
const FIELD_BYTES: usize = 96;

/// Upper bounds of what is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bounds {
    /// Requests.
    requests: usize,
    /// Bytes of all requests.
    bytes: usize,
    /// Bytes beyond which a large request gets no more.
    large: usize,
}

impl Bounds {
    /// `largest` is what one request may need, in bytes: it fits whatever the shares are.
    fn new(requests: usize, bytes: usize, largest: usize) -> Self {
        let bytes = bytes.max(largest);
        Self { requests: requests.max(1), bytes, large: (bytes - bytes / KEPT_FOR_SMALL).max(largest) }
    }
}

/// What is taken now.
#[derive(Debug, Default)]
struct Taken {
    requests: AtomicUsize,
    bytes: AtomicUsize,
}

impl Taken {
    fn take(counter: &AtomicUsize, amount: usize, bound: usize) -> bool {
        let fits = counter.fetch_add(amount, Ordering::Relaxed).saturating_add(amount) <= bound;
        if !fits {
            counter.fetch_sub(amount, Ordering::Relaxed);
        }
        fits
    }
}

/// The memory for requests: headers and bodies that were received and not yet answered, and answers that were not taken yet.
#[derive(Clone, Debug)]
pub struct Buffers(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    taken: Taken,
    all: Bounds,
    each_peer: Bounds,
    /// Largest header section, bytes (C14).
    header_bytes: usize,
    /// What each peer has taken, with the number of its connections and of its requests through proxies.
    peers: Mutex<HashMap<Network, (Arc<Taken>, usize)>>,
}

/// What counts as one peer: an IPv4 address, or the first 64 bits of an IPv6 address, as one host may use all below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Network {
    V4(u32),
    V6(u64),
}

impl Network {
    pub(crate) fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::V4(address.to_bits()),
            IpAddr::V6(address) => Self::V6(u64::try_from(address.to_bits() >> 64).expect("64 bits are left")),
        }
    }
}

impl Buffers {
    /// Memory within the limits of the settings.
    #[must_use]
    pub fn new(http: &Http) -> Self {
        let share = |whole: usize| whole.saturating_mul(http.peer_percent) / 100;
        let largest = http.body_bytes.saturating_add(http.header_bytes).saturating_add(FIELD_BYTES * MAX_HEADERS);
        Self(Arc::new(Inner {
            taken: Taken::default(),
            all: Bounds::new(http.requests, http.buffered_bytes, largest),
            each_peer: Bounds::new(share(http.requests), share(http.buffered_bytes), largest),
            header_bytes: http.header_bytes,
            peers: Mutex::default(),
        }))
    }

    /// Bytes taken now.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.0.taken.bytes.load(Ordering::Relaxed)
    }

    /// Requests that are being read or answered now.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.0.taken.requests.load(Ordering::Relaxed)
    }

    /// The peer at this address.
    #[must_use]
    pub fn peer(&self, address: IpAddr) -> Arc<Peer> {
        let network = Network::of(address);
        let mut peers = self.0.peers.lock().unwrap_or_else(PoisonError::into_inner);
        let (taken, users) = peers.entry(network).or_default();
        *users += 1;
        Arc::new(Peer { buffers: self.clone(), network, taken: Arc::clone(taken) })
    }
}

/// One peer's usage, for as long as it is connected or has requests.
#[derive(Debug)]
pub struct Peer {
    buffers: Buffers,
    network: Network,
    taken: Arc<Taken>,
}

impl Peer {
    /// Reserves a slot for a request and the bytes of its headers.
    ///
    /// # Errors
    /// 431 for a header section over the limit, 503 when a limit is reached.
    pub fn admit<B>(self: &Arc<Self>, request: &Request<B>) -> Result<Reservation, Fault> {
        let (bytes, fields) = (header_bytes(request.headers(), request.uri()), request.headers().len());
        if bytes > self.buffers.0.header_bytes || fields > MAX_HEADERS {
            let limit = self.buffers.0.header_bytes;
            let text = format!("The header section is larger than {limit} bytes or {MAX_HEADERS} fields.");
            return Err(Fault::new(431, "RequestHeaderFieldsTooLargeException", &text).closing());
        }
        let (all, own) = (&self.buffers.0, &self.taken);
        let full = || Fault::unavailable("The server is answering too many requests. Try again.");
        if !Taken::take(&own.requests, 1, all.each_peer.requests) {
            return Err(full());
        }
        if !Taken::take(&all.taken.requests, 1, all.all.requests) {
            own.requests.fetch_sub(1, Ordering::Relaxed);
            return Err(full());
        }
        let mut reservation = Reservation { peer: Arc::clone(self), bytes: 0, body: 0 };
        if reservation.take(bytes + FIELD_BYTES * fields, true) { Ok(reservation) } else { Err(full()) }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let mut peers = self.buffers.0.peers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, users)) = peers.get_mut(&self.network) {
            *users -= 1;
            if *users == 0 {
                peers.remove(&self.network);
            }
        }
    }
}

/// What one request has reserved; given back when this is dropped.
#[derive(Debug)]
pub struct Reservation {
    peer: Arc<Peer>,
    bytes: usize,
    body: usize,
}

impl Reservation {
    /// Reserves more bytes for the body; false when there are none left.
    #[must_use]
    pub fn body(&mut self, bytes: usize) -> bool {
        let body = self.body.saturating_add(bytes);
        let taken = self.take(bytes, body <= SMALL_BODY);
        if taken {
            self.body = body;
        }
        taken
    }

    /// Gives back what the body has taken.
    pub fn without_body(&mut self) {
        let body = std::mem::take(&mut self.body);
        self.bytes -= body;
        self.peer.taken.bytes.fetch_sub(body, Ordering::Relaxed);
        self.peer.buffers.0.taken.bytes.fetch_sub(body, Ordering::Relaxed);
    }

    /// Gives back what the request has taken, and reserves the bytes of its answer; false when there are none left. A
    /// small answer counts even then, as it may be that of a change that was made; so does the only one of its peer.
    #[must_use]
    pub fn answer(&mut self, bytes: usize) -> bool {
        for taken in [&*self.peer.taken, &self.peer.buffers.0.taken] {
            taken.bytes.fetch_sub(self.bytes, Ordering::Relaxed);
        }
        (self.bytes, self.body) = (0, 0);
        let always = bytes <= SMALL_BODY || self.peer.taken.requests.load(Ordering::Relaxed) == 1;
        if always {
            for taken in [&*self.peer.taken, &self.peer.buffers.0.taken] {
                taken.bytes.fetch_add(bytes, Ordering::Relaxed);
            }
            self.bytes = bytes;
        }
        always || self.take(bytes, false)
    }

    fn take(&mut self, bytes: usize, small: bool) -> bool {
        let (inner, own) = (&self.peer.buffers.0, &self.peer.taken);
        let bound = |bounds: &Bounds| if small { bounds.bytes } else { bounds.large };
        if !Taken::take(&own.bytes, bytes, bound(&inner.each_peer)) {
            return false;
        }
        if !Taken::take(&inner.taken.bytes, bytes, bound(&inner.all)) {
            own.bytes.fetch_sub(bytes, Ordering::Relaxed);
            return false;
        }
        self.bytes += bytes;
        true
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        for taken in [&*self.peer.taken, &self.peer.buffers.0.taken] {
            taken.bytes.fetch_sub(self.bytes, Ordering::Relaxed);
            taken.requests.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

/// Headers of one request; more than any client sends, fewer than the hundred for which the HTTP library keeps room without
/// asking for memory at each request.
pub const MAX_HEADERS: usize = 90;

/// Bytes of the request line and of the header fields with their separators.
fn header_bytes(headers: &HeaderMap, uri: &Uri) -> usize {
    let fields: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    fields + uri.path_and_query().map_or(0, |p| p.as_str().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Given, Settings, Values};

    const ONE: &str = "192.0.2.1";

    /// 100 requests and 1,000,000 bytes; half of both for each peer.
    fn buffers() -> Buffers {
        let given = Given::default();
        let mut http = Settings::build(&Values::gather(&given).unwrap(), &given).unwrap().http;
        (http.requests, http.peer_percent, http.header_bytes) = (100, 50, 10_000);
        (http.buffered_bytes, http.body_bytes) = (1_000_000, 100_000);
        Buffers::new(&http)
    }

    fn peer(buffers: &Buffers, address: &str) -> Arc<Peer> {
        buffers.peer(address.parse().unwrap())
    }

    fn request(value_bytes: usize) -> Request<()> {
        Request::builder().uri("/").header("x", "v".repeat(value_bytes)).body(()).unwrap()
    }

    #[test]
    fn headers_count_until_the_request_is_over() {
        let buffers = buffers();
        let peer = peer(&buffers, ONE);
        let reservation = peer.admit(&request(1_000)).unwrap();
        assert_eq!((buffers.bytes(), buffers.requests()), (1_000 + 1 + 1 + 4 + FIELD_BYTES, 1));
        drop(reservation);
        assert_eq!((buffers.bytes(), buffers.requests()), (0, 0));
        assert_eq!(peer.admit(&request(10_001)).unwrap_err().status, 431);
        assert_eq!((buffers.bytes(), buffers.requests()), (0, 0));
    }

    #[test]
    fn one_peer_has_a_share_of_the_places() {
        let buffers = buffers();
        let (one, other) = (peer(&buffers, ONE), peer(&buffers, "192.0.2.2"));
        let held: Vec<_> = (0..50).map(|_| one.admit(&request(1)).unwrap()).collect();
        assert_eq!(one.admit(&request(1)).unwrap_err().status, 503);
        assert_eq!(buffers.requests(), 50, "one that was refused has no place");
        let more: Vec<_> = (0..50).map(|_| other.admit(&request(1)).unwrap()).collect();
        assert_eq!(peer(&buffers, "192.0.2.3").admit(&request(1)).unwrap_err().status, 503, "all together");
        drop((held, more));
        assert_eq!((buffers.bytes(), buffers.requests()), (0, 0));
    }

    #[test]
    fn one_peer_has_a_share_of_the_bytes() {
        let buffers = buffers();
        let one = peer(&buffers, ONE);
        let mut held: Vec<_> = (0..50).map(|_| one.admit(&request(9_000)).unwrap()).collect();
        assert!(one.admit(&request(9_000)).is_err());
        held.truncate(40);
        // 360,000 of 500,000 bytes: a large body gets no more than three quarters.
        let mut large = one.admit(&request(1)).unwrap();
        assert!(!large.body(SMALL_BODY + 1));
        let mut small = one.admit(&request(1)).unwrap();
        assert!(small.body(SMALL_BODY));
        assert!(!small.body(1), "it is no longer small");
        assert!(peer(&buffers, "192.0.2.2").admit(&request(1)).unwrap().body(100_000), "others have room");
    }

    #[test]
    fn small_requests_keep_room() {
        let buffers = buffers();
        let peers: Vec<_> = (1..=9).map(|n| peer(&buffers, &format!("192.0.2.{n}"))).collect();
        let mut held: Vec<_> = peers.iter().map(|peer| peer.admit(&request(1)).unwrap()).collect();
        let taken = held.iter_mut().filter_map(|request| request.body(100_000).then_some(())).count();
        assert_eq!(taken, 7, "three quarters of 1,000,000");
        assert!(held[8].body(SMALL_BODY));
        held[8].without_body();
        assert!(held[8].body(SMALL_BODY), "given back");
    }

    #[test]
    fn b138_an_answer_counts_in_place_of_its_request() {
        let buffers = buffers();
        let one = peer(&buffers, ONE);
        let mut first = one.admit(&request(1_000)).unwrap();
        assert!(first.body(50_000));
        assert!(first.answer(200_000));
        assert_eq!((buffers.bytes(), buffers.requests()), (200_000, 1));
        let mut second = one.admit(&request(1)).unwrap();
        assert!(!second.answer(200_000), "500,000 for one peer, three quarters of it for what is large");
        assert_eq!(buffers.bytes(), 200_000);
        let mut small: Vec<_> = (0..10).map(|_| one.admit(&request(1)).unwrap()).collect();
        assert!(small.iter_mut().all(|request| request.answer(SMALL_BODY)), "whatever is taken already");
        assert!(one.admit(&request(1)).is_err(), "but nothing more is taken from this peer");
        assert!(peer(&buffers, "192.0.2.2").admit(&request(1)).unwrap().answer(2_000_000), "the only one of its peer");
        drop((first, second, small));
        assert_eq!((buffers.bytes(), buffers.requests()), (0, 0));
    }

    #[test]
    fn the_largest_request_fits_whatever_the_shares() {
        let bounds = Bounds::new(0, 10, 1_000);
        assert_eq!(bounds, Bounds { requests: 1, bytes: 1_000, large: 1_000 });
    }

    #[test]
    fn a_peer_is_an_address_or_a_network_of_64_bits() {
        let of = |text: &str| Network::of(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::2"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        let buffers = buffers();
        let (a, b) = (peer(&buffers, ONE), peer(&buffers, ONE));
        assert_eq!(buffers.0.peers.lock().unwrap().len(), 1);
        let request = a.admit(&request(1)).unwrap();
        drop((a, b));
        assert_eq!(buffers.0.peers.lock().unwrap().len(), 1, "a request is longer than its connection");
        drop(request);
        assert!(buffers.0.peers.lock().unwrap().is_empty(), "nothing is kept of who has left");
    }
}
