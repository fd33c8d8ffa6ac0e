//! Checks routing against the rules, by looking at every task and every agent (tasks 3.3): what a pass leaves is what nobody can
//! take, and who got something got what came first.

use engine::agent::{Agent, EntryState};
use engine::contact::{Contact, State};

use crate::episode::Episode;
use crate::model::AgentChange;
use crate::setup::Profile;

/// What orders the tasks of one agent (tasks 3.3.3): own queue, priority of the profile, priority, age, id.
type Order<'a> = (i64, i64, i64, &'a str);

impl Episode {
    fn profile_of(&self, agent: &Agent) -> Option<&Profile> {
        self.places.profiles.iter().find(|own| own.id == agent.routing_profile_id)
    }

    /// A task's place among those that the agent may be given; `None` when it is not for this agent (tasks 3.3.2).
    fn order<'a>(&self, agent: &Agent, contact: &'a Contact) -> Option<Order<'a>> {
        let stay = contact.queue.as_ref()?;
        let since_ms = stay.enqueued_ms - i64::from(contact.routing.age_adjustment_s) * 1000;
        let first = if stay.queue.id == agent.user_id {
            0
        } else {
            let queues = &self.profile_of(agent)?.queues;
            let (_, priority, delay_s) = queues.iter().find(|(queue, ..)| *queue == stay.queue.id)?;
            if stay.enqueued_ms + delay_s * 1000 > self.world.now_ms {
                return None;
            }
            *priority
        };
        Some((first, contact.routing.priority, since_ms, &contact.id))
    }

    fn queued(&self) -> impl Iterator<Item = &Contact> {
        self.model.open.iter().filter_map(|id| self.model.contact(id)).filter(|contact| contact.state == State::Queued)
    }

    /// No task waits that an agent could have (tasks 3.3.7).
    pub(crate) fn judge_rest(&self) -> Result<(), String> {
        for known in self.model.agents.values() {
            let agent = &known.agent;
            let slots = self.profile_of(agent).map_or(0, |own| own.slots);
            if !agent.takes_offers() || agent.used() >= slots {
                continue;
            }
            if let Some(left) = self.queued().find(|contact| self.order(agent, contact).is_some()) {
                return Err(format!("contact {} waits and agent {} is free", left.id, agent.user_id));
            }
        }
        Ok(())
    }

    /// Who was offered something has nothing waiting that comes before it (tasks 3.3.3).
    pub(crate) fn judge_order(&self, changes: &[AgentChange]) -> Result<(), String> {
        for change in changes {
            let Some(known) = self.model.agents.get(&change.user) else { continue };
            let had = |id: &str| change.old.as_ref().is_some_and(|old| old.entry(id).is_some());
            let given = known.agent.entries.iter().filter(|entry| {
                matches!(entry.state, EntryState::Connecting | EntryState::Connected) && !had(&entry.contact_id)
            });
            for entry in given {
                let Some(contact) = self.model.contact(&entry.contact_id) else { continue };
                let Some(order) = self.order(&known.agent, contact) else {
                    return Err(format!("agent {} was given contact {}, which is not for it", change.user, contact.id));
                };
                let sooner = self.queued().find(|left| self.order(&known.agent, left).is_some_and(|own| own < order));
                if let Some(sooner) = sooner {
                    return Err(format!(
                        "agent {} was given contact {} before contact {}",
                        change.user, contact.id, sooner.id
                    ));
                }
            }
        }
        Ok(())
    }
}
