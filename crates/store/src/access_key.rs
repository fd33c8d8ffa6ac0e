//! Access keys. The secret is passed in encrypted: this crate cannot read it.
//!
//! Rows are read from the database each time, because `taskform keys` changes them from another process.

use crate::batch::Batch;
use crate::db::Row;
use crate::sql::{BadColumn, Param, Sql, Value};
use crate::{Conflict, Error, Page, PageKey, Store};

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
    /// Whether it has all permissions.
    pub is_admin: bool,
}

const ACTIVE: &str = "ACTIVE";
const REVOKED: &str = "REVOKED";

macro_rules! columns {
    () => {
        "access_key_id, account, sealed_secret, token_sha256, expires_ms, created_ms, status, description, is_admin"
    };
}

static GET: Sql = Sql::new("access_key", concat!("select ", columns!(), " from access_key where access_key_id = $1"));

static PAGE: Sql = Sql::new(
    "access_key",
    concat!(
        "select ",
        columns!(),
        " from access_key where (created_ms, access_key_id) > ($1, $2) order by created_ms, access_key_id limit $3"
    ),
);

static INSERT: Sql = Sql::new(
    "access_key",
    concat!(
        "insert into access_key (",
        columns!(),
        ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (access_key_id) do nothing"
    ),
);

static REVOKE: Sql =
    Sql::new("access_key", "update access_key set status = $2 where access_key_id = $1 and status <> $2");

static RESEAL: Sql =
    Sql::new("access_key", "update access_key set sealed_secret = $3 where access_key_id = $1 and sealed_secret = $2");

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[&GET, &PAGE, &INSERT, &REVOKE, &RESEAL];

impl Store {
    /// An access key, revoked ones included.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn access_key(&self, access_key_id: &str) -> Result<Option<AccessKeyRow>, Error> {
        self.db().one(&GET, &[Param::Text(access_key_id)], read).await
    }

    /// A page of at most `limit` access keys by creation time, then id, after `after`.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn access_key_page(&self, after: Option<&PageKey>, limit: usize) -> Result<Page<AccessKeyRow>, Error> {
        let (ms, id) = PageKey::start_of(after);
        let rows = self.db().all(&PAGE, &[Param::Int(ms), Param::Text(id), Page::<()>::one_more(limit)], read).await?;
        Ok(Page::cut(rows, limit, |row| PageKey { created_ms: row.created_ms, id: row.access_key_id.clone() }))
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
            Value::Int(row.is_admin.into()),
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
        is_admin: row.int(8)? != 0,
    })
}
