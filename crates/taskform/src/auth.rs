//! From a claim to a caller: access keys, session tokens, and the cache of derived keys (rows 10 to 12 of protocol 3.2).

pub(crate) mod diagnosis;
mod unknown;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use service::signin::SignedIn;
use service::{BoxError, Caller, Policies, Principal, Service};
use sha2::{Digest, Sha256};
use sigv4::{BodyDigest, Claim, Diagnosis, Head, Headers, Refusal, Scratch, SigningKey, WithHeader};
use store::{AccessKeyRow, Store};
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::answer::Fault;
use crate::http::forwarded::Reading;
use crate::keys::{self, NewKey};
use crate::policies::{self, ADMINISTRATOR, HeldPolicies};
use crate::settings::{Http, Identity};
use crate::vault::Vault;
use diagnosis::Suspect;
use unknown::Unknown;

pub use diagnosis::{DIAGNOSES_PER_ADDRESS, DIAGNOSES_PER_SECOND, Diagnoses};

/// How long the store's answer about a key is used before the store is asked again, in milliseconds of a clock that only goes forward:
/// short enough that a revoked key or a changed policy acts within two seconds in every process.
pub const RECHECK_MS: i64 = 1_000;

/// Opened keys in memory; beyond that one is evicted for each new one.
const MAX_KEYS: usize = 10_000;

/// Lookups of previously unknown ids that run at once: requests with made-up ids wait for each other
/// and not for those of other callers.
const FIRST_LOOKUPS: usize = 2;

/// Derived keys kept per access key: two days, a few regions and services.
const MAX_DERIVED: usize = 8;

/// An opened access key.
pub struct Credential {
    row: AccessKeyRow,
    secret: Zeroizing<String>,
    caller: Caller,
    checked_ms: AtomicI64,
    /// Derived keys with the scope they are for.
    derived: Mutex<Vec<(Scope, SigningKey)>>,
}

/// What a signing key is derived for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Scope {
    date: String,
    region: String,
    service: String,
}

impl Scope {
    fn is_of(&self, claim: &Claim<'_>) -> bool {
        self.date == claim.date() && self.region == claim.region() && self.service == claim.service()
    }

    fn of(claim: &Claim<'_>) -> Self {
        let [date, region, service] = [claim.date(), claim.region(), claim.service()].map(str::to_owned);
        Self { date, region, service }
    }
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credential({})", self.row.access_key_id)
    }
}

impl Credential {
    /// Of a key that stands for itself, or for the user who signed in with it.
    fn new(
        row: AccessKeyRow,
        secret: Zeroizing<String>,
        partition: &str,
        user: Option<SignedIn>,
        steady_ms: i64,
    ) -> Result<Self, BoxError> {
        let mut caller = caller_of(&row, partition)?;
        if let Some(SignedIn { arn, instance_id, user_id, username, .. }) = user {
            caller.arn = arn;
            caller.principal = Principal::User { instance_id, user_id, username };
        }
        Ok(Self { row, secret, caller, checked_ms: AtomicI64::new(steady_ms), derived: Mutex::default() })
    }

    /// Who this key stands for.
    #[must_use]
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// The id of the session that this key belongs to.
    #[must_use]
    pub fn session(&self) -> Option<&str> {
        self.row.owner.as_ref().map(|owner| owner.session_id.as_str())
    }

    fn signing_key(&self, claim: &Claim<'_>) -> SigningKey {
        let mut derived = self.derived.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, key)) = derived.iter().find(|(scope, _)| scope.is_of(claim)) {
            return key.clone();
        }
        let key = SigningKey::derive(&self.secret, claim.date(), claim.region(), claim.service());
        if derived.len() >= MAX_DERIVED {
            derived.remove(0);
        }
        derived.push((Scope::of(claim), key.clone()));
        key
    }

    /// Rows 10 and 11. Which of the two it is, and of which kind, is for the log.
    fn admits(&self, claim: &Claim<'_>, now_ms: i64) -> Result<(), Fault> {
        let token = match (&self.row.token_sha256, claim.token()) {
            (None, None) => Ok(()),
            (Some(digest), Some(token)) => {
                let fits = bool::from(Sha256::digest(token.as_bytes()).as_slice().ct_eq(digest));
                fits.then_some(()).ok_or("the session token is not that of this access key")
            }
            (None, Some(_)) => {
                Err("this access key has no session token, and the request has one: unset AWS_SESSION_TOKEN, or take \
                     aws_session_token out of the client's profile")
            }
            (Some(_), None) => {
                Err("this access key is temporary, and the request has no session token: set AWS_SESSION_TOKEN")
            }
        };
        let active = if self.row.active { Ok(()) } else { Err("this access key is revoked") };
        if let Err(hint) = active.and(token) {
            return Err(Fault::from(Refusal::unrecognized()).hinting(hint));
        }
        if self.row.expires_ms.is_some_and(|at| at <= now_ms) {
            return Err(Refusal::expired().into());
        }
        Ok(())
    }
}

