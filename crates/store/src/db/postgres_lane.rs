//! A lane commits batches to PostgreSQL, one group after another: everything queued goes out in one go, in one
//! transaction, without waiting for an answer in between, then one `commit` and one sync for all.
//!
//! The group is committed optimistically, as if every condition holds, and takes its locks in the order of `batch`. If a
//! condition does not hold, the group is rolled back and tried again without the batch concerned, which then gets a
//! transaction and an answer of its own. A batch that is alone and expects to succeed goes out as one
//! statement with its commit (see `postgres_whole`). When the server cannot be reached or is silent, all get that
//! answer at once; batches without a waiting caller are dropped before anything is sent.

use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::Poll;
use std::time::Duration;

use deadpool_postgres::Object;
use futures_util::future::{MaybeDone, maybe_done};
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;

use super::postgres::Shared;
use super::postgres_error::{Described, condemns_connection, engine_error, is_lost, silent};
use super::postgres_session::{Sessions, type_of};
use super::{GROUP_BATCHES_MAX, GROUP_STEPS_MAX, Job, Message, postgres_whole};
use crate::batch::{Batch, ConditionalStatement};
use crate::sql::Param;
use crate::{CommitError, Conflict, Error};

/// How often a batch is tried again that was the victim of a deadlock or lost its connection before the commit.
const ATTEMPTS: u32 = 6;
/// How often a batch is tried again on another connection because the one it had was unfit: each lane's may be.
const STALE_MAX: usize = super::postgres::LANES;
/// How often a group is tried, each time without those that kept it from being committed, before all go alone.
const GROUP_ROUNDS: u32 = 4;
/// The pause before the second attempt; it doubles each time.
const PAUSE: Duration = Duration::from_millis(2);
/// How long a rollback may take before the connection is closed instead.
const ROLLBACK: Duration = Duration::from_secs(5);
/// SQLSTATEs with which a single-statement batch fails when a condition does not hold or another transaction conflicts.
const UNDONE: [SqlState; 4] = [
    SqlState::DIVISION_BY_ZERO,
    SqlState::UNIQUE_VIOLATION,
    SqlState::T_R_DEADLOCK_DETECTED,
    SqlState::T_R_SERIALIZATION_FAILURE,
];

pub(super) struct Lane {
    shared: Arc<Shared>,
    jobs: mpsc::Receiver<Message>,
}

/// Why a transaction failed.
enum Failure {
    Conflict(Conflict),
    /// Nothing was changed, and trying again may help.
    Again(Error),
    Final(Error),
    /// Nothing was changed, and it comes from the state of the connection, which is closed: another may work.
    Stale(Error),
    /// There is no connection, or the server is silent, or new connections are as unfit as the old: nothing was changed, and
    /// any other batch would end the same way.
    Unreachable(Error),
}

/// Why a transaction of several batches came to nothing.
enum Aborted {
    /// Because of these, by their position in the group; the others may have been fine.
    ByBatches(BTreeMap<usize, Failure>),
    /// For a reason that is no batch's own.
    Whole(Failure),
}

impl From<Failure> for Aborted {
    fn from(failure: Failure) -> Self {
        Self::Whole(failure)
    }
}

impl Aborted {
    /// Why a transaction of one batch came to nothing.
    fn of_one(self) -> Failure {
        match self {
            Self::Whole(failure) => failure,
            Self::ByBatches(blamed) => blamed.into_values().next().unwrap_or(Failure::Final(Error::Closed)),
        }
    }
}

/// Notes that a lane panicked: its share of the batches could no longer be written, so the store closes.
struct Alive(Arc<Shared>);

impl Drop for Alive {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.closed.store(true, Ordering::Release);
        }
    }
}

type Pending<'a> = Pin<Box<MaybeDone<Pin<Box<dyn Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>>>>;

impl Lane {
    pub(super) fn new(shared: Arc<Shared>, jobs: mpsc::Receiver<Message>) -> Self {
        Self { shared, jobs }
    }

