//! The load generator: one thread, kept-alive connections, requests signed beforehand, one request in flight on each.
//!
//! It must outrun a server that has a core of its own, so a request costs it one write, one read and a share of one
//! wait. Any answer that is not the expected one ends the run with an error.

use std::io::{ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use memchr::memmem::Finder;
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};

/// Longest silence before a run gives up.
const SILENCE: Duration = Duration::from_secs(20);
/// Longest answer taken.
const ANSWER_MAX: usize = 4 * 1024 * 1024;

/// Requests as they go over the wire, each with the length its answer's body must have.
#[derive(Debug, Default)]
pub(crate) struct Requests {
    bytes: Vec<u8>,
    ends: Vec<(usize, Option<usize>)>,
}

impl Requests {
    /// Adds one request; `write` appends its bytes. `body_len`: of the expected answer; `None` takes any.
    pub(crate) fn push(&mut self, body_len: Option<usize>, write: impl FnOnce(&mut Vec<u8>)) {
        write(&mut self.bytes);
        self.ends.push((self.bytes.len(), body_len));
    }

    /// All answers are to have this length.
    pub(crate) fn expect(&mut self, body_len: usize) {
        self.ends.iter_mut().for_each(|(_, expected)| *expected = Some(body_len));
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    fn get(&self, index: usize) -> (&[u8], Option<usize>) {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before].0);
        let (end, body_len) = self.ends[index];
        (&self.bytes[start..end], body_len)
    }
}

/// When a run ends.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Limit {
    /// After this time, beginning with the first request again after the last.
    Time(Duration),
    /// After this time or when each request was sent once, whichever is first.
    OnceWithin(Duration),
}

/// What a run saw.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outcome {
    pub answers: u64,
    pub elapsed: Duration,
    pub p50: Duration,
    pub p99: Duration,
}

impl Outcome {
    /// Answers per second; 0 when there was none.
    pub(crate) fn rate(&self) -> f64 {
        if self.answers == 0 { 0.0 } else { self.answers as f64 / self.elapsed.as_secs_f64() }
    }
}

/// Sends `requests` over `connections` and counts the answers.
///
/// # Errors
/// The first connection that breaks, status that is not 200, or body of another length.
pub(crate) fn run(addr: SocketAddr, requests: &Requests, connections: usize, limit: Limit) -> Result<Outcome, String> {
    let mut run = Run::connect(addr, requests, connections, limit)?;
    run.drive()?;
    Ok(run.times.outcome(run.last.duration_since(run.started)))
}

struct Run<'a> {
    addr: SocketAddr,
    requests: &'a Requests,
    poll: Poll,
    connections: Vec<Connection>,
    next: usize,
    cycle: bool,
    started: Instant,
    deadline: Instant,
    last: Instant,
    open: usize,
    times: Times,
    finders: Finders,
}

struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    filled: usize,
    /// Length of the whole answer once its head has been read, and whether the server closes afterwards.
    expected: Option<(usize, bool)>,
    request: usize,
    sent: Instant,
    busy: bool,
}

struct Finders {
    head_end: Finder<'static>,
    length: Finder<'static>,
    close: Finder<'static>,
}

impl<'a> Run<'a> {
    fn connect(addr: SocketAddr, requests: &'a Requests, connections: usize, limit: Limit) -> Result<Self, String> {
        if requests.len() == 0 {
            return Err("there is nothing to send".to_owned());
        }
        let poll = Poll::new().map_err(|e| format!("cannot poll: {e}"))?;
        let now = Instant::now();
        let mut all = Vec::with_capacity(connections);
        for index in 0..connections {
            all.push(Connection {
                stream: open(addr, &poll, index)?,
                buffer: vec![0; 64 * 1024],
                filled: 0,
                expected: None,
                request: 0,
                sent: now,
                busy: false,
            });
        }
        let (cycle, span) = match limit {
            Limit::Time(span) => (true, span),
            Limit::OnceWithin(span) => (false, span),
        };
        let started = Instant::now();
        let finders = Finders {
            head_end: Finder::new(b"\r\n\r\n"),
            length: Finder::new(b"ength: "),
            close: Finder::new(b"onnection: close"),
        };
        Ok(Self {
            addr,
            requests,
            poll,
            connections: all,
            next: 0,
            cycle,
            started,
            deadline: started + span,
            last: started,
            open: 0,
            times: Times::default(),
            finders,
        })
    }