/// Whom an access key stands for, and what it may do.
///
/// # Errors
/// Its policies or tags are not those of a release that this one knows.
pub(crate) fn caller_of(row: &AccessKeyRow, partition: &str) -> Result<Caller, BoxError> {
    let policies = HeldPolicies::from_text(&row.policies)?.policies()?;
    let user = match policies {
        Policies::Administrator => ADMINISTRATOR,
        Policies::Set(_) => &row.access_key_id,
    };
    Ok(Caller {
        account: row.account.clone(),
        access_key_id: row.access_key_id.clone(),
        arn: format!("arn:{partition}:iam::{}:user/{user}", row.account),
        principal: Principal::AccessKey,
        tags: policies::tags_of(&row.tags)?,
        policies,
        issued_ms: row.token_sha256.is_some().then_some(row.created_ms),
    })
}

/// Why a caller was refused.
#[derive(Debug)]
pub(crate) enum Denied {
    /// Rows 10 and 11, a wrong digest, or a failure of the store.
    Fault(Fault),
    /// Row 12: the key is known, and the signature does not fit.
    Mismatch(Mismatch),
}

impl From<Fault> for Denied {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// A signature that does not fit, of a key that is known.
#[derive(Debug)]
pub(crate) struct Mismatch {
    credential: Arc<Credential>,
    digest: BodyDigest,
}

impl Mismatch {
    /// Looks for what the client signed instead. Costs hundreds of hashes: ask [`Diagnoses`] first.
    pub(crate) fn diagnose<H: Headers + ?Sized>(
        &self,
        claim: &Claim<'_>,
        head: &Head<'_, H>,
        suspect: &Suspect<'_>,
        http: &Http,
        identity: &Identity,
    ) -> Diagnosis {
        let mut others = diagnosis::alternatives(http, suspect);
        let secret = &self.credential.secret;
        others.keys = diagnosis::keys(secret, claim.date(), claim.region(), claim.service(), identity);
        let host = suspect.expected.and_then(|reading| reading.host.as_deref());
        let headers = WithHeader { headers: head.headers, name: "host", value: host };
        let head = Head { method: head.method, path: suspect.expected_path(), query: head.query, headers: &headers };
        claim.diagnose(&head, &self.digest, &self.credential.signing_key(claim), &others, &mut Scratch::default())
    }
}

/// Authenticates callers by their access keys.
#[derive(Debug)]
pub struct Authenticator {
    store: Store,
    /// Knows the users whom keys of sessions stand for.
    users: Service,
    vault: Vault,
    partition: String,
    /// `--dev`: a key that is in no store.
    fixed: Option<Arc<Credential>>,
    opened: RwLock<HashMap<String, Arc<Credential>>>,
    unknown: Unknown,
    first_lookups: Semaphore,
}

/// What is known about an access key id without asking the store.
enum Remembered {
    /// Opened, and confirmed within [`RECHECK_MS`].
    Fresh(Arc<Credential>),
    /// Opened, and to be confirmed.
    Stale(Arc<Credential>),
    /// In no store within [`RECHECK_MS`].
    Unknown,
    Nothing,
}

impl Authenticator {
    /// Over the store of a service, whose secrets were sealed by `vault`.
    #[must_use]
    pub fn new(users: &Service, vault: Vault, partition: &str) -> Self {
        Self {
            store: users.store().clone(),
            users: users.clone(),
            vault,
            partition: partition.to_owned(),
            fixed: None,
            opened: RwLock::default(),
            unknown: Unknown::default(),
            first_lookups: Semaphore::new(FIRST_LOOKUPS),
        }
    }

