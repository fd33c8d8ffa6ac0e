//! Routing as the operations of one process share it: the passes that are wanted, and what is remembered of instances. What a
//! pass does is in `routing`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use engine::routing::ProfileFacts;
use tokio::sync::Notify;

/// How long facts are taken for true that another process may have changed meanwhile; what this process changes is read anew at
/// once. Within a second a changed profile acts everywhere (tasks 3.3.7).
const REMEMBERED: Duration = Duration::from_millis(500);

/// Instances whose facts are remembered; with more, all are forgotten and read again.
const INSTANCES_MAX: usize = 256;

/// What may have changed since the last pass over an instance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scope {
    /// Anything.
    pub(crate) all: bool,
    /// Queues in which something began to wait.
    pub(crate) queues: BTreeSet<String>,
    /// Agents who became free.
    pub(crate) agents: BTreeSet<String>,
}

/// Causes of one pass; with more, the pass looks at everything.
const CAUSES_MAX: usize = 256;

impl Scope {
    /// Everything.
    pub(crate) fn all() -> Self {
        Self { all: true, ..Self::default() }
    }

    pub(crate) fn join(&mut self, other: Self) {
        self.all |= other.all;
        self.queues.extend(other.queues);
        self.agents.extend(other.agents);
        if self.queues.len() + self.agents.len() > CAUSES_MAX {
            *self = Self::all();
        }
    }

    fn is_empty(&self) -> bool {
        !self.all && self.queues.is_empty() && self.agents.is_empty()
    }
}

/// Routing as the operations of one process share it.
#[derive(Debug, Default)]
pub(crate) struct Routing {
    state: Mutex<Wanted>,
    pub(crate) notify: Notify,
    known: Mutex<Known>,
}

/// What is remembered of instances.
#[derive(Debug, Default)]
struct Known {
    facts: HashMap<String, Arc<Facts>>,
    /// Counts changes: what was read before one is not remembered after it.
    changes: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// Instances that a pass is to follow.
    pub(crate) scopes: BTreeMap<String, Scope>,
    /// Passes under way.
    running: usize,
    /// When tasks become ripe for agents who are free, by instance, epoch milliseconds.
    ripens: BTreeMap<String, i64>,
}

impl Routing {
    /// A pass over this instance is wanted.
    pub(crate) fn notify(&self, instance: &str, scope: Scope) {
        if scope.is_empty() {
            return;
        }
        self.state().scopes.entry(instance.to_owned()).or_default().join(scope);
        self.notify.notify_one();
    }

    /// Profiles, permissions or proficiencies of this instance have changed.
    pub(crate) fn facts_changed(&self, instance: &str) {
        let mut known = self.known();
        known.facts.remove(instance);
        known.changes += 1;
        drop(known);
        self.notify(instance, Scope::all());
    }

    /// Whether a pass is wanted or under way, or a task is ripe at this time.
    pub(crate) fn is_busy(&self, now_ms: i64) -> bool {
        let state = self.state();
        !state.scopes.is_empty() || state.running > 0 || state.ripens.values().any(|ms| *ms <= now_ms)
    }

    /// The instances of which a pass is wanted at this time, in the order of their ids.
    pub(crate) fn wanted(&self, now_ms: i64) -> Vec<String> {
        let mut state = self.state();
        state.ripe(now_ms);
        state.scopes.keys().cloned().collect()
    }

    /// The pass over this instance that is wanted, and a guard until whose drop it counts as under way; `None` when another has begun
    /// it.
    pub(crate) fn begin_pass(&self, instance: &str) -> Option<(Scope, Running<'_>)> {
        let mut state = self.state();
        let scope = state.scopes.remove(instance)?;
        state.running += 1;
        Some((scope, Running(self)))
    }

