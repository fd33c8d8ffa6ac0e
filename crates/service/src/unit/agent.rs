//! Agents in a unit of work: an agent as loaded, and the writes for one that changed.
//!
//! The entries of agents follow contacts: every change of a contact says which entries of which agents it moves
//! ([`engine::agent::follow`]), and the commit applies that to those agents, on the condition that they did not change
//! meanwhile. So whatever ends, pauses or moves a task frees its agent's slot in the same commit.

use engine::agent::{
    Agent, AgentEffects, AgentEvent, AvailabilityTimer, EntryChange, Interval, Standing, Subject, follow,
};
use engine::contact::Contact;
use engine::criteria::Proficiency;
use engine::predefined_attribute::slot;
use store::{AgentInterval, AgentProficiency, AgentRow};

use super::UnitOfWork;
use crate::{Cx, Error, Result};

/// An agent as stored. It may be changed freely: [`UnitOfWork::update_agent`] writes it on its revision.
#[derive(Clone, Debug)]
pub(crate) struct LoadedAgent {
    pub(crate) agent: Agent,
    rev: i64,
}

impl LoadedAgent {
    /// The agent of this user, if the user exists.
    pub(crate) async fn find(cx: &Cx<'_>, instance: &str, user_id: &str) -> Result<Option<Self>> {
        cx.store().agent(instance, user_id).await?.as_ref().map(Self::of).transpose()
    }

    /// The agent in a row.
    ///
    /// # Errors
    /// It cannot be read.
    pub(crate) fn of(row: &AgentRow) -> Result<Self> {
        let agent = serde_json::from_str(&row.body).map_err(Error::internal)?;
        Ok(Self { agent, rev: row.rev })
    }
}

/// An agent whom the unit changes.
#[derive(Debug)]
pub(super) struct AgentChange {
    loaded: LoadedAgent,
    effects: AgentEffects,
    changed: bool,
    /// It goes with its user.
    gone: bool,
}

impl UnitOfWork<'_> {
    /// An agent whose user is deleted with this unit.
    pub(crate) fn delete_agent(&mut self, loaded: LoadedAgent) {
        let change = AgentChange { loaded, effects: AgentEffects::default(), changed: true, gone: true };
        self.agents.insert(change.loaded.agent.user_id.clone(), change);
    }

    /// An agent who was changed, on the condition that the stored one did not change meanwhile. What contacts of this unit
    /// say about entries is applied on top.
    pub(crate) fn update_agent(&mut self, loaded: LoadedAgent, effects: AgentEffects) {
        self.agents.insert(loaded.agent.user_id.clone(), AgentChange { loaded, effects, changed: true, gone: false });
    }

    /// An agent for whom the unit decided something: the decision holds only if the stored one did not change meanwhile.
    pub(crate) fn decided_on(&mut self, loaded: LoadedAgent) {
        self.update_agent(loaded, AgentEffects::default());
    }

    /// Notes what the change of a contact means for agents.
    pub(super) fn follow(&mut self, before: Option<&Standing>, after: &Contact) {
        self.entries.extend(follow(before, after));
    }

    /// Applies what contacts say to the agents concerned, and adds the rows of all changed agents to the batch.
    ///
    /// # Errors
    /// The store's failures; an agent cannot be read or written as JSON.
    pub(super) async fn write_agents(&mut self) -> Result<()> {
        let absent = |user: &&str| !self.agents.contains_key(*user);
        let missing: Vec<&str> = self.entries.iter().map(|(user, _)| user.as_str()).filter(absent).collect();
        if !missing.is_empty() {
            for row in self.cx.store().agents(self.instance, &missing).await? {
                let change = AgentChange {
                    loaded: LoadedAgent::of(&row)?,
                    effects: AgentEffects::default(),
                    changed: false,
                    gone: false,
                };
                self.agents.insert(row.id.clone(), change);
            }
        }
        for (user, change) in std::mem::take(&mut self.entries) {
            self.apply_entry(&user, change)?;
        }
        for (_, change) in std::mem::take(&mut self.agents).into_iter().filter(|(_, change)| change.changed) {
            self.write_agent(change);
        }
        Ok(())
    }

    /// A user who was deleted has no agent: nothing follows then.
    fn apply_entry(&mut self, user: &str, change: EntryChange) -> Result<()> {
        let now_ms = self.cx.now_ms;
        let Some(of_user) = self.agents.get_mut(user) else { return Ok(()) };
        let agent = &mut of_user.loaded.agent;
        let applied = agent.apply(AgentEvent::Entry(Box::new(change)), &mut of_user.effects, now_ms);
        of_user.changed |= applied.map_err(|refusal| Error::internal(refusal.message))?;
        Ok(())
    }

    fn write_agent(&mut self, change: AgentChange) {
        let AgentChange { loaded: LoadedAgent { agent, rev }, effects, gone, .. } = change;
        for interval in &effects.ledger {
            self.batch.insert_agent_interval(&ledger_row(self.instance, &agent.user_id, interval));
        }
        if gone {
            self.batch.delete_agent(self.instance, &agent.user_id, rev);
            return;
        }
        let row = row_of(self.instance, &agent, rev);
        self.batch.update_agent(&row);
        if effects.proficiencies {
            self.batch.set_agent_proficiencies(&row, &proficiencies(&agent));
        } else if !agent.proficiencies.is_empty() {
            self.batch.move_agent_proficiencies(&row);
        }
        self.due(agent.due_ms());
        if effects.freed {
            self.routes.agents.insert(agent.user_id.clone());
        }
        self.written.push(LoadedAgent { agent, rev: rev + 1 });
    }
}

