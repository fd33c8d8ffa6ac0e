//! Read, decide, commit: the loop that starts again when a condition of the commit failed.

use store::{Batch, Clash, CommitError};

use crate::{Cx, Error, Result};

/// How often an operation starts again before it gives up. A conflict means another write of the same thing succeeded, so
/// running out takes that many writers in a row.
const ATTEMPTS: usize = 32;

/// How one attempt ended.
pub(crate) enum Attempt<T> {
    /// Committed, or nothing to commit.
    Done(T),
    /// A condition failed: read again and decide anew.
    Again(Clash),
}

/// Commits a batch. A failed condition is not an error: the attempt is to be made again.
pub(crate) async fn commit<T>(cx: &Cx<'_>, batch: Batch, answer: T) -> Result<Attempt<T>> {
    match cx.store().commit(batch).await {
        Ok(()) => Ok(Attempt::Done(answer)),
        Err(CommitError::Conflict(Clash::InstanceGone)) => Err(Error::not_found("The instance was deleted meanwhile")),
        Err(CommitError::Conflict(clash)) => Ok(Attempt::Again(clash)),
        Err(CommitError::Store(error)) => Err(error.into()),
    }
}

/// Makes attempts until one is done.
pub(crate) async fn until_done<T, F>(attempt: impl Fn() -> F) -> Result<T>
where
    F: Future<Output = Result<Attempt<T>>>,
{
    let mut last = None;
    for _ in 0..ATTEMPTS {
        match attempt().await? {
            Attempt::Done(answer) => return Ok(answer),
            Attempt::Again(clash) => last = Some(clash),
        }
    }
    Err(Error::internal(format!("gave up after {ATTEMPTS} conflicting commits; the last: {last:?}")))
}
