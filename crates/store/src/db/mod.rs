//! The two drivers, and the few places where the engines differ: how a batch is committed, how rows are locked, how a
//! unique violation is reported, what the types are called. Only the files of this folder name a driver.

mod postgres;
mod postgres_error;
mod postgres_lane;
#[cfg(test)]
mod postgres_plans;
mod postgres_session;
mod postgres_tls;
mod postgres_whole;
mod sqlite;
mod sqlite_backup;
mod sqlite_files;
mod sqlite_lock;
mod sqlite_own;
mod sqlite_writer;

use tokio::sync::oneshot;

pub(crate) use self::postgres::Postgres;
pub(crate) use self::sqlite::Sqlite;
pub(crate) use self::sqlite_backup::backup;
pub(crate) use self::sqlite_files::make_dir;
pub use self::sqlite_own::is_same_file;
pub(crate) use self::sqlite_own::owns;
use crate::batch::Batch;
use crate::sql::{BadColumn, Param, Sql};
use crate::{CommitError, Error, Stats};

/// A batch may wait in a queue of this length before senders have to wait themselves.
const QUEUE_MAX: usize = 1024;
/// At most this many batches share one commit.
const GROUP_BATCHES_MAX: usize = 256;
/// A group takes no further batch once it holds this many statements.
const GROUP_STEPS_MAX: usize = 1024;

/// The engine behind a store.
///
/// Reading from PostgreSQL is boxed: a read of SQLite is a plain call, which keeps the future of a request small.
pub(crate) enum Db {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// A batch on its way to the writer or lane that commits it.
struct Job {
    batch: Batch,
    answer: oneshot::Sender<Result<Vec<u64>, CommitError>>,
}

impl Job {
    /// False when nobody waits for the answer any more. Such a batch is dropped rather than committed after its caller
    /// was answered that it failed.
    fn is_awaited(&self) -> bool {
        !self.answer.is_closed()
    }

    fn answer(self, result: Result<Vec<u64>, CommitError>) {
        // The caller may have stopped waiting meanwhile; the commit stands.
        let _nobody = self.answer.send(result);
    }
}

enum Message {
    Commit(Job),
    /// Finish what is queued, take nothing more, end.
    Close,
}

impl Db {
    /// Reads all rows.
    pub(crate) async fn all<T>(
        &self,
        sql: &Sql,
        params: &[Param<'_>],
        read: impl Fn(&Row<'_>) -> Result<T, BadColumn> + Send,
    ) -> Result<Vec<T>, Error>
    where
        T: Send,
    {
        match self {
            Self::Sqlite(db) => {
                let mut rows = Vec::new();
                db.read(sql, params, |row| {
                    rows.push(read(row)?);
                    Ok(())
                })?;
                Ok(rows)
            }
            Self::Postgres(db) => {
                let rows = Box::pin(db.read(sql, params)).await?;
                rows.iter()
                    .map(|row| read(&Row::Postgres(row)).map_err(|bad| bad.into_error(sql.table, params)))
                    .collect()
            }
        }
    }

    /// Reads the first row, if any.
    pub(crate) async fn one<T>(
        &self,
        sql: &Sql,
        params: &[Param<'_>],
        read: impl Fn(&Row<'_>) -> Result<T, BadColumn> + Send,
    ) -> Result<Option<T>, Error>
    where
        T: Send,
    {
        match self {
            Self::Sqlite(db) => {
                let mut found = None;
                db.read(sql, params, |row| {
                    if found.is_none() {
                        found = Some(read(row)?);
                    }
                    Ok(())
                })?;
                Ok(found)
            }
            Self::Postgres(db) => {
                let rows = Box::pin(db.read(sql, params)).await?;
                let first = rows.first().map(|row| read(&Row::Postgres(row)));
                first.transpose().map_err(|bad| bad.into_error(sql.table, params))
            }
        }
    }

    /// Commits a batch; returns the number of rows each step affected.
    pub(crate) async fn commit(&self, batch: Batch) -> Result<Vec<u64>, CommitError> {
        match self {
            Self::Sqlite(db) => db.commit(batch).await,
            Self::Postgres(db) => db.commit(batch).await,
        }
    }

    /// Fills in the statistics of the engine.
    pub(crate) async fn stats(&self, stats: &mut Stats) -> Result<(), Error> {
        match self {
            Self::Sqlite(db) => db.stats(stats),
            Self::Postgres(db) => db.stats(stats).await,
        }
    }

    pub(crate) async fn close(&self) -> Result<(), Error> {
        match self {
            Self::Sqlite(db) => db.close().await,
            Self::Postgres(db) => db.close().await,
        }
    }
}

/// One row of either engine. Columns are counted from 0.
pub(crate) enum Row<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a tokio_postgres::Row),
}

impl Row<'_> {
    pub(crate) fn text(&self, column: usize) -> Result<String, BadColumn> {
        self.str(column).map(str::to_owned)
    }

    pub(crate) fn str(&self, column: usize) -> Result<&str, BadColumn> {
        match self {
            Self::Sqlite(row) => {
                let value = row.get_ref(column).map_err(|error| bad(column, &error))?;
                value.as_str().map_err(|error| bad(column, &error))
            }
            Self::Postgres(row) => row.try_get(column).map_err(|error| bad(column, &error)),
        }
    }

    pub(crate) fn opt_text(&self, column: usize) -> Result<Option<String>, BadColumn> {
        match self {
            Self::Sqlite(row) => row.get(column).map_err(|error| bad(column, &error)),
            Self::Postgres(row) => row.try_get(column).map_err(|error| bad(column, &error)),
        }
    }

    pub(crate) fn int(&self, column: usize) -> Result<i64, BadColumn> {
        match self {
            Self::Sqlite(row) => row.get(column).map_err(|error| bad(column, &error)),
            Self::Postgres(row) => row.try_get(column).map_err(|error| bad(column, &error)),
        }
    }

    pub(crate) fn opt_int(&self, column: usize) -> Result<Option<i64>, BadColumn> {
        match self {
            Self::Sqlite(row) => row.get(column).map_err(|error| bad(column, &error)),
            Self::Postgres(row) => row.try_get(column).map_err(|error| bad(column, &error)),
        }
    }

    pub(crate) fn blob(&self, column: usize) -> Result<Vec<u8>, BadColumn> {
        self.opt_blob(column)?.ok_or_else(|| BadColumn(format!("column {column} is null")))
    }

    pub(crate) fn opt_blob(&self, column: usize) -> Result<Option<Vec<u8>>, BadColumn> {
        match self {
            Self::Sqlite(row) => row.get(column).map_err(|error| bad(column, &error)),
            Self::Postgres(row) => row.try_get(column).map_err(|error| bad(column, &error)),
        }
    }
}

fn bad(column: usize, error: &dyn std::fmt::Display) -> BadColumn {
    BadColumn(format!("column {column}: {error}"))
}
