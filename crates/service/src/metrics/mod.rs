//! Metrics (administration 5).

mod contact;
mod current;
pub(crate) mod gauges;
mod historical;
mod named;
mod queue;
mod request;
mod v1;
mod v2;

use engine::metrics::wait::{HANDLED_MAX, HANDLED_MS_MAX};
use store::ContactRow;

use crate::unit::readable;
use crate::{Cx, Result};

pub(crate) use contact::of_contact;
pub(crate) use current::current;
pub(crate) use queue::of_queue;
pub(crate) use v1::data;
pub(crate) use v2::data_v2;

/// The handle times of the last answered tasks of a queue, seconds (administration 5.5.3).
async fn handled_s(cx: &Cx<'_>, instance: &str, queue: &str) -> Result<Vec<i64>> {
    let since_ms = cx.now_ms.saturating_sub(HANDLED_MS_MAX);
    let rows = cx.store().handled(instance, queue, since_ms, HANDLED_MAX).await?;
    Ok(rows.iter().filter_map(readable).filter_map(|contact| contact.handle_s()).collect())
}

/// The part of a waiting task's class that names the active step of its routing criteria: tasks of another workload type may be at
/// the same one.
fn step_of(row: &ContactRow) -> Option<&str> {
    let class = &row.waiting.as_ref()?.class;
    class.find('#').map(|at| &class[at..])
}