    /// Runs until the store is closed or dropped and the queue is empty.
    pub(super) async fn run(mut self) {
        let _alive = Alive(Arc::clone(&self.shared));
        while let Some(message) = self.jobs.recv().await {
            let mut group = Vec::new();
            let mut steps = self.take(message, &mut group);
            while group.len() < GROUP_BATCHES_MAX && steps < GROUP_STEPS_MAX {
                let Ok(message) = self.jobs.try_recv() else { break };
                steps += self.take(message, &mut group);
            }
            self.commit_group(group).await;
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

    /// Commits a group together. Batches that keep it from being committed are left out, the rest is tried again, and those
    /// left out follow alone: their conflict may have been with one that is not committed either.
    async fn commit_group(&self, mut group: Vec<Job>) {
        let mut left_out = Vec::new();
        for round in 0..GROUP_ROUNDS {
            group.retain(Job::is_awaited);
            if group.len() < 2 {
                break;
            }
            let batches: Vec<&Batch> = group.iter().map(|job| &job.batch).collect();
            match attempt(&self.shared, &batches).await {
                Ok(counts) => {
                    for (job, counts) in std::mem::take(&mut group).into_iter().zip(counts) {
                        job.answer(Ok(counts));
                    }
                }
                Err(Aborted::ByBatches(blamed)) => {
                    let mut n = 0..;
                    left_out.extend(group.extract_if(.., |_job| n.next().is_some_and(|n| blamed.contains_key(&n))));
                }
                Err(Aborted::Whole(Failure::Again(_))) => tokio::time::sleep(PAUSE * 2u32.pow(round)).await,
                Err(Aborted::Whole(Failure::Final(error @ Error::Uncertain { .. }) | Failure::Unreachable(error))) => {
                    return answer_all(group.into_iter().chain(left_out), &error);
                }
                Err(Aborted::Whole(Failure::Conflict(_) | Failure::Stale(_) | Failure::Final(_))) => break,
            }
        }
        let mut rest = group.into_iter().chain(left_out);
        while let Some(job) = rest.next() {
            match commit_alone(&self.shared, &job).await {
                Ok(counts) => job.answer(Ok(counts)),
                Err(Failure::Conflict(conflict)) => job.answer(Err(CommitError::Conflict(conflict))),
                Err(Failure::Again(error) | Failure::Stale(error) | Failure::Final(error)) => {
                    job.answer(Err(error.into()));
                }
                Err(Failure::Unreachable(error)) => {
                    job.answer(Err(error.clone().into()));
                    return answer_all(rest, &error);
                }
            }
        }
    }
}

fn answer_all(jobs: impl IntoIterator<Item = Job>, error: &Error) {
    for job in jobs {
        job.answer(Err(error.clone().into()));
    }
}

async fn commit_alone(shared: &Shared, job: &Job) -> Result<Vec<u64>, Failure> {
    if job.is_awaited()
        && let Some(outcome) = commit_whole(shared, &job.batch).await
    {
        return outcome;
    }
    let (mut made, mut stale) = (0, 0);
    loop {
        if !job.is_awaited() {
            return Err(Failure::Final(Error::Busy { detail: "nobody waited for the batch any more".to_owned() }));
        }
        made += 1;
        match attempt(shared, &[&job.batch]).await.map_err(Aborted::of_one) {
            Ok(counts) => return Ok(counts.into_iter().next().unwrap_or_default()),
            // The first may be the last of the connections that were made while the database was read-only. A group has
            // closed one of them before; each lane uses one at a time.
            Err(Failure::Stale(_)) if stale < STALE_MAX => stale += 1,
            Err(Failure::Stale(error)) => return Err(Failure::Unreachable(error)),
            Err(Failure::Again(_)) if made < ATTEMPTS => tokio::time::sleep(PAUSE * 2u32.pow(made)).await,
            Err(failure) => return Err(failure),
        }
    }
}

/// Commits a batch as one statement. `None` when nothing was changed and the regular path must find out why.
async fn commit_whole(shared: &Shared, batch: &Batch) -> Option<Result<Vec<u64>, Failure>> {
    if shared.sessions == Sessions::Pooled {
        // Its text is too long to be sent anew each time, and its transaction cannot be given limits.
        return None;
    }
    let text = postgres_whole::statement(batch)?;
    if let Some(faults) = &shared.faults
        && let Err(error) = faults.before_commit()
    {
        return Some(Err(Failure::Final(error)));
    }
    let client = match shared.writer().await {
        Ok(client) => client,
        Err(error) => return Some(Err(Failure::Unreachable(error))),
    };
    let statement = match timeout(shared.answer_timeout, client.prepare_cached(&text)).await {
        Ok(Ok(statement)) => statement,
        // Nothing was sent yet, and the regular path tries more than once.
        Ok(Err(_lost)) => return None,
        Err(_elapsed) => {
            drop(Object::take(client));
            return Some(Err(Failure::Unreachable(silent())));
        }
    };
    let params: Vec<_> = batch.steps.iter().flat_map(|step| &step.params).map(crate::sql::Value::as_param).collect();
    let failure = match timeout(shared.answer_timeout, client.execute_raw(&statement, params)).await {
        Ok(Ok(_one_row)) => {
            let after = shared.faults.as_ref().map_or(Ok(()), |faults| faults.after_commit());
            return Some(after.map(|()| vec![1; batch.steps.len()]).map_err(Failure::Final));
        }
        // A transaction of single statements shows which condition failed, or whether a retry helps.
        Ok(Err(error)) if error.code().is_some_and(|code| UNDONE.contains(code)) => return None,
        // The regular path has other connections to try.
        Ok(Err(error)) if condemns_connection(&error) => {
            drop(Object::take(client));
            return None;
        }
        Ok(Err(error)) => commit_failure(error),
        Err(_elapsed) => Failure::Final(unanswered()),
    };
    if matches!(failure, Failure::Final(Error::Uncertain { .. })) {
        drop(Object::take(client));
    }
    Some(Err(failure))
}

/// Runs all batches in one transaction.
async fn attempt(shared: &Shared, batches: &[&Batch]) -> Result<Vec<Vec<u64>>, Aborted> {
    let client = shared.writer().await.map_err(Failure::Unreachable)?;
    let result = transaction(shared, &client, batches).await;
    // A connection that is silent, or cannot even roll back, is closed; the server rolls back what it had begun.
    let usable = match &result {
        Ok(_) => true,
        Err(Aborted::Whole(Failure::Unreachable(_) | Failure::Stale(_) | Failure::Final(Error::Uncertain { .. }))) => {
            false
        }
        Err(_) => matches!(timeout(ROLLBACK, client.batch_execute("rollback")).await, Ok(Ok(()))),
    };
    if !usable {
        drop(Object::take(client));
    }
    result
}

async fn transaction(shared: &Shared, client: &Object, batches: &[&Batch]) -> Result<Vec<Vec<u64>>, Aborted> {
    let steps = in_order(batches);
    let sent = timeout(shared.answer_timeout, send_all(shared, client, &steps)).await;
    let mut rows = sent.map_err(|_elapsed| Failure::Unreachable(silent()))?.map_err(failure)?.into_iter();
    rows.next().unwrap_or(Ok(0)).map_err(failure)?;
    let mut counts: Vec<Vec<u64>> = batches.iter().map(|batch| Vec::with_capacity(batch.steps.len())).collect();
    let mut blamed = BTreeMap::new();
    for ((batch, step), rows) in steps.into_iter().zip(rows) {
        match judge(step, rows) {
            Ok(Some(rows)) => counts[batch].push(rows),
            // Behind an error of another statement: nothing is known of this one.
            Ok(None) => {}
            Err(failure @ (Failure::Conflict(_) | Failure::Final(_))) => {
                blamed.entry(batch).or_insert(failure);
            }
            Err(failure) => return Err(failure.into()),
        }
    }
    if !blamed.is_empty() {
        return Err(Aborted::ByBatches(blamed));
    }
    if let Some(faults) = &shared.faults {
        faults.before_commit().map_err(Failure::Final)?;
    }
    let committed = timeout(shared.answer_timeout, client.batch_execute("commit")).await;
    committed.map_err(|_elapsed| Failure::Final(unanswered()))?.map_err(commit_failure)?;
    if let Some(faults) = &shared.faults {
        faults.after_commit().map_err(Failure::Final)?;
    }
    Ok(counts)
}

/// The changes of all batches in the order in which they lock (see `batch`), each with its batch's position.
fn in_order<'a>(batches: &[&'a Batch]) -> Vec<(usize, &'a ConditionalStatement)> {
    let of_batch = |(n, batch): (usize, &&'a Batch)| batch.steps.iter().map(move |step| (n, step)).collect::<Vec<_>>();
    let mut steps: Vec<_> = batches.iter().enumerate().flat_map(of_batch).collect();
    steps.sort_by(|(_, a), (_, b)| a.order().cmp(&b.order()));
    steps
}

/// Sends `begin` and every statement without waiting in between; returns how many rows each affected.
async fn send_all(
    shared: &Shared,
    client: &Object,
    steps: &[(usize, &ConditionalStatement)],
) -> Result<Vec<Result<u64, tokio_postgres::Error>>, tokio_postgres::Error> {
    let begin = shared.sessions.begin(shared.statement_max);
    let begin = async { client.batch_execute(&begin).await.map(|()| 0) };
    let mut pending: Vec<Pending<'_>> = vec![Box::pin(maybe_done(Box::pin(begin)))];
    let steps = || steps.iter().map(|(_batch, step)| *step);
    match shared.sessions {
        Sessions::Own => {
            let mut prepared = Vec::new();
            for step in steps() {
                prepared.push((client.prepare_cached(step.sql.for_postgres()).await?, step));
            }
            for (statement, step) in prepared {
                let params = step.params.iter().map(crate::sql::Value::as_param);
                let request = async move { client.execute_raw(&statement, params).await };
                pending.push(Box::pin(maybe_done(Box::pin(request))));
            }
        }
        Sessions::Pooled => {
            for step in steps() {
                let request = async move {
                    let params: Vec<Param<'_>> = step.params.iter().map(crate::sql::Value::as_param).collect();
                    let typed: Vec<_> =
                        params.iter().map(|param| (param as &(dyn ToSql + Sync), type_of(*param))).collect();
                    client.execute_typed(step.sql.for_postgres(), &typed).await
                };
                pending.push(Box::pin(maybe_done(Box::pin(request))));
            }
        }
    }
    // A request goes out when it is first polled, so this sends all of them, in order.
    poll_fn(|context| {
        for request in &mut pending {
            // An answer that is there already is kept and taken below.
            let _kept = request.as_mut().poll(context);
        }
        Poll::Ready(())
    })
    .await;
    let mut rows = Vec::with_capacity(pending.len());
    for mut request in pending {
        request.as_mut().await;
        rows.push(request.as_mut().take_output().expect("a request that is done has its answer"));
    }
    Ok(rows)
}

/// How many rows a change affected; `None` when it was not looked at, because another statement had failed.
fn judge(step: &ConditionalStatement, rows: Result<u64, tokio_postgres::Error>) -> Result<Option<u64>, Failure> {
    match rows {
        Ok(rows) => step.judge(rows).map(Some).map_err(Failure::Conflict),
        Err(error) if error.code() == Some(&SqlState::IN_FAILED_SQL_TRANSACTION) => Ok(None),
        Err(error) => match &step.taken {
            Some(conflict) if error.code() == Some(&SqlState::UNIQUE_VIOLATION) => {
                Err(Failure::Conflict(conflict.clone()))
            }
            _ => Err(failure(error)),
        },
    }
}

/// Before the commit nothing has happened yet.
fn failure(error: tokio_postgres::Error) -> Failure {
    let victim = [&SqlState::T_R_DEADLOCK_DETECTED, &SqlState::T_R_SERIALIZATION_FAILURE];
    if is_lost(&error) || error.code().is_some_and(|code| victim.contains(&code)) {
        Failure::Again(engine_error(error))
    } else if condemns_connection(&error) {
        Failure::Stale(engine_error(error))
    } else {
        Failure::Final(engine_error(error))
    }
}

/// An answer that names an error of the transaction means it was rolled back; without an answer the outcome is unknown.
fn commit_failure(error: tokio_postgres::Error) -> Failure {
    let ended_before = error.code() == Some(&SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT);
    if error.code().is_none() || (is_lost(&error) && !ended_before) {
        return Failure::Final(Error::Uncertain { source: Arc::new(Described(error)) });
    }
    failure(error)
}

fn unanswered() -> Error {
    let source = std::io::Error::new(std::io::ErrorKind::TimedOut, "the server does not answer the commit");
    Error::Uncertain { source: Arc::new(source) }
}
