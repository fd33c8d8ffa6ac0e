//! The data key: all secrets of a store are sealed under it, and it is stored sealed under the master key, so that another
//! master key needs no more than one record written anew.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rand::Rng as _;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::{MasterKey, Vault};

/// The name that the data key is sealed for.
const NAME: &str = "data_key";

/// 32 bytes; wiped when dropped.
pub struct DataKey(Zeroizing<[u8; 32]>);

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey(..)")
    }
}

/// Why a record gives no data key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoDataKey {
    /// It is under another master key.
    Other {
        /// The [id](MasterKey::id) of that key.
        master: String,
        /// Since when, epoch milliseconds.
        since_ms: i64,
    },
    /// This program did not write it, or it was changed.
    Broken,
}

impl DataKey {
    /// A new key.
    #[must_use]
    pub fn random() -> Self {
        let mut key = Zeroizing::new([0; 32]);
        rand::rng().fill_bytes(key.as_mut_slice());
        Self(key)
    }

    /// The record for the store: this key under `master`, since `now_ms` (epoch milliseconds).
    #[must_use]
    pub fn wrap(&self, master: &MasterKey, now_ms: i64) -> String {
        let sealed = Vault::new(master).seal(NAME, self.0.as_slice());
        json!({ "master": master.id(), "since_ms": now_ms, "sealed": STANDARD.encode(sealed) }).to_string()
    }

    /// The key that a record holds.
    ///
    /// # Errors
    /// [`NoDataKey`].
    pub fn unwrap(record: &str, master: &MasterKey) -> Result<Self, NoDataKey> {
        let record: Value = serde_json::from_str(record).map_err(|_| NoDataKey::Broken)?;
        let text = |name: &str| record.get(name).and_then(Value::as_str).ok_or(NoDataKey::Broken);
        let (id, sealed) = (text("master")?, text("sealed")?);
        let since_ms = record.get("since_ms").and_then(Value::as_i64).ok_or(NoDataKey::Broken)?;
        if id != master.id() {
            return Err(NoDataKey::Other { master: id.to_owned(), since_ms });
        }
        let sealed = STANDARD.decode(sealed).map_err(|_| NoDataKey::Broken)?;
        let key = Vault::new(master).open(NAME, &sealed).map_err(|_| NoDataKey::Broken)?;
        let key: [u8; 32] = key.as_slice().try_into().map_err(|_| NoDataKey::Broken)?;
        Ok(Self(Zeroizing::new(key)))
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// B272
    #[test]
    fn a_data_key_opens_under_its_master_key_alone() {
        let (master, other, key) = (MasterKey::random(), MasterKey::random(), DataKey::random());
        let record = key.wrap(&master, 7);
        assert_eq!(DataKey::unwrap(&record, &master).unwrap().bytes(), key.bytes());
        let refused = |record: &str, master: &MasterKey| DataKey::unwrap(record, master).unwrap_err();
        assert_eq!(refused(&record, &other), NoDataKey::Other { master: master.id(), since_ms: 7 });
        assert_ne!(key.wrap(&master, 7), record, "sealed anew each time");
        let moved = record.replace(&master.id(), &other.id());
        for broken in ["", "{}", &record.replace("sealed", "seals"), &record.replace("\":7", "\":\"7\"")] {
            assert_eq!(refused(broken, &master), NoDataKey::Broken, "{broken}");
        }
        assert_eq!(refused(&moved, &other), NoDataKey::Broken);
        for text in [record, format!("{key:?}")] {
            assert!(!text.contains(&base16ct::lower::encode_string(key.bytes())));
            assert!(!text.contains(&STANDARD.encode(key.bytes())) && !text.contains(&STANDARD.encode(master.bytes())));
        }
    }
}
