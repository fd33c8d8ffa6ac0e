//! How a session begins: by a password, by the change of a password, by an invitation.
//!
//! The answer to something wrong is one and the same, after the same work: it does not tell whether there is such an instance, such a
//! name, a password or a lock (B232).

use engine::faults::Faults;
use engine::user as rules;
use store::{Batch, CommitError, Kind, ResourceRow, UserCredentialRow};
use wire::Op;

use super::attempts::SignInError;
use super::credential::ATTEMPTS;
use super::hashing::Verdict;
use super::session::{Credentials, NewSession, Session, begin, signed_in};
use crate::{Cx, Service};

/// What stands for an instance or a user that there is not, so that looking for what belongs to it takes as long.
const NOTHING: &str = "";

/// The instance to sign in to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstanceName<'a> {
    /// By id.
    Id(&'a str),
    /// By alias.
    Alias(&'a str),
}

/// Instance, name and password.
#[derive(Clone, Copy)]
pub struct SignIn<'a> {
    /// The instance.
    pub instance: InstanceName<'a>,
    /// The user's name.
    pub username: &'a str,
    /// The password.
    pub password: &'a str,
    /// Where it comes from: what counts as one place, an address or a network.
    pub place: &'a str,
}

impl std::fmt::Debug for SignIn<'_> {
    /// Without the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SignIn({:?}, {:?})", self.instance, self.username)
    }
}

/// A sign-in that sets another password.
#[derive(Clone, Copy)]
pub struct PasswordChange<'a> {
    /// The sign-in with the password that is in force.
    pub sign_in: SignIn<'a>,
    /// The one that is to be.
    pub new_password: &'a str,
}

impl std::fmt::Debug for PasswordChange<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PasswordChange({:?})", self.sign_in)
    }
}

/// A user whose password was right.
struct Proven {
    alias: Option<String>,
    user: ResourceRow,
    credential: UserCredentialRow,
    /// The hash under the parameters in force, where the stored one has others.
    newer: Option<String>,
}

impl Service {
    /// Signs a user in at `now_ms`, epoch milliseconds.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn sign_in(
        &self,
        ask: SignIn<'_>,
        session: &NewSession,
        now_ms: i64,
    ) -> Result<Credentials, SignInError> {
        let cx = Cx::new(self, Op::DescribeUser, now_ms);
        let done = async {
            let proven = prove(&cx, ask).await?;
            let newer = proven.newer.clone();
            enter(&cx, proven, session, Ending::Nothing, move |row| {
                if let Some(hash) = &newer {
                    row.password = Some(hash.clone());
                }
            })
            .await
        };
        counted(&cx, done.await)
    }

    /// Signs a user in, sets another password and ends every other session of the user.
    ///
    /// # Errors
    /// [`SignInError`]; [`SignInError::Invalid`] about the new password, once the old one was right.
    pub async fn change_password(
        &self,
        ask: PasswordChange<'_>,
        session: &NewSession,
        now_ms: i64,
    ) -> Result<Credentials, SignInError> {
        let cx = Cx::new(self, Op::DescribeUser, now_ms);
        let done = async {
            let proven = prove(&cx, ask.sign_in).await?;
            check_new(ask.new_password)?;
            if rules::composed(ask.new_password) == rules::composed(ask.sign_in.password) {
                return Err(SignInError::Invalid("NewPassword must be another than Password".to_owned()));
            }
            let hash = new_hash(&cx, ask.new_password, ask.sign_in.place).await?;
            enter(&cx, proven, session, Ending::Others, move |row| {
                row.password = Some(hash.clone());
                row.password_ms = Some(now_ms);
            })
            .await
        };
        counted(&cx, done.await)
    }

    /// Sets the password of the user whom an invitation is for, by the SHA-256 of its token, and signs them in. The invitation ends
    /// with it, and so does every session of the user.
    ///
    /// # Errors
    /// [`SignInError`]; [`SignInError::Invalid`] about the password leaves the invitation as it is.
    pub async fn accept_invitation(
        &self,
        token_sha256: &[u8],
        password: &str,
        place: &str,
        session: &NewSession,
        now_ms: i64,
    ) -> Result<Credentials, SignInError> {
        let cx = Cx::new(self, Op::DescribeUser, now_ms);
        let done = async {
            let invited = cx.store().invited_user(token_sha256).await?;
            let open =
                |row: &UserCredentialRow| !row.locked && row.invited_until_ms.is_some_and(|until| until > now_ms);
            let Some(credential) = invited.filter(open) else { return Err(SignInError::Refused) };
            let instance = cx.store().instance(&credential.instance_id).await?;
            let user = cx.store().resource(&credential.instance_id, Kind::User, &credential.user_id).await?;
            let (Some(instance), Some(user)) = (instance, user) else { return Err(SignInError::Refused) };
            check_new(password)?;
            let hash = new_hash(&cx, password, place).await?;
            let proven = Proven { alias: instance.alias.clone(), user, credential, newer: None };
            enter(&cx, proven, session, Ending::Others, move |row| {
                row.password = Some(hash.clone());
                row.password_ms = Some(now_ms);
                (row.invitation, row.invited_until_ms) = (None, None);
            })
            .await
        };
        counted(&cx, done.await)
    }
}

