//! What sign-ins of one process share: settings, waits after wrong attempts, and a bound on the passwords that are compared (B231).

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use engine::waits::{REMEMBERED_MAX, Waits};
use store::CommitError;
use tokio::time::Instant;

use super::hashing::{Busy, HashCounts, HashSettings, Hashing, Place};
use super::watch::Watched;
use crate::Error;

/// Sessions of one user; one more ends the oldest.
pub const SESSIONS_MAX: usize = 20;
/// Keys of one session that are in force; one more removes the oldest.
pub const SESSION_KEYS_MAX: usize = 32;
/// How long the credentials of a session last, milliseconds: an hour, or until the session ends.
pub const CREDENTIALS_MS: i64 = 3_600_000;
/// The longest time of a session, milliseconds: twelve hours.
pub const SESSION_MS_MAX: i64 = 12 * 3_600_000;

/// How people sign in here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignInSettings {
    /// Hashes of passwords.
    pub hashes: HashSettings,
    /// How long a session lasts, milliseconds; [`SESSION_MS_MAX`] at most.
    pub session_ms: i64,
}

impl Default for SignInSettings {
    fn default() -> Self {
        Self { hashes: HashSettings::default(), session_ms: SESSION_MS_MAX }
    }
}

/// Why somebody is not signed in, or not any more.
#[derive(Debug)]
pub enum SignInError {
    /// Instance, name, password, invitation or session are not right, or the user may not sign in: no word about which.
    Refused,
    /// Too many wrong attempts: the next may begin after so many milliseconds.
    Wait(u64),
    /// As many passwords are being compared as may be; nothing was decided.
    Busy,
    /// The new password, or what was asked for, has not the right form.
    Invalid(String),
    /// Something failed here, or an administrator named what does not exist.
    Failed(Box<Error>),
}

impl From<Error> for SignInError {
    fn from(error: Error) -> Self {
        Self::Failed(Box::new(error))
    }
}

impl From<store::Error> for SignInError {
    fn from(error: store::Error) -> Self {
        Error::from(error).into()
    }
}

/// A condition that was not expected to fail is a fault of ours.
impl From<CommitError> for SignInError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Store(error) => error.into(),
            CommitError::Conflict(conflict) => Error::internal(format!("an unexpected conflict: {conflict:?}")).into(),
        }
    }
}

impl From<Busy> for SignInError {
    fn from(Busy: Busy) -> Self {
        Self::Busy
    }
}

/// How sign-ins went since the start, and what they take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignInCounts {
    /// Signed in.
    pub signed_in: u64,
    /// Refused because something was wrong.
    pub refused: u64,
    /// Made to wait after wrong attempts.
    pub made_to_wait: u64,
    /// Refused because too many passwords were being compared.
    pub busy: u64,
    /// Hashes.
    pub hashes: HashCounts,
    /// Names and places whose wrong attempts are remembered.
    pub remembered: usize,
    /// Remembered at most.
    pub remembered_max: usize,
}

/// What sign-ins of one process share.
#[derive(Debug)]
pub(crate) struct SignIns {
    pub(crate) settings: SignInSettings,
    pub(crate) hashing: Hashing,
    pub(super) watched: Watched,
    waits: Mutex<Waits>,
    /// The clock of waits begins here.
    begun: Instant,
    keys: (RandomState, RandomState),
    /// Passwords that are compared for each place, at most half of all that may be.
    places: Mutex<HashMap<String, usize>>,
    remembered: AtomicUsize,
    signed_in: AtomicU64,
    refused: AtomicU64,
    made_to_wait: AtomicU64,
    busy: AtomicU64,
}

impl Default for SignIns {
    fn default() -> Self {
        Self::new(SignInSettings::default())
    }
}

impl SignIns {
    pub(crate) fn new(settings: SignInSettings) -> Self {
        let settings = SignInSettings { session_ms: settings.session_ms.clamp(1, SESSION_MS_MAX), ..settings };
        Self {
            settings,
            hashing: Hashing::new(settings.hashes),
            watched: Watched::default(),
            waits: Mutex::default(),
            begun: Instant::now(),
            keys: (RandomState::new(), RandomState::new()),
            places: Mutex::default(),
            remembered: AtomicUsize::new(0),
            signed_in: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            made_to_wait: AtomicU64::new(0),
            busy: AtomicU64::new(0),
        }
    }

