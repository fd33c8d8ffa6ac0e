//! What the simulator knows: each task as it was last seen, the attributes that each chain may have, what counters must
//! hold.
//!
//! The truth is read from the store; the model remembers what it was, so that a change can be checked, and what was
//! acknowledged, so that nothing acknowledged gets lost.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::agent::Agent;
use engine::contact::Contact;

use crate::acts::Act;
use crate::events::Phase;

/// A task as it was last seen.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) contact: Arc<Contact>,
    pub(crate) rev: i64,
    pub(crate) phase: Phase,
}

/// An agent as it was last seen.
#[derive(Clone, Debug)]
pub(crate) struct KnownAgent {
    pub(crate) agent: Agent,
    pub(crate) rev: i64,
    /// Every status that was seen and since when, epoch milliseconds, oldest first.
    pub(crate) statuses: Vec<(String, i64)>,
}

/// An agent whom a step has changed.
#[derive(Debug)]
pub(crate) struct AgentChange {
    pub(crate) user: String,
    pub(crate) old: Option<Agent>,
}

impl AgentChange {
    /// Tasks that the agent had in hand before.
    pub(crate) fn contacts(&self) -> Vec<String> {
        let entries = self.old.iter().flat_map(|old| &old.entries);
        entries.map(|entry| entry.contact_id.clone()).collect()
    }
}

/// Values that an attribute may have; `None` is absent. More than one after an uncertain write, until it is read.
pub(crate) type Possible = BTreeSet<Option<String>>;
/// Attributes of a chain, those written by flows left out.
pub(crate) type Chain = BTreeMap<String, Possible>;

/// A start with a client token.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) act: Act,
    pub(crate) at_ms: i64,
    /// The task, once it was acknowledged.
    pub(crate) contact: Option<String>,
}

/// A template: its shape as far as it is certain.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    pub(crate) id: String,
    pub(crate) shape: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Model {
    pub(crate) contacts: BTreeMap<String, Known>,
    /// Agents, by user.
    pub(crate) agents: BTreeMap<String, KnownAgent>,
    /// Every task, in the order it was seen first.
    pub(crate) ids: Vec<String>,
    /// Those that are not completed.
    pub(crate) open: Vec<String>,
    pub(crate) chains: BTreeMap<String, Chain>,
    /// What counters must hold, by name.
    pub(crate) counts: BTreeMap<String, i64>,
    /// Content of each version that a task keeps, by template and version.
    pub(crate) pins: BTreeMap<(String, i64), String>,
    pub(crate) tokens: Vec<Token>,
    pub(crate) templates: Vec<Template>,
    /// Names of tasks made by flows: each once.
    pub(crate) made: BTreeSet<String>,
    /// Tasks in each tree.
    pub(crate) trees: BTreeMap<String, usize>,
}

/// Whether flows write this attribute.
pub(crate) fn of_flows(key: &str) -> bool {
    key.starts_with("f-") || key == "maker"
}

impl Model {
    pub(crate) fn count(&self, name: &str) -> i64 {
        self.counts.get(name).copied().unwrap_or(0)
    }

    pub(crate) fn contact(&self, id: &str) -> Option<&Contact> {
        self.contacts.get(id).map(|known| &*known.contact)
    }

    pub(crate) fn chain_of(&self, id: &str) -> Option<String> {
        self.contact(id).map(|contact| contact.chain_id().to_owned())
    }

    /// Records what was seen of a task and changes the counters that follow from it; returns their names.
    pub(crate) fn put(&mut self, known: Known) -> Vec<String> {
        let id = known.contact.id.clone();
        let after: BTreeSet<String> = counted(&known.contact).into_iter().collect();
        let is_open = known.contact.is_open();
        let tree = known.contact.association_id.clone();
        let old = self.contacts.insert(id.clone(), known);
        let before: BTreeSet<String> = old.iter().flat_map(|old| counted(&old.contact)).collect();
        for name in after.difference(&before) {
            *self.counts.entry(name.clone()).or_default() += 1;
        }
        for name in before.difference(&after) {
            *self.counts.entry(name.clone()).or_default() -= 1;
        }
        let was_open = old.as_ref().is_some_and(|old| old.contact.is_open());
        if old.is_none() {
            self.ids.push(id.clone());
            *self.trees.entry(tree).or_default() += 1;
        }
        match (was_open, is_open) {
            (false, true) => self.open.push(id),
            (true, false) => self.open.retain(|open| *open != id),
            _ => {}
        }
        after.symmetric_difference(&before).cloned().collect()
    }
}

/// The counters that a task is part of.
pub(crate) fn counted(contact: &Contact) -> Vec<String> {
    use engine::contact::State;
    let mut names = Vec::new();
    if contact.state != State::Completed {
        names.push("contacts/open".to_owned());
    }
    if matches!(contact.state, State::Queued | State::Offered)
        && let Some(stay) = &contact.queue
    {
        names.push(format!("contacts/queue/{}", stay.queue.id));
    }
    if let Some(previous) = &contact.previous_contact_id {
        names.push(format!("contacts/after/{previous}"));
    }
    if contact.state == State::Paused
        && contact.paused_from == Some(State::Connected)
        && let Some(stay) = &contact.agent
    {
        names.push(format!("contacts/paused/{}", stay.agent.id));
    }
    names
}
