//! The store: the only crate with SQL. SQLite (a folder, or memory) and PostgreSQL behind one concrete [`Store`].
//!
//! Reads are functions of [`Store`], one file per resource, each with its SQL beside it. Every write goes through
//! [`Store::commit`]: a [`Batch`] of changes that carry their own conditions, all or nothing. Read, decide, commit; on a
//! [`Conflict`] start again. A condition in each write protects on both engines, reading inside a transaction does not.
//!
//! Promises: a commit that returned has survived power loss (not in memory, of course); a read sees every commit
//! acknowledged before it began; a batch is committed entirely or not at all, also when its caller stops waiting (not at
//! all, if that is before its turn came).

mod access_key;
mod agent;
mod agent_interval;
mod agent_proficiency;
mod batch;
mod cache;
mod client_token;
mod commit_times;
mod contact;
mod contact_attributes;
mod contact_fact;
mod contact_search;
mod contact_waiting;
mod counter;
mod db;
mod error;
mod faults;
mod flow;
mod flow_alias;
mod flow_content;
mod flow_version;
mod gauge;
mod instance;
mod meta;
mod migrate;
mod outbox;
mod page;
mod purge;
mod resource;
mod resource_link;
mod shard;
mod sql;
mod task_template;
mod task_template_pin;
mod user_credential;
mod user_session;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

pub use self::access_key::{AccessKeyRow, KeyOwner};
pub use self::agent::{AgentRow, DueAgent, IdlePage, IdleTimer, SLOTS_MAX};
pub use self::agent_interval::{AgentInterval, INTERVAL_MS_MAX, IntervalKey};
pub use self::agent_proficiency::{AgentProficiency, Proficient};
pub use self::batch::{Batch, Changed};
pub use self::client_token::{ClientTokenRow, TokenClaim};
pub use self::commit_times::CommitHistogram;
pub use self::contact::{ContactRow, DueContact, Waiting};
pub use self::contact_attributes::AttributesRow;
pub use self::contact_fact::{ContactFactRow, FactKey};
pub use self::contact_search::{ContactSearch, SearchPage, SearchPosition, SortColumn, TimeColumn};
pub use self::contact_waiting::{CLASSES_MAX, QueueNumbers, WaitingContact};
pub use self::db::is_same_file;
pub use self::error::{Cause, CommitError, Conflict, Error};
pub use self::faults::{Faults, Held};
pub use self::flow::{FlowPart, FlowRead, FlowText, FlowToRun, FlowVersionRow};
pub use self::flow_alias::FlowAliasRow;
pub use self::flow_content::{FlowContent, Slot};
pub use self::gauge::ContactCounts;
pub use self::instance::InstanceRow;
pub use self::outbox::{DeadLetters, NewOutboxRow, OutboxKey, OutboxNumbers, OutboxPosition, OutboxRow};
pub use self::page::{Page, PageKey};
pub use self::purge::PurgeStep;
pub use self::resource::{Kind, ResourceRow};
pub use self::resource_link::{Link, OnDelete, Owner};
pub use self::shard::{SHARDS, ShardLease, shard_of};
pub use self::task_template::{
    Latest, NewTaskTemplate, SummaryPage, TaskTemplateFilter, TaskTemplateUpdate, Version, VersionBody,
};
pub use self::user_credential::UserCredentialRow;
pub use self::user_session::UserSessionRow;
use crate::cache::Caches;
use crate::db::Db;

/// Where the data is stored.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// A SQLite database in this folder, which is created if needed, readable by its owner alone.
    Sqlite {
        /// The folder.
        dir: PathBuf,
    },
    /// A SQLite database in memory, gone with the store.
    Memory,
    /// A PostgreSQL server, version 15 or newer: `postgres://user:password@host/database?sslmode=…`.
    Postgres {
        /// The address.
        url: String,
    },
}

impl std::fmt::Debug for Location {
    /// Without the address of a server, which may hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite { dir } => f.debug_struct("Sqlite").field("dir", dir).finish(),
            Self::Memory => f.write_str("Memory"),
            Self::Postgres { .. } => f.debug_struct("Postgres").finish_non_exhaustive(),
        }
    }
}

