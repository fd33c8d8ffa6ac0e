//! Sessions: what one is made of, who is signed in, renewing and ending it.

use engine::arn;
use store::{
    AccessKeyRow, Batch, CommitError, Conflict, KeyOwner, Kind, ResourceRow, UserCredentialRow, UserSessionRow,
};
use wire::Op;
use wire::shapes::User;

use super::attempts::{CREDENTIALS_MS, SESSION_KEYS_MAX, SESSIONS_MAX, SignInError};
use super::credential::change;
use crate::resource::layer::stored;
use crate::{Cx, Result, Service};

/// A temporary key as the program has made it: its secret is sealed, of its token there is the digest.
#[derive(Clone)]
pub struct NewKey {
    /// `ASIA…`.
    pub access_key_id: String,
    /// The secret, encrypted.
    pub sealed_secret: Vec<u8>,
    /// SHA-256 of the session token that comes with it.
    pub token_sha256: Vec<u8>,
}

impl std::fmt::Debug for NewKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewKey({})", self.access_key_id)
    }
}

/// A session that is to begin.
#[derive(Clone)]
pub struct NewSession {
    /// SHA-256 of the token in the browser's cookie.
    pub cookie_sha256: Vec<u8>,
    /// Its first key.
    pub key: NewKey,
    /// Where the user signs in from; cut at 64 characters.
    pub address: String,
    /// With which program, as it says itself; cut at 256 characters.
    pub user_agent: String,
}

impl std::fmt::Debug for NewSession {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewSession({:?})", self.key)
    }
}

/// A user who is signed in, as clients see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The instance's id.
    pub instance_id: String,
    /// The instance's alias, if it has one.
    pub instance_alias: Option<String>,
    /// The user's id.
    pub user_id: String,
    /// The user's ARN.
    pub arn: String,
    /// The user's name.
    pub username: String,
    /// First name; may be empty.
    pub first_name: String,
    /// Last name; may be empty.
    pub last_name: String,
}

/// A session, free of secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionInfo {
    /// Its id.
    pub id: String,
    /// When it began, epoch milliseconds.
    pub created_ms: i64,
    /// When it last got credentials, epoch milliseconds.
    pub renewed_ms: i64,
    /// When it ends, epoch milliseconds.
    pub expires_ms: i64,
    /// Where the user signed in from.
    pub address: String,
    /// With which program, as it says itself.
    pub user_agent: String,
}

/// A session with its user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub user: SignedIn,
    /// Since when and until when.
    pub session: SessionInfo,
}

/// A session that has just got credentials: those that the caller has made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// The session.
    pub of: Session,
    /// When the credentials stop working, epoch milliseconds.
    pub expires_ms: i64,
}

impl From<UserSessionRow> for SessionInfo {
    fn from(row: UserSessionRow) -> Self {
        let UserSessionRow { id, created_ms, renewed_ms, expires_ms, address, user_agent, .. } = row;
        Self { id, created_ms, renewed_ms, expires_ms, address, user_agent }
    }
}

impl Service {
    /// A user by bare ids, as clients see who is signed in; `None` when the user or the instance was deleted.
    ///
    /// # Errors
    /// The store's failures.
    pub async fn signed_in(&self, instance_id: &str, user_id: &str, now_ms: i64) -> Result<Option<SignedIn>> {
        let cx = Cx::new(self, Op::DescribeUser, now_ms);
        user_of(&cx, instance_id, user_id).await
    }

    /// Who is signed in with the cookie of this digest; `None` when nobody is, or not any more at `now_ms` (epoch milliseconds).
    ///
    /// # Errors
    /// The store's failures.
    pub async fn session(
        &self,
        cookie_sha256: &[u8],
        now_ms: i64,
    ) -> std::result::Result<Option<Session>, SignInError> {
        let cx = Cx::new(self, Op::DescribeUser, now_ms);
        Ok(living(&cx, cookie_sha256).await?.map(|(_, session)| session))
    }

    /// Gives a session another key.
    ///
    /// # Errors
    /// [`SignInError::Refused`] when nobody is signed in with this cookie; the store's failures.
    pub async fn renew_session(
        &self,
        cookie_sha256: &[u8],
        key: &NewKey,
        now_ms: i64,
    ) -> std::result::Result<Credentials, SignInError> {
        let cx = Cx::new(self, Op::DescribeUser, now_ms);
        let Some((owner, of)) = living(&cx, cookie_sha256).await? else { return Err(SignInError::Refused) };
        let keys = cx.store().keys_of_session(&owner).await?;
        let mut batch = Batch::new();
        batch.of_instance(&owner.instance_id);
        batch.renew_session(&owner.instance_id, &owner.user_id, &owner.session_id, now_ms);
        for old in keys.iter().take((keys.len() + 1).saturating_sub(SESSION_KEYS_MAX)) {
            batch.delete_key_of_session(&owner, old);
        }
        let expires_ms = key_expiry(now_ms, of.session.expires_ms);
        batch.insert_access_key(&key_row(&cx, &owner, key, expires_ms));
        match cx.store().commit(batch).await {
            Ok(()) => Ok(Credentials { of, expires_ms }),
            // The session ended meanwhile.
            Err(CommitError::Conflict(Conflict::Moved)) => Err(SignInError::Refused),
            Err(error) => Err(error.into()),
        }
    }

