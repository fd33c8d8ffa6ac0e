//! The derived signing key and the hashes (protocol 3.1 step 7).

use std::hint::black_box;
use std::sync::Arc;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroizing;

/// A key derived from a secret for one date, region and service; clones share it, and it is wiped with the last of them.
#[derive(Clone)]
pub struct SigningKey(Arc<Keyed>);

/// A MAC that is initialised with its key, which is half the work of a short text.
struct Keyed(Hmac<Sha256>);

impl Drop for Keyed {
    /// The hash crates offer no wiping of their states: another key takes the place of this one.
    fn drop(&mut self) {
        self.0 = keyed(&[]);
        black_box(&self.0);
    }
}

impl SigningKey {
    /// Runs the chain date, region, service, `aws4_request` over the secret. `date` is `YYYYMMDD`.
    #[must_use]
    pub fn derive(secret: &str, date: &str, region: &str, service: &str) -> Self {
        Self(Arc::new(Keyed(keyed(derived(secret, date, region, service).as_slice()))))
    }

    pub(crate) fn mac(&self, text: &[u8]) -> [u8; 32] {
        let mut mac = self.0.0.clone();
        mac.update(text);
        mac.finalize().into_bytes().into()
    }
}

fn derived(secret: &str, date: &str, region: &str, service: &str) -> Zeroizing<[u8; 32]> {
    let mut start = Zeroizing::new(Vec::with_capacity(4 + secret.len()));
    start.extend_from_slice(b"AWS4");
    start.extend_from_slice(secret.as_bytes());
    let date_key = Zeroizing::new(hmac(&start, date.as_bytes()));
    let region_key = Zeroizing::new(hmac(date_key.as_slice(), region.as_bytes()));
    let service_key = Zeroizing::new(hmac(region_key.as_slice(), service.as_bytes()));
    Zeroizing::new(hmac(service_key.as_slice(), b"aws4_request"))
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(..)")
    }
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes keys of any length")
}

fn hmac(key: &[u8], text: &[u8]) -> [u8; 32] {
    let mut mac = keyed(key);
    mac.update(text);
    mac.finalize().into_bytes().into()
}

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Lower-case hex, without a branch or a lookup that depends on the bytes. Eight digits at once, as each request needs it
/// three times; elsewhere `base16ct` writes hex.
pub(crate) fn hex(bytes: &[u8; 32]) -> [u8; 64] {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let mut out = [0; 64];
    for (digits, four) in out.as_chunks_mut::<8>().0.iter_mut().zip(bytes.as_chunks::<4>().0) {
        let mut n = u64::from(u32::from_be_bytes(*four));
        // Each half byte into a byte of its own.
        n = (n | n << 16) & 0x0000_ffff_0000_ffff;
        n = (n | n << 8) & 0x00ff_00ff_00ff_00ff;
        n = (n | n << 4) & 0x0f0f_0f0f_0f0f_0f0f;
        // Six more than nine is the first with a fifth bit.
        let letters = (n + ONES * 6) >> 4 & ONES;
        *digits = (n + ONES * u64::from(b'0') + letters * u64::from(b'a' - b'0' - 10)).to_be_bytes();
    }
    out
}

/// Whether both are the same, in constant time. The length is no secret.
pub(crate) fn same<const N: usize>(ours: &[u8; N], theirs: &[u8]) -> bool {
    let (ours, ours_rest) = ours.as_chunks::<8>();
    let (theirs, theirs_rest) = theirs.as_chunks::<8>();
    if ours.len() != theirs.len() {
        return false;
    }
    let words = ours.iter().zip(theirs).fold(Choice::from(1), |equal, (ours, theirs)| {
        equal & u64::from_ne_bytes(*ours).ct_eq(&u64::from_ne_bytes(*theirs))
    });
    (words & ours_rest.ct_eq(theirs_rest)).into()
}

/// Reads exactly 64 hex digits, small or capital.
pub(crate) fn parse_hex(text: &str) -> Option<[u8; 32]> {
    let mut out = [0; 32];
    let whole = text.len() == 2 * out.len() && base16ct::mixed::decode(text, &mut out).is_ok();
    whole.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The chain published with the vectors (protocol 10.1).
    #[test]
    fn derived_key_of_the_vectors() {
        let of = ("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "20260115", "us-east-1", "connect");
        let raw = derived(of.0, of.1, of.2, of.3);
        assert_eq!(&hex(&raw), b"8af3387125ccb4322aed7753400ee03c2afc0cd1ef6bd81790268e43803eb09d");
        let key = SigningKey::derive(of.0, of.1, of.2, of.3);
        assert_eq!(format!("{key:?}"), "SigningKey(..)");
        for text in [&b""[..], b"x", &[7; 200]] {
            assert_eq!(key.mac(text), hmac(raw.as_slice(), text));
            assert_eq!(key.clone().mac(text), key.mac(text));
        }
    }

    #[test]
    fn same_looks_at_every_byte() {
        let ours: [u8; 12] = *b"0123456789ab";
        assert!(same(&ours, b"0123456789ab"));
        assert!(same(&[], b""));
        for at in 0..ours.len() {
            let mut theirs = ours;
            theirs[at] ^= 1;
            assert!(!same(&ours, &theirs), "{at}");
        }
        for theirs in [&b""[..], b"0123456789a", b"0123456789abc", b"01234567", b"0123456789abcdef"] {
            assert!(!same(&ours, theirs), "{theirs:?}");
        }
    }

    #[test]
    fn hex_writes_what_it_reads() {
        for first in 0..=u8::MAX {
            let bytes: [u8; 32] = std::array::from_fn(|at| first.wrapping_add(at as u8 * 7));
            let text: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
            assert_eq!(hex(&bytes).as_slice(), text.as_bytes());
            assert_eq!(parse_hex(&text), Some(bytes));
        }
    }

    #[test]
    fn hex_takes_64_digits_only() {
        assert_eq!(parse_hex(&"ab".repeat(32)), Some([0xab; 32]));
        assert_eq!(parse_hex(&"AB".repeat(32)), Some([0xab; 32]));
        assert_eq!(parse_hex(&"a".repeat(63)), None);
        assert_eq!(parse_hex(&"g0".repeat(32)), None);
    }
}
