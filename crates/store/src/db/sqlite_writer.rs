//! The one writer of a SQLite database. Everything queued is committed together: one transaction, one sync for all, then
//! the answers.
//!
//! A group is first run optimistically, as if every condition holds. If one does not, it is rolled back and run again
//! with each batch in a savepoint of its own (which costs a copy of every page the batch changes).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;
use tokio::sync::mpsc;

use super::sqlite::{WriterConnection, bind, engine_error, is_taken};
use super::{GROUP_BATCHES_MAX, GROUP_STEPS_MAX, Job, Message};
use crate::batch::{Batch, ConditionalStatement};
use crate::cache::Caches;
use crate::faults::Faults;
use crate::{CommitError, Conflict, Error, OpenOptions};

/// The log is checkpointed into the database when it has this many pages that are not yet there: a page that changed
/// many times meanwhile is written there once. 32 MiB.
const LOG_PAGES_MAX: i64 = 8000;

pub(super) struct Writer {
    connection: WriterConnection,
    jobs: mpsc::Receiver<Message>,
    caches: Arc<Caches>,
    faults: Option<Faults>,
    /// What the engine is set to refuse: writes, growth.
    refuses: (bool, bool),
    /// Checkpoint the log into the database, from time to time and at the end. A helper leaves the last one to the
    /// server, which would have to wait for it, and the others to SQLite.
    folds_log: bool,
    closed: Arc<AtomicBool>,
}

/// Notes that the writer panicked: nothing can be written any more, so the store closes.
struct Alive(Arc<AtomicBool>);

impl Drop for Alive {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.store(true, Ordering::Release);
        }
    }
}

/// The outcome of each batch of a committed group.
type Outcomes = Vec<Result<Vec<u64>, Conflict>>;

/// How the batches of a group are isolated.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Apart {
    /// Not at all: a failed condition ends the transaction.
    No,
    Savepoints,
}

/// Why a transaction was not committed.
enum Abort {
    /// A condition failed and the batches are not isolated.
    Conflict,
    Engine(Error),
}

impl From<Error> for Abort {
    fn from(error: Error) -> Self {
        Self::Engine(error)
    }
}

impl Writer {
    pub(super) fn new(
        connection: WriterConnection,
        jobs: mpsc::Receiver<Message>,
        caches: Arc<Caches>,
        options: &OpenOptions,
        closed: Arc<AtomicBool>,
    ) -> Self {
        let faults = options.faults.clone();
        Self { connection, jobs, caches, faults, refuses: (false, false), folds_log: options.exclusive, closed }
    }

    /// Runs until the store is closed or dropped and the queue is empty.
    pub(super) fn run(mut self) {
        let _alive = Alive(Arc::clone(&self.closed));
        let folds_log = self.folds_log && self.connection.with(|connection| never_fold_in_commits(connection).is_ok());
        while let Some(message) = self.jobs.blocking_recv() {
            let mut group = Vec::new();
            let mut steps = self.take(message, &mut group);
            while group.len() < GROUP_BATCHES_MAX && steps < GROUP_STEPS_MAX {
                let Ok(message) = self.jobs.try_recv() else { break };
                steps += self.take(message, &mut group);
            }
            self.commit_group(group);
            if folds_log {
                // Pages that could not be checkpointed stay in the log, and the next group tries again.
                let _log_stays = self.connection.with(fold_long_log);
            }
        }
        if self.folds_log {
            // A failed checkpoint loses nothing: the next start reads the log.
            let _log_stays = self
                .connection
                .with(|connection| connection.query_row("pragma wal_checkpoint(truncate)", [], |_row| Ok(())));
        }
    }

    fn take(&mut self, message: Message, group: &mut Vec<Job>) -> usize {
        match message {
            Message::Commit(job) => {
                let steps = job.batch.steps.len();
                group.push(job);
                steps
            }
            Message::Close => {
                self.jobs.close();
                0
            }
        }
    }

    fn commit_group(&mut self, mut group: Vec<Job>) {
        group.retain(Job::is_awaited);
        if group.is_empty() {
            return;
        }
        let batches: Vec<&Batch> = group.iter().map(|job| &job.batch).collect();
        match self.attempt_both(&batches) {
            Ok(outcomes) => {
                for (job, outcome) in group.into_iter().zip(outcomes) {
                    job.answer(outcome.map_err(CommitError::Conflict));
                }
            }
            // Busy means another process that did not release the database in time: waiting for it once is enough for
            // all.
            Err(error) if group.len() == 1 || matches!(error, Error::Uncertain { .. } | Error::Busy { .. }) => {
                for job in group {
                    job.answer(Err(error.clone().into()));
                }
            }
            // One batch may be to blame, or too large for the space that is left: each gets its own chance, and its own
            // answer, because a conflict with a batch that was not committed after all would be untrue.
            Err(_) => {
                for job in group {
                    self.commit_group(vec![job]);
                }
            }
        }
    }

    fn attempt_both(&mut self, batches: &[&Batch]) -> Result<Outcomes, Error> {
        if batches.len() > 1 {
            match self.attempt(batches, Apart::No) {
                Ok(outcomes) => return Ok(outcomes),
                Err(Abort::Engine(error)) => return Err(error),
                Err(Abort::Conflict) => {}
            }
        }
        self.attempt(batches, Apart::Savepoints).map_err(|abort| match abort {
            Abort::Engine(error) => error,
            Abort::Conflict => unreachable!("with savepoints a conflict is an outcome"),
        })
    }

