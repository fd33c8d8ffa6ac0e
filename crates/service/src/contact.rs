//! Tasks: what is kept of them and the operations on them (tasks 1.3, 2).
//!
//! Every change of a task is read, decided by `engine::contact`, and committed with its events, counters and timers on the
//! condition that nobody changed the task meanwhile ([`kept`]). What flows do on their own is in `worker.rs`.

pub(crate) mod kept;

use engine::flow::run::NewTask;

use crate::{Cx, Result};

/// Makes the task that a flow asks for; the same again under the same token. `None` when it is refused (flows 7.2.7 to 7.2.11).
pub(crate) async fn start_from_flow(
    _cx: &Cx<'_>,
    _instance: &str,
    _task: &NewTask,
    _token: &str,
) -> Result<Option<String>> {
    Ok(None)
}
