//! Users who sign in: passwords, invitations, locks, sessions and the temporary keys of sessions.
//!
//! | File | Contents |
//! | --- | --- |
//! | `hashing` | hashes of passwords, off the threads that answer requests |
//! | `attempts` | settings, waits after wrong attempts, how many passwords are compared at once |
//! | `credential` | the one way in which what a user signs in with changes |
//! | `enter` | sign-in by password, the change of a password by its user, and the invitation that sets one |
//! | `session` | what a session is made of; renewing and ending it |
//! | `watch` | tells streams of events when their session has ended |
//! | `administer` | what an administrator does: passwords, invitations, locks, sessions of others |
//!
//! Secrets are made and sealed by the program: here are digests and sealed texts only. Times are those of the real clock, which the
//! test clock does not move.

mod administer;
mod attempts;
mod credential;
mod enter;
mod hashing;
mod session;
mod watch;

use std::time::Duration;

use tokio::time::Instant;
use wire::ExceptionKind;

pub use administer::{SignInState, UserRef};
pub use attempts::{
    CREDENTIALS_MS, SESSION_KEYS_MAX, SESSION_MS_MAX, SESSIONS_MAX, SignInCounts, SignInError, SignInSettings,
};
pub use enter::{InstanceName, PasswordChange, SignIn};
pub use hashing::{HashCounts, HashSettings};
pub use session::{Credentials, NewKey, NewSession, Session, SessionInfo, SignedIn};
pub use watch::SessionWatch;

pub(crate) use attempts::SignIns;

use crate::{Cx, Error, Result, Service};
use hashing::Busy;

/// When a password that could not be hashed for want of room may be sent again, milliseconds.
const RETRY_MS: u64 = 1_000;
/// Rows removed in one commit.
const STEP_ROWS: usize = 1_000;
/// Time between two looks at the sessions that are watched: B6 promises two seconds.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Pause between removals of what has expired.
const IDLE: Duration = Duration::from_secs(30);
/// So long after it expired a key is still known as expired, milliseconds: its user should hear that, and not that there is none.
const EXPIRED_KEYS_KNOWN_MS: i64 = 3_600_000;

/// The hash of the password of a user who is to be made; `None` without one, or for one that the rules refuse (tasks 1.4).
pub(crate) async fn hash_of_new(cx: &Cx<'_>, password: Option<&str>) -> Result<Option<String>> {
    let Some(password) = password.filter(|password| enter::check_new(password).is_ok()) else { return Ok(None) };
    let hashing = &cx.sign_ins().hashing;
    let place = hashing.place().map_err(|Busy| {
        let text = "Too many passwords are being hashed at once. Try again.";
        Error { retry_after_ms: Some(RETRY_MS), ..Error::new(ExceptionKind::ThrottlingException, text) }
    })?;
    hashing.hash(place, password).await.map(Some)
}

impl Service {
    /// Sets how people sign in; later calls of this have no effect.
    pub fn use_sign_in(&self, settings: SignInSettings) {
        self.inner.sign_ins.get_or_init(|| SignIns::new(settings));
    }

    /// How sign-ins went since the start, and what they take.
    pub fn sign_in_counts(&self) -> SignInCounts {
        self.sign_ins().counts()
    }

    pub(crate) fn sign_ins(&self) -> &SignIns {
        self.inner.sign_ins.get_or_init(SignIns::default)
    }

    /// Hears when the session of this id has ended, while [`Service::keep_sessions`] runs.
    pub fn watch_session(&self, id: &str) -> SessionWatch {
        self.sign_ins().watched.watch(id)
    }

    /// Tells whoever watches a session that it has ended, and removes sessions and keys that have expired, until `stop` is ready;
    /// run it in one task per process. `real_ms` reads the real clock, in epoch milliseconds.
    pub async fn keep_sessions(&self, real_ms: impl Fn() -> i64, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        let mut clean_at = Instant::now();
        loop {
            let done = async {
                self.sign_ins().watched.look(self.store(), real_ms()).await?;
                if Instant::now() >= clean_at && !self.sessions_step(real_ms()).await? {
                    clean_at = Instant::now() + IDLE;
                }
                Ok::<_, store::Error>(())
            };
            if let Err(error) = done.await {
                tracing::warn!(%error, "looking for sessions that have ended failed, trying again");
            }
            tokio::select! {
                biased;
                () = &mut stop => return,
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        }
    }

    /// Removes some of the sessions and keys that have expired at `now_ms`, epoch milliseconds; true when there may be more.
    ///
    /// # Errors
    /// What the store reports; the step may be repeated.
    pub async fn sessions_step(&self, now_ms: i64) -> std::result::Result<bool, store::Error> {
        let store = self.store();
        let sessions = store.delete_expired_sessions(now_ms, STEP_ROWS).await?;
        let keys = store.delete_expired_session_keys(now_ms - EXPIRED_KEYS_KNOWN_MS, STEP_ROWS).await?;
        Ok(sessions.max(keys) >= STEP_ROWS as u64)
    }
}
