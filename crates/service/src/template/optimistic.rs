//! OptimisticCreates: a create may commit at once, without reading first, because the conditions of its commit decide anyway. That
//! spares an installation's most common write every round trip but those of the commit.
//!
//! Nothing rests on it: whatever is not plainly good, here or in the commit, goes the careful way, which reads what is true
//! and finds the right answer.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use engine::task_template::FlowFact;
use store::{Batch, Kind, ResourceRow};

/// After a commit that failed for a condition, so many creates go the careful way: where names or tokens are often used
/// twice, failing commits would cost more than reading first.
const READ_FIRST: u32 = 256;

/// Flows kept; with more, all are forgotten and learnt again.
const FLOWS_MAX: usize = 1024;

/// What creates of one process may optimistic for.
#[derive(Debug, Default)]
pub(crate) struct OptimisticCreates {
    /// How many creates are still to be careful.
    reads_first: AtomicU32,
    /// By instance and id.
    flows: Mutex<HashMap<String, KnownFlow>>,
}

/// A flow as it was read last. Another process may have changed it since: [`KnownFlow::require`] has the commit find out.
#[derive(Clone, Debug)]
pub(crate) struct KnownFlow {
    pub(crate) id: String,
    pub(crate) fact: FlowFact,
    rev: i64,
    created_ms: i64,
}

impl OptimisticCreates {
    /// Whether this create may try without reading; asked once by each.
    pub(crate) fn may_try(&self) -> bool {
        self.reads_first.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_err()
    }

    /// A commit made in optimistic failed for a condition.
    pub(crate) fn fall_back(&self) {
        self.reads_first.store(READ_FIRST, Ordering::Relaxed);
        self.known().clear();
    }

    /// Keeps what was read of a flow.
    pub(crate) fn learn(&self, instance: &str, row: &ResourceRow, fact: &FlowFact) {
        let flow = KnownFlow { id: row.id.clone(), fact: fact.clone(), rev: row.rev, created_ms: row.created_ms };
        let mut known = self.known();
        if known.len() >= FLOWS_MAX {
            known.clear();
        }
        known.insert(key(instance, &row.id), flow);
    }

    /// These flows, if all of them are known.
    pub(crate) fn flows(&self, instance: &str, ids: &BTreeSet<String>) -> Option<Vec<KnownFlow>> {
        let known = self.known();
        ids.iter().map(|id| known.get(&key(instance, id)).cloned()).collect()
    }

    /// A panic cannot leave the map half changed.
    fn known(&self) -> MutexGuard<'_, HashMap<String, KnownFlow>> {
        self.flows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl KnownFlow {
    /// Makes the batch fail unless the flow still is what is known of it.
    pub(crate) fn require(&self, batch: &mut Batch, instance: &str) {
        batch.require_resource_at(instance, Kind::ContactFlow, &self.id, self.rev, self.created_ms);
    }
}

fn key(instance: &str, id: &str) -> String {
    [instance, "/", id].concat()
}
