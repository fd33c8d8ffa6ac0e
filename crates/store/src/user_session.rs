//! Sessions of users who are signed in. What ends a session removes its access keys in the same commit.
//!
//! A renewal changes the row of its session, and an end removes it: the one that comes second finds what the first has done, so that
//! no key outlives its session.

use crate::batch::Batch;
use crate::db::Row;
use crate::sql::{BadColumn, Param, Sql, Value};
use crate::{Conflict, Error, Page, Store};

/// A session.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct UserSessionRow {
    /// The instance.
    pub instance_id: String,
    /// The user.
    pub user_id: String,
    /// Its id, a UUID. It is no secret.
    pub id: String,
    /// SHA-256 of the token in the browser's cookie.
    pub cookie_sha256: Vec<u8>,
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

impl std::fmt::Debug for UserSessionRow {
    /// Without the digest.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "UserSessionRow({}/{}/{})", self.instance_id, self.user_id, self.id)
    }
}

macro_rules! columns {
    () => {
        "instance_id, user_id, id, cookie, created_ms, renewed_ms, expires_ms, address, user_agent"
    };
}

static BY_COOKIE: Sql =
    Sql::new("user_session", concat!("select ", columns!(), " from user_session where cookie = $1"));

static OF_USER: Sql = Sql::new(
    "user_session",
    concat!("select ", columns!(), " from user_session where instance_id = $1 and user_id = $2 order by id limit $3"),
);

static LIVING: Sql = Sql::new(
    "user_session",
    "select id from user_session where id in \
     ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) and expires_ms > $1",
);

static INSERT: Sql = Sql::new(
    "user_session",
    concat!(
        "insert into user_session (",
        columns!(),
        ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (instance_id, user_id, id) do nothing"
    ),
);

static RENEW: Sql = Sql::new(
    "user_session",
    "update user_session set renewed_ms = $4 where instance_id = $1 and user_id = $2 and id = $3 and expires_ms > $4",
);

static DELETE: Sql =
    Sql::new("user_session", "delete from user_session where instance_id = $1 and user_id = $2 and id = $3");

static DELETE_OF_USER: Sql =
    Sql::new("user_session", "delete from user_session where instance_id = $1 and user_id = $2");

static ANY_EXPIRED: Sql = Sql::new("user_session", "select id from user_session where expires_ms <= $1 limit $2");

static DELETE_EXPIRED: Sql = Sql::new(
    "user_session",
    "delete from user_session where (instance_id, user_id, id) in \
     (select instance_id, user_id, id from user_session where expires_ms <= $1 limit $2)",
);

/// What a deleted instance leaves, a chunk; see `purge`.
pub(crate) static OF_INSTANCE: Sql = Sql::new(
    "user_session",
    "delete from user_session where (instance_id, user_id, id) in \
     (select instance_id, user_id, id from user_session where instance_id = $1 limit $2)",
);

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[
    &BY_COOKIE,
    &OF_USER,
    &LIVING,
    &INSERT,
    &RENEW,
    &DELETE,
    &DELETE_OF_USER,
    &ANY_EXPIRED,
    &DELETE_EXPIRED,
    &OF_INSTANCE,
];

/// Ids looked up by one statement.
const IDS: usize = 16;