fn counted<T>(cx: &Cx<'_>, done: Result<T, SignInError>) -> Result<T, SignInError> {
    cx.sign_ins().ended(&done);
    done
}

/// Compares a password with that of the user, whoever it is.
async fn prove(cx: &Cx<'_>, ask: SignIn<'_>) -> Result<Proven, SignInError> {
    let (InstanceName::Id(instance) | InstanceName::Alias(instance)) = ask.instance;
    let sign_ins = cx.sign_ins();
    let attempt = sign_ins.begin(instance, ask.username, ask.place)?;
    let proven = compare(cx, ask).await;
    sign_ins.decided(attempt, proven.as_ref().err());
    proven
}

async fn compare(cx: &Cx<'_>, ask: SignIn<'_>) -> Result<Proven, SignInError> {
    let mut comparing = cx.sign_ins().compare(ask.place)?;
    let instance = match ask.instance {
        InstanceName::Id(id) => cx.store().instance(id).await?.map(|row| (row.id.clone(), row.alias.clone())),
        InstanceName::Alias(alias) => cx.store().instance_by_alias(alias).await?.map(|row| (row.id, row.alias)),
    };
    let instance_id = instance.as_ref().map_or(NOTHING, |(id, _)| id.as_str());
    let user = cx.store().resource_named(instance_id, Kind::User, ask.username).await?;
    let user_id = user.as_ref().map_or(NOTHING, |user| user.id.as_str());
    let credential = cx.store().user_credential(instance_id, user_id).await?;
    let hash = credential.as_ref().and_then(|credential| credential.password.clone());
    let verdict = cx.sign_ins().hashing.verify(comparing.take()?, ask.password, hash).await?;
    match (verdict, instance, user, credential) {
        (Verdict::Right { newer }, Some((_, alias)), Some(user), Some(credential)) if !credential.locked => {
            Ok(Proven { alias, user, credential, newer })
        }
        _ => Err(SignInError::Refused),
    }
}

/// The rules of a new password (tasks 1.4).
pub(super) fn check_new(password: &str) -> Result<(), SignInError> {
    let mut faults = Faults::default();
    rules::check_password(Some(password), &mut faults);
    match faults.check() {
        Ok(()) => Ok(()),
        Err(engine::faults::Refused::Values(message) | engine::faults::Refused::Request(message)) => {
            Err(SignInError::Invalid(message))
        }
    }
}

/// The hash of a new password, which somebody at `place` sets.
async fn new_hash(cx: &Cx<'_>, password: &str, place: &str) -> Result<String, SignInError> {
    let mut hashing = cx.sign_ins().compare(place)?;
    Ok(cx.sign_ins().hashing.hash(hashing.take()?, password).await?)
}

/// Which sessions of the user end when one begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Nothing,
    Others,
}

/// Begins a session and changes what the user signs in with, in one commit. What was proven must still be so.
async fn enter(
    cx: &Cx<'_>,
    proven: Proven,
    new: &NewSession,
    ending: Ending,
    change: impl Fn(&mut UserCredentialRow),
) -> Result<Credentials, SignInError> {
    let Proven { alias, user, credential, .. } = proven;
    // A hash alone may be another: that of the same password under other parameters.
    let by = |row: &UserCredentialRow| (row.locked, row.password_ms, row.invitation.clone());
    let (proof, instance) = (by(&credential), credential.instance_id.clone());
    let mut current = Some(credential);
    for _ in 0..ATTEMPTS {
        let row = match current.take() {
            Some(row) => row,
            None => cx.store().user_credential(&instance, &user.id).await?.ok_or(SignInError::Refused)?,
        };
        if by(&row) != proof {
            return Err(SignInError::Refused);
        }
        let mut changed = row;
        change(&mut changed);
        let mut batch = Batch::new();
        batch.update_user_credential(&changed);
        if ending == Ending::Others {
            batch.end_sessions_of_user(&changed.instance_id, &changed.user_id);
        }
        let (session, expires_ms) = begin(cx, &mut batch, &changed, new, ending == Ending::Others).await?;
        match cx.store().commit(batch).await {
            Ok(()) => {
                let user = signed_in(cx, &changed.instance_id, alias, &user)?;
                return Ok(Credentials { of: Session { user, session }, expires_ms });
            }
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(SignInError::Busy)
}
