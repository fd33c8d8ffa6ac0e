//! SQLite: one writer thread (see `sqlite_writer`), readers on their own connections, on the caller's thread.
//!
//! A point read takes microseconds, less than handing it to another thread would.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, ErrorCode, OpenFlags};
use tokio::sync::{mpsc, oneshot};

use super::sqlite_files::{FILE, io_error, make_dir, make_file};
use super::sqlite_lock::FolderLock;
use super::sqlite_writer::Writer;
use super::{Job, Message, QUEUE_MAX, Row};
use crate::batch::Batch;
use crate::cache::Caches;
use crate::migrate::{self, MIGRATIONS};
use crate::sql::{BadColumn, Param, Sql};
use crate::{CommitError, Error, OpenOptions, Stats};

/// How long to wait for another process (`taskform keys`) that is writing.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Connections kept for later readers; more are closed after use.
const IDLE_READERS_MAX: usize = 32;
/// Prepared statements kept by each connection; there are fewer texts than this, apart from the many shapes of
/// searches.
const STATEMENTS_MAX: usize = 256;
/// The log is checkpointed into the database when it has this many pages: a page that changed many times meanwhile is
/// written there once.
const LOG_PAGES_MAX: i64 = 4000;
/// Page cache of a reader, in KiB, the unit that SQLite expects: enough for the upper levels of large trees.
const READER_CACHE_KIB: i64 = 4096;
/// Page cache of the writer, in KiB.
const WRITER_CACHE_KIB: i64 = 16384;

pub(crate) struct Sqlite {
    readers: Readers,
    jobs: Option<mpsc::Sender<Message>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    /// Set when the store is closed, and when the writer died.
    closed: Arc<AtomicBool>,
    file: Option<PathBuf>,
    /// Held until the last batch is written and the last answer read; a writer that died does not release it. Declared
    /// after everything that holds a connection, so that it is closed last.
    lock: Mutex<Option<FolderLock>>,
}

enum Readers {
    File {
        path: PathBuf,
        idle: Mutex<Vec<Connection>>,
    },
    /// A database in memory exists in one connection; writer and readers take turns.
    Memory(Arc<Mutex<Connection>>),
}

/// The writer's access to its connection.
pub(super) enum WriterConnection {
    Own(Box<Connection>),
    Shared(Arc<Mutex<Connection>>),
}

impl Sqlite {
    /// Opens (and creates, if needed) the database in `dir`.
    pub(crate) fn open_file(dir: &Path, options: &OpenOptions, caches: &Arc<Caches>) -> Result<Self, Error> {
        let path = dir.join(FILE);
        if !options.create && !holds_something(&path) {
            return Err(Error::Missing { place: format!("there is no database in {}", dir.display()) });
        }
        make_dir(dir)?;
        make_file(&path)?;
        // Before the engine opens the file, and dropped after its connections.
        let mut lock = FolderLock::open(&path)?;
        if options.exclusive {
            lock.take()?;
        }
        let mut connection = open_writer(&path)?;
        let found = schema_version(&connection)?;
        if migrate::check(found)? {
            // No server may use the folder while the schema changes.
            if !options.exclusive {
                lock.take()?;
            }
            apply_migrations(&mut connection)?;
            if !options.exclusive {
                lock.release();
            }
        }
        let readers = Readers::File { path: path.clone(), idle: Mutex::new(Vec::new()) };
        let own = WriterConnection::Own(Box::new(connection));
        let mut started = Self::start(own, readers, Some(path), options, caches)?;
        started.lock = Mutex::new(Some(lock));
        Ok(started)
    }

    /// Opens an empty database in memory.
    pub(crate) fn open_memory(options: &OpenOptions, caches: &Arc<Caches>) -> Result<Self, Error> {
        let mut connection = Connection::open_in_memory().map_err(engine_error)?;
        keep_statements(&connection)?;
        apply_migrations(&mut connection)?;
        let shared = Arc::new(Mutex::new(connection));
        let readers = Readers::Memory(Arc::clone(&shared));
        Self::start(WriterConnection::Shared(shared), readers, None, options, caches)
    }