/// How to open a store.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    /// SQLite: require to be the only server on this folder. Short-lived helpers beside a running server set it to
    /// false.
    pub exclusive: bool,
    /// Create the database if there is none. Otherwise that is [`Error::Missing`].
    pub create: bool,
    /// Memory for hot rows, bytes; 0 keeps none.
    pub cache_bytes_max: usize,
    /// PostgreSQL: connections at most. Four of them are reserved for commits, the rest is for reads, which get one at
    /// least.
    pub connections_max: usize,
    /// PostgreSQL: the longest a statement may take. A server that has not answered shortly after that is considered
    /// lost.
    pub statement_max: Duration,
    /// PostgreSQL: prepare each statement once per connection. False behind a pooler that gives each transaction another
    /// connection: statements then have no name, and nothing outlives a transaction.
    pub prepared_statements: bool,
    /// Injected faults, for tests.
    pub faults: Option<Faults>,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self {
            exclusive: true,
            create: true,
            cache_bytes_max: 64 << 20,
            connections_max: 16,
            statement_max: Duration::from_secs(30),
            prepared_statements: true,
            faults: None,
        }
    }
}

/// Statistics of the store's size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// `sqlite`, `memory` or `postgres`.
    pub engine: &'static str,
    /// Size of the database, bytes; 0 in memory.
    pub database_bytes: u64,
    /// SQLite: size of the write-ahead log, bytes.
    pub log_bytes: u64,
    /// Cached hot rows, bytes.
    pub cache_bytes: usize,
    /// Batches waiting to be committed.
    pub queued: usize,
}

/// A handle to the store; clones share everything.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    db: Db,
    caches: Arc<Caches>,
    failed_purges: purge::Failed,
    faults: Option<Faults>,
    commit_times: commit_times::CommitTimes,
    /// The last commit failed because of the engine, so the next may too.
    writes_fail: AtomicBool,
    /// A commit failed for want of space, and nothing large was written since: small commits may still fit.
    is_full: AtomicBool,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

impl Store {
    /// Opens the store, creates it if needed, and brings its schema up to date.
    ///
    /// # Errors
    /// [`Error::Locked`] when another server uses the folder, [`Error::Folder`], [`Error::Missing`], [`Error::NewerVersion`]
    /// when a newer release made the database, [`Error::ReadOnly`], [`Error::Down`], [`Error::OldServer`],
    /// [`Error::Settings`], and other failures of the engine.
    pub async fn open(location: &Location, options: OpenOptions) -> Result<Self, Error> {
        let rows = !matches!(location, Location::Postgres { .. });
        let caches = Arc::new(Caches::new(rows, options.cache_bytes_max));
        let faults = options.faults.clone();
        let db = match location {
            Location::Sqlite { dir } => Db::Sqlite(db::Sqlite::open_file(dir, &options, &caches)?),
            Location::Memory => Db::Sqlite(db::Sqlite::open_memory(&options, &caches)?),
            Location::Postgres { url } => Db::Postgres(db::Postgres::open(url, &options).await?),
        };
        let failed_purges = purge::Failed::default();
        Ok(Self(Arc::new(Inner {
            db,
            caches,
            failed_purges,
            faults,
            commit_times: commit_times::CommitTimes::default(),
            writes_fail: AtomicBool::new(false),
            is_full: AtomicBool::new(false),
        })))
    }

    /// Writes a consistent copy of the SQLite database in the folder `dir` to `target`, a file that does not exist yet,
    /// readable by its owner alone and synced. A server may be writing meanwhile; commits it acknowledged before the
    /// call are in the copy.
    ///
    /// # Errors
    /// [`Error::Missing`] when there is no database, [`Error::Copy`] when the target exists or cannot be written;
    /// failures of the database. No partial copy remains.
    pub fn backup(dir: &std::path::Path, target: &std::path::Path) -> Result<(), Error> {
        db::backup(dir, target)
    }

    /// Whether a path leads to the SQLite database in the folder `dir`, or to a file that belongs to it, there or still to be
    /// made, by any name: nobody else may write to it.
    pub fn owns_file(dir: &std::path::Path, path: &std::path::Path) -> bool {
        db::owns(dir, path)
    }

