//! Client tokens: what a call with a token answered, kept until it expires (task-templates 1.1.5).

use sha2::{Digest, Sha256};

use crate::batch::{Batch, Place};
use crate::sql::{Param, Sql, Value};
use crate::{Conflict, Error, Page, Store};

/// The earlier call a token is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientTokenRow {
    /// Hash of that call's parameters.
    pub request_hash: Vec<u8>,
    /// What it answered.
    pub answer: String,
    /// When the token is free again, epoch milliseconds.
    pub expires_ms: i64,
}

/// A token to be bound to a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenClaim {
    /// The scope of the token: account, instance and operation.
    pub scope: String,
    /// The client's token, any text.
    pub token: String,
    /// Hash of the call's parameters.
    pub request_hash: Vec<u8>,
    /// What the call answers.
    pub answer: String,
    /// When the token is free again, epoch milliseconds.
    pub expires_ms: i64,
}

static GET: Sql = Sql::new(
    "client_token",
    "select request_hash, answer, expires_ms from client_token where scope = $1 and token = $2 and expires_ms > $3",
);

static CLAIM: Sql = Sql::new(
    "client_token",
    "insert into client_token (scope, token, request_hash, answer, expires_ms) values ($1, $2, $3, $4, $5) \
     on conflict (scope, token) do update set \
       request_hash = excluded.request_hash, answer = excluded.answer, expires_ms = excluded.expires_ms \
     where client_token.expires_ms <= $6",
);

static ANY_EXPIRED: Sql = Sql::new("client_token", "select 1 from client_token where expires_ms <= $1 limit $2");

static DELETE_EXPIRED: Sql = Sql::new(
    "client_token",
    "delete from client_token where (scope, token) in \
     (select scope, token from client_token where expires_ms <= $1 order by expires_ms limit $2) and expires_ms <= $1",
);

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[&GET, &CLAIM, &ANY_EXPIRED, &DELETE_EXPIRED];

impl Store {
    /// The call a token is bound to; `None` when it is free or expired at `now_ms` (epoch milliseconds).
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn client_token(&self, scope: &str, token: &str, now_ms: i64) -> Result<Option<ClientTokenRow>, Error> {
        let token = hex_digest(token);
        let params = [Param::Text(scope), Param::Text(&token), Param::Int(now_ms)];
        let read = |row: &crate::db::Row<'_>| {
            Ok(ClientTokenRow { request_hash: row.blob(0)?, answer: row.text(1)?, expires_ms: row.int(2)? })
        };
        self.db().one(&GET, &params, read).await
    }

    /// Removes at most `rows_max` tokens that have expired at `now_ms` (epoch milliseconds); answers how many. To be
    /// repeated while it removes `rows_max`.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn delete_expired_client_tokens(&self, now_ms: i64, rows_max: usize) -> Result<u64, Error> {
        // Most often there is nothing to do, and a read costs no commit.
        let limit = Page::<()>::limit(1);
        if self.db().one(&ANY_EXPIRED, &[Param::Int(now_ms), limit], |_row| Ok(())).await?.is_none() {
            return Ok(0);
        }
        let mut batch = Batch::new();
        let rows_max = i64::try_from(rows_max).unwrap_or(i64::MAX);
        batch.any(&DELETE_EXPIRED, vec![Value::Int(now_ms), Value::Int(rows_max)]);
        Ok(self.commit_unconditional(batch).await?.iter().sum())
    }
}

impl Batch {
    /// Binds a token to this batch's call, if it is free or expired at `now_ms` (epoch milliseconds).
    /// Fails with [`Conflict::TokenTaken`].
    pub fn claim_client_token(&mut self, claim: &TokenClaim, now_ms: i64) {
        let params = vec![
            Value::from(&claim.scope),
            Value::from(hex_digest(&claim.token)),
            Value::from(claim.request_hash.as_slice()),
            Value::from(&claim.answer),
            Value::Int(claim.expires_ms),
            Value::Int(now_ms),
        ];
        self.one(&CLAIM, params, Conflict::TokenTaken).place(Place::ClientToken);
    }
}

/// A token is any text of any length; its digest is a key of known size on every engine.
fn hex_digest(token: &str) -> String {
    base16ct::lower::encode_string(&Sha256::digest(token))
}