    pub(super) fn counts(&self) -> SignInCounts {
        let of = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        SignInCounts {
            signed_in: of(&self.signed_in),
            refused: of(&self.refused),
            made_to_wait: of(&self.made_to_wait),
            busy: of(&self.busy),
            hashes: self.hashing.counts(),
            remembered: self.remembered.load(Ordering::Relaxed),
            remembered_max: REMEMBERED_MAX,
        }
    }

    fn waits(&self) -> MutexGuard<'_, Waits> {
        self.waits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn places(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An attempt at a name begins, from `place`. It counts as wrong until it is decided otherwise, also when nobody waits for the
    /// decision any more.
    pub(super) fn begin(&self, instance: &str, name: &str, place: &str) -> Result<Attempt, SignInError> {
        let of = (instance, name, place);
        let halves = (self.keys.0.hash_one(of), self.keys.1.hash_one(of));
        let key = u128::from(halves.0) << 64 | u128::from(halves.1);
        let now_ms = i64::try_from(self.begun.elapsed().as_millis()).unwrap_or(i64::MAX);
        let mut waits = self.waits();
        let begun = waits.begin(key, now_ms);
        self.remembered.store(waits.len(), Ordering::Relaxed);
        drop(waits);
        match begun {
            Ok(()) => Ok(Attempt(key)),
            Err(wait_ms) => {
                self.made_to_wait.fetch_add(1, Ordering::Relaxed);
                Err(SignInError::Wait(u64::try_from(wait_ms).unwrap_or(1)))
            }
        }
    }

    /// The attempt ended.
    pub(super) fn decided(&self, Attempt(key): Attempt, error: Option<&SignInError>) {
        let mut waits = self.waits();
        match error {
            None => waits.right(key),
            Some(SignInError::Refused | SignInError::Wait(_)) => {}
            Some(SignInError::Busy | SignInError::Invalid(_) | SignInError::Failed(_)) => waits.undecided(key),
        }
        self.remembered.store(waits.len(), Ordering::Relaxed);
    }

    /// A place among the passwords that are compared. One address has half of them at most, so that it cannot keep out all others.
    pub(super) fn compare(&self, from: &str) -> Result<Comparing<'_>, SignInError> {
        let half = self.settings.hashes.at_once.saturating_add(self.settings.hashes.waiting).div_ceil(2).max(1);
        let mut places = self.places();
        let own = places.entry(from.to_owned()).or_insert(0);
        let place = if *own < half { self.hashing.place().ok() } else { None };
        match place {
            Some(place) => {
                *own += 1;
                drop(places);
                Ok(Comparing { place: Some(place), _of: OfPlace { all: self, from: from.to_owned() } })
            }
            None => {
                if *own == 0 {
                    places.remove(from);
                }
                drop(places);
                self.busy.fetch_add(1, Ordering::Relaxed);
                Err(SignInError::Busy)
            }
        }
    }

    /// Counts how it ended, whatever it was that signs somebody in.
    pub(super) fn ended<T>(&self, outcome: &Result<T, SignInError>) {
        match outcome {
            Ok(_) => self.signed_in.fetch_add(1, Ordering::Relaxed),
            Err(SignInError::Refused) => self.refused.fetch_add(1, Ordering::Relaxed),
            // Counted where they arise, or no sign-ins.
            Err(SignInError::Wait(_) | SignInError::Busy | SignInError::Invalid(_) | SignInError::Failed(_)) => 0,
        };
    }
}

/// An attempt that was begun: what stands for its name and place.
#[derive(Clone, Copy)]
pub(super) struct Attempt(u128);

/// A place for a password to be compared.
pub(super) struct Comparing<'a> {
    place: Option<Place>,
    _of: OfPlace<'a>,
}

impl Comparing<'_> {
    pub(super) fn take(&mut self) -> Result<Place, SignInError> {
        self.place.take().ok_or(SignInError::Busy)
    }
}

struct OfPlace<'a> {
    all: &'a SignIns,
    from: String,
}

impl Drop for OfPlace<'_> {
    fn drop(&mut self) {
        let mut places = self.all.places();
        if let Some(own) = places.get_mut(&self.from) {
            *own = own.saturating_sub(1);
            if *own == 0 {
                places.remove(&self.from);
            }
        }
    }
}
