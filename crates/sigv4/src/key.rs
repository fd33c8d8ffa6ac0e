//! The derived signing key and the hashes (protocol 3.1 step 7).

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// A key derived from a secret for one date, region and service; wiped when dropped.
#[derive(Clone)]
pub struct SigningKey(Zeroizing<[u8; 32]>);

impl SigningKey {
    /// Runs the chain date, region, service, `aws4_request` over the secret. `date` is `YYYYMMDD`.
    #[must_use]
    pub fn derive(secret: &str, date: &str, region: &str, service: &str) -> Self {
        let mut start = Zeroizing::new(Vec::with_capacity(4 + secret.len()));
        start.extend_from_slice(b"AWS4");
        start.extend_from_slice(secret.as_bytes());
        let date_key = Zeroizing::new(hmac(&start, date.as_bytes()));
        let region_key = Zeroizing::new(hmac(date_key.as_slice(), region.as_bytes()));
        let service_key = Zeroizing::new(hmac(region_key.as_slice(), service.as_bytes()));
        Self(Zeroizing::new(hmac(service_key.as_slice(), b"aws4_request")))
    }

    pub(crate) fn mac(&self, text: &[u8]) -> [u8; 32] {
        hmac(self.0.as_slice(), text)
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(..)")
    }
}

fn hmac(key: &[u8], text: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(text);
    mac.finalize().into_bytes().into()
}

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Appends lower-case hex.
pub(crate) fn push_hex(out: &mut Vec<u8>, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for b in bytes {
        out.push(DIGITS[usize::from(b >> 4)]);
        out.push(DIGITS[usize::from(b & 15)]);
    }
}

/// Reads exactly 64 hex digits; capital letters only if `capitals`.
pub(crate) fn parse_hex(text: &str, capitals: bool) -> Option<[u8; 32]> {
    let digit = |b: u8| match b {
        b'0'..=b'9' => Some(b - b'0'),
        b'a'..=b'f' => Some(b - b'a' + 10),
        b'A'..=b'F' if capitals => Some(b - b'A' + 10),
        _ => None,
    };
    let text: &[u8; 64] = text.as_bytes().try_into().ok()?;
    let mut out = [0; 32];
    for (to, pair) in out.iter_mut().zip(text.chunks_exact(2)) {
        *to = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The chain published with the vectors (protocol 10.1).
    #[test]
    fn derived_key_of_the_vectors() {
        let key = SigningKey::derive("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "20260115", "us-east-1", "connect");
        let mut hex = Vec::new();
        push_hex(&mut hex, key.0.as_slice());
        assert_eq!(hex, b"8af3387125ccb4322aed7753400ee03c2afc0cd1ef6bd81790268e43803eb09d");
        assert_eq!(format!("{key:?}"), "SigningKey(..)");
    }

    #[test]
    fn hex_takes_64_digits_only() {
        assert_eq!(parse_hex(&"ab".repeat(32), false), Some([0xab; 32]));
        assert_eq!(parse_hex(&"AB".repeat(32), true), Some([0xab; 32]));
        assert_eq!(parse_hex(&"AB".repeat(32), false), None);
        assert_eq!(parse_hex(&"a".repeat(63), false), None);
        assert_eq!(parse_hex(&"g0".repeat(32), false), None);
    }
}