    fn start(
        connection: WriterConnection,
        readers: Readers,
        file: Option<PathBuf>,
        options: &OpenOptions,
        caches: &Arc<Caches>,
    ) -> Result<Self, Error> {
        let (sender, receiver) = mpsc::channel(QUEUE_MAX);
        let closed = Arc::new(AtomicBool::new(false));
        let writer = Writer::new(connection, receiver, Arc::clone(caches), options, Arc::clone(&closed));
        let thread = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || writer.run())
            .map_err(|error| Error::Io { source: Arc::new(error) })?;
        let writer = Mutex::new(Some(thread));
        Ok(Self { readers, jobs: Some(sender), writer, closed, file, lock: Mutex::new(None) })
    }

    /// Runs a query on the caller's thread.
    pub(crate) fn read(
        &self,
        sql: &Sql,
        params: &[Param<'_>],
        mut each: impl FnMut(&Row<'_>) -> Result<(), BadColumn>,
    ) -> Result<(), Error> {
        if self.closed.load(Ordering::Acquire) {
            return Err(Error::Closed);
        }
        match &self.readers {
            Readers::Memory(shared) => query(&lock(shared), sql, params, &mut each),
            Readers::File { path, idle } => {
                let kept = lock(idle).pop();
                let connection = kept.map_or_else(|| open_reader(path), Ok)?;
                // A connection that failed is closed, so that the next reader gets a new one.
                query(&connection, sql, params, &mut each)?;
                let mut idle = lock(idle);
                if idle.len() < IDLE_READERS_MAX && !self.closed.load(Ordering::Acquire) {
                    idle.push(connection);
                }
                Ok(())
            }
        }
    }

    pub(crate) async fn commit(&self, batch: Batch) -> Result<Vec<u64>, CommitError> {
        if self.closed.load(Ordering::Acquire) {
            return Err(Error::Closed.into());
        }
        let (answer, answered) = oneshot::channel();
        let jobs = self.jobs.as_ref().ok_or(Error::Closed)?;
        jobs.send(Message::Commit(Job { batch, answer })).await.map_err(|_full| Error::Closed)?;
        // The writer answers every batch it took; if it panicked, it is unknown how far it got.
        answered.await.map_err(|lost| Error::Uncertain { source: Arc::new(lost) })?
    }

    pub(crate) fn stats(&self, stats: &mut Stats) -> Result<(), Error> {
        stats.engine = if self.file.is_some() { "sqlite" } else { "memory" };
        stats.queued = self.jobs.as_ref().map_or(0, |jobs| QUEUE_MAX - jobs.capacity());
        if let Some(file) = &self.file {
            let size = |path: &Path| fs::metadata(path).map(|data| data.len()).map_err(|error| io_error(path, error));
            stats.database_bytes = size(file)?;
            stats.log_bytes = size(&file.with_extension("db-wal")).unwrap_or(0);
        }
        Ok(())
    }

    /// Finishes queued batches, checkpoints the log and releases the folder.
    pub(crate) async fn close(&self) -> Result<(), Error> {
        self.closed.store(true, Ordering::Release);
        if let Readers::File { idle, .. } = &self.readers {
            lock(idle).clear();
        }
        if let Some(jobs) = &self.jobs {
            // A writer that has already ended has nothing to finish.
            let _gone = jobs.send(Message::Close).await;
        }
        let Some(thread) = lock(&self.writer).take() else { return Ok(()) };
        let joined = tokio::task::spawn_blocking(move || thread.join()).await;
        if let Some(held) = lock(&self.lock).as_mut() {
            held.release();
        }
        match joined {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(failed("the writer ended with a panic")),
        }
    }
}

impl Drop for Sqlite {
    /// Waits for the writer, so that the folder is free when the store is dropped.
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Readers::File { idle, .. } = &self.readers {
            lock(idle).clear();
        }
        if let Some(thread) = lock(&self.writer).take() {
            // A panic of the writer was already reported to those who waited for it.
            let _panic = thread.join();
        }
    }
}

impl WriterConnection {
    /// Runs `work` with the connection; readers of a database in memory wait meanwhile.
    pub(super) fn with<T>(&mut self, work: impl FnOnce(&mut Connection) -> T) -> T {
        match self {
            Self::Own(connection) => work(connection),
            Self::Shared(shared) => work(&mut lock(shared)),
        }
    }
}

/// A panic while holding one of these locks leaves at worst an open transaction, which the next `begin` reports.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn query(
    connection: &Connection,
    sql: &Sql,
    params: &[Param<'_>],
    each: &mut dyn FnMut(&Row<'_>) -> Result<(), BadColumn>,
) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(sql.for_sqlite()).map_err(engine_error)?;
    bind(&mut statement, params.iter().copied()).map_err(engine_error)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(engine_error)? {
        each(&Row::Sqlite(row)).map_err(|bad| bad.into_error(sql.table, params))?;
    }
    Ok(())
}