    fn drive(&mut self) -> Result<(), String> {
        for index in 0..self.connections.len() {
            self.send(index, self.started)?;
        }
        let mut events = Events::with_capacity(1024);
        while self.open > 0 {
            match self.poll.poll(&mut events, Some(SILENCE)) {
                Err(e) if e.kind() == ErrorKind::Interrupted => continue,
                other => other.map_err(|e| format!("cannot wait: {e}"))?,
            }
            if events.is_empty() {
                return Err(format!("{} sent nothing for {} s", self.addr, SILENCE.as_secs()));
            }
            for event in &events {
                self.receive(event.token().0)?;
            }
        }
        Ok(())
    }

    /// Sends the next request on a connection, unless the run is over.
    fn send(&mut self, index: usize, now: Instant) -> Result<(), String> {
        if now >= self.deadline || (!self.cycle && self.next == self.requests.len()) {
            return Ok(());
        }
        let request = self.next % self.requests.len();
        self.next += 1;
        let connection = &mut self.connections[index];
        connection.request = request;
        connection.sent = now;
        connection.busy = true;
        self.open += 1;
        let mut rest = self.requests.get(request).0;
        while !rest.is_empty() {
            match connection.stream.write(rest) {
                Ok(count) => rest = &rest[count..],
                Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {}
                Err(e) => return Err(format!("cannot send to {}: {e}", self.addr)),
            }
        }
        Ok(())
    }

    /// Reads what came; an answer that is whole is checked, counted and followed by the next request.
    fn receive(&mut self, index: usize) -> Result<(), String> {
        let connection = &mut self.connections[index];
        if !connection.busy {
            return Ok(());
        }
        loop {
            match connection.stream.read(&mut connection.buffer[connection.filled..]) {
                Ok(0) => return Err(format!("{} closed a connection before its answer was whole", self.addr)),
                Ok(count) => connection.filled += count,
                Err(e) if e.kind() == ErrorKind::Interrupted => continue,
                Err(e) if e.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(e) => return Err(format!("cannot read from {}: {e}", self.addr)),
            }
            if connection.expected.is_none() {
                connection.expected = head(&self.finders, &connection.buffer[..connection.filled])?;
            }
            match connection.expected {
                Some((whole, close)) if connection.filled >= whole => {
                    return self.answered(index, whole, close);
                }
                Some((whole, _)) if connection.buffer.len() < whole => connection.buffer.resize(whole, 0),
                None if connection.filled == connection.buffer.len() => {
                    return Err(format!("{} sent a head without an end", self.addr));
                }
                _ => {}
            }
        }
    }

    fn answered(&mut self, index: usize, whole: usize, close: bool) -> Result<(), String> {
        let now = Instant::now();
        let connection = &mut self.connections[index];
        let answer = &connection.buffer[..whole];
        let body = self.finders.head_end.find(answer).map_or(whole, |at| whole - at - 4);
        let good = answer.get(8..12) == Some(b" 200");
        let wanted = self.requests.get(connection.request).1;
        if !good || connection.filled != whole || wanted.is_some_and(|length| length != body) {
            let text = String::from_utf8_lossy(&answer[..whole.min(1200)]);
            return Err(format!("{} answered {body} bytes where {wanted:?} were expected:\n{text}", self.addr));
        }
        if now <= self.deadline {
            self.last = now;
            self.times.add(now.duration_since(connection.sent));
        }
        connection.filled = 0;
        connection.expected = None;
        connection.busy = false;
        self.open -= 1;
        if close {
            connection.stream = open(self.addr, &self.poll, index)?;
        }
        self.send(index, now)
    }
}