    fn attempt(&mut self, batches: &[&Batch], apart: Apart) -> Result<Outcomes, Abort> {
        let Self { connection, caches, faults, refuses, .. } = self;
        connection.with(|connection| {
            if let Some(faults) = faults {
                apply_faults(connection, faults, refuses)?;
            }
            let result = transaction(connection, batches, apart, caches, faults.as_ref());
            if !connection.is_autocommit() {
                // If even this fails, the next `begin` reports it.
                let _still_open = connection.execute_batch("rollback");
            }
            result
        })
    }
}

fn transaction(
    connection: &Connection,
    batches: &[&Batch],
    apart: Apart,
    caches: &Caches,
    faults: Option<&Faults>,
) -> Result<Outcomes, Abort> {
    run(connection, "begin immediate")?;
    let mut outcomes = Vec::with_capacity(batches.len());
    for batch in batches {
        let outcome = match apart {
            Apart::Savepoints if batches.len() > 1 => savepoint(connection, &batch.steps)?,
            Apart::Savepoints | Apart::No => steps(connection, &batch.steps)?,
        };
        if outcome.is_err() && apart == Apart::No {
            return Err(Abort::Conflict);
        }
        outcomes.push(outcome);
    }
    if outcomes.iter().all(Result::is_err) {
        run(connection, "rollback")?;
        return Ok(outcomes);
    }
    if let Some(faults) = faults {
        faults.before_commit()?;
    }
    let committed = batches.iter().zip(&outcomes).filter(|(_, outcome)| outcome.is_ok());
    let touched: Vec<&Batch> = committed.map(|(batch, _)| *batch).collect();
    for batch in &touched {
        caches.begin(&batch.invalidations);
    }
    let result = run(connection, "commit");
    for batch in &touched {
        caches.end(&batch.invalidations);
    }
    // After a failed sync it is unknown what reached the disk.
    result.map_err(|error| if let Error::Io { source } = error { Error::Uncertain { source } } else { error })?;
    if let Some(faults) = faults {
        faults.after_commit()?;
    }
    Ok(outcomes)
}

fn savepoint(connection: &Connection, changes: &[ConditionalStatement]) -> Result<Result<Vec<u64>, Conflict>, Error> {
    run(connection, "savepoint batch")?;
    let outcome = steps(connection, changes)?;
    if outcome.is_err() {
        run(connection, "rollback to batch")?;
    }
    run(connection, "release batch")?;
    Ok(outcome)
}

fn steps(connection: &Connection, changes: &[ConditionalStatement]) -> Result<Result<Vec<u64>, Conflict>, Error> {
    let mut counts = Vec::with_capacity(changes.len());
    for change in changes {
        match step(connection, change)? {
            Ok(rows) => counts.push(rows),
            Err(conflict) => return Ok(Err(conflict)),
        }
    }
    Ok(Ok(counts))
}

fn step(connection: &Connection, change: &ConditionalStatement) -> Result<Result<u64, Conflict>, Error> {
    match execute(connection, change) {
        Ok(rows) => Ok(change.judge(rows)),
        Err(error) => match &change.taken {
            Some(conflict) if is_taken(&error) => Ok(Err(conflict.clone())),
            _ => Err(engine_error(error)),
        },
    }
}

fn execute(connection: &Connection, change: &ConditionalStatement) -> rusqlite::Result<u64> {
    let mut statement = connection.prepare_cached(change.sql.for_sqlite())?;
    bind(&mut statement, change.params.iter().map(crate::sql::Value::as_param))?;
    if statement.column_count() == 0 {
        return statement.raw_execute().map(|rows| rows as u64);
    }
    let mut rows = statement.raw_query();
    let mut count = 0;
    while rows.next()?.is_some() {
        count += 1;
    }
    Ok(count)
}

fn run(connection: &Connection, text: &'static str) -> Result<(), Error> {
    connection.prepare_cached(text).and_then(|mut statement| statement.raw_execute()).map(drop).map_err(engine_error)
}

/// SQLite would checkpoint the log within a commit, while callers wait for the answers.
fn never_fold_in_commits(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "wal_autocheckpoint", 0)
}

/// Checkpoints the log into the database if it has become long. Called between groups, when the last has its answers;
/// while it runs nothing is appended, so that the log begins anew and stays bounded.
fn fold_long_log(connection: &mut Connection) -> rusqlite::Result<()> {
    let pages = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(1)?, row.get::<_, i64>(2)?));
    let (logged, folded) = connection.prepare_cached("pragma wal_checkpoint(noop)")?.query_row([], pages)?;
    if logged - folded >= LOG_PAGES_MAX {
        connection.prepare_cached("pragma wal_checkpoint(passive)")?.query_row([], pages)?;
    }
    Ok(())
}

/// Makes the engine itself refuse, so that tests get its own error codes. Set only on a change, as these pragmas cause
/// every statement to be prepared again.
fn apply_faults(connection: &Connection, faults: &Faults, refuses: &mut (bool, bool)) -> Result<(), Error> {
    let (read_only, full) = (faults.is_read_only(), faults.is_full());
    if *refuses == (read_only, full) && !full {
        return Ok(());
    }
    connection.pragma_update(None, "query_only", read_only).map_err(engine_error)?;
    let used: i64 = connection.query_row("pragma page_count", [], |row| row.get(0)).map_err(engine_error)?;
    let pages = if full { used } else { i64::from(u32::MAX - 1) };
    let set = format!("pragma max_page_count = {pages}");
    connection.query_row(&set, [], |_row| Ok(())).map_err(engine_error)?;
    *refuses = (read_only, full);
    Ok(())
}
