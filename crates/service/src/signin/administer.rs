//! What an administrator does for users who sign in: passwords, invitations, locks, and the sessions of others.

use store::{Batch, Kind};
use wire::Op;
use wire::ops::CreateUserInput;
use wire::shapes::DirectoryType;

use super::attempts::{SESSIONS_MAX, SignInError};
use super::credential::change;
use super::enter::{InstanceName, check_new};
use super::session::{SessionInfo, SignedIn, signed_in};
use crate::resource::{instance, user};
use crate::{Cx, Error, Service};

/// The user who administers a new instance.
const ADMIN: &str = "admin";
/// The routing profile of a new instance (tasks 5).
const BASIC_ROUTING_PROFILE: &str = "Basic Routing Profile";

/// A user by instance and name.
#[derive(Clone, Copy, Debug)]
pub struct UserRef<'a> {
    /// The instance; the only one there is when it is not named.
    pub instance: Option<InstanceName<'a>>,
    /// The user's name.
    pub username: &'a str,
}

/// How a user may sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInState {
    /// The user.
    pub user: SignedIn,
    /// When the password was set, epoch milliseconds; `None` for a user without one.
    pub password_ms: Option<i64>,
    /// Whether the user may not sign in.
    pub locked: bool,
    /// Until when an invitation is open, epoch milliseconds.
    pub invited_until_ms: Option<i64>,
    /// Sessions, oldest first; some may have expired.
    pub sessions: Vec<SessionInfo>,
}

impl Service {
    /// A user by name.
    ///
    /// # Errors
    /// [`SignInError::Invalid`] that says what there is not; the store's failures.
    pub async fn user_to_sign_in(&self, user: UserRef<'_>, now_ms: i64) -> Result<SignInState, SignInError> {
        let cx = Cx::new(self, Op::DescribeUser, now_ms);
        let (instance_id, alias) = instance_of(&cx, user.instance).await?;
        let name = user.username;
        let row = cx.store().resource_named(&instance_id, Kind::User, name).await?;
        let row = row.ok_or_else(|| unknown(format!("instance {instance_id} has no user named {name:?}")))?;
        let credential = cx.store().user_credential(&instance_id, &row.id).await?.unwrap_or_default();
        let sessions = cx.store().sessions_of_user(&instance_id, &row.id, SESSIONS_MAX.saturating_mul(2)).await?;
        Ok(SignInState {
            user: signed_in(&cx, &instance_id, alias, &row)?,
            password_ms: credential.password_ms.filter(|_| credential.password.is_some()),
            locked: credential.locked,
            invited_until_ms: credential.invited_until_ms.filter(|until| *until > now_ms),
            sessions: sessions.into_iter().filter(|row| row.expires_ms > now_ms).map(SessionInfo::from).collect(),
        })
    }

    /// Makes the user `admin` of an instance that has none yet, with the security profile Admin.
    ///
    /// # Errors
    /// What CreateUser refuses; the store's failures.
    pub async fn make_admin(&self, instance: &str, now_ms: i64) -> Result<SignedIn, Error> {
        let cx = Cx::new(self, Op::CreateUser, now_ms);
        let named = async |kind: Kind, name: &str| {
            let row = cx.store().resource_named(instance, kind, name).await?;
            row.map(|row| row.id).ok_or_else(|| Error::internal(format!("the new instance has no {name}")))
        };
        let input = CreateUserInput {
            instance_id: instance.to_owned(),
            username: ADMIN.to_owned(),
            security_profile_ids: vec![named(Kind::SecurityProfile, "Admin").await?],
            routing_profile_id: named(Kind::RoutingProfile, BASIC_ROUTING_PROFILE).await?,
            ..CreateUserInput::default()
        };
        user::create(&cx, input).await?;
        let row = cx.store().resource_named(instance, Kind::User, ADMIN).await?;
        let row = row.ok_or_else(|| Error::internal("the user that was just made is gone"))?;
        signed_in(&cx, instance, None, &row)
    }

    /// Sets a user's password. Sessions of the user end, and so does an invitation.
    ///
    /// # Errors
    /// [`SignInError::Invalid`] about the password, or where the directory of the instance has the passwords; the store's failures.
    pub async fn set_password(&self, user: &SignedIn, password: &str, now_ms: i64) -> Result<(), SignInError> {
        let cx = Cx::new(self, Op::DescribeUser, now_ms);
        check_new(password)?;
        refuse_foreign(&cx, &user.instance_id).await?;
        let sign_ins = cx.sign_ins();
        let hash = sign_ins.hashing.hash(sign_ins.hashing.place()?, password).await?;
        change(&cx, &user.instance_id, &user.user_id, true, move |row| {
            (row.password, row.password_ms) = (Some(hash.clone()), Some(now_ms));
            (row.invitation, row.invited_until_ms) = (None, None);
            Ok(())
        })
        .await
    }