    /// Adds one key that is in no store: `--dev`.
    #[must_use]
    pub fn with_fixed(mut self, access_key_id: &str, secret: &str, account: &str) -> Self {
        let row = AccessKeyRow {
            access_key_id: access_key_id.to_owned(),
            account: account.to_owned(),
            active: true,
            policies: HeldPolicies::administrator().to_text(),
            ..AccessKeyRow::default()
        };
        let secret = Zeroizing::new(secret.to_owned());
        let credential = Credential::new(row, secret, &self.partition, None, 0);
        self.fixed = Some(Arc::new(credential.expect("an administrator's policy is valid")));
        self
    }

    /// A temporary key for the session of a user: what the user gets, and what is stored of it.
    pub(crate) fn session_key(&self) -> (NewKey, service::signin::NewKey) {
        keys::for_session(&self.vault)
    }

    /// Says whether the signature is the key's, or refuses (rows 10 to 12). The signature may cover the head as it arrived or
    /// one of the `readings`.
    ///
    /// # Errors
    /// The refusal.
    pub(crate) fn authenticate<H: Headers + ?Sized>(
        &self,
        credential: &Arc<Credential>,
        claim: &Claim<'_>,
        head: &Head<'_, H>,
        readings: &[Reading],
        body: &[u8],
        now_ms: i64,
    ) -> Result<(), Denied> {
        let digest = claim.digest_of(body);
        let fits = verify(claim, head, readings, &digest, &credential.signing_key(claim));
        let admitted = credential.admits(claim, now_ms).and_then(|()| digest.check().map_err(Fault::from));
        if admitted.is_ok() && fits {
            return Ok(());
        }
        // An unknown key costs a derivation every time and a lookup every RECHECK_MS: so does this.
        let _ = SigningKey::derive("the same work", claim.date(), claim.region(), claim.service());
        let mismatch = || Mismatch { credential: Arc::clone(credential), digest };
        Err(admitted.map_or_else(Denied::Fault, |()| Denied::Mismatch(mismatch())))
    }

    /// Refuses a key that is in no store, after as much work as for a known key with a wrong signature (W3.2.2). The digest
    /// of the body is the caller's part of it.
    pub(crate) fn refuse_unknown<H: Headers + ?Sized>(
        &self,
        claim: &Claim<'_>,
        head: &Head<'_, H>,
        readings: &[Reading],
    ) -> Fault {
        let key = SigningKey::derive("no such key", claim.date(), claim.region(), claim.service());
        let _ = verify(claim, head, readings, &claim.digest_of(b""), &key);
        Fault::from(Refusal::unrecognized()).hinting("there is no access key with this id")
    }

    fn remembered(&self, id: &str, steady_ms: i64) -> Remembered {
        if let Some(fixed) = self.fixed.as_ref().filter(|f| f.row.access_key_id == id) {
            return Remembered::Fresh(Arc::clone(fixed));
        }
        let kept = self.opened.read().unwrap_or_else(PoisonError::into_inner).get(id).cloned();
        match kept {
            Some(kept) if (0..RECHECK_MS).contains(&(steady_ms - kept.checked_ms.load(Ordering::Relaxed))) => {
                Remembered::Fresh(kept)
            }
            Some(kept) => Remembered::Stale(kept),
            None if self.unknown.contains(id, steady_ms, RECHECK_MS) => Remembered::Unknown,
            None => Remembered::Nothing,
        }
    }