    /// When the next task becomes ripe for an agent who is free, epoch milliseconds.
    pub(crate) fn next_ripe_ms(&self) -> Option<i64> {
        self.state().ripens.values().copied().min()
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, Wanted> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is remembered of an instance and may still be taken for true; otherwise the number of changes so far, which
    /// [`Routing::remember`] wants.
    pub(crate) fn remembered(&self, instance: &str) -> Result<Arc<Facts>, u64> {
        let known = self.known();
        let facts = known.facts.get(instance).filter(|facts| facts.are_fresh());
        facts.map(Arc::clone).ok_or(known.changes)
    }

    /// Remembers what was read of an instance, unless something changed since the reading began.
    pub(crate) fn remember(&self, instance: &str, facts: &Arc<Facts>, changes: u64) {
        let mut known = self.known();
        if known.changes != changes {
            return;
        }
        if known.facts.len() >= INSTANCES_MAX {
            known.facts.clear();
        }
        known.facts.insert(instance.to_owned(), Arc::clone(facts));
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A pass under way; one that panics ends too.
#[derive(Debug)]
pub(crate) struct Running<'a>(&'a Routing);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.state().running -= 1;
    }
}

/// What routing knows of an instance.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// Routing profiles by id.
    pub(crate) profiles: BTreeMap<String, ProfileFacts>,
    /// Security profiles with BasicAgentAccess.
    pub(crate) basic_access: BTreeSet<String>,
    /// Which profiles serve a queue.
    pub(crate) serving: BTreeMap<String, BTreeSet<String>>,
    pub(crate) read_at: Option<Instant>,
}

impl Facts {
    /// Whether they may still be taken for true.
    pub(crate) fn are_fresh(&self) -> bool {
        self.read_at.is_some_and(|at| at.elapsed() < REMEMBERED)
    }

    /// The profiles that serve a queue.
    pub(crate) fn serving(&self, queue_id: &str) -> impl Iterator<Item = &ProfileFacts> {
        let ids = self.serving.get(queue_id).into_iter().flatten();
        ids.filter_map(|id| self.profiles.get(id))
    }
}

impl Wanted {
    /// Instances in which a task has become ripe want a pass.
    fn ripe(&mut self, now_ms: i64) {
        let ripe: Vec<String> = self.ripens.iter().filter(|(_, ms)| **ms <= now_ms).map(|(id, _)| id.clone()).collect();
        for instance in ripe {
            self.ripens.remove(&instance);
            self.scopes.entry(instance).or_default().join(Scope::all());
        }
    }

    /// A pass over this scope failed: it is still wanted.
    pub(crate) fn failed(&mut self, instance: &str, scope: Scope) {
        self.scopes.entry(instance.to_owned()).or_default().join(scope);
    }

    /// A pass over this scope has ended: when a task becomes ripe for an agent who is free, epoch milliseconds, and whether there
    /// may be more to do at once.
    pub(crate) fn passed(&mut self, instance: &str, scope: Scope, next_ms: Option<i64>, more: bool) {
        if let Some(ms) = next_ms {
            let known = self.ripens.entry(instance.to_owned()).or_insert(ms);
            *known = (*known).min(ms);
        }
        if more {
            self.scopes.entry(instance.to_owned()).or_default().join(scope);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// administration 1.2.6: what was read before a change is not taken for true after it.
    #[test]
    fn facts_that_a_change_overtook_are_not_remembered() {
        let routing = Routing::default();
        let facts = Arc::new(Facts { read_at: Some(Instant::now()), ..Facts::default() });
        let before = routing.remembered("i").unwrap_err();
        routing.facts_changed("i");
        routing.remember("i", &facts, before);
        let now = routing.remembered("i").unwrap_err();
        routing.remember("i", &facts, now);
        assert!(routing.remembered("i").is_ok());
    }

    /// A pass that panics is not under way for ever: the test clock waits for those that are.
    #[test]
    fn a_pass_that_panics_is_over() {
        let routing = Routing::default();
        routing.notify("i", Scope::all());
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let pass = routing.begin_pass("i");
            assert!(routing.is_busy(0), "it is under way");
            assert!(pass.is_none(), "on purpose");
        }));
        assert!(panicked.is_err());
        assert!(!routing.is_busy(0));
    }

    /// Beyond so many causes a pass looks at everything.
    #[test]
    fn the_causes_of_a_pass_are_bounded() {
        let mut scope = Scope::default();
        assert!(scope.is_empty());
        for n in 0..=CAUSES_MAX {
            scope.join(Scope { queues: [n.to_string()].into(), ..Scope::default() });
        }
        assert_eq!(scope, Scope::all());
    }
}
