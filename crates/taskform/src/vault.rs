//! Secrets at rest: the master key, the data key, and sealing under them.
//!
//! A sealed value is a random 24-byte nonce followed by XChaCha20-Poly1305 ciphertext. The associated data names what the
//! value is and whose, so a row cannot be moved to another key's place.

mod data_key;
mod master_key;

use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use rand::Rng as _;
use zeroize::Zeroizing;

pub use data_key::{DataKey, NoDataKey};
pub(crate) use master_key::replace_file;
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
#[error("a sealed value does not open: it was sealed under another key, or it was changed")]
pub struct DoesNotOpen;

impl Vault {
    /// A vault under a master key.
    #[must_use]
    pub fn new(key: &MasterKey) -> Self {
        Self(XChaCha20Poly1305::new(key.bytes().into()))
    }

    /// A vault under a data key.
    #[must_use]
    pub fn of(key: &DataKey) -> Self {
        Self(XChaCha20Poly1305::new(key.bytes().into()))
    }

    /// Seals `plain` for the place that `name` names.
    #[must_use]
    pub fn seal(&self, name: &str, plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        rand::rng().fill_bytes(&mut nonce);
        let payload = Payload { msg: plain, aad: name.as_bytes() };
        let cipher = self.0.encrypt(&nonce.into(), payload).expect("a short text in memory always seals");
        [&nonce[..], &cipher].concat()
    }

    /// Opens what [`Vault::seal`] made for the same `name`.
    ///
    /// # Errors
    /// Another key, another name or changed bytes; the three cannot be told apart.
    pub fn open(&self, name: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, DoesNotOpen> {
        let (nonce, cipher) = sealed.split_first_chunk::<NONCE>().ok_or(DoesNotOpen)?;
        let payload = Payload { msg: cipher, aad: name.as_bytes() };
        self.0.decrypt(nonce.into(), payload).map(Zeroizing::new).map_err(|_| DoesNotOpen)
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

    #[test]
    fn what_was_sealed_before_opens() {
        // From libsodium: crypto_aead_xchacha20poly1305_ietf_encrypt, key 32 times 7, nonce 0 to 23.
        let sealed = "000102030405060708090a0b0c0d0e0f1011121314151617c937d8e0996e3ed14e6a2e4191e36b06a55c2a75df3756cd";
        let key = MasterKey::parse(&"07".repeat(32), "x").unwrap();
        let sealed = base16ct::lower::decode_vec(sealed).unwrap();
        assert_eq!(Vault::new(&key).open("access key AKIA", &sealed).unwrap().as_slice(), b"a secret");
    }
}
