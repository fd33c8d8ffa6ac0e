//! Direct access to the store of a server: to fill it faster than requests could, and to see how far the server is.
//!
//! What it has to know of the store's tables is here and nowhere else in the benchmarks.

use std::collections::BTreeMap;
use std::fs;

use futures_util::future::try_join_all;
use rusqlite::{Connection, params_from_iter};
use tokio::runtime::Runtime;
use tokio_postgres::Client;

use crate::rows::{Names, Sample};
use crate::taskform::Storage;
use crate::{single_postgres, single_sqlite, world};

/// Copies in one transaction.
const TRANSACTION: u64 = 10_000;
/// Statements on their way to PostgreSQL at once.
const PIPELINE: usize = 500;

const COUNTERS: &str = "select instance_id, name, n from counter";
const QUEUED: &str = "select cast(coalesce(sum(n), 0) as bigint) from counter where name like 'contacts/queue/%'";
const OPEN: &str = "select cast(coalesce(sum(n), 0) as bigint) from counter where name = 'contacts/open'";
const DUE: &str = "select count(*) from contact where due_ms is not null and due_ms <= ";

/// Counters of the store by instance and name.
pub(crate) type Counters = BTreeMap<(String, String), i64>;

/// An open store.
pub(crate) enum Inside {
    Sqlite(Connection),
    Postgres(Runtime, Client),
}

fn failed(e: impl std::fmt::Display) -> String {
    format!("inside the store: {e}")
}

impl Inside {
    /// Opens it; the server may be running.
    ///
    /// # Errors
    /// A store that cannot be opened.
    pub(crate) fn open(storage: &Storage) -> Result<Self, String> {
        match storage {
            Storage::Folder(folder) => {
                let db = Connection::open(world::database_file(folder)?).map_err(failed)?;
                db.busy_timeout(std::time::Duration::from_secs(10)).map_err(failed)?;
                Ok(Self::Sqlite(db))
            }
            Storage::Postgres(url) => {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
                let client = runtime.block_on(single_postgres::connect(url))?;
                Ok(Self::Postgres(runtime, client))
            }
        }
    }

    /// All counters.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub(crate) fn counters(&self) -> Result<Counters, String> {
        match self {
            Self::Sqlite(db) => {
                let mut all = db.prepare(COUNTERS).map_err(failed)?;
                let rows = all.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?))).map_err(failed)?;
                rows.collect::<Result<_, _>>().map_err(failed)
            }
            Self::Postgres(runtime, client) => {
                let rows = runtime.block_on(client.query(COUNTERS, &[])).map_err(failed)?;
                Ok(rows.iter().map(|row| ((row.get(0), row.get(1)), row.get(2))).collect())
            }
        }
    }

    /// Tasks that wait in queues.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub(crate) fn queued(&self) -> Result<i64, String> {
        self.number(QUEUED)
    }

    /// Tasks that are not completed.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub(crate) fn open_tasks(&self) -> Result<i64, String> {
        self.number(OPEN)
    }

    /// Tasks that a server would have to process.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub(crate) fn due(&self, now_ms: i64) -> Result<i64, String> {
        self.number(&format!("{DUE}{now_ms}"))
    }

    fn number(&self, sql: &str) -> Result<i64, String> {
        match self {
            Self::Sqlite(db) => {
                db.prepare_cached(sql).and_then(|mut s| s.query_row([], |row| row.get(0))).map_err(failed)
            }
            Self::Postgres(runtime, client) => {
                runtime.block_on(client.query_one(sql, &[])).and_then(|row| row.try_get(0)).map_err(failed)
            }
        }
    }

    /// Writes `count` copies of the sample, the n-th under the names of `name`, and counts each as `counted` says. No
    /// server may be running.
    ///
    /// # Errors
    /// A store that refuses.
    pub(crate) fn fill(
        &self,
        sample: &Sample,
        count: u64,
        counted: &Counters,
        name: &dyn Fn(u64) -> Names,
    ) -> Result<(), String> {
        if let Self::Sqlite(db) = self {
            // Nothing is lost with it: a store that was not filled is discarded.
            db.pragma_update(None, "synchronous", "off").map_err(failed)?;
            db.pragma_update(None, "cache_size", -512 * 1024).map_err(failed)?;
        }
        for first in (0..count).step_by(usize::try_from(TRANSACTION).map_err(failed)?) {
            let numbers = first..count.min(first + TRANSACTION);
            self.run("begin")?;
            match self {
                Self::Sqlite(db) => insert_sqlite(db, sample, numbers, name)?,
                Self::Postgres(runtime, client) => runtime.block_on(insert_postgres(client, sample, numbers, name))?,
            }
            self.run("commit")?;
        }
        for ((instance, name), n) in counted {
            let more = n * i64::try_from(count).map_err(failed)?;
            self.run(&format!(
                "update counter set n = n + {more} where instance_id = '{instance}' and name = '{name}'"
            ))?;
        }
        match self {
            Self::Sqlite(_) => self.run("pragma wal_checkpoint(truncate)"),
            // As autovacuum leaves a store that grew by itself.
            Self::Postgres(..) => self.run("vacuum (analyze)"),
        }
    }

    fn run(&self, sql: &str) -> Result<(), String> {
        match self {
            Self::Sqlite(db) => db.execute_batch(sql).map_err(failed),
            Self::Postgres(runtime, client) => runtime.block_on(client.batch_execute(sql)).map_err(failed),
        }
    }
}

/// Bytes that a store takes on disk.
///
/// # Errors
/// A store that cannot be read.
pub(crate) fn bytes(storage: &Storage) -> Result<u64, String> {
    match storage {
        Storage::Folder(folder) => {
            let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
            entries.map(|entry| entry.and_then(|entry| entry.metadata()).map(|meta| meta.len()).map_err(failed)).sum()
        }
        Storage::Postgres(_) => {
            let size = Inside::open(storage)?.number("select pg_database_size(current_database())")?;
            u64::try_from(size).map_err(failed)
        }
    }
}

fn insert_sqlite(
    db: &Connection,
    sample: &Sample,
    numbers: std::ops::Range<u64>,
    name: &dyn Fn(u64) -> Names,
) -> Result<(), String> {
    let mut inserts = Vec::new();
    for row in &sample.rows {
        inserts.push(db.prepare_cached(&row.insert(|n| format!("?{n}"))).map_err(failed)?);
    }
    for number in numbers {
        for (insert, cells) in inserts.iter_mut().zip(sample.renamed(&name(number))) {
            insert.execute(params_from_iter(cells.into_iter().map(single_sqlite::value))).map_err(failed)?;
        }
    }
    Ok(())
}

async fn insert_postgres(
    client: &Client,
    sample: &Sample,
    numbers: std::ops::Range<u64>,
    name: &dyn Fn(u64) -> Names,
) -> Result<(), String> {
    let prepared = sample.rows.iter().map(async |row| client.prepare(&row.insert(|n| format!("${n}"))).await);
    let inserts = try_join_all(prepared).await.map_err(failed)?;
    let numbers: Vec<u64> = numbers.collect();
    for chunk in numbers.chunks(PIPELINE) {
        let copies: Vec<_> = chunk.iter().map(|number| sample.renamed(&name(*number))).collect();
        let rows = copies.iter().flat_map(|rows| inserts.iter().zip(rows));
        let all = try_join_all(rows.map(|(insert, cells)| client.execute_raw(insert, cells)));
        all.await.map_err(failed)?;
    }
    Ok(())
}