fn open(addr: SocketAddr, poll: &Poll, index: usize) -> Result<TcpStream, String> {
    let connect = || {
        let stream = std::net::TcpStream::connect(addr)?;
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        let mut stream = TcpStream::from_std(stream);
        poll.registry().register(&mut stream, Token(index), Interest::READABLE)?;
        Ok(stream)
    };
    connect().map_err(|e: std::io::Error| format!("cannot connect to {addr}: {e}"))
}

/// Length of the whole answer and whether the connection ends with it; `None` while the head is not whole.
fn head(finders: &Finders, bytes: &[u8]) -> Result<Option<(usize, bool)>, String> {
    let Some(end) = finders.head_end.find(bytes) else { return Ok(None) };
    let head = &bytes[..end];
    let Some(at) = finders.length.find(head) else {
        return Err(format!("an answer without a content length:\n{}", String::from_utf8_lossy(head)));
    };
    let digits = head[at + 7..].iter().take_while(|byte| byte.is_ascii_digit());
    let length = digits.fold(0_usize, |sum, digit| sum.saturating_mul(10).saturating_add(usize::from(digit - b'0')));
    if length > ANSWER_MAX {
        return Err(format!("an answer of {length} bytes is too long"));
    }
    Ok(Some((end + 4 + length, finders.close.find(head).is_some())))
}

/// A histogram of durations, 32 steps to each power of two of nanoseconds.
#[derive(Clone, Debug)]
pub(crate) struct Times {
    counts: Vec<u64>,
    total: u64,
}

impl Default for Times {
    fn default() -> Self {
        Self { counts: vec![0; 64 * 32], total: 0 }
    }
}

impl Times {
    /// Counts one.
    pub(crate) fn add(&mut self, time: Duration) {
        let nanos = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX).max(32);
        let power = 63 - nanos.leading_zeros();
        let step = (nanos >> (power - 5)) & 31;
        self.counts[(power as usize) * 32 + step as usize] += 1;
        self.total += 1;
    }

    /// All of several counts together.
    pub(crate) fn sum(all: impl IntoIterator<Item = Self>) -> Self {
        let mut sum = Self::default();
        for times in all {
            sum.total += times.total;
            sum.counts.iter_mut().zip(times.counts).for_each(|(mine, other)| *mine += other);
        }
        sum
    }

    /// As the outcome of a run that took `elapsed`.
    pub(crate) fn outcome(&self, elapsed: Duration) -> Outcome {
        Outcome { answers: self.total, elapsed, p50: self.quantile(0.50), p99: self.quantile(0.99) }
    }

    fn quantile(&self, share: f64) -> Duration {
        let rank = (self.total as f64 * share).ceil() as u64;
        let mut seen = 0;
        for (index, count) in self.counts.iter().enumerate() {
            seen += count;
            if *count > 0 && seen >= rank {
                let (power, step) = (index / 32, (index % 32) as u64);
                return Duration::from_nanos((32 + step) << (power - 5));
            }
        }
        Duration::ZERO
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finders() -> Finders {
        Finders {
            head_end: Finder::new(b"\r\n\r\n"),
            length: Finder::new(b"ength: "),
            close: Finder::new(b"onnection: close"),
        }
    }

    #[test]
    fn a_head_tells_the_whole_length() {
        let bytes = b"HTTP/1.1 200 OK\r\ncontent-type: a\r\ncontent-length: 12\r\n\r\nabc";
        assert_eq!(head(&finders(), bytes), Ok(Some((bytes.len() - 3 + 12, false))));
        assert_eq!(head(&finders(), &bytes[..40]), Ok(None));
        let closing = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        assert_eq!(head(&finders(), closing), Ok(Some((closing.len(), true))));
        assert!(head(&finders(), b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").is_err());
    }

    #[test]
    fn quantiles_are_within_a_step() {
        let mut times = Times::default();
        (1..=1000).for_each(|micros| times.add(Duration::from_micros(micros)));
        let p50 = times.quantile(0.5).as_nanos() as f64;
        assert!((p50 / 500_000.0 - 1.0).abs() < 0.04, "{p50}");
        let p99 = times.quantile(0.99).as_nanos() as f64;
        assert!((p99 / 990_000.0 - 1.0).abs() < 0.04, "{p99}");
    }
}
