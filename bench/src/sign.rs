//! Signing of requests (protocol 3.1), written apart from the server's own crate so that the two check each other.
//!
//! Requests look as boto3 sends them: `host` and `x-amz-date` signed, with a body `content-type` too.

use std::fmt::Write as _;
use std::io::Write as _;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest, Sha256};

use crate::clock;

/// SHA-256 of nothing: the payload hash of a request without a body.
const EMPTY_SHA256: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// Whose key signs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key<'a> {
    pub id: &'a str,
    pub secret: &'a str,
    pub region: &'a str,
}

/// The key of a server started with `--dev`.
pub(crate) const DEV: Key<'static> = Key { id: "test", secret: "test", region: "us-east-1" };

/// One key, host and second; its signatures are good for five minutes.
pub(crate) struct Signer {
    mac: Hmac<Sha256>,
    key_id: String,
    scope: String,
    stamp: String,
    host: String,
    canonical: String,
    to_sign: String,
}

impl Signer {
    /// Signs for `host` (with port) as of now.
    pub(crate) fn now(key: Key<'_>, host: &str) -> Self {
        Self::at(key, host, &clock::stamp())
    }

    /// Signs as of `stamp`, `YYYYMMDDTHHMMSSZ`.
    fn at(key: Key<'_>, host: &str, stamp: &str) -> Self {
        let date = &stamp[..8];
        let mut derived = mac(format!("AWS4{}", key.secret).as_bytes(), date.as_bytes());
        for part in [key.region, "connect", "aws4_request"] {
            derived = mac(&derived, part.as_bytes());
        }
        Self {
            mac: keyed(&derived),
            key_id: key.id.to_owned(),
            scope: format!("{date}/{}/connect/aws4_request", key.region),
            stamp: stamp.to_owned(),
            host: host.to_owned(),
            canonical: String::new(),
            to_sign: String::new(),
        }
    }

    /// Appends the bytes of one signed request. `path` and `query` are already encoded, without characters that a
    /// signature encodes a second time; the query's names are in order.
    pub(crate) fn request(&mut self, out: &mut Vec<u8>, method: &str, path: &str, query: &str, body: &[u8]) {
        let (mark, tail) = if query.is_empty() { ("", "") } else { ("?", query) };
        let kind = if body.is_empty() { "" } else { "content-type:application/json\n" };
        let signed = if body.is_empty() { "host;x-amz-date" } else { "content-type;host;x-amz-date" };
        let (host, stamp) = (&self.host, &self.stamp);
        self.canonical.clear();
        write!(self.canonical, "{method}\n{path}\n{tail}\n{kind}host:{host}\nx-amz-date:{stamp}\n\n{signed}\n")
            .expect("a string grows");
        if body.is_empty() {
            self.canonical.push_str(EMPTY_SHA256);
        } else {
            push_hex(&mut self.canonical, &Sha256::digest(body));
        }
        self.to_sign.clear();
        write!(self.to_sign, "AWS4-HMAC-SHA256\n{stamp}\n{}\n", self.scope).expect("a string grows");
        push_hex(&mut self.to_sign, &Sha256::digest(self.canonical.as_bytes()));
        let mut mac = self.mac.clone();
        mac.update(self.to_sign.as_bytes());
        let mut signature = String::with_capacity(64);
        push_hex(&mut signature, &mac.finalize().into_bytes());
        write!(
            out,
            "{method} {path}{mark}{tail} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: identity\r\nX-Amz-Date: {stamp}\r\n\
             User-Agent: Boto3/1.44.5 md/Botocore#1.44.5 ua/2.1 os/linux lang/python#3.11.7\r\n\
             Authorization: AWS4-HMAC-SHA256 Credential={}/{}, SignedHeaders={signed}, Signature={signature}\r\n\
             amz-sdk-invocation-id: 5a1c2c1e-6c5e-4f0e-9d57-0d6a0f1f3c11\r\namz-sdk-request: attempt=1; max=3\r\n",
            self.key_id, self.scope,
        )
        .expect("a vector grows");
        if !body.is_empty() {
            write!(out, "Content-Type: application/json\r\nContent-Length: {}\r\n", body.len())
                .expect("a vector grows");
        }
        out.extend_from_slice(b"\r\n");
        out.extend_from_slice(body);
    }
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("a key of any length will do")
}

fn mac(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut mac = keyed(key);
    mac.update(data);
    mac.finalize().into_bytes().to_vec()
}

/// Appends bytes in lower-case hex.
pub(crate) fn push_hex(out: &mut String, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in bytes {
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_get_is_signed_as_the_recorded_clients_sign_it() {
        let key = Key { id: "AKIDEXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", region: "us-east-1" };
        let mut signer = Signer::at(key, "127.0.0.1:8099", "20260115T120000Z");
        let path = "/instance/11111111-2222-3333-4444-555555555555/task/template/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
        let mut out = Vec::new();
        signer.request(&mut out, "GET", path, "", b"");
        let text = String::from_utf8(out).unwrap();
        assert!(
            text.contains("Signature=77404bde961bcd90d96ad971e2850e51b6abf9ab9895229338ea3e6ec944785b\r\n"),
            "{text}"
        );
        assert!(text.ends_with("\r\n\r\n"));
    }
}
