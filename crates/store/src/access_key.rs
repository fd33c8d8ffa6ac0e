//! Access keys. The secret is passed in encrypted: this crate cannot read it.
//!
//! Rows are read from the database each time, because `taskform keys` changes them from another process.

use crate::batch::Batch;
use crate::db::Row;
use crate::sql::{BadColumn, Param, Sql, Value};
use crate::{Conflict, Error, Page, PageKey, Store};

/// The session that a temporary key belongs to, and whose session it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyOwner {
    /// The instance.
    pub instance_id: String,
    /// The user.
    pub user_id: String,
    /// The session's id.
    pub session_id: String,
}

/// An access key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessKeyRow {
    /// Its id.
    pub access_key_id: String,
    /// The account it belongs to.
    pub account: String,
    /// The secret, encrypted.
    pub sealed_secret: Vec<u8>,
    /// SHA-256 of the session token that must come with it, for temporary keys.
    pub token_sha256: Option<Vec<u8>>,
    /// When it stops working, epoch milliseconds.
    pub expires_ms: Option<i64>,
    /// When it was made, epoch milliseconds.
    pub created_ms: i64,
    /// False once it was revoked.
    pub active: bool,
    /// A description by its creator.
    pub description: String,
    /// What it may do: a JSON list of policies, which this crate does not read.
    pub policies: String,
    /// Its tags: a JSON object, or nothing when there are none.
    pub tags: String,
    /// The session it was made for; `None` for keys that people made.
    pub owner: Option<KeyOwner>,
}

const ACTIVE: &str = "ACTIVE";
const REVOKED: &str = "REVOKED";

macro_rules! columns {
    () => {
        "access_key_id, account, sealed_secret, token_sha256, expires_ms, created_ms, status, description, policies, tags, \
         instance_id, user_id, session_id"
    };
}

static GET: Sql = Sql::new("access_key", concat!("select ", columns!(), " from access_key where access_key_id = $1"));

static PAGE: Sql = Sql::new(
    "access_key",
    concat!(
        "select ",
        columns!(),
        " from access_key where instance_id is null and (created_ms, access_key_id) > ($1, $2) \
         order by created_ms, access_key_id limit $3"
    ),
);

static OF_SESSION: Sql = Sql::new(
    "access_key",
    "select access_key_id from access_key where instance_id = $1 and user_id = $2 and session_id = $3 \
     order by created_ms, access_key_id",
);

static INSERT: Sql = Sql::new(
    "access_key",
    concat!(
        "insert into access_key (",
        columns!(),
        ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (access_key_id) do nothing"
    ),
);

static REVOKE: Sql =
    Sql::new("access_key", "update access_key set status = $2 where access_key_id = $1 and status <> $2");

static RESEAL: Sql =
    Sql::new("access_key", "update access_key set sealed_secret = $3 where access_key_id = $1 and sealed_secret = $2");

static SET_POLICIES: Sql = Sql::new(
    "access_key",
    "update access_key set policies = $2 where access_key_id = $1 and status = $3 and instance_id is null",
);

static DELETE_OF_SESSION: Sql =
    Sql::new("access_key", "delete from access_key where instance_id = $1 and user_id = $2 and session_id = $3");

static DELETE_OF_USER: Sql = Sql::new("access_key", "delete from access_key where instance_id = $1 and user_id = $2");

static DELETE_ONE: Sql = Sql::new(
    "access_key",
    "delete from access_key where instance_id = $1 and user_id = $2 and session_id = $3 and access_key_id = $4",
);

static ANY_EXPIRED: Sql = Sql::new(
    "access_key",
    "select access_key_id from access_key where instance_id is not null and expires_ms <= $1 limit $2",
);

static DELETE_EXPIRED: Sql = Sql::new(
    "access_key",
    "delete from access_key where access_key_id in \
     (select access_key_id from access_key where instance_id is not null and expires_ms <= $1 limit $2)",
);

/// What a deleted instance leaves, a chunk; see `purge`.
pub(crate) static OF_INSTANCE: Sql = Sql::new(
    "access_key",
    "delete from access_key where access_key_id in \
     (select access_key_id from access_key where instance_id = $1 limit $2)",
);

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[
    &GET,
    &PAGE,
    &OF_SESSION,
    &INSERT,
    &REVOKE,
    &RESEAL,
    &SET_POLICIES,
    &DELETE_OF_SESSION,
    &DELETE_OF_USER,
    &DELETE_ONE,
    &ANY_EXPIRED,
    &DELETE_EXPIRED,
    &OF_INSTANCE,
];