pub(super) fn bind<'a>(
    statement: &mut CachedStatement<'_>,
    params: impl Iterator<Item = Param<'a>>,
) -> rusqlite::Result<()> {
    for (index, param) in params.enumerate() {
        let value = match param {
            Param::Null => ValueRef::Null,
            Param::Text(text) => ValueRef::Text(text.as_bytes()),
            Param::Int(n) => ValueRef::Integer(n),
            Param::Blob(bytes) => ValueRef::Blob(bytes),
        };
        statement.raw_bind_parameter(index + 1, ToSqlOutput::Borrowed(value))?;
    }
    Ok(())
}

fn open_connection(path: &Path, cache_kib: i64) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(engine_error)?;
    connection.busy_timeout(BUSY_TIMEOUT).map_err(engine_error)?;
    keep_statements(&connection)?;
    connection.pragma_update(None, "cache_size", -cache_kib).map_err(engine_error)?;
    connection.pragma_update(None, "temp_store", "memory").map_err(engine_error)?;
    connection.pragma_update(None, "trusted_schema", false).map_err(engine_error)?;
    Ok(connection)
}

/// Statements are prepared once per connection. By default, SQLite plans some of them again for every new parameter,
/// which costs several times as much as running them.
fn keep_statements(connection: &Connection) -> Result<(), Error> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop).map_err(engine_error)
}

fn open_writer(path: &Path) -> Result<Connection, Error> {
    let connection = open_connection(path, WRITER_CACHE_KIB)?;
    use_wal(&connection)?;
    Ok(connection)
}

fn open_reader(path: &Path) -> Result<Connection, Error> {
    let connection = open_connection(path, READER_CACHE_KIB)?;
    connection.pragma_update(None, "query_only", true).map_err(engine_error)?;
    Ok(connection)
}

/// Changes the mode of a new file. The engine does not wait for other processes that open it at the same moment, so
/// this does.
fn switch_to_wal(connection: &Connection) -> rusqlite::Result<String> {
    const PAUSE: Duration = Duration::from_millis(5);
    let mut left = BUSY_TIMEOUT;
    loop {
        let switched = connection.query_row("pragma journal_mode = wal", [], |row| row.get(0));
        match switched {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && !left.is_zero() => {
                left = left.saturating_sub(PAUSE);
                std::thread::sleep(PAUSE);
            }
            other => return other,
        }
    }
}

/// Write-ahead log, synced at every commit: what was acknowledged survives power loss, readers never wait.
fn use_wal(connection: &Connection) -> Result<(), Error> {
    let mode = switch_to_wal(connection).map_err(engine_error)?;
    if !mode.eq_ignore_ascii_case("wal") {
        return Err(Error::Settings { detail: format!("the file system does not allow a write-ahead log ({mode})") });
    }
    connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES_MAX).map_err(engine_error)?;
    connection.pragma_update(None, "synchronous", "full").map_err(engine_error)?;
    // On Apple's systems an ordinary sync leaves the data in the drive's own memory; elsewhere these do nothing.
    connection.pragma_update(None, "fullfsync", true).map_err(engine_error)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true).map_err(engine_error)?;
    connection.pragma_update(None, "journal_size_limit", 64 << 20).map_err(engine_error)?;
    Ok(())
}

fn schema_version(connection: &Connection) -> Result<i64, Error> {
    let tables: i64 = connection
        .query_row("select count(*) from sqlite_master where type = 'table' and name = 'meta'", [], |row| row.get(0))
        .map_err(engine_error)?;
    if tables == 0 {
        return Ok(0);
    }
    let text: String = connection.query_row(migrate::VERSION_SQL, [], |row| row.get(0)).map_err(engine_error)?;
    migrate::parse_version(&text)
}

fn apply_migrations(connection: &mut Connection) -> Result<(), Error> {
    let transaction =
        connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(engine_error)?;
    // Another process may have been quicker.
    let found = schema_version(&transaction)?;
    migrate::check(found)?;
    for migration in MIGRATIONS.iter().filter(|migration| migration.version > found) {
        transaction.execute_batch(&migrate::for_sqlite(migration.sql)).map_err(engine_error)?;
        transaction.execute_batch(&migrate::record_version_sql(migration.version)).map_err(engine_error)?;
    }
    transaction.commit().map_err(engine_error)
}

