//! Routing: gives tasks that wait to agents who are free (tasks 3.3, 3.4).
//!
//! A pass over an instance follows every change that may matter, by a notification, and a sweep in case one was lost
//! (tasks 3.3.7). Passes of several processes may run at the same time: each offer is committed on the revisions of its task and its
//! agent, so nobody gets a task twice and no slot is used twice.

mod facts;
mod pass;
mod router;

use std::sync::Arc;

use engine::agent::{Concurrency, TASK};
use engine::routing::ProfileFacts;
use store::{CLASSES_MAX, ContactRow, SLOTS_MAX};

use crate::base::routing::Facts;
use crate::{Cx, Result};

use pass::pass;
pub use router::Router;

/// What a pass over an instance goes by; it may be half a second old where another process has changed it.
pub(crate) async fn facts_of(cx: &Cx<'_>, instance: &str) -> Result<Arc<Facts>> {
    let changes = match cx.routing().remembered(instance) {
        Ok(facts) => return Ok(facts),
        Err(changes) => changes,
    };
    let read = Arc::new(facts::read(cx, instance).await?);
    cx.routing().remember(instance, &read, changes);
    Ok(read)
}

/// The first task of each class of a queue.
pub(crate) async fn heads(cx: &Cx<'_>, instance: &str, queue: &str) -> Result<Vec<ContactRow>> {
    let mut all: Vec<ContactRow> = Vec::new();
    loop {
        let after = all.last().and_then(|row| row.waiting.as_ref()).map(|waiting| waiting.class.as_str());
        let some = cx.store().waiting_heads(instance, queue, after).await?;
        let full = some.len() == CLASSES_MAX;
        all.extend(some);
        if !full {
            return Ok(all);
        }
    }
}

/// The slots of a profile for tasks, as the index of idle agents counts them.
pub(crate) fn task_slots(profile: &ProfileFacts) -> i64 {
    let task = profile.channels.iter().find(|channel| channel.channel == TASK);
    task.map_or(0, |task| Concurrency::slots(&task.concurrency)).min(SLOTS_MAX)
}

/// When an offer that is made now counts as missed, epoch milliseconds (tasks 3.4.3).
pub(crate) fn offer_until_ms(cx: &Cx<'_>) -> Option<i64> {
    let seconds = cx.settings().accept_seconds;
    let ms = i64::try_from(seconds.saturating_mul(1_000)).unwrap_or(i64::MAX);
    (seconds > 0).then(|| cx.now_ms.saturating_add(ms))
}
