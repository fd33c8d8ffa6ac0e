//! Checks agents: their entries agree with the tasks, nobody gets more than there are slots for, rows agree with what is in
//! them (tasks 3.2.4, 3.3, administration 4).

use std::collections::BTreeMap;

use engine::agent::{Agent, Entry, EntryState};
use engine::contact::{Contact, State};
use store::AgentRow;

use crate::episode::Episode;
use crate::model::{AgentChange, KnownAgent};

fn must(holds: bool, what: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what.to_owned()) }
}

/// The row agrees with the agent in it.
fn row_agrees(row: &AgentRow, agent: &Agent) -> Result<(), String> {
    let idle = agent.takes_offers();
    must(row.id == agent.user_id, "the row has another id")?;
    must(row.routing_profile_id == agent.routing_profile_id, "the row has another profile")?;
    must(row.status_id == agent.status.is.id, "the row has another status")?;
    must(row.status_type == agent.status.is.kind.as_str(), "the row has another type of status")?;
    must(row.used == agent.used(), "the row counts other slots")?;
    must(row.idle_ms.is_some() == idle && row.inbound_ms.is_some() == idle, "the row is idle and the agent is not")?;
    must(row.due_ms == agent.due_ms(), "the row is due at another time")
}

/// What an entry says of the task is so.
fn entry_agrees(user: &str, entry: &Entry, contact: &Contact) -> Result<(), String> {
    let offered = contact.offer.as_ref().is_some_and(|offer| offer.agent.id == user);
    let has_it = contact.agent.as_ref().is_some_and(|stay| stay.agent.id == user);
    let fits = match entry.state {
        EntryState::Connecting => contact.state == State::Offered && offered,
        EntryState::Connected => matches!(contact.state, State::Connected | State::WrapUp) && has_it,
        EntryState::Paused => contact.state == State::Paused && has_it,
        EntryState::Ended => contact.state == State::Acw && has_it,
        EntryState::Missed | EntryState::Rejected | EntryState::Error => !offered,
    };
    must(fits, &format!("the entry is {} and the task {}", entry.state.as_str(), contact.state.as_str()))
}

/// The entry that a task says somebody has.
fn holder(contact: &Contact) -> Option<(&str, EntryState)> {
    let held = || contact.agent.as_ref().map(|stay| stay.agent.id.as_str());
    match contact.state {
        State::Offered => contact.offer.as_ref().map(|offer| (offer.agent.id.as_str(), EntryState::Connecting)),
        State::Connected | State::WrapUp => held().map(|user| (user, EntryState::Connected)),
        State::Paused => held().map(|user| (user, EntryState::Paused)),
        State::Acw => held().map(|user| (user, EntryState::Ended)),
        _ => None,
    }
}

impl Episode {
    /// Reads every agent; those that have changed, with what they were.
    pub(crate) async fn agents_changed(&mut self) -> Result<Vec<AgentChange>, String> {
        let users: Vec<&str> = self.places.users.iter().map(String::as_str).collect();
        let rows = self.world.store.agents(&self.world.instance, &users).await.map_err(|error| error.to_string())?;
        must(rows.len() == users.len(), "an agent is lost")?;
        let mut changes = Vec::new();
        for row in rows {
            let agent: Agent = serde_json::from_str(&row.body).map_err(|error| error.to_string())?;
            let about = |what: String| format!("agent {}: {what}", row.id);
            row_agrees(&row, &agent).map_err(about)?;
            let old = self.model.agents.get(&row.id);
            if let Some(old) = old.filter(|old| old.rev == row.rev) {
                must(old.agent == agent, "it has changed and its revision has not").map_err(about)?;
                continue;
            }
            must(old.is_none_or(|old| old.rev < row.rev), "its revision runs backwards").map_err(about)?;
            self.world.note((&row.id, row.rev, &row.status_type, row.used));
            let mut statuses = old.map(|old| old.statuses.clone()).unwrap_or_default();
            let status = (agent.status.is.id.clone(), agent.status.since_ms);
            if statuses.last() != Some(&status) {
                statuses.push(status);
            }
            for entry in &agent.entries {
                self.report.meet(&format!("entry {}", entry.state.as_str()));
            }
            let known = KnownAgent { agent, rev: row.rev, statuses };
            let old = self.model.agents.insert(row.id.clone(), known).map(|old| old.agent);
            changes.push(AgentChange { user: row.id, old });
        }
        Ok(changes)
    }

    /// Tasks that agents have in hand now, whether the step has touched them or not.
    pub(crate) fn in_hand(&self) -> impl Iterator<Item = String> {
        let entries = self.model.agents.values().flat_map(|known| &known.agent.entries);
        entries.map(|entry| entry.contact_id.clone()).collect::<Vec<_>>().into_iter()
    }

    /// Agents and tasks agree, whatever the step has done. `given`: a call may have given somebody a task over the slots.
    pub(crate) fn judge_agents(&mut self, changes: &[AgentChange], given: bool) -> Result<(), String> {
        let mut entries: BTreeMap<(&str, &str), EntryState> = BTreeMap::new();
        for (user, known) in &self.model.agents {
            for entry in &known.agent.entries {
                let about = |what: String| format!("agent {user}, contact {}: {what}", entry.contact_id);
                let contact = self.model.contact(&entry.contact_id).ok_or("the task is unknown".to_owned());
                entry_agrees(user, entry, contact.map_err(about)?).map_err(about)?;
                let twice = entries.insert((user, &entry.contact_id), entry.state).is_some();
                must(!twice, "two entries for one task").map_err(about)?;
            }
        }
        for id in &self.model.open {
            let Some((user, state)) = self.model.contact(id).and_then(holder) else { continue };
            if self.model.agents.contains_key(user) && entries.get(&(user, id)) != Some(&state) {
                let entry = entries.get(&(user, id));
                return Err(format!("contact {id}: agent {user} should have it {}, and has {entry:?}", state.as_str()));
            }
        }
        for change in changes {
            self.judge_slots(change, given)?;
        }
        Ok(())
    }

    /// Routing uses no slot that is not there (tasks 3.2.4). Who assigns, or creates for a user, may; and a paused task, which uses
    /// none, may go on or end.
    fn judge_slots(&self, change: &AgentChange, may: bool) -> Result<(), String> {
        let (Some(old), Some(known)) = (&change.old, self.model.agents.get(&change.user)) else { return Ok(()) };
        let profile = self.places.profiles.iter().find(|own| own.id == known.agent.routing_profile_id);
        let (used, slots) = (known.agent.used(), profile.map_or(0, |own| own.slots));
        let given = known.agent.entries.iter().any(|entry| {
            entry.state.uses_slot() && old.entry(&entry.contact_id).is_none_or(|old| old.attempt != entry.attempt)
        });
        if given && used > slots && !may {
            return Err(format!("agent {} uses {used} slots and has {slots}", change.user));
        }
        Ok(())
    }
}