impl Store {
    /// The session of a cookie, by the SHA-256 of its token; it may have expired.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn session_of_cookie(&self, cookie_sha256: &[u8]) -> Result<Option<UserSessionRow>, Error> {
        self.db().one(&BY_COOKIE, &[Param::Blob(cookie_sha256)], read).await
    }

    /// At most `limit` sessions of a user, expired ones included, oldest first.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn sessions_of_user(
        &self,
        instance_id: &str,
        user_id: &str,
        limit: usize,
    ) -> Result<Vec<UserSessionRow>, Error> {
        let params = [Param::Text(instance_id), Param::Text(user_id), Page::<()>::limit(limit)];
        let mut rows = self.db().all(&OF_USER, &params, read).await?;
        rows.sort_by(|a, b| (a.created_ms, &a.id).cmp(&(b.created_ms, &b.id)));
        Ok(rows)
    }

    /// Those of several sessions that have not ended at `now_ms` (epoch milliseconds), in no particular order.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn living_sessions(&self, ids: &[&str], now_ms: i64) -> Result<Vec<String>, Error> {
        let mut living = Vec::new();
        for chunk in ids.chunks(IDS) {
            let mut params = vec![Param::Int(now_ms)];
            params.extend((0..IDS).map(|n| Param::Text(chunk[n.min(chunk.len() - 1)])));
            living.extend(self.db().all(&LIVING, &params, |row| row.text(0)).await?);
        }
        Ok(living)
    }

    /// Removes at most `rows_max` sessions that have expired at `now_ms` (epoch milliseconds); answers how many. To be repeated
    /// while it removes `rows_max`.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn delete_expired_sessions(&self, now_ms: i64, rows_max: usize) -> Result<u64, Error> {
        // Most often there is nothing to do, and a read costs no commit.
        let limit = Page::<()>::limit(1);
        if self.db().one(&ANY_EXPIRED, &[Param::Int(now_ms), limit], |_row| Ok(())).await?.is_none() {
            return Ok(0);
        }
        let mut batch = Batch::new();
        batch.any(&DELETE_EXPIRED, vec![Value::Int(now_ms), Value::Int(i64::try_from(rows_max).unwrap_or(i64::MAX))]);
        Ok(self.commit_unconditional(batch).await?.iter().sum())
    }
}

impl Batch {
    /// Inserts a session. The batch changes what its user signs in with before. Fails with [`Conflict::Exists`].
    pub fn insert_session(&mut self, row: &UserSessionRow) {
        let params = vec![
            Value::from(&row.instance_id),
            Value::from(&row.user_id),
            Value::from(&row.id),
            Value::from(row.cookie_sha256.as_slice()),
            Value::Int(row.created_ms),
            Value::Int(row.renewed_ms),
            Value::Int(row.expires_ms),
            Value::from(&row.address),
            Value::from(&row.user_agent),
        ];
        self.one(&INSERT, params, Conflict::Exists).taken(Conflict::Exists);
    }

    /// Notes that a session gets credentials at `now_ms` (epoch milliseconds). Fails with [`Conflict::Moved`] when it has ended.
    pub fn renew_session(&mut self, instance_id: &str, user_id: &str, id: &str, now_ms: i64) {
        let params = vec![Value::from(instance_id), Value::from(user_id), Value::from(id), Value::Int(now_ms)];
        self.one(&RENEW, params, Conflict::Moved);
    }

    /// Ends a session, whose keys are gone with it. It may have ended before.
    pub fn end_session(&mut self, instance_id: &str, user_id: &str, id: &str) {
        self.any(&DELETE, vec![Value::from(instance_id), Value::from(user_id), Value::from(id)]);
        self.delete_keys_of_session(instance_id, user_id, id);
    }

    /// Ends every session of a user. The batch changes what the user signs in with before.
    pub fn end_sessions_of_user(&mut self, instance_id: &str, user_id: &str) {
        self.any(&DELETE_OF_USER, vec![Value::from(instance_id), Value::from(user_id)]);
        self.delete_keys_of_user(instance_id, user_id);
    }
}

fn read(row: &Row<'_>) -> Result<UserSessionRow, BadColumn> {
    Ok(UserSessionRow {
        instance_id: row.text(0)?,
        user_id: row.text(1)?,
        id: row.text(2)?,
        cookie_sha256: row.blob(3)?,
        created_ms: row.int(4)?,
        renewed_ms: row.int(5)?,
        expires_ms: row.int(6)?,
        address: row.text(7)?,
        user_agent: row.text(8)?,
    })
}