    /// The opened key, asked of the store again when it was not for [`RECHECK_MS`]; `None` for one that is in no store.
    /// Nothing is proven by it: [`Authenticator::authenticate`] does that. `may_ask` says whether a key that is not known yet is
    /// asked for, for a sender of whom nothing is known either. The times are those of
    /// [`Clock::steady_ms`](crate::clock::Clock::steady_ms) and of day.
    ///
    /// # Errors
    /// 429 for such a key when it is not asked for; 503 when the store cannot be asked; 500 when a
    /// stored secret does not open or policies cannot be read.
    pub async fn credential(
        &self,
        id: &str,
        (steady_ms, now_ms): (i64, i64),
        may_ask: impl Fn() -> bool,
    ) -> Result<Option<Arc<Credential>>, Fault> {
        let (kept, _turn) = match self.remembered(id, steady_ms) {
            Remembered::Fresh(kept) => return Ok(Some(kept)),
            Remembered::Stale(kept) => (Some(kept), None),
            Remembered::Unknown | Remembered::Nothing if !may_ask() => return Err(too_many_refused()),
            Remembered::Unknown => return Ok(None),
            Remembered::Nothing => {
                let turn = self.first_lookups.acquire().await.expect("this semaphore is never closed");
                // Another request may have asked for the same id meanwhile.
                match self.remembered(id, steady_ms) {
                    Remembered::Fresh(kept) | Remembered::Stale(kept) => return Ok(Some(kept)),
                    Remembered::Unknown => return Ok(None),
                    Remembered::Nothing => (None, Some(turn)),
                }
            }
        };
        let row = match self.store.access_key(id).await {
            Ok(row) => row,
            Err(error) => return Err(unreachable(error)),
        };
        match (row, kept) {
            (Some(row), Some(kept)) if row == kept.row => {
                kept.checked_ms.store(steady_ms, Ordering::Relaxed);
                Ok(Some(kept))
            }
            (Some(row), kept) => {
                let user = match &row.owner {
                    None => None,
                    Some(owner) => match self.users.signed_in(&owner.instance_id, &owner.user_id, now_ms).await? {
                        Some(user) => Some(user),
                        // The user was deleted, and the key is about to be.
                        None => return Ok(self.gone(id, kept.is_some(), steady_ms)),
                    },
                };
                self.open(row, user, steady_ms).map(Some)
            }
            (None, kept) => Ok(self.gone(id, kept.is_some(), steady_ms)),
        }
    }

    /// There is no such key.
    fn gone(&self, id: &str, was_opened: bool, steady_ms: i64) -> Option<Arc<Credential>> {
        self.unknown.insert(id, steady_ms);
        if was_opened {
            self.opened.write().unwrap_or_else(PoisonError::into_inner).remove(id);
        }
        None
    }

    fn open(&self, row: AccessKeyRow, user: Option<SignedIn>, steady_ms: i64) -> Result<Arc<Credential>, Fault> {
        let secret = self.vault.open(&row.access_key_id, &row.sealed_secret).map_err(Fault::internal)?;
        let secret = std::str::from_utf8(&secret).map_err(Fault::internal)?.to_owned();
        let credential = Credential::new(row, Zeroizing::new(secret), &self.partition, user, steady_ms);
        let credential = Arc::new(credential.map_err(Fault::internal)?);
        let mut opened = self.opened.write().unwrap_or_else(PoisonError::into_inner);
        if opened.len() >= MAX_KEYS
            && let Some(one) = opened.keys().next().cloned()
        {
            opened.remove(&one);
        }
        opened.insert(credential.row.access_key_id.clone(), Arc::clone(&credential));
        Ok(credential)
    }
}

/// The address of an unknown sender has had too many requests refused (B273).
fn too_many_refused() -> Fault {
    let text =
        "Too many requests from this address had an unknown access key or a signature that does not fit. Try again.";
    Fault::new(429, "ThrottlingException", text).after(1_000)
}

/// What is worth another try is answered with 503; a damaged database, for one, is not (B62).
fn unreachable(error: store::Error) -> Fault {
    match error.passing() {
        Some(message) => Fault { cause: Some(error.into()), ..Fault::unavailable(message) },
        None => Fault::internal(error),
    }
}

/// Whether the signature covers one of the readings, or the request as it arrived.
fn verify<H: Headers + ?Sized>(
    claim: &Claim<'_>,
    head: &Head<'_, H>,
    readings: &[Reading],
    digest: &BodyDigest,
    key: &SigningKey,
) -> bool {
    thread_local! {
        static SCRATCH: RefCell<Scratch> = RefCell::default();
    }
    SCRATCH.with_borrow_mut(|scratch| {
        let mut fits_as = |reading: &Reading| {
            let headers = WithHeader { headers: head.headers, name: "host", value: reading.host.as_deref() };
            let path = reading.path.as_deref().unwrap_or(head.path);
            let head = Head { method: head.method, path, query: head.query, headers: &headers };
            claim.fits(&head, digest, key, scratch)
        };
        readings.iter().any(&mut fits_as) || claim.fits(head, digest, key, scratch)
    })
}
