//! PostgreSQL: a pool of connections for reads, a few lanes (see `postgres_lane`) that commit batches on connections of
//! their own, so that reads, however many, never keep a commit from its connection.

use std::error::Error as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::BytesMut;
use deadpool_postgres::{
    ClientWrapper, Hook, HookError, Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime,
    TimeoutType, Timeouts,
};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{AbortHandle, JoinHandle};
use tokio::time::timeout;
use tokio_postgres::Config;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::postgres_lane::Lane;
use super::{Job, Message, QUEUE_MAX, postgres_tls};
use crate::batch::Batch;
use crate::faults::Faults;
use crate::migrate::{self, MIGRATIONS};
use crate::sql::{Param, Sql};
use crate::{Cause, CommitError, Error, OpenOptions, Stats};

/// The oldest major version that is supported.
const OLDEST: u32 = 15;
/// Batches are spread over this many lanes by what they change; each lane commits in groups.
const LANES: usize = 4;
/// How long to wait for a free connection.
const WAIT: Duration = Duration::from_secs(5);
/// How long to wait for a new connection, unless the address says otherwise.
const CONNECT: Duration = Duration::from_secs(5);
/// A connection whose other end acknowledges no bytes for so long is lost.
const SILENCE: Duration = Duration::from_secs(15);
/// How long closing waits for what the lanes have begun.
const CLOSING: Duration = Duration::from_secs(10);
/// When to ask an idle connection whether it is alive.
const KEEPALIVE: Duration = Duration::from_secs(30);
/// How often a read is asked again on a new connection when the old one turns out to be lost.
const READ_ATTEMPTS: usize = 3;
/// The lock under which one of several starting processes changes the schema: "taskform" as a number.
const MIGRATION_LOCK: i64 = 0x7461_736b_666f_726d;

/// Every connection's settings. A commit must be on disk when it is acknowledged, whatever the server's default; what
/// is stricter stays. Nothing may hang: not a statement, not a lock, not a transaction whose process is gone or frozen: our
/// transactions wait for their client only between two messages, and may hold a counter that all others need. The server
/// keeps these limits; for a server that hangs itself, see `Shared::patience`.
fn session(statement_max: Duration) -> String {
    format!(
        "set statement_timeout = '{}ms'; set lock_timeout = '10s'; \
         set idle_in_transaction_session_timeout = '5s'; set client_min_messages = 'warning'; \
         set default_transaction_isolation = 'read committed'; \
         select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'",
        statement_max.as_millis().max(1)
    )
}

pub(crate) struct Postgres {
    shared: Arc<Shared>,
    lanes: Vec<mpsc::Sender<Message>>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

/// What reads and lanes share.
pub(super) struct Shared {
    readers: Pool,
    /// One connection for each lane.
    lanes: Pool,
    /// How long to wait for an answer: a little longer than the server gives itself.
    pub(super) patience: Duration,
    pub(super) faults: Option<Faults>,
    /// Set when the store is closed, and when a lane died.
    pub(super) closed: AtomicBool,
}

impl Postgres {
    pub(crate) async fn open(url: &str, options: &OpenOptions) -> Result<Self, Error> {
        let (mut config, tls) = postgres_tls::settings(url)?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(SILENCE);
        }
        if config.get_application_name().is_none() {
            config.application_name("taskform");
        }
        config.keepalives_idle(KEEPALIVE);
        let readers = options.connections_max.saturating_sub(LANES).max(1);
        let shared = Arc::new(Shared {
            readers: pool(&config, &tls, readers, options)?,
            lanes: pool(&config, &tls, LANES, options)?,
            patience: options.statement_max + options.statement_max / 6,
            faults: options.faults.clone(),
            closed: AtomicBool::new(false),
        });
        shared.in_time(shared.check_server()).await?;
        shared.migrate().await?;
        let (lanes, tasks) = (0..LANES).map(|_| start_lane(&shared)).unzip();
        Ok(Self { shared, lanes, tasks: Mutex::new(tasks) })
    }