impl Store {
    /// An access key, revoked ones included.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn access_key(&self, access_key_id: &str) -> Result<Option<AccessKeyRow>, Error> {
        self.db().one(&GET, &[Param::Text(access_key_id)], read).await
    }

    /// A page of at most `limit` access keys by creation time, then id, after `after`; those of sessions are not listed.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn access_key_page(&self, after: Option<&PageKey>, limit: usize) -> Result<Page<AccessKeyRow>, Error> {
        let (ms, id) = PageKey::start_of(after);
        let rows = self.db().all(&PAGE, &[Param::Int(ms), Param::Text(id), Page::<()>::one_more(limit)], read).await?;
        Ok(Page::cut(rows, limit, |row| PageKey { created_ms: row.created_ms, id: row.access_key_id.clone() }))
    }

    /// The ids of the keys of a session, oldest first.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn keys_of_session(&self, owner: &KeyOwner) -> Result<Vec<String>, Error> {
        let params = [Param::Text(&owner.instance_id), Param::Text(&owner.user_id), Param::Text(&owner.session_id)];
        self.db().all(&OF_SESSION, &params, |row| row.text(0)).await
    }

    /// Removes at most `rows_max` keys of sessions that expired at `before_ms` (epoch milliseconds) or earlier; answers how many.
    /// To be repeated while it removes `rows_max`.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn delete_expired_session_keys(&self, before_ms: i64, rows_max: usize) -> Result<u64, Error> {
        // Most often there is nothing to do, and a read costs no commit.
        let limit = Page::<()>::limit(1);
        if self.db().one(&ANY_EXPIRED, &[Param::Int(before_ms), limit], |_row| Ok(())).await?.is_none() {
            return Ok(0);
        }
        let mut batch = Batch::new();
        let rows_max = i64::try_from(rows_max).unwrap_or(i64::MAX);
        batch.any(&DELETE_EXPIRED, vec![Value::Int(before_ms), Value::Int(rows_max)]);
        Ok(self.commit_unconditional(batch).await?.iter().sum())
    }
}

impl Batch {
    /// Inserts an access key. Fails with [`Conflict::Exists`].
    pub fn insert_access_key(&mut self, row: &AccessKeyRow) {
        let params = vec![
            Value::from(&row.access_key_id),
            Value::from(&row.account),
            Value::from(row.sealed_secret.as_slice()),
            Value::from(row.token_sha256.as_deref()),
            Value::from(row.expires_ms),
            Value::Int(row.created_ms),
            Value::from(if row.active { ACTIVE } else { REVOKED }),
            Value::from(&row.description),
            Value::from(&row.policies),
            Value::from(&row.tags),
            Value::from(row.owner.as_ref().map(|owner| &owner.instance_id)),
            Value::from(row.owner.as_ref().map(|owner| &owner.user_id)),
            Value::from(row.owner.as_ref().map(|owner| &owner.session_id)),
        ];
        self.one(&INSERT, params, Conflict::Exists);
    }

    /// Replaces the encrypted secret, which must be `old`. Fails with [`Conflict::Moved`] when it is not.
    pub fn reseal_access_key(&mut self, access_key_id: &str, old: &[u8], new: &[u8]) {
        self.one(&RESEAL, vec![Value::from(access_key_id), Value::from(old), Value::from(new)], Conflict::Moved);
    }

    /// Revokes an access key for good. Fails with [`Conflict::Moved`] when it does not exist or is revoked already.
    pub fn revoke_access_key(&mut self, access_key_id: &str) {
        self.one(&REVOKE, vec![Value::from(access_key_id), Value::from(REVOKED)], Conflict::Moved);
    }

    /// Replaces the policies of an access key. Fails with [`Conflict::Moved`] when it does not exist or is revoked.
    pub fn set_access_key_policies(&mut self, access_key_id: &str, policies: &str) {
        let params = vec![Value::from(access_key_id), Value::from(policies), Value::from(ACTIVE)];
        self.one(&SET_POLICIES, params, Conflict::Moved);
    }

    /// Removes one key of a session.
    pub fn delete_key_of_session(&mut self, owner: &KeyOwner, access_key_id: &str) {
        let params = vec![
            Value::from(&owner.instance_id),
            Value::from(&owner.user_id),
            Value::from(&owner.session_id),
            Value::from(access_key_id),
        ];
        self.any(&DELETE_ONE, params);
    }

    /// Removes the keys of a session, which the batch removes before.
    pub(crate) fn delete_keys_of_session(&mut self, instance_id: &str, user_id: &str, session_id: &str) {
        let params = vec![Value::from(instance_id), Value::from(user_id), Value::from(session_id)];
        self.any(&DELETE_OF_SESSION, params);
    }

    /// Removes the keys of all sessions of a user, which the batch removes before.
    pub(crate) fn delete_keys_of_user(&mut self, instance_id: &str, user_id: &str) {
        self.any(&DELETE_OF_USER, vec![Value::from(instance_id), Value::from(user_id)]);
    }
}

fn read(row: &Row<'_>) -> Result<AccessKeyRow, BadColumn> {
    let status = row.text(6)?;
    Ok(AccessKeyRow {
        access_key_id: row.text(0)?,
        account: row.text(1)?,
        sealed_secret: row.blob(2)?,
        token_sha256: row.opt_blob(3)?,
        expires_ms: row.opt_int(4)?,
        created_ms: row.int(5)?,
        active: match status.as_str() {
            ACTIVE => true,
            REVOKED => false,
            other => return Err(BadColumn(format!("status {other:?} is unknown"))),
        },
        description: row.text(7)?,
        policies: row.text(8)?,
        tags: row.text(9)?,
        owner: match (row.opt_text(10)?, row.opt_text(11)?, row.opt_text(12)?) {
            (Some(instance_id), Some(user_id), Some(session_id)) => Some(KeyOwner { instance_id, user_id, session_id }),
            (None, None, None) => None,
            _ => return Err(BadColumn("the owner is incomplete".to_owned())),
        },
    })
}
