//! Access keys: making, listing and revoking them, and setting what they may do (`taskform keys`).

use std::collections::BTreeMap;

use rand::RngExt as _;
use sha2::{Digest, Sha256};
use store::{AccessKeyRow, Batch, CommitError, Conflict, PageKey, Store};
use zeroize::Zeroizing;

use crate::policies::{self, HeldPolicies};
use crate::vault::Vault;

const ID: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const SECRET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A key as its maker sees it, once.
pub struct NewKey {
    /// `AKIA…`, or `ASIA…` for a temporary one.
    pub access_key_id: String,
    /// 40 characters.
    pub secret: Zeroizing<String>,
    /// What a temporary key is sent with.
    pub session_token: Option<Zeroizing<String>>,
    /// When it stops working, epoch milliseconds.
    pub expires_ms: Option<i64>,
}

impl std::fmt::Debug for NewKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewKey({})", self.access_key_id)
    }
}

/// What a new key is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFacts {
    /// What it is for.
    pub description: String,
    /// What it may do.
    pub policies: HeldPolicies,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// How long a temporary one works, in milliseconds; `None` for a lasting one.
    pub expires_in_ms: Option<i64>,
}

impl KeyFacts {
    /// An administrator's lasting key.
    #[must_use]
    pub fn administrator(description: &str) -> Self {
        Self {
            description: description.to_owned(),
            policies: HeldPolicies::administrator(),
            tags: BTreeMap::new(),
            expires_in_ms: None,
        }
    }
}

/// Makes a key and stores it sealed.
///
/// # Errors
/// The store fails.
pub async fn create(
    store: &Store,
    vault: &Vault,
    account: &str,
    facts: &KeyFacts,
    now_ms: i64,
) -> Result<NewKey, CommitError> {
    let mut batch = Batch::new();
    let key = add(&mut batch, vault, account, facts, now_ms);
    store.commit(batch).await?;
    Ok(key)
}

/// The same as part of a larger change.
pub(crate) fn add(batch: &mut Batch, vault: &Vault, account: &str, facts: &KeyFacts, now_ms: i64) -> NewKey {
    let expires_ms = facts.expires_in_ms.map(|time| now_ms.saturating_add(time));
    let prefix = if expires_ms.is_some() { "ASIA" } else { "AKIA" };
    let key = NewKey {
        access_key_id: format!("{prefix}{}", *random(ID, 16)),
        secret: random(SECRET, 40),
        session_token: expires_ms.map(|_| random(SECRET, 120)),
        expires_ms,
    };
    batch.insert_access_key(&AccessKeyRow {
        access_key_id: key.access_key_id.clone(),
        account: account.to_owned(),
        sealed_secret: vault.seal(&key.access_key_id, key.secret.as_bytes()),
        token_sha256: key.session_token.as_ref().map(|t| Sha256::digest(t.as_bytes()).to_vec()),
        expires_ms,
        created_ms: now_ms,
        active: true,
        description: facts.description.clone(),
        policies: facts.policies.to_text(),
        tags: policies::tags_text(&facts.tags),
        owner: None,
    });
    key
}

/// Characters of a token in a cookie or an invitation: more than 280 random bits.
pub(crate) const SESSION_TOKEN_CHARS: usize = 48;

/// A random token of [`SESSION_TOKEN_CHARS`] letters and digits, and its SHA-256, which is what is stored of it.
pub(crate) fn token() -> (Zeroizing<String>, Vec<u8>) {
    const TOKEN: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let token = random(TOKEN, SESSION_TOKEN_CHARS);
    let digest = Sha256::digest(token.as_bytes()).to_vec();
    (token, digest)
}

/// A temporary key for the session of a user: what the user gets, and what is stored of it.
pub(crate) fn for_session(vault: &Vault) -> (NewKey, service::signin::NewKey) {
    let key = NewKey {
        access_key_id: format!("ASIA{}", *random(ID, 16)),
        secret: random(SECRET, 40),
        session_token: None,
        expires_ms: None,
    };
    let token = random(SECRET, 120);
    let stored = service::signin::NewKey {
        access_key_id: key.access_key_id.clone(),
        sealed_secret: vault.seal(&key.access_key_id, key.secret.as_bytes()),
        token_sha256: Sha256::digest(token.as_bytes()).to_vec(),
    };
    (NewKey { session_token: Some(token), ..key }, stored)
}

