//! Secrets at rest: the master key, and sealing under it.
//!
//! A sealed value is a random 24-byte nonce followed by XChaCha20-Poly1305 ciphertext. The associated data names what the
//! value is and whose, so a row cannot be moved to another key's place.

mod master_key;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand::RngCore;
use zeroize::Zeroizing;

pub use master_key::{MasterKey, MasterKeyError};

const NONCE: usize = 24;

/// Seals and opens values; the key is wiped when this is dropped.
pub struct Vault(XChaCha20Poly1305);

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(..)")
    }
}

/// The value was sealed under another key, for another place, or was changed.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a sealed value does not open: it was sealed under another master key, or it was changed")]
pub struct DoesNotOpen;

impl Vault {
    /// A vault under `key`.
    #[must_use]
    pub fn new(key: &MasterKey) -> Self {
        Self(XChaCha20Poly1305::new(key.bytes().into()))
    }

    /// Seals `plain` for the place that `name` names.
    #[must_use]
    pub fn seal(&self, name: &str, plain: &[u8]) -> Vec<u8> {
        let mut sealed = vec![0; NONCE];
        rand::rng().fill_bytes(&mut sealed);
        let payload = Payload { msg: plain, aad: name.as_bytes() };
        let cipher = self.0.encrypt(XNonce::from_slice(&sealed), payload).expect("a short text in memory always seals");
        sealed.extend_from_slice(&cipher);
        sealed
    }

    /// Opens what [`Vault::seal`] made for the same `name`.
    ///
    /// # Errors
    /// Another key, another name or changed bytes; the three cannot be told apart.
    pub fn open(&self, name: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, DoesNotOpen> {
        let (nonce, cipher) = sealed.split_at_checked(NONCE).ok_or(DoesNotOpen)?;
        let payload = Payload { msg: cipher, aad: name.as_bytes() };
        self.0.decrypt(XNonce::from_slice(nonce), payload).map(Zeroizing::new).map_err(|_| DoesNotOpen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_only_under_the_same_key_and_name() {
        let (key, other) = (MasterKey::random(), MasterKey::random());
        let sealed = Vault::new(&key).seal("AKIA1", b"secret");
        assert_ne!(sealed, Vault::new(&key).seal("AKIA1", b"secret"));
        assert_eq!(Vault::new(&key).open("AKIA1", &sealed).unwrap().as_slice(), b"secret");
        assert_eq!(Vault::new(&key).open("AKIA2", &sealed), Err(DoesNotOpen));
        assert_eq!(Vault::new(&other).open("AKIA1", &sealed), Err(DoesNotOpen));
        for cut in [0, 10, 24, sealed.len() - 1] {
            assert_eq!(Vault::new(&key).open("AKIA1", &sealed[..cut]), Err(DoesNotOpen));
        }
        let mut changed = sealed;
        changed[30] ^= 1;
        assert_eq!(Vault::new(&key).open("AKIA1", &changed), Err(DoesNotOpen));
    }
}