    /// Makes a data folder that its owner alone may enter, and its missing parents with the permissions that are usual here.
    ///
    /// # Errors
    /// [`Error::Folder`].
    pub fn make_folder(dir: &std::path::Path) -> Result<(), Error> {
        db::make_dir(dir)
    }

    /// Commits a batch: all its changes, durably, or none.
    ///
    /// # Errors
    /// [`CommitError::Conflict`] names the first condition that did not hold; [`CommitError::Store`] is a failure of the
    /// engine, and only [`Error::Uncertain`] leaves open whether the batch was committed.
    pub async fn commit(&self, batch: Batch) -> Result<(), CommitError> {
        self.commit_counting(batch).await.map(drop)
    }

    /// Answers how many rows each change touched, in the order in which they ran.
    pub(crate) async fn commit_counting(&self, mut batch: Batch) -> Result<Vec<u64>, CommitError> {
        if batch.is_empty() {
            return Ok(Vec::new());
        }
        batch.sort();
        if let Some(faults) = &self.0.faults
            && faults.arrive().await
        {
            return Err(CommitError::Conflict(Conflict::Moved));
        }
        let begun = Instant::now();
        let done = self.0.db.commit(batch).await;
        self.0.commit_times.took(begun.elapsed());
        match &done {
            Ok(_) => self.0.writes_fail.store(false, Ordering::Relaxed),
            Err(CommitError::Store(error)) if error.is_of_engine() => {
                self.0.writes_fail.store(true, Ordering::Relaxed);
                self.0.is_full.fetch_or(matches!(error, Error::Full { .. }), Ordering::Relaxed);
            }
            Err(_) => {}
        }
        done.map_err(|error| match error {
            CommitError::Conflict(Conflict::CounterShort { id }) => {
                let detail = "holds less than was counted".to_owned();
                Error::Broken { table: "counter", id, detail }.into()
            }
            other => other,
        })
    }

    /// Asks the database for an answer.
    ///
    /// # Errors
    /// The reason why it does not answer; [`Error::Closed`] also when the writer or a lane died.
    pub async fn ping(&self) -> Result<(), Error> {
        self.meta("schema_version").await.map(drop)
    }

    /// Whether work can be done: the database answers and, if the last commit failed for a reason of its own or one failed for
    /// want of space, can be written again. That is tried with a row of 64 KiB, which is removed at once.
    ///
    /// # Errors
    /// The reason why it does not answer or cannot be written.
    pub async fn ready(&self) -> Result<(), Error> {
        self.ping().await?;
        if !self.0.writes_fail.load(Ordering::Relaxed) && !self.0.is_full.load(Ordering::Relaxed) {
            return Ok(());
        }
        // What an earlier trial may have left would need no more space.
        for change in [Batch::remove_trial, Batch::put_trial, Batch::remove_trial] {
            let mut batch = Batch::new();
            change(&mut batch);
            self.commit_unconditional(batch).await?;
        }
        self.0.is_full.store(false, Ordering::Relaxed);
        Ok(())
    }

    /// The store's size.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn stats(&self) -> Result<Stats, Error> {
        let mut stats = Stats { cache_bytes: self.0.caches.bytes(), ..Stats::default() };
        self.0.db.stats(&mut stats).await?;
        Ok(stats)
    }

    /// How long commits took since the store was opened, those that were refused included.
    pub fn commit_times(&self) -> CommitHistogram {
        self.0.commit_times.histogram()
    }

    /// Commits queued batches, then releases the database; later calls return [`Error::Closed`]. A store that is
    /// dropped instead loses nothing either. A PostgreSQL server that does not answer is waited for ten seconds at
    /// most.
    ///
    /// # Errors
    /// What went wrong while closing.
    pub async fn close(&self) -> Result<(), Error> {
        self.0.db.close().await
    }

    fn db(&self) -> &Db {
        if let Some(faults) = &self.0.faults {
            faults.asked();
        }
        &self.0.db
    }

    fn caches(&self) -> &Caches {
        &self.0.caches
    }

    fn failed_purges(&self) -> &purge::Failed {
        &self.0.failed_purges
    }
}
