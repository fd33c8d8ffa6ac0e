//! Hashes of passwords: argon2id, off the threads that answer requests, as many at once as memory and cores allow (B230).
//!
//! A hash names its parameters. One that was made with others than those in force is made again when its user signs in.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use rand::RngExt as _;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use zeroize::Zeroizing;

use crate::{Error, Result};

/// What hashing takes, and how much of it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashSettings {
    /// Memory that one hash takes, KiB.
    pub memory_kib: u32,
    /// Passes over that memory.
    pub passes: u32,
    /// Hashes that are computed at once.
    pub at_once: usize,
    /// Hashes that wait for their turn; what comes beyond is refused.
    pub waiting: usize,
}

impl Default for HashSettings {
    fn default() -> Self {
        Self { memory_kib: 19_456, passes: 2, at_once: 2, waiting: 64 }
    }
}

/// Numbers of hashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashCounts {
    /// Computed now.
    pub running: usize,
    /// Waiting for their turn.
    pub waiting: usize,
    /// Computed at once at most.
    pub at_once_max: usize,
    /// Waiting at most.
    pub waiting_max: usize,
}

/// Salt and outcome of the hash that is verified where there is none.
const NOBODYS: &str = "bm9ib2R5IGhhcyBpdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// There are as many hashes to be computed as may wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Busy;

/// Computes hashes.
#[derive(Debug)]
pub(crate) struct Hashing {
    settings: HashSettings,
    /// One for each that runs or waits.
    places: Arc<Semaphore>,
    turns: Arc<Semaphore>,
    running: Arc<AtomicUsize>,
}

/// How a password compares with a hash.
#[derive(PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is another, or there is no hash.
    Wrong,
    /// It is the one.
    Right {
        /// Its hash under the parameters that are in force, where the old one has others.
        newer: Option<String>,
    },
}

impl Default for Hashing {
    fn default() -> Self {
        Self::new(HashSettings::default())
    }
}

impl Hashing {
    pub(crate) fn new(settings: HashSettings) -> Self {
        let places = settings.at_once.saturating_add(settings.waiting).clamp(1, Semaphore::MAX_PERMITS);
        Self {
            settings,
            places: Arc::new(Semaphore::new(places)),
            turns: Arc::new(Semaphore::new(settings.at_once.clamp(1, Semaphore::MAX_PERMITS))),
            running: Arc::default(),
        }
    }

    pub(crate) fn counts(&self) -> HashCounts {
        let running = self.running.load(Ordering::Relaxed);
        let places = self.settings.at_once.saturating_add(self.settings.waiting).max(1);
        let taken = places.saturating_sub(self.places.available_permits());
        HashCounts {
            running,
            waiting: taken.saturating_sub(running),
            at_once_max: self.settings.at_once,
            waiting_max: self.settings.waiting,
        }
    }

    /// A place for one hash; it is taken from here until the hash is made, also when nobody waits for it any more.
    pub(crate) fn place(&self) -> std::result::Result<Place, Busy> {
        Arc::clone(&self.places).try_acquire_owned().map(Place).map_err(|_| Busy)
    }

    /// The hash of a new password, with its parameters.
    pub(crate) async fn hash(&self, place: Place, password: &str) -> Result<String> {
        let password = prepared(password);
        self.run(place, move |argon| made(&argon, &password)).await?
    }

    /// Compares a password with a hash; without one this takes as long, and finds it wrong.
    pub(crate) async fn verify(&self, place: Place, password: &str, hash: Option<String>) -> Result<Verdict> {
        let password = prepared(password);
        self.run(place, move |argon| {
            let Some(hash) = hash else {
                // No password has this hash; to find that out takes as long as for any.
                let params = argon.params();
                let (memory, passes) = (params.m_cost(), params.t_cost());
                fits(&argon, &password, &format!("$argon2id$v=19$m={memory},t={passes},p=1${NOBODYS}"))?;
                return Ok(Verdict::Wrong);
            };
            if !fits(&argon, &password, &hash)? {
                return Ok(Verdict::Wrong);
            }
            let newer = if is_current(&argon, &hash)? { None } else { Some(made(&argon, &password)?) };
            Ok(Verdict::Right { newer })
        })
        .await?
    }

    async fn run<T: Send + 'static>(
        &self,
        place: Place,
        work: impl FnOnce(Argon2<'static>) -> Result<T> + Send + 'static,
    ) -> Result<Result<T>> {
        let params = Params::new(self.settings.memory_kib, self.settings.passes, 1, None).map_err(Error::internal)?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(Error::internal)?;
        let running = Arc::clone(&self.running);
        let job = move || {
            running.fetch_add(1, Ordering::Relaxed);
            let done = work(argon);
            running.fetch_sub(1, Ordering::Relaxed);
            drop((place, turn));
            done
        };
        tokio::task::spawn_blocking(job).await.map_err(Error::internal)
    }
}