    /// Ends the session of a cookie, with `everywhere` every session of its user. Nothing happens when nobody is signed in with it.
    /// Answers who was.
    ///
    /// # Errors
    /// The store's failures.
    pub async fn sign_out(
        &self,
        cookie_sha256: &[u8],
        everywhere: bool,
        now_ms: i64,
    ) -> std::result::Result<Option<Session>, SignInError> {
        let cx = Cx::new(self, Op::DescribeUser, now_ms);
        let Some(row) = cx.store().session_of_cookie(cookie_sha256).await? else { return Ok(None) };
        let who = known(&cx, row.clone()).await?;
        if everywhere {
            change(&cx, &row.instance_id, &row.user_id, true, |_| Ok(())).await?;
            return Ok(who);
        }
        let mut batch = Batch::new();
        batch.end_session(&row.instance_id, &row.user_id, &row.id);
        cx.store().commit(batch).await?;
        Ok(who)
    }
}

/// The session of a cookie that has not ended.
async fn living(cx: &Cx<'_>, cookie_sha256: &[u8]) -> Result<Option<(KeyOwner, Session)>> {
    let Some(row) = cx.store().session_of_cookie(cookie_sha256).await? else { return Ok(None) };
    if row.expires_ms <= cx.now_ms {
        return Ok(None);
    }
    let (instance_id, user_id, session_id) = (row.instance_id.clone(), row.user_id.clone(), row.id.clone());
    Ok(known(cx, row).await?.map(|session| (KeyOwner { instance_id, user_id, session_id }, session)))
}

/// A session with its user; `None` when the user or the instance was deleted.
async fn known(cx: &Cx<'_>, row: UserSessionRow) -> Result<Option<Session>> {
    let user = user_of(cx, &row.instance_id, &row.user_id).await?;
    Ok(user.map(|user| Session { user, session: row.into() }))
}

async fn user_of(cx: &Cx<'_>, instance_id: &str, user_id: &str) -> Result<Option<SignedIn>> {
    let Some(instance) = cx.store().instance(instance_id).await? else { return Ok(None) };
    let Some(user) = cx.store().resource(instance_id, Kind::User, user_id).await? else { return Ok(None) };
    signed_in(cx, instance_id, instance.alias.clone(), &user).map(Some)
}

/// A stored user as clients see who is signed in.
pub(super) fn signed_in(cx: &Cx<'_>, instance: &str, alias: Option<String>, row: &ResourceRow) -> Result<SignedIn> {
    let user: User = stored(row)?;
    let names = user.identity_info.unwrap_or_default();
    Ok(SignedIn {
        instance_id: instance.to_owned(),
        instance_alias: alias,
        user_id: row.id.clone(),
        arn: cx.home().instance(instance).arn(arn::Kind::User, &row.id),
        username: row.name.clone(),
        first_name: names.first_name.unwrap_or_default(),
        last_name: names.last_name.unwrap_or_default(),
    })
}

/// Adds to `batch` a session of the user whose credential row it changes. With `alone` the batch has ended the others; otherwise the
/// oldest beyond [`SESSIONS_MAX`] end.
pub(super) async fn begin(
    cx: &Cx<'_>,
    batch: &mut Batch,
    row: &UserCredentialRow,
    new: &NewSession,
    alone: bool,
) -> Result<(SessionInfo, i64)> {
    let (instance_id, user_id) = (row.instance_id.clone(), row.user_id.clone());
    if !alone {
        let others = cx.store().sessions_of_user(&instance_id, &user_id, SESSIONS_MAX.saturating_mul(2)).await?;
        for old in others.iter().take((others.len() + 1).saturating_sub(SESSIONS_MAX)) {
            batch.end_session(&instance_id, &user_id, &old.id);
        }
    }
    let session = UserSessionRow {
        instance_id: instance_id.clone(),
        user_id: user_id.clone(),
        id: cx.new_id(),
        cookie_sha256: new.cookie_sha256.clone(),
        created_ms: cx.now_ms,
        renewed_ms: cx.now_ms,
        expires_ms: cx.now_ms.saturating_add(cx.sign_ins().settings.session_ms),
        address: new.address.chars().take(64).collect(),
        user_agent: new.user_agent.chars().take(256).filter(|c| !c.is_control()).collect(),
    };
    batch.insert_session(&session);
    let owner = KeyOwner { instance_id, user_id, session_id: session.id.clone() };
    let expires_ms = key_expiry(cx.now_ms, session.expires_ms);
    batch.insert_access_key(&key_row(cx, &owner, &new.key, expires_ms));
    Ok((session.into(), expires_ms))
}

/// Credentials end with their session.
fn key_expiry(now_ms: i64, session_ends_ms: i64) -> i64 {
    now_ms.saturating_add(CREDENTIALS_MS).min(session_ends_ms)
}

fn key_row(cx: &Cx<'_>, owner: &KeyOwner, key: &NewKey, expires_ms: i64) -> AccessKeyRow {
    AccessKeyRow {
        access_key_id: key.access_key_id.clone(),
        account: cx.settings().account.clone(),
        sealed_secret: key.sealed_secret.clone(),
        token_sha256: Some(key.token_sha256.clone()),
        expires_ms: Some(expires_ms),
        created_ms: cx.now_ms,
        active: true,
        policies: "[]".to_owned(),
        owner: Some(owner.clone()),
        ..AccessKeyRow::default()
    }
}
