//! What users sign in with: the hash of a password, an invitation, a lock. No hash is made or verified here.
//!
//! A batch that begins or ends sessions of a user changes the user's row here first. So on PostgreSQL, too, a session cannot begin
//! beside the change that ends all of them.

use crate::batch::Batch;
use crate::db::Row;
use crate::sql::{BadColumn, Param, Sql, Value};
use crate::{Conflict, Error, Store};

/// What one user signs in with.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct UserCredentialRow {
    /// The instance.
    pub instance_id: String,
    /// The user.
    pub user_id: String,
    /// The hash of the password with its parameters, if the user has a password.
    pub password: Option<String>,
    /// When it was set, epoch milliseconds.
    pub password_ms: Option<i64>,
    /// Whether the user may not sign in.
    pub locked: bool,
    /// SHA-256 of the token that lets somebody set the password once.
    pub invitation: Option<Vec<u8>>,
    /// Until when it does, epoch milliseconds.
    pub invited_until_ms: Option<i64>,
    /// Counts changes.
    pub rev: i64,
}

impl std::fmt::Debug for UserCredentialRow {
    /// Without the hash and the digest.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UserCredentialRow")
            .field("instance_id", &self.instance_id)
            .field("user_id", &self.user_id)
            .field("has_password", &self.password.is_some())
            .field("locked", &self.locked)
            .field("invited_until_ms", &self.invited_until_ms)
            .field("rev", &self.rev)
            .finish_non_exhaustive()
    }
}

macro_rules! columns {
    () => {
        "instance_id, user_id, password, password_ms, locked, invitation, invited_until_ms, rev"
    };
}

static GET: Sql = Sql::new(
    "user_credential",
    concat!("select ", columns!(), " from user_credential where instance_id = $1 and user_id = $2"),
);

static BY_INVITATION: Sql =
    Sql::new("user_credential", concat!("select ", columns!(), " from user_credential where invitation = $1"));

static INSERT: Sql = Sql::new(
    "user_credential",
    concat!(
        "insert into user_credential (",
        columns!(),
        ") values ($1, $2, $3, $4, $5, $6, $7, 0) on conflict (instance_id, user_id) do nothing"
    ),
);

static UPDATE: Sql = Sql::new(
    "user_credential",
    "update user_credential set password = $3, password_ms = $4, locked = $5, invitation = $6, invited_until_ms = $7, \
     rev = rev + 1 where instance_id = $1 and user_id = $2 and rev = $8",
);

static DELETE: Sql = Sql::new("user_credential", "delete from user_credential where instance_id = $1 and user_id = $2");

/// What a deleted instance leaves, a chunk; see `purge`.
pub(crate) static OF_INSTANCE: Sql = Sql::new(
    "user_credential",
    "delete from user_credential where (instance_id, user_id) in \
     (select instance_id, user_id from user_credential where instance_id = $1 limit $2)",
);

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[&GET, &BY_INVITATION, &INSERT, &UPDATE, &DELETE, &OF_INSTANCE];

impl Store {
    /// What a user signs in with; `None` for one who never had any of it.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn user_credential(&self, instance_id: &str, user_id: &str) -> Result<Option<UserCredentialRow>, Error> {
        self.db().one(&GET, &[Param::Text(instance_id), Param::Text(user_id)], read).await
    }

    /// The user whom an invitation is for, by the SHA-256 of its token.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn invited_user(&self, token_sha256: &[u8]) -> Result<Option<UserCredentialRow>, Error> {
        self.db().one(&BY_INVITATION, &[Param::Blob(token_sha256)], read).await
    }
}

impl Batch {
    /// Inserts what a user signs in with; `rev` starts at 0. Fails with [`Conflict::Moved`] when there is a row.
    pub fn insert_user_credential(&mut self, row: &UserCredentialRow) {
        self.one(&INSERT, params(row), Conflict::Moved);
    }

    /// Replaces what is still at `row.rev`. Fails with [`Conflict::Moved`].
    pub fn update_user_credential(&mut self, row: &UserCredentialRow) {
        let mut params = params(row);
        params.push(Value::Int(row.rev));
        self.one(&UPDATE, params, Conflict::Moved);
    }

    /// Removes what a user signs in with, and ends the user's sessions.
    pub fn delete_user_credential(&mut self, instance_id: &str, user_id: &str) {
        self.any(&DELETE, vec![Value::from(instance_id), Value::from(user_id)]);
        self.end_sessions_of_user(instance_id, user_id);
    }
}

fn params(row: &UserCredentialRow) -> Vec<Value> {
    vec![
        Value::from(&row.instance_id),
        Value::from(&row.user_id),
        Value::from(row.password.as_ref()),
        Value::from(row.password_ms),
        Value::Int(row.locked.into()),
        Value::from(row.invitation.as_deref()),
        Value::from(row.invited_until_ms),
    ]
}

fn read(row: &Row<'_>) -> Result<UserCredentialRow, BadColumn> {
    Ok(UserCredentialRow {
        instance_id: row.text(0)?,
        user_id: row.text(1)?,
        password: row.opt_text(2)?,
        password_ms: row.opt_int(3)?,
        locked: row.int(4)? != 0,
        invitation: row.opt_blob(5)?,
        invited_until_ms: row.opt_int(6)?,
        rev: row.int(7)?,
    })
}