/// The row of an agent at this revision.
pub(crate) fn row_of(instance: &str, agent: &Agent, rev: i64) -> AgentRow {
    let idle_ms = |timer| agent.takes_offers().then(|| agent.idle_since(timer));
    AgentRow {
        instance_id: instance.to_owned(),
        id: agent.user_id.clone(),
        rev,
        routing_profile_id: agent.routing_profile_id.clone(),
        status_id: agent.status.is.id.clone(),
        status_type: agent.status.is.kind.as_str().to_owned(),
        used: agent.used(),
        present: agent.status.is.kind != engine::agent::StatusType::Offline || !agent.entries.is_empty(),
        idle_ms: idle_ms(AvailabilityTimer::LastActivity),
        inbound_ms: idle_ms(AvailabilityTimer::LastInbound),
        due_ms: agent.due_ms(),
        body: serde_json::to_string(agent).expect("texts, numbers and lists of them are written as JSON"),
    }
}

/// What an agent is found by.
fn proficiencies(agent: &Agent) -> Vec<AgentProficiency> {
    let row = |own: &Proficiency| AgentProficiency { slot: slot(&own.name, &own.value), level: own.level };
    agent.proficiencies.iter().map(row).collect()
}

fn ledger_row(instance: &str, user: &str, interval: &Interval) -> AgentInterval {
    let row = AgentInterval {
        instance_id: instance.to_owned(),
        user_id: user.to_owned(),
        n: interval.n,
        start_ms: interval.start_ms,
        end_ms: interval.end_ms,
        kind: interval.subject.kind().to_owned(),
        routing_profile_id: interval.routing_profile_id.clone(),
        hierarchy_path: interval.hierarchy_path.clone(),
        ..AgentInterval::default()
    };
    match &interval.subject {
        Subject::Status { id, kind } => {
            AgentInterval { state: kind.as_str().to_owned(), status_id: Some(id.clone()), ..row }
        }
        Subject::Entry { contact_id, state, queue_id, outcome } => AgentInterval {
            state: state.as_str().to_owned(),
            contact_id: Some(contact_id.clone()),
            queue_id: queue_id.clone(),
            outcome: outcome.map(|outcome| outcome.as_str().to_owned()),
            ..row
        },
    }
}