    /// Lets whoever has the token of this SHA-256 set the user's password once, until `until_ms` (epoch milliseconds). It takes the
    /// place of an earlier invitation.
    ///
    /// # Errors
    /// [`SignInError::Invalid`] for a user who is locked, or where the directory of the instance has the passwords; the store's
    /// failures.
    pub async fn invite(
        &self,
        user: &SignedIn,
        token_sha256: &[u8],
        until_ms: i64,
        now_ms: i64,
    ) -> Result<(), SignInError> {
        let cx = Cx::new(self, Op::DescribeUser, now_ms);
        refuse_foreign(&cx, &user.instance_id).await?;
        change(&cx, &user.instance_id, &user.user_id, false, |row| {
            if row.locked {
                return Err(SignInError::Invalid("the user is locked: unlock them first".to_owned()));
            }
            (row.invitation, row.invited_until_ms) = (Some(token_sha256.to_vec()), Some(until_ms));
            Ok(())
        })
        .await
    }

    /// Takes an invitation back; nothing happens when there is none.
    ///
    /// # Errors
    /// The store's failures.
    pub async fn revoke_invitation(&self, user: &SignedIn, now_ms: i64) -> Result<(), SignInError> {
        let cx = Cx::new(self, Op::DescribeUser, now_ms);
        change(&cx, &user.instance_id, &user.user_id, false, |row| {
            (row.invitation, row.invited_until_ms) = (None, None);
            Ok(())
        })
        .await
    }

    /// Keeps a user from signing in, and ends their sessions; or lets them sign in again.
    ///
    /// # Errors
    /// The store's failures.
    pub async fn lock_user(&self, user: &SignedIn, locked: bool, now_ms: i64) -> Result<(), SignInError> {
        let cx = Cx::new(self, Op::DescribeUser, now_ms);
        change(&cx, &user.instance_id, &user.user_id, locked, |row| {
            row.locked = locked;
            Ok(())
        })
        .await
    }

    /// Ends a session of a user, or all of them. Nothing happens when it has ended before.
    ///
    /// # Errors
    /// The store's failures.
    pub async fn end_sessions(&self, user: &SignedIn, session: Option<&str>, now_ms: i64) -> Result<(), SignInError> {
        let cx = Cx::new(self, Op::DescribeUser, now_ms);
        let Some(id) = session else {
            return change(&cx, &user.instance_id, &user.user_id, true, |_| Ok(())).await;
        };
        let mut batch = Batch::new();
        batch.end_session(&user.instance_id, &user.user_id, id);
        Ok(cx.store().commit(batch).await?)
    }
}

/// The instance that is named, or the only one there is: id and alias.
async fn instance_of(cx: &Cx<'_>, name: Option<InstanceName<'_>>) -> Result<(String, Option<String>), SignInError> {
    let found = match name {
        Some(InstanceName::Id(id)) => {
            let row = cx.store().instance(id).await?;
            row.map(|row| (row.id.clone(), row.alias.clone())).ok_or_else(|| format!("there is no instance {id}"))
        }
        Some(InstanceName::Alias(alias)) => {
            let row = cx.store().instance_by_alias(alias).await?;
            row.map(|row| (row.id, row.alias)).ok_or_else(|| format!("no instance has the alias {alias:?}"))
        }
        None => {
            let mut rows = cx.store().instance_page(None, 2).await?.items;
            match (rows.pop(), rows.pop()) {
                (Some(row), None) => Ok((row.id, row.alias)),
                (Some(_), Some(_)) => Err("there is more than one instance: name it with --instance".to_owned()),
                (None, _) => Err("there is no instance".to_owned()),
            }
        }
    };
    found.map_err(unknown)
}

/// Users of a SAML instance have no passwords here (administration 2.7.2).
async fn refuse_foreign(cx: &Cx<'_>, instance: &str) -> Result<(), SignInError> {
    if instance::directory(cx, instance).await.map_err(SignInError::from)? == DirectoryType::Saml {
        return Err(SignInError::Invalid(
            "the users of this instance sign in by SAML, and have no password here".to_owned(),
        ));
    }
    Ok(())
}

fn unknown(text: String) -> SignInError {
    SignInError::Invalid(text)
}