/// An empty file is either a truncated database or one whose process was killed while creating it.
fn holds_something(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.len() > 0)
}

fn failed(detail: &'static str) -> Error {
    Error::Failed { source: Arc::new(std::io::Error::other(detail)) }
}

/// Maps SQLite's result codes to errors.
pub(super) fn engine_error(error: rusqlite::Error) -> Error {
    let detail = error.to_string();
    let code = error.sqlite_error_code();
    let source = Arc::new(error);
    match code {
        Some(ErrorCode::DiskFull) => Error::Full { source },
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Error::ReadOnly { detail },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy { detail },
        Some(ErrorCode::SystemIoFailure) => Error::Io { source },
        Some(ErrorCode::CannotOpen) => Error::Down { source },
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            Error::Broken { table: "database", id: String::new(), detail }
        }
        _ => Error::Failed { source },
    }
}

/// True when a unique index or primary key refused the row.
pub(super) fn is_taken(error: &rusqlite::Error) -> bool {
    const PRIMARY_KEY: i32 = 1555;
    const UNIQUE: i32 = 2067;
    error.sqlite_error().is_some_and(|error| [PRIMARY_KEY, UNIQUE].contains(&error.extended_code))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No statement reads more rows than it needs: each finds its rows through an index, in order.
    #[test]
    fn every_statement_finds_its_rows_through_an_index() {
        let mut connection = Connection::open_in_memory().unwrap();
        keep_statements(&connection).unwrap();
        apply_migrations(&mut connection).unwrap();
        let files = [
            crate::access_key::STATEMENTS,
            crate::agent::STATEMENTS,
            crate::agent_interval::STATEMENTS,
            crate::agent_proficiency::STATEMENTS,
            crate::client_token::STATEMENTS,
            crate::contact::STATEMENTS,
            crate::contact_attributes::STATEMENTS,
            crate::contact_fact::STATEMENTS,
            crate::contact_waiting::STATEMENTS,
            crate::counter::STATEMENTS,
            crate::flow::STATEMENTS,
            crate::flow_alias::STATEMENTS,
            crate::flow_content::STATEMENTS,
            crate::flow_version::STATEMENTS,
            crate::gauge::STATEMENTS,
            crate::instance::STATEMENTS,
            crate::meta::STATEMENTS,
            crate::outbox::STATEMENTS,
            crate::purge::STATEMENTS,
            crate::resource::STATEMENTS,
            crate::resource_link::STATEMENTS,
            crate::shard::STATEMENTS,
            crate::task_template::STATEMENTS,
            crate::task_template_pin::STATEMENTS,
            crate::user_credential::STATEMENTS,
            crate::user_session::STATEMENTS,
        ];
        let files = files.into_iter().flatten().map(|sql| (*sql, false));
        for (sql, sorts) in files.chain(crate::contact_search::statements()) {
            let text = format!("explain query plan {}", sql.for_sqlite());
            let mut plan = connection.prepare(&text).unwrap();
            let lines: Vec<String> =
                plan.raw_query().mapped(|row| row.get("detail")).collect::<rusqlite::Result<_>>().unwrap();
            for line in lines {
                // The list of purges is short, and is read from its beginning; a step is one of those found one behind the other; a
                // gauge counts who is present, over all instances.
                let whole =
                    ["SCAN CONSTANT ROW", "SCAN purge", "SCAN step", "SCAN agent USING COVERING INDEX agent_present"];
                let listed = line.starts_with("SCAN json_each VIRTUAL TABLE");
                let fine = !line.starts_with("SCAN") || listed || whole.contains(&line.as_str());
                assert!(fine && (sorts || !line.contains("TEMP B-TREE")), "{line}: {}", sql.for_sqlite());
            }
        }
    }

    #[test]
    fn an_acknowledged_commit_is_synced() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b");
        make_dir(&deep).unwrap();
        make_dir(&deep).unwrap();
        make_file(&deep.join(FILE)).unwrap();
        let writer = open_writer(&deep.join(FILE)).unwrap();
        let value = |name: &str| writer.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
        // 2 is FULL: the log is synced at every commit.
        assert_eq!(value("synchronous"), 2);
        assert_eq!((value("fullfsync"), value("checkpoint_fullfsync")), (1, 1));
        assert_eq!(writer.pragma_query_value(None, "journal_mode", |row| row.get::<_, String>(0)).unwrap(), "wal");
    }
}
