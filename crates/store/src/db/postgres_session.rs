//! How statements reach PostgreSQL: over sessions of our own, or through a pooler that gives each transaction a connection
//! of its choice (PgBouncer in transaction mode and what resembles it).
//!
//! On sessions of our own statements are prepared once for each connection, and limits are set once. Through a pooler
//! nothing may outlive a transaction: statements have no name, limits are set in each transaction that writes. A read is
//! one statement without a transaction; its limit is that its caller stops waiting and closes the connection.

use std::time::Duration;

use deadpool_postgres::Object;
use tokio_postgres::types::{ToSql, Type};

use super::postgres_error::{POOLER_HINT, engine_error};
use crate::Error;
use crate::sql::{Param, Sql};

/// The oldest major version that is supported.
const OLDEST: u32 = 15;

/// How statements reach the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sessions {
    /// A connection is a session of ours from beginning to end.
    Own,
    /// A connection leads to another session in each transaction.
    Pooled,
}

/// Limits of every session or transaction. A commit must be on disk when it is acknowledged, whatever the server's default;
/// what is stricter stays. Nothing may hang: not a statement, not a lock, not a transaction whose process is gone or
/// frozen: our transactions wait for their client only between two messages, and may hold a counter that all others need.
/// The server keeps these limits; for a server that hangs itself, see `Shared::answer_timeout`.
fn limits(set: &str, statement_max: Duration, local: bool) -> String {
    format!(
        "{set} statement_timeout = '{}ms'; {set} lock_timeout = '10s'; \
         {set} idle_in_transaction_session_timeout = '5s'; {set} client_min_messages = 'warning'; \
         select set_config('synchronous_commit', 'on', {local}) where current_setting('synchronous_commit') = 'off'",
        statement_max.as_millis().max(1)
    )
}

impl Sessions {
    /// What a new connection is sent before its first use.
    pub(super) fn first(self, statement_max: Duration) -> Option<String> {
        match self {
            Self::Own => {
                let limits = limits("set", statement_max, false);
                Some(format!("set default_transaction_isolation = 'read committed'; {limits}"))
            }
            Self::Pooled => None,
        }
    }

    /// What begins a transaction that writes.
    pub(super) fn begin(self, statement_max: Duration) -> String {
        const BEGIN: &str = "begin isolation level read committed";
        match self {
            Self::Own => BEGIN.to_owned(),
            Self::Pooled => format!("{BEGIN}; {}", limits("set local", statement_max, true)),
        }
    }

    /// Runs a query.
    pub(super) async fn query(
        self,
        client: &Object,
        sql: &Sql,
        params: &[ReadParam<'_>],
    ) -> Result<Vec<tokio_postgres::Row>, tokio_postgres::Error> {
        match self {
            Self::Own => {
                let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|param| param as _).collect();
                let statement = client.prepare_cached(sql.for_postgres()).await?;
                client.query(&statement, &params).await
            }
            Self::Pooled => {
                let params: Vec<_> = params.iter().map(|param| (param as _, type_of(param.0))).collect();
                client.query_typed(sql.for_postgres(), &params).await
            }
        }
    }
}

/// The type that a parameter is sent as where the server is not asked for it first; a null takes the type that its
/// position requires.
pub(super) fn type_of(param: Param<'_>) -> Type {
    match param {
        Param::Null => Type::UNKNOWN,
        Param::Text(_) => Type::TEXT,
        Param::Int(_) => Type::INT8,
        Param::Blob(_) => Type::BYTEA,
    }
}

/// PostgreSQL stores no zero character in a text and refuses to search for one. No text with one is ever stored (SQLite
/// could), so looking for another rare character finds the same: nothing.
#[derive(Debug)]
pub(super) struct ReadParam<'a>(pub(super) Param<'a>);

/// Checks whether this is a server that we can use: new enough, writable, and a session of ours unless `sessions` says
/// otherwise. Uses no prepared statement and no transaction.
///
/// # Errors
/// [`Error::OldServer`], [`Error::ReadOnly`] on a standby, [`Error::Settings`] behind a pooler; what the server answers.
pub(super) async fn check_server(client: &Object) -> Result<(), Error> {
    let [number, found, standby, read_only] = values(
        client,
        "select current_setting('server_version_num'), current_setting('server_version'), pg_is_in_recovery(), \
         current_setting('transaction_read_only')",
    )
    .await?;
    if number.parse::<u32>().unwrap_or(0) < OLDEST * 10_000 {
        return Err(Error::OldServer { found, needed: OLDEST });
    }
    if standby == "t" {
        let detail = "this PostgreSQL server is a standby, which takes no writes. Give the address of the primary; with \
                      several hosts in the address, add target_session_attrs=read-write";
        return Err(Error::ReadOnly { detail: detail.to_owned() });
    }
    if read_only == "on" {
        let detail = "default_transaction_read_only is on for this server, database or user";
        return Err(Error::ReadOnly { detail: detail.to_owned() });
    }
    Ok(())
}

/// Refuses a pooler that does not keep our sessions together. Two connections that are open at the same time have a server
/// process each, always the same; through such a pooler both get whichever is free.
///
/// # Errors
/// [`Error::Settings`] with what to set; what the server answers.
pub(super) async fn refuse_pooler(one: &Object, other: &Object) -> Result<(), Error> {
    const PROCESS: &str = "select pg_backend_pid()";
    let mut seen: [Option<String>; 2] = [None, None];
    // A pooler that rotates its connections is only detected with an odd number of queries.
    for which in [0, 1, 0, 0, 1, 1, 0] {
        let [process] = values(if which == 0 { one } else { other }, PROCESS).await?;
        let moved = seen[which].as_ref().is_some_and(|before| *before != process);
        if moved || seen[1 - which].as_ref() == Some(&process) {
            let detail = format!("the address leads to a pooler that keeps no session together: {POOLER_HINT}");
            return Err(Error::Settings { detail });
        }
        seen[which] = Some(process);
    }
    Ok(())
}

/// The first row of a query without parameters, as text. A missing value is empty.
pub(super) async fn values<const N: usize>(client: &tokio_postgres::Client, query: &str) -> Result<[String; N], Error> {
    use tokio_postgres::SimpleQueryMessage::Row;
    let messages = client.simple_query(query).await.map_err(engine_error)?;
    let row = messages.into_iter().find_map(|message| if let Row(row) = message { Some(row) } else { None });
    let column = |n| row.as_ref().and_then(|row| row.try_get(n).ok().flatten()).unwrap_or_default().to_owned();
    Ok(std::array::from_fn(column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outlives_a_transaction_behind_a_pooler() {
        let second = Duration::from_secs(1);
        assert_eq!(Sessions::Pooled.first(second), None);
        let begin = Sessions::Pooled.begin(second);
        let mut parts = begin.split("; ");
        assert_eq!(parts.next(), Some("begin isolation level read committed"));
        for part in parts {
            assert!(part.starts_with("set local ") || part.contains("set_config('synchronous_commit', 'on', true)"));
        }
        assert!(begin.contains("statement_timeout = '1000ms'"));
        assert_eq!(Sessions::Own.begin(second), "begin isolation level read committed");
    }
}
