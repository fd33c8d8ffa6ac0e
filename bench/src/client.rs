//! One blocking request at a time, for preparing a measurement.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::sign::{DEV, Signer};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long signatures are made as of one second; they are good for five minutes.
const SIGNER_AGE_MAX: Duration = Duration::from_secs(60);

/// A whole answer as it came over the wire.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// Status line and headers, without the empty line.
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// The status, 0 when there is none to read.
    pub(crate) fn status(&self) -> u16 {
        self.head.get(9..12).and_then(|digits| digits.parse().ok()).unwrap_or(0)
    }

    /// The body of a 200.
    ///
    /// # Errors
    /// Another status, or a body that is not JSON.
    pub(crate) fn json(&self) -> Result<Value, String> {
        let text = || String::from_utf8_lossy(&self.body).into_owned();
        if self.status() != 200 {
            return Err(format!("refused: {}\n{}", self.head, text()));
        }
        serde_json::from_slice(&self.body).map_err(|e| format!("not JSON: {e}: {}", text()))
    }
}

/// Sends raw bytes on a connection of their own and reads one answer.
///
/// # Errors
/// A connection that cannot be made or breaks.
pub(crate) fn exchange(addr: SocketAddr, request: &[u8]) -> Result<Answer, String> {
    Connection::open(addr)?.exchange(request)
}

/// A connection that is used again and again.
pub(crate) struct Connection {
    addr: SocketAddr,
    stream: TcpStream,
    signer: Signer,
    signer_since: Instant,
    request: Vec<u8>,
}

impl Connection {
    /// # Errors
    /// A connection that cannot be made.
    pub(crate) fn open(addr: SocketAddr) -> Result<Self, String> {
        let connected = || {
            let stream = TcpStream::connect(addr)?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            Ok(stream)
        };
        let stream = connected().map_err(|e: std::io::Error| format!("no connection to {addr}: {e}"))?;
        let (signer, signer_since) = (Signer::now(DEV, &addr.to_string()), Instant::now());
        Ok(Self { addr, stream, signer, signer_since, request: Vec::new() })
    }

    /// Signs with the key of `--dev`, sends, and reads the answer.
    ///
    /// # Errors
    /// As [`exchange`].
    pub(crate) fn signed(&mut self, method: &str, path: &str, query: &str, body: &[u8]) -> Result<Answer, String> {
        let mut request = std::mem::take(&mut self.request);
        self.write(&mut request, method, path, query, body);
        let answer = self.exchange(&request);
        self.request = request;
        answer
    }

    /// Sends a signed request whose answer has no end, and reads until `seen` is in it; the stream is left open.
    ///
    /// # Errors
    /// As [`exchange`]; an answer that ends before.
    pub(crate) fn follow(mut self, path: &str, seen: &[u8]) -> Result<TcpStream, String> {
        let mut request = Vec::new();
        self.write(&mut request, "GET", path, "", b"");
        let mut bytes = Vec::new();
        let mut read = || -> std::io::Result<()> {
            self.stream.write_all(&request)?;
            let mut chunk = [0; 16 * 1024];
            while memchr::memmem::find(&bytes, seen).is_none() {
                match self.stream.read(&mut chunk)? {
                    0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
                    count => bytes.extend_from_slice(&chunk[..count]),
                }
            }
            Ok(())
        };
        let read = read();
        read.map_err(|e| format!("no stream from {}: {e}: {}", self.addr, String::from_utf8_lossy(&bytes)))?;
        Ok(self.stream)
    }

    fn write(&mut self, request: &mut Vec<u8>, method: &str, path: &str, query: &str, body: &[u8]) {
        if self.signer_since.elapsed() > SIGNER_AGE_MAX {
            (self.signer, self.signer_since) = (Signer::now(DEV, &self.addr.to_string()), Instant::now());
        }
        request.clear();
        self.signer.request(request, method, path, query, body);
    }

    fn exchange(&mut self, request: &[u8]) -> Result<Answer, String> {
        self.try_exchange(request).map_err(|e| format!("no answer from {}: {e}", self.addr))
    }

    fn try_exchange(&mut self, request: &[u8]) -> std::io::Result<Answer> {
        self.stream.write_all(request)?;
        let mut bytes = Vec::new();
        let mut chunk = [0; 16 * 1024];
        loop {
            if let Some((head, whole)) = split(&bytes)
                && bytes.len() >= whole
            {
                let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
                return Ok(Answer { head: text, body: bytes[head + 4..whole].to_vec() });
            }
            match self.stream.read(&mut chunk)? {
                0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
                count => bytes.extend_from_slice(&chunk[..count]),
            }
        }
    }
}

/// Where the head ends, and the length of the whole answer.
fn split(bytes: &[u8]) -> Option<(usize, usize)> {
    let end = memchr::memmem::find(bytes, b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    if head.get(9..12) == Some("204") {
        return Some((end, end + 4));
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"))?.trim().parse::<usize>().ok()?;
    Some((end, end + 4 + length))
}

/// Signs with the key of `--dev` and sends.
///
/// # Errors
/// As [`exchange`].
pub(crate) fn signed(addr: SocketAddr, method: &str, path: &str, query: &str, body: &[u8]) -> Result<Answer, String> {
    Connection::open(addr)?.signed(method, path, query, body)
}