    /// Runs a query. A read may be asked twice, so a lost connection is replaced without anybody noticing.
    pub(crate) async fn read(&self, sql: &Sql, params: &[Param<'_>]) -> Result<Vec<tokio_postgres::Row>, Error> {
        let params: Vec<ReadParam<'_>> = params.iter().map(|param| ReadParam(*param)).collect();
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|param| param as &(dyn ToSql + Sync)).collect();
        let mut attempt = 1;
        loop {
            let client = Borrowed::new(self.shared.reader().await?, self.shared.patience);
            let error = match timeout(self.shared.patience, query(client.get(), sql, &params)).await {
                Ok(Ok(rows)) => {
                    client.give_back();
                    return Ok(rows);
                }
                Ok(Err(error)) => error,
                Err(_elapsed) => {
                    client.close();
                    return Err(silent());
                }
            };
            if !is_lost(&error) {
                client.give_back();
                return Err(engine_error(error));
            }
            client.close();
            if attempt == READ_ATTEMPTS {
                return Err(engine_error(error));
            }
            attempt += 1;
        }
    }

    pub(crate) async fn commit(&self, batch: Batch) -> Result<Vec<u64>, CommitError> {
        self.shared.check_open()?;
        let mut hasher = DefaultHasher::new();
        batch.lane_key.hash(&mut hasher);
        let lane = &self.lanes[hasher.finish() as usize % self.lanes.len()];
        let (answer, answered) = oneshot::channel();
        lane.send(Message::Commit(Job { batch, answer })).await.map_err(|_ended| Error::Closed)?;
        // A lane answers every batch it took; if it died of a panic, nobody knows how far it got.
        answered.await.map_err(|lost| Error::Uncertain { source: Arc::new(lost) })?
    }

    pub(crate) async fn stats(&self, stats: &mut Stats) -> Result<(), Error> {
        static SIZE: Sql = Sql::new("database", "select pg_database_size(current_database())");
        stats.engine = "postgres";
        stats.queued = self.lanes.iter().map(|lane| lane.max_capacity() - lane.capacity()).sum();
        let rows = self.read(&SIZE, &[]).await?;
        let bytes: i64 = rows.first().map_or(Ok(0), |row| row.try_get(0)).map_err(engine_error)?;
        stats.database_bytes = u64::try_from(bytes).unwrap_or(0);
        Ok(())
    }

    /// Finishes what is queued, but does not wait for ever: what a silent server keeps from being finished is given up, and
    /// its callers are told that it is uncertain.
    pub(crate) async fn close(&self) -> Result<(), Error> {
        self.shared.closed.store(true, Ordering::Release);
        let tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        let aborts: Vec<AbortHandle> = tasks.iter().map(JoinHandle::abort_handle).collect();
        let finish = async {
            for lane in &self.lanes {
                // A lane that is gone already has nothing to finish.
                let _gone = lane.send(Message::Close).await;
            }
            let mut result = Ok(());
            for task in tasks {
                result = result.and(task.await.map_err(|error| Error::Failed { source: Arc::new(error) }));
            }
            result
        };
        let result = timeout(CLOSING.min(self.shared.patience), finish).await.unwrap_or_else(|_elapsed| {
            aborts.iter().for_each(AbortHandle::abort);
            Err(Error::Busy { detail: "the database did not finish in time what was under way".to_owned() })
        });
        self.shared.readers.close();
        self.shared.lanes.close();
        result
    }
}

/// A pool of `size` connections.
fn pool(config: &Config, tls: &MakeRustlsConnect, size: usize, options: &OpenOptions) -> Result<Pool, Error> {
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let session: Arc<str> = session(options.statement_max).into();
    let set_up = Hook::async_fn(move |client: &mut ClientWrapper, _metrics| {
        let session = Arc::clone(&session);
        Box::pin(async move {
            match timeout(CONNECT, client.batch_execute(&session)).await {
                Ok(done) => done.map_err(HookError::Backend),
                Err(_elapsed) => Err(HookError::message("a new connection was silent")),
            }
        })
    });
    Pool::builder(Manager::from_config(config.clone(), tls.clone(), recycling))
        .max_size(size)
        .timeouts(Timeouts { wait: Some(WAIT), create: Some(CONNECT * 2), recycle: Some(WAIT) })
        .runtime(Runtime::Tokio1)
        .post_create(set_up)
        .build()
        .map_err(|error| Error::Settings { detail: error.to_string() })
}

/// A connection in use by a read. Its query may still be under way when the reader stops waiting: the connection then goes
/// back to the pool only after it has answered, so that the next reader does not queue behind somebody else's query.
struct Borrowed {
    client: Option<Object>,
    patience: Duration,
}

impl Borrowed {
    fn new(client: Object, patience: Duration) -> Self {
        Self { client: Some(client), patience }
    }

    fn get(&self) -> &Object {
        self.client.as_ref().expect("the connection is here until it is given back or closed")
    }