/// Every key, oldest first. There are as many as people made by hand.
///
/// # Errors
/// The store fails.
pub async fn list(store: &Store) -> Result<Vec<AccessKeyRow>, store::Error> {
    const PAGE: usize = 200;
    let (mut rows, mut after) = (Vec::new(), None::<PageKey>);
    loop {
        let page = store.access_key_page(after.as_ref(), PAGE).await?;
        rows.extend(page.items);
        after = page.next;
        if after.is_none() {
            return Ok(rows);
        }
    }
}

/// Revokes a key for good; `false` when there is no such key, or it was revoked before.
///
/// # Errors
/// The store fails.
pub async fn revoke(store: &Store, access_key_id: &str) -> Result<bool, CommitError> {
    let mut batch = Batch::new();
    batch.revoke_access_key(access_key_id);
    match store.commit(batch).await {
        Ok(()) => Ok(true),
        Err(CommitError::Conflict(Conflict::Moved)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Replaces what a key may do; `false` when there is no such key, or it was revoked.
///
/// # Errors
/// The store fails.
pub async fn set_policies(store: &Store, access_key_id: &str, policies: &HeldPolicies) -> Result<bool, CommitError> {
    let mut batch = Batch::new();
    batch.set_access_key_policies(access_key_id, &policies.to_text());
    match store.commit(batch).await {
        Ok(()) => Ok(true),
        Err(CommitError::Conflict(Conflict::Moved)) => Ok(false),
        Err(error) => Err(error),
    }
}

fn random(alphabet: &[u8], len: usize) -> Zeroizing<String> {
    let mut rng = rand::rng();
    let mut text = Zeroizing::new(String::with_capacity(len));
    for _ in 0..len {
        text.push(char::from(alphabet[rng.random_range(0..alphabet.len())]));
    }
    text
}

/// Reads `90s`, `15m`, `1h` or `7d` into milliseconds.
///
/// # Errors
/// What is accepted.
pub fn parse_duration(text: &str) -> Result<i64, String> {
    const LONGEST: i64 = 3_650 * 86_400;
    let unit = match text.chars().last() {
        Some('s') => 1,
        Some('m') => 60,
        Some('h') => 3_600,
        Some('d') => 86_400,
        _ => 0,
    };
    let seconds = text.get(..text.len().saturating_sub(1)).and_then(|n| n.parse::<u32>().ok());
    match seconds.map(|n| i64::from(n) * unit) {
        Some(seconds) if (1..=LONGEST).contains(&seconds) => Ok(seconds * 1_000),
        _ => Err("expected a whole number with s, m, h or d, up to ten years: 90s, 15m, 1h, 7d".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(parse_duration("90s"), Ok(90_000));
        assert_eq!(parse_duration("15m"), Ok(900_000));
        assert_eq!(parse_duration("1h"), Ok(3_600_000));
        assert_eq!(parse_duration("7d"), Ok(604_800_000));
        for bad in ["", "h", "1", "0s", "-1h", "1.5h", "1w", "99999d", "1é"] {
            assert!(parse_duration(bad).is_err(), "{bad}");
        }
    }

    #[tokio::test]
    async fn a_made_key_opens_and_can_be_revoked_once() {
        let store = Store::open(&store::Location::Memory, store::OpenOptions::default()).await.unwrap();
        let vault = Vault::new(&crate::vault::MasterKey::random());
        let facts = KeyFacts { expires_in_ms: Some(4), ..KeyFacts::administrator("test") };
        let key = create(&store, &vault, "123456789012", &facts, 1).await.unwrap();
        assert!(key.access_key_id.starts_with("ASIA") && key.access_key_id.len() == 20);
        let rows = list(&store).await.unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(*vault.open(&key.access_key_id, &rows[0].sealed_secret).unwrap(), key.secret.as_bytes());
        assert_eq!((rows[0].expires_ms, rows[0].policies.as_str()), (Some(5), r#"["administrator"]"#));
        assert!(set_policies(&store, &key.access_key_id, &HeldPolicies::default()).await.unwrap());
        assert_eq!(list(&store).await.unwrap()[0].policies, "[]");
        assert!(!format!("{rows:?}").contains(key.secret.as_str()));
        assert!(revoke(&store, &key.access_key_id).await.unwrap());
        assert!(!revoke(&store, &key.access_key_id).await.unwrap());
        assert!(!revoke(&store, "AKIANONE").await.unwrap());
        assert!(!set_policies(&store, &key.access_key_id, &HeldPolicies::default()).await.unwrap());
    }
}