/// See [`Hashing::place`].
#[derive(Debug)]
pub(crate) struct Place(#[expect(dead_code, reason = "it is held, not read")] OwnedSemaphorePermit);

/// The bytes that are hashed: the same for the same characters, however a keyboard composes them.
fn prepared(password: &str) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(engine::user::composed(password).into_bytes())
}

fn made(argon: &Argon2<'_>, password: &[u8]) -> Result<String> {
    let salt: [u8; 16] = rand::rng().random();
    let hash: PasswordHash = argon.hash_password_with_salt(password, &salt).map_err(unexpected)?;
    Ok(hash.to_string())
}

fn fits(argon: &Argon2<'_>, password: &[u8], hash: &str) -> Result<bool> {
    let hash = parsed(hash)?;
    match argon.verify_password(password, &hash) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(unexpected(error)),
    }
}

fn is_current(argon: &Argon2<'_>, hash: &str) -> Result<bool> {
    let hash = parsed(hash)?;
    let params = Params::try_from(&hash).map_err(unexpected)?;
    let own = argon.params();
    let same = (params.m_cost(), params.t_cost(), params.p_cost()) == (own.m_cost(), own.t_cost(), own.p_cost());
    Ok(same && hash.algorithm.as_str() == Algorithm::Argon2id.as_str())
}

fn parsed(hash: &str) -> Result<PasswordHash> {
    PasswordHash::new(hash).map_err(|_| Error::internal("a stored hash of a password is none"))
}

/// Says nothing of the password or the hash.
fn unexpected(error: argon2::password_hash::Error) -> Error {
    Error::internal(format!("hashing a password: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: HashSettings = HashSettings { memory_kib: 64, passes: 1, at_once: 1, waiting: 1 };

    #[tokio::test]
    async fn b230_a_hash_is_argon2id_and_names_its_parameters() {
        let hashing = Hashing::new(CHEAP);
        let hash = hashing.hash(hashing.place().unwrap(), "Secret-12").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{hash}");
        let again = hashing.hash(hashing.place().unwrap(), "Secret-12").await.unwrap();
        assert_ne!(hash, again, "each has a salt of its own");
        let verify = async |password: &str, hash: Option<&String>| {
            hashing.verify(hashing.place().unwrap(), password, hash.cloned()).await.unwrap()
        };
        assert!(verify("Secret-12", Some(&hash)).await == Verdict::Right { newer: None });
        assert!(verify("Secret-13", Some(&hash)).await == Verdict::Wrong);
        assert!(verify("Secret-12", None).await == Verdict::Wrong);
        assert!(verify("nobody has this one", None).await == Verdict::Wrong);
        let composed = hashing.hash(hashing.place().unwrap(), "Gr\u{fc}ße-123").await.unwrap();
        assert!(verify("Gru\u{308}ße-123", Some(&composed)).await != Verdict::Wrong, "the same characters");
        assert!(hashing.verify(hashing.place().unwrap(), "Secret-12", Some("rubbish".to_owned())).await.is_err());
    }

    #[tokio::test]
    async fn b230_a_hash_of_other_parameters_is_made_again() {
        let (old, new) = (Hashing::new(CHEAP), Hashing::new(HashSettings { passes: 2, ..CHEAP }));
        let hash = old.hash(old.place().unwrap(), "Secret-12").await.unwrap();
        let verdict = new.verify(new.place().unwrap(), "Secret-12", Some(hash.clone())).await.unwrap();
        let Verdict::Right { newer: Some(newer) } = verdict else { panic!("it is to be made again") };
        assert!(newer.contains("t=2"), "{newer}");
        let verdict = new.verify(new.place().unwrap(), "Secret-12", Some(newer)).await.unwrap();
        assert!(verdict == Verdict::Right { newer: None });
        let wrong = new.verify(new.place().unwrap(), "Secret-13", Some(hash)).await.unwrap();
        assert!(wrong == Verdict::Wrong, "a wrong one is not kept");
    }

    #[tokio::test]
    async fn b230_so_many_wait_and_no_more() {
        let hashing = Hashing::new(CHEAP);
        let (one, two) = (hashing.place().unwrap(), hashing.place().unwrap());
        assert!(hashing.place().is_err());
        let counts = HashCounts { running: 0, waiting: 2, at_once_max: 1, waiting_max: 1 };
        assert_eq!(hashing.counts(), counts);
        drop(one);
        hashing.hash(two, "Secret-12").await.unwrap();
        assert_eq!(hashing.counts().waiting, 0);
    }
}
