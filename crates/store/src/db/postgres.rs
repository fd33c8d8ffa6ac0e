//! PostgreSQL: a pool of connections for reads, a few lanes (see `postgres_lane`) that commit batches on connections of
//! their own, so that reads, however many, never block a commit.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::BytesMut;
use deadpool_postgres::{
    ClientWrapper, Hook, HookError, Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime, Timeouts,
};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{AbortHandle, JoinHandle};
use tokio::time::timeout;
use tokio_postgres::Config;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::postgres_error::{
    At, address, condemns_connection, engine_error, is_lost, is_worth_another_read, pool_error, silent,
};
use super::postgres_lane::Lane;
use super::postgres_session::{ReadParam, Sessions, check_server, refuse_pooler, values};
use super::{Job, Message, QUEUE_MAX, postgres_tls};
use crate::batch::Batch;
use crate::faults::Faults;
use crate::migrate::{self, MIGRATIONS};
use crate::sql::{Param, Sql};
use crate::{CommitError, Error, OpenOptions, Stats};

/// Batches are distributed over this many lanes by what they change; each lane commits in groups.
pub(super) const LANES: usize = 4;
/// How long to wait for a free connection.
const WAIT: Duration = Duration::from_secs(5);
/// How long to wait for a new connection, unless the address says otherwise.
const CONNECT: Duration = Duration::from_secs(5);
/// A connection whose other end acknowledges no bytes for so long is lost.
const SILENCE: Duration = Duration::from_secs(15);
/// How long closing waits for batches that the lanes have begun.
const CLOSING: Duration = Duration::from_secs(10);
/// Idle time after which a connection is checked.
const KEEPALIVE: Duration = Duration::from_secs(30);
/// How often a read is retried on a new connection when the old one turns out to be lost.
const READ_ATTEMPTS: usize = 3;
/// The lock under which one of several starting processes changes the schema: "taskform" as a number.
const MIGRATION_LOCK: i64 = 0x7461_736b_666f_726d;

pub(crate) struct Postgres {
    shared: Arc<Shared>,
    lanes: Vec<mpsc::Sender<Message>>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

/// State shared by reads and lanes.
pub(super) struct Shared {
    readers: Pool,
    /// One connection for each lane.
    lanes: Pool,
    /// Where the server is, for messages.
    address: String,
    /// How statements reach the server.
    pub(super) sessions: Sessions,
    /// The longest a statement may take.
    pub(super) statement_max: Duration,
    /// How long to wait for an answer: a little longer than the server's own timeout.
    pub(super) answer_timeout: Duration,
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
        let sessions = if options.prepared_statements { Sessions::Own } else { Sessions::Pooled };
        let shared = Arc::new(Shared {
            readers: pool(&config, &tls, readers, options, sessions)?,
            lanes: pool(&config, &tls, LANES, options, sessions)?,
            address: address(&config),
            sessions,
            statement_max: options.statement_max,
            answer_timeout: options.statement_max + options.statement_max / 6,
            faults: options.faults.clone(),
            closed: AtomicBool::new(false),
        });
        shared.in_time(shared.check_server()).await?;
        shared.migrate(options.create).await?;
        let (lanes, tasks) = (0..LANES).map(|_| start_lane(&shared)).unzip();
        Ok(Self { shared, lanes, tasks: Mutex::new(tasks) })
    }