    fn give_back(mut self) {
        drop(self.client.take());
    }

    fn close(mut self) {
        drop(self.client.take().map(Object::take));
    }
}

impl Drop for Borrowed {
    fn drop(&mut self) {
        let Some(client) = self.client.take() else { return };
        let patience = self.patience;
        match Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(async move {
                if !matches!(timeout(patience, client.batch_execute("")).await, Ok(Ok(()))) {
                    drop(Object::take(client));
                }
            })),
            Err(_no_runtime) => drop(Object::take(client)),
        }
    }
}

fn start_lane(shared: &Arc<Shared>) -> (mpsc::Sender<Message>, JoinHandle<()>) {
    let (sender, receiver) = mpsc::channel(QUEUE_MAX / LANES);
    let lane = Lane::new(Arc::clone(shared), receiver);
    (sender, tokio::spawn(lane.run()))
}

impl Shared {
    async fn reader(&self) -> Result<Object, Error> {
        self.check_open()?;
        self.readers.get().await.map_err(pool_error)
    }

    /// A lane's connection.
    pub(super) async fn writer(&self) -> Result<Object, Error> {
        self.lanes.get().await.map_err(pool_error)
    }

    fn check_open(&self) -> Result<(), Error> {
        if self.closed.load(Ordering::Acquire) { Err(Error::Closed) } else { Ok(()) }
    }

    /// Gives up when the server is silent for too long.
    async fn in_time<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        timeout(self.patience, work).await.unwrap_or_else(|_elapsed| Err(silent()))
    }

    async fn check_server(&self) -> Result<(), Error> {
        let client = self.reader().await?;
        let row = client
            .query_one("select current_setting('server_version_num')::bigint, current_setting('server_version')", &[])
            .await
            .map_err(engine_error)?;
        let (number, found): (i64, String) = (row.get(0), row.get(1));
        if number < i64::from(OLDEST) * 10_000 {
            return Err(Error::OldServer { found, needed: OLDEST });
        }
        Ok(())
    }

    /// Brings the schema up to date in one transaction; of several processes one does it and the others wait.
    async fn migrate(&self) -> Result<(), Error> {
        let mut client = self.writer().await?;
        if !migrate::check(self.in_time(schema_version(&client)).await?)? {
            return Ok(());
        }
        let transaction = client.transaction().await.map_err(engine_error)?;
        let alone = format!(
            "set local statement_timeout = 0; set local lock_timeout = 0; select pg_advisory_xact_lock({MIGRATION_LOCK})"
        );
        transaction.batch_execute(&alone).await.map_err(engine_error)?;
        let found = schema_version(transaction.client()).await?;
        migrate::check(found)?;
        for migration in MIGRATIONS.iter().filter(|migration| migration.version > found) {
            transaction.batch_execute(&migrate::for_postgres(migration.sql)).await.map_err(engine_error)?;
            let record = migrate::record_version_sql(migration.version);
            transaction.batch_execute(&record).await.map_err(engine_error)?;
        }
        transaction.commit().await.map_err(engine_error)
    }
}

/// The server is connected but says nothing, not even that a time limit of its own has passed.
pub(super) fn silent() -> Error {
    Error::Down { source: Arc::new(std::io::Error::new(std::io::ErrorKind::TimedOut, "the server does not answer")) }
}

/// Asks the catalogue itself: `to_regclass` may answer from a cache that is older than the lock we waited for.
const HAS_META: &str = "select exists (select 1 from pg_catalog.pg_class c \
     where c.relname = 'meta' and c.relkind = 'r' and pg_catalog.pg_table_is_visible(c.oid))";

async fn schema_version(client: &tokio_postgres::Client) -> Result<i64, Error> {
    let row = client.query_one(HAS_META, &[]).await.map_err(engine_error)?;
    if !row.get::<_, bool>(0) {
        return Ok(0);
    }
    let row = client.query_one(migrate::VERSION_SQL, &[]).await.map_err(engine_error)?;
    migrate::parse_version(row.get(0))
}

async fn query(
    client: &Object,
    sql: &Sql,
    params: &[&(dyn ToSql + Sync)],
) -> Result<Vec<tokio_postgres::Row>, tokio_postgres::Error> {
    let statement = client.prepare_cached(sql.for_postgres()).await?;
    client.query(&statement, params).await
}

