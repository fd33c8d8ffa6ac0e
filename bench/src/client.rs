//! One blocking request at a time, for preparing a measurement.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

use crate::sign::{DEV, Signer};

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
    try_exchange(addr, request).map_err(|e| format!("no answer from {addr}: {e}"))
}

fn try_exchange(addr: SocketAddr, request: &[u8]) -> std::io::Result<Answer> {
    let mut stream = TcpStream::connect(addr)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    stream.write_all(request)?;
    let mut bytes = Vec::new();
    let mut chunk = [0; 16 * 1024];
    loop {
        if let Some((head, whole)) = split(&bytes)
            && bytes.len() >= whole
        {
            let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
            return Ok(Answer { head: text, body: bytes[head + 4..whole].to_vec() });
        }
        match stream.read(&mut chunk)? {
            0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            count => bytes.extend_from_slice(&chunk[..count]),
        }
    }
}

/// Where the head ends, and the length of the whole answer.
fn split(bytes: &[u8]) -> Option<(usize, usize)> {
    let end = memchr::memmem::find(bytes, b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"))?.trim().parse::<usize>().ok()?;
    Some((end, end + 4 + length))
}

/// Signs with the key of `--dev` and sends.
///
/// # Errors
/// As [`exchange`].
pub(crate) fn signed(addr: SocketAddr, method: &str, path: &str, query: &str, body: &[u8]) -> Result<Answer, String> {
    let mut bytes = Vec::new();
    Signer::now(DEV, &addr.to_string()).request(&mut bytes, method, path, query, body);
    exchange(addr, &bytes)
}