    /// Runs a query. A read may be repeated, so a lost connection is replaced transparently.
    pub(crate) async fn read(&self, sql: &Sql, params: &[Param<'_>]) -> Result<Vec<tokio_postgres::Row>, Error> {
        let params: Vec<ReadParam<'_>> = params.iter().map(|param| ReadParam(*param)).collect();
        let sessions = self.shared.sessions;
        let mut attempt = 1;
        loop {
            let client = Borrowed::new(self.shared.reader().await?, self.shared.answer_timeout);
            let error = match timeout(self.shared.answer_timeout, sessions.query(client.get(), sql, &params)).await {
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
            if is_lost(&error) || condemns_connection(&error) {
                client.close();
            } else {
                client.give_back();
            }
            if attempt == READ_ATTEMPTS || !is_worth_another_read(&error) {
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
        // A lane answers every batch it took; if it panicked, it is unknown how far it got.
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

    /// Finishes queued batches, but does not wait for ever: batches that a silent server does not finish are given up,
    /// and their callers get [`Error::Uncertain`].
    pub(crate) async fn close(&self) -> Result<(), Error> {
        self.shared.closed.store(true, Ordering::Release);
        let tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        let aborts: Vec<AbortHandle> = tasks.iter().map(JoinHandle::abort_handle).collect();
        let finish = async {
            for lane in &self.lanes {
                // A lane that has already ended has nothing to finish.
                let _gone = lane.send(Message::Close).await;
            }
            let mut result = Ok(());
            for task in tasks {
                result = result.and(task.await.map_err(|error| Error::Failed { source: Arc::new(error) }));
            }
            result
        };
        let result = timeout(CLOSING.min(self.shared.answer_timeout), finish).await.unwrap_or_else(|_elapsed| {
            aborts.iter().for_each(AbortHandle::abort);
            Err(Error::Busy { detail: "the database did not finish in time what was under way".to_owned() })
        });
        self.shared.readers.close();
        self.shared.lanes.close();
        result
    }
}

/// A pool of `size` connections.
fn pool(
    config: &Config,
    tls: &MakeRustlsConnect,
    size: usize,
    options: &OpenOptions,
    sessions: Sessions,
) -> Result<Pool, Error> {
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let first: Option<Arc<str>> = sessions.first(options.statement_max).map(Into::into);
    let set_up = Hook::async_fn(move |client: &mut ClientWrapper, _metrics| {
        let first = first.clone();
        Box::pin(async move {
            let Some(first) = first else { return Ok(()) };
            match timeout(CONNECT, client.batch_execute(&first)).await {
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

/// A connection in use by a read. Its query may still be under way when the reader stops waiting: the connection then
/// goes back to the pool only after it has answered, so that the next reader does not wait behind another's query.
struct Borrowed {
    client: Option<Object>,
    answer_timeout: Duration,
}

impl Borrowed {
    fn new(client: Object, answer_timeout: Duration) -> Self {
        Self { client: Some(client), answer_timeout }
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
        let answer_timeout = self.answer_timeout;
        match Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(async move {
                if !matches!(timeout(answer_timeout, client.batch_execute("")).await, Ok(Ok(()))) {
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
        self.readers.get().await.map_err(|error| self.named(pool_error(error)))
    }

    /// A lane's connection.
    pub(super) async fn writer(&self) -> Result<Object, Error> {
        self.lanes.get().await.map_err(|error| self.named(pool_error(error)))
    }

    /// With the server's address, where it could not be reached.
    fn named(&self, error: Error) -> Error {
        match error {
            Error::Down { source } => {
                Error::Down { source: Arc::new(At { address: self.address.clone(), cause: source }) }
            }
            other => other,
        }
    }

    fn check_open(&self) -> Result<(), Error> {
        if self.closed.load(Ordering::Acquire) { Err(Error::Closed) } else { Ok(()) }
    }

    /// Gives up when the server is silent for too long.
    async fn in_time<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        timeout(self.answer_timeout, work).await.unwrap_or_else(|_elapsed| Err(self.named(silent())))
    }

    async fn check_server(&self) -> Result<(), Error> {
        let (reader, writer) = (self.reader().await?, self.writer().await?);
        check_server(&writer).await?;
        match self.sessions {
            Sessions::Own => refuse_pooler(&reader, &writer).await,
            Sessions::Pooled => Ok(()),
        }
    }

    /// Brings the schema up to date in one transaction; of several processes one does it and the others wait.
    async fn migrate(&self, create: bool) -> Result<(), Error> {
        let mut client = self.writer().await?;
        let found = self.in_time(schema_version(&client)).await?;
        if found == 0 && !create {
            return Err(Error::Missing { place: "the PostgreSQL database has no tables of Taskform".to_owned() });
        }
        if !migrate::check(found)? {
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

/// Asks the catalogue itself: `to_regclass` may answer from a cache that is older than the lock we waited for.
const HAS_META: &str = "select exists (select 1 from pg_catalog.pg_class c \
     where c.relname = 'meta' and c.relkind = 'r' and pg_catalog.pg_table_is_visible(c.oid))";

async fn schema_version(client: &tokio_postgres::Client) -> Result<i64, Error> {
    let [has_meta] = values(client, HAS_META).await?;
    if has_meta != "t" {
        return Ok(0);
    }
    let [version] = values(client, migrate::VERSION_SQL).await?;
    migrate::parse_version(&version)
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