impl ToSql for Param<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Param::Null => Ok(IsNull::Yes),
            Param::Text(text) => text.to_sql(ty, out),
            Param::Int(n) if *ty == Type::INT8 => n.to_sql(ty, out),
            Param::Int(_) => Err(format!("a parameter of type {ty} was given a bigint").into()),
            Param::Blob(bytes) => bytes.to_sql(ty, out),
        }
    }

    /// Each statement names its columns' types; a wrong one is found by the suite that runs every statement.
    fn accepts(_ty: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// PostgreSQL keeps no zero character in a text and refuses to look for one. No text with one is ever stored (SQLite
/// could), so looking for another rare character finds the same: nothing.
#[derive(Debug)]
struct ReadParam<'a>(Param<'a>);

impl ToSql for ReadParam<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self.0 {
            Param::Text(text) if text.contains('\0') => text.replace('\0', "\u{10FFFF}").to_sql(ty, out),
            other => other.to_sql(ty, out),
        }
    }

    fn accepts(_ty: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// True when the connection, not the statement, failed.
pub(super) fn is_lost(error: &tokio_postgres::Error) -> bool {
    match error.code() {
        Some(code) => is_connection_state(code),
        None => error.is_closed() || error.source().is_some_and(|source| source.is::<std::io::Error>()),
    }
}

/// The server ends the connection, or is starting or stopping.
fn is_connection_state(code: &SqlState) -> bool {
    code.code().starts_with("08")
        || [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::CANNOT_CONNECT_NOW].contains(code)
        || code.code() == "57P05"
}

/// What PostgreSQL's states mean to us.
pub(super) fn engine_error(error: tokio_postgres::Error) -> Error {
    let detail = error.as_db_error().map_or_else(|| error.to_string(), |db| db.message().to_owned());
    let lost = is_lost(&error);
    let code = error.code().map(|code| code.code().to_owned()).unwrap_or_default();
    let connecting = code.is_empty() && error.to_string().starts_with("error connecting");
    let source: Cause = Arc::new(Told(error));
    match code.as_str() {
        _ if lost || connecting => Error::Down { source },
        "53100" => Error::Full { source },
        "25006" | "42501" => Error::ReadOnly { detail },
        "40001" | "40P01" | "53200" | "53300" | "55P03" | "57014" => Error::Busy { detail },
        "58030" => Error::Io { source },
        "XX001" | "XX002" => Error::Broken { table: "database", id: String::new(), detail },
        "28000" | "28P01" | "3D000" => Error::Settings { detail },
        _ => Error::Failed { source },
    }
}

fn pool_error(error: PoolError) -> Error {
    match error {
        PoolError::Backend(error) => connect_error(error),
        PoolError::PostCreateHook(HookError::Backend(error)) => connect_error(error),
        PoolError::Closed => Error::Closed,
        PoolError::Timeout(TimeoutType::Wait) => Error::Busy { detail: "no connection was free in time".to_owned() },
        other => Error::Down { source: Arc::new(other) },
    }
}

/// The driver's error with all it knows in one line; by itself it says "db error" and hides the rest behind its source.
#[derive(Debug)]
pub(super) struct Told(pub(super) tokio_postgres::Error);

impl std::fmt::Display for Told {
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

impl std::error::Error for Told {}

/// Without a state from the server, a connection that was not made is a server that was not reached.
fn connect_error(error: tokio_postgres::Error) -> Error {
    if error.code().is_none() { Error::Down { source: Arc::new(Told(error)) } } else { engine_error(error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn an_acknowledged_commit_is_synced_whatever_the_database_says() {
        let Some(url) = testkit::pg_url_for_tests().await else { return };
        let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        let alter =
            "do $$ begin execute 'alter database ' || current_database() || ' set synchronous_commit = off'; end $$";
        client.batch_execute(alter).await.unwrap();
        let database = Postgres::open(&url, &OpenOptions::default()).await.unwrap();
        let mut lanes = Vec::new();
        for _lane in 0..LANES {
            lanes.push(database.shared.writer().await.unwrap());
            let lane = lanes.last().unwrap();
            let setting: String = lane.query_one("show synchronous_commit", &[]).await.unwrap().get(0);
            assert_eq!(setting, "on");
            let limit: String = lane.query_one("show statement_timeout", &[]).await.unwrap().get(0);
            assert_eq!(limit, "30s");
        }
        let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        let default: String = client.query_one("show synchronous_commit", &[]).await.unwrap().get(0);
        assert_eq!(default, "off", "the test would show nothing");
    }
}
