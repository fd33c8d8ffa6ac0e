//! Classification of PostgreSQL's errors: which are retried, which close the connection, what callers get.

use std::error::Error as _;
use std::sync::Arc;

use deadpool_postgres::{HookError, PoolError, TimeoutType};
use tokio_postgres::config::Host;
use tokio_postgres::error::{Severity, SqlState};

use crate::{Cause, Error};

/// True when the connection, not the statement, failed.
pub(super) fn is_lost(error: &tokio_postgres::Error) -> bool {
    match error.as_db_error() {
        // The server ends the connection after such an error, whatever its code.
        Some(db) if matches!(db.parsed_severity(), Some(Severity::Fatal | Severity::Panic)) => true,
        Some(db) => is_connection_state(db.code()),
        None => error.is_closed() || error.source().is_some_and(|source| source.is::<std::io::Error>()),
    }
}

/// The server ends the connection, or is starting or stopping.
fn is_connection_state(code: &SqlState) -> bool {
    code.code().starts_with("08")
        || [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::CANNOT_CONNECT_NOW].contains(code)
        || code.code() == "57P05"
}

/// True when the error comes from the state of the connection, so that the same statement may succeed on a new one. The
/// connection must not go back to the pool: it would fail the same way for ever.
///
/// - 25006: it was made while the server, the database or the user was read-only. A standby that was promoted keeps no
///   such state, but the setting `default_transaction_read_only` is read when a session begins.
/// - the rest of class 25: another client's transaction is open in it, or a failed one.
/// - 26000 and 42P05: its prepared statements are not those we know of, see [`is_pooled_statement`].
/// - 0A000: a statement was prepared before the schema changed ("cached plan must not change result type").
pub(super) fn condemns_connection(error: &tokio_postgres::Error) -> bool {
    let Some(code) = error.code() else { return false };
    code.code().starts_with("25") || is_pooled_statement(code) || *code == SqlState::FEATURE_NOT_SUPPORTED
}

/// True when a read that failed like this may be retried on a new connection.
pub(super) fn is_worth_another_read(error: &tokio_postgres::Error) -> bool {
    is_lost(error) || condemns_connection(error) || error.code() == Some(&SqlState::T_R_SERIALIZATION_FAILURE)
}

/// The server does not know a statement that we prepared, or knows it already: a pooler in between sends our statements
/// to other connections.
fn is_pooled_statement(code: &SqlState) -> bool {
    [SqlState::INVALID_SQL_STATEMENT_NAME, SqlState::DUPLICATE_PSTATEMENT].contains(code)
}

/// Maps PostgreSQL's SQLSTATEs to errors.
pub(super) fn engine_error(error: tokio_postgres::Error) -> Error {
    let detail = error.as_db_error().map_or_else(|| error.to_string(), |db| db.message().to_owned());
    let lost = is_lost(&error);
    let pooled = error.code().is_some_and(is_pooled_statement);
    let code = error.code().map(|code| code.code().to_owned()).unwrap_or_default();
    let connecting = code.is_empty() && error.to_string().starts_with("error connecting");
    let source: Cause = Arc::new(Described(error));
    match code.as_str() {
        "53100" => Error::Full { source },
        "25006" | "42501" => Error::ReadOnly { detail },
        "40001" | "40P01" | "53200" | "53300" | "55P03" | "57014" => Error::Busy { detail },
        "58030" => Error::Io { source },
        "XX001" | "XX002" => Error::Broken { table: "database", id: String::new(), detail },
        "28000" | "28P01" | "3D000" => Error::Settings { detail },
        _ if pooled => Error::Settings { detail: format!("{detail}; {POOLER_HINT}") },
        _ if lost || connecting => Error::Down { source },
        _ => Error::Failed { source },
    }
}

/// What to do about a pooler that does not keep a session together.
pub(super) const POOLER_HINT: &str = "behind a pooler in transaction mode, such as PgBouncer with pool_mode = transaction, \
                                      set storage.prepared_statements = false; or use the pooler's session mode, or the \
                                      address of PostgreSQL itself";

pub(super) fn pool_error(error: PoolError) -> Error {
    match error {
        PoolError::Backend(error) => connect_error(error),
        PoolError::PostCreateHook(HookError::Backend(error)) => connect_error(error),
        PoolError::Closed => Error::Closed,
        PoolError::Timeout(TimeoutType::Wait) => Error::Busy { detail: "no connection was free in time".to_owned() },
        other => Error::Down { source: Arc::new(other) },
    }
}

/// An error with the address of the server that it is about.
#[derive(Debug, thiserror::Error)]
#[error("{address}: {cause}")]
pub(super) struct At {
    pub(super) address: String,
    /// Part of the message, so no source of its own.
    pub(super) cause: Cause,
}

/// PostgreSQL's own port.
const PORT: u16 = 5432;

/// Host and port of a server, of several the whole list.
pub(super) fn address(config: &tokio_postgres::Config) -> String {
    let ports = config.get_ports();
    let one = |(n, host): (usize, &Host)| match host {
        Host::Tcp(name) => format!("{name}:{}", ports.get(n).or_else(|| ports.first()).unwrap_or(&PORT)),
        #[cfg(unix)]
        Host::Unix(folder) => folder.display().to_string(),
    };
    config.get_hosts().iter().enumerate().map(one).collect::<Vec<_>>().join(", ")
}

/// The driver's error with all it knows in one line; by itself it says "db error" and hides the rest behind its source.
#[derive(Debug)]
pub(super) struct Described(pub(super) tokio_postgres::Error);

impl std::fmt::Display for Described {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0.as_db_error() {
            Some(db) => write!(f, "{} {}: {}", db.severity(), db.code().code(), db.message()),
            None => match self.0.source() {
                Some(source) => write!(f, "{}: {source}", self.0),
                None => write!(f, "{}", self.0),
            },
        }
    }
}

impl std::error::Error for Described {}

/// Without an SQLSTATE from the server, a failed connection means that the server was not reached.
fn connect_error(error: tokio_postgres::Error) -> Error {
    if error.code().is_none() { Error::Down { source: Arc::new(Described(error)) } } else { engine_error(error) }
}

/// The server is connected but says nothing, not even that a time limit of its own has passed.
pub(super) fn silent() -> Error {
    Error::Down { source: Arc::new(std::io::Error::new(std::io::ErrorKind::TimedOut, "the server does not answer")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_servers() {
        for (url, shown) in [
            ("postgres://user:secret@db/name", "db:5432"),
            ("postgres://db:1,other:2/name", "db:1, other:2"),
            ("host=a,b port=7", "a:7, b:7"),
            ("host=/run/postgresql", "/run/postgresql"),
        ] {
            assert_eq!(address(&url.parse().unwrap()), shown);
        }
    }
}
