//! Read, decide, commit: the loop that retries when a condition of the commit failed.

use store::{Batch, CommitError, Conflict};
use wire::ExceptionKind;

use crate::{Cx, Error, Result};

/// How often an operation is attempted before it gives up. Within one process the writers of one key take turns after
/// the first conflict, so running out of attempts takes that many successful writes of other processes in a row.
const ATTEMPTS: usize = 32;

/// When a writer that lost every attempt may try again, in milliseconds.
const RETRY_AFTER_MS: u64 = 200;

/// How one attempt ended.
pub(crate) enum Attempt<T> {
    /// Committed, or nothing to commit.
    Done(T),
    /// A condition failed: read and decide again.
    Again(Conflict),
}

/// Commits a batch. A failed condition is not an error: the attempt is retried.
pub(crate) async fn commit<T>(cx: &Cx<'_>, batch: Batch, answer: T) -> Result<Attempt<T>> {
    let touched = cx.views().touched(&batch);
    match cx.store().commit(batch).await {
        Ok(()) => {
            cx.views().changed(touched);
            Ok(Attempt::Done(answer))
        }
        Err(CommitError::Conflict(Conflict::InstanceGone)) => {
            Err(Error::not_found("The instance was deleted meanwhile"))
        }
        Err(CommitError::Conflict(conflict)) => Ok(Attempt::Again(conflict)),
        Err(CommitError::Store(error)) => Err(error.into()),
    }
}

/// Makes attempts until one is done. `thing` is the key that the attempts write, for example a template's id: after a
/// conflict, its writers take turns under a keyed lock, as otherwise of n concurrent writers one would succeed per
/// round and n - 1 would retry.
pub(crate) async fn until_done<T, F>(cx: &Cx<'_>, thing: &str, attempt: impl Fn() -> F) -> Result<T>
where
    F: Future<Output = Result<Attempt<T>>>,
{
    let line = cx.locks().of(thing);
    let mut turn = if line.is_busy() { Some(line.turn().await?) } else { None };
    let mut last = None;
    for _ in 0..ATTEMPTS {
        match attempt().await? {
            Attempt::Done(answer) => return Ok(answer),
            Attempt::Again(conflict) => last = Some(conflict),
        }
        if turn.is_none() {
            turn = Some(line.turn().await?);
        }
    }
    drop(turn);
    let mut error = Error::internal(format!("gave up after {ATTEMPTS} conflicting commits; the last: {last:?}"));
    if cx.op().declares(ExceptionKind::ThrottlingException) {
        error =
            Error::new(ExceptionKind::ThrottlingException, "Too many writes of the same resource at once. Try again.");
    }
    error.retry_after_ms = Some(RETRY_AFTER_MS);
    Err(error)
}
