//! Fresh databases for tests, in a throwaway cluster or in one that an environment variable names.

use std::io;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio_postgres::NoTls;

/// Names a PostgreSQL database whose user may create others.
const VARIABLE: &str = "TASKFORM_TEST_POSTGRES";

/// An empty database for one test. It stays until the cluster is removed or the next run drops it.
#[derive(Clone, Debug)]
pub struct PgDatabase {
    /// Its address.
    pub url: String,
}

/// The address of a fresh database for a test, see [`pg_database_for_tests`].
///
/// # Panics
/// Like [`pg_database_for_tests`].
pub async fn pg_url_for_tests() -> Option<String> {
    pg_database_for_tests().await.map(|database| database.url)
}

/// A fresh database in the cluster that `TASKFORM_TEST_POSTGRES` names; without one, `None`, and a line that says so.
///
/// # Panics
/// When the cluster does not answer; when none is named although `CI=true` or `TASKFORM_REQUIRE_POSTGRES=1` is set, so
/// that no run in CI passes on one engine only.
pub async fn pg_database_for_tests() -> Option<PgDatabase> {
    if let Some(admin) = std::env::var_os(VARIABLE) {
        let admin = admin.into_string().expect("an address is UTF-8");
        let made = create_database(&admin).await;
        return Some(made.unwrap_or_else(|error| panic!("{VARIABLE}: no database could be made: {error}")));
    }
    let is = |name: &str, value: &str| std::env::var_os(name).is_some_and(|found| found == value);
    assert!(
        !is("CI", "true") && !is("TASKFORM_REQUIRE_POSTGRES", "1"),
        "{VARIABLE} names no PostgreSQL and this run must not skip it"
    );
    eprintln!("skipped the PostgreSQL half: {VARIABLE} is not set");
    None
}

/// Creates a database with a name no other process uses.
pub(crate) async fn create_database(admin: &str) -> io::Result<PgDatabase> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("taskform_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let (client, connection) = tokio_postgres::connect(admin, NoTls).await.map_err(io::Error::other)?;
    let connection = tokio::spawn(connection);
    // Process ids are reused; a database left by an earlier run is no longer needed.
    for text in [format!("drop database if exists {name} with (force)"), format!("create database {name}")] {
        client.batch_execute(&text).await.map_err(io::Error::other)?;
    }
    drop(client);
    connection.await.map_err(io::Error::other)?.map_err(io::Error::other)?;
    Ok(PgDatabase { url: with_database(admin, &name) })
}

/// The same address with another database.
fn with_database(admin: &str, name: &str) -> String {
    let (base, query) =
        admin.split_once('?').map_or((admin, String::new()), |(base, query)| (base, format!("?{query}")));
    let scheme = base.find("://").map_or(0, |at| at + 3);
    let host_end = base[scheme..].find('/').map_or(base.len(), |at| scheme + at);
    format!("{}/{name}{query}", &base[..host_end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_is_replaced_and_nothing_else() {
        let check = |admin: &str, expected: &str| assert_eq!(with_database(admin, "t1"), expected);
        check("postgres://u:p@h:1/postgres?sslmode=disable", "postgres://u:p@h:1/t1?sslmode=disable");
        check("postgres://u@h/postgres", "postgres://u@h/t1");
        check("postgres://u@h", "postgres://u@h/t1");
    }
}
