//! Optimistic creates: a create may commit at once, without reading first, because the conditions of its commit decide
//! anyway. An installation's most common write then needs no round trips but those of the commit.
//!
//! Correctness does not depend on it: in any doubt, here or in the commit, the create falls back to the path that reads
//! first and finds the right answer.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use engine::task_template::FlowFact;
use store::{Batch, Kind, ResourceRow};

/// After a commit with a failed condition, this many creates read first: where names or tokens are often used twice,
/// failing commits would cost more than reading first.
const READ_FIRST: u32 = 256;

/// Flows remembered; beyond this, all are dropped and read again.
const FLOWS_MAX: usize = 1024;

/// State of the optimistic creates of one process.
#[derive(Debug, Default)]
pub(crate) struct OptimisticCreates {
    /// How many of the next creates must read first.
    reads_first: AtomicU32,
    /// By instance and id.
    flows: Mutex<HashMap<String, KnownFlow>>,
}

/// A flow as it was last read. Another process may have changed it since: [`KnownFlow::require`] makes that a condition
/// of the commit.
#[derive(Clone, Debug)]
pub(crate) struct KnownFlow {
    pub(crate) id: String,
    pub(crate) fact: FlowFact,
    rev: i64,
    created_ms: i64,
}

impl OptimisticCreates {
    /// Whether this create may commit without reading first; to be called once per create.
    pub(crate) fn may_try(&self) -> bool {
        self.reads_first.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_err()
    }

    /// An optimistic commit had a failed condition.
    pub(crate) fn fall_back(&self) {
        self.reads_first.store(READ_FIRST, Ordering::Relaxed);
        self.known().clear();
    }

    /// Remembers a flow as it was read.
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
    /// Makes the batch fail unless the flow is still as remembered.
    pub(crate) fn require(&self, batch: &mut Batch, instance: &str) {
        batch.require_resource_at(instance, Kind::ContactFlow, &self.id, self.rev, self.created_ms);
    }
}

fn key(instance: &str, id: &str) -> String {
    [instance, "/", id].concat()
}
