//! A small world: contacts and agents, changed together as a unit of work does it.

use std::collections::BTreeMap;

use super::*;
use crate::arn::Home;
use crate::contact::start::fresh;
use crate::contact::{AgentRef, At, Contact, Cx, Effects, Event, Refusal};
use crate::run::RunKind;

/// Contacts, agents, what the ledger has, and a clock.
pub(super) struct Office {
    pub(super) contacts: BTreeMap<String, Contact>,
    pub(super) agents: BTreeMap<String, Agent>,
    pub(super) ledger: Vec<(String, Interval)>,
    pub(super) now_ms: i64,
    ids: u32,
}

pub(super) fn person(id: &str) -> AgentRef {
    AgentRef {
        id: id.to_owned(),
        user_name: id.to_owned(),
        first_name: String::new(),
        last_name: String::new(),
        routing_profile: ("profile".to_owned(), "Profile".to_owned()),
        acw_limit_s: 0,
        auto_accept: false,
        hierarchy: Vec::new(),
    }
}

pub(super) fn queue(id: &str) -> QueueRef {
    QueueRef { id: id.to_owned(), name: id.to_owned(), agent: false }
}

impl Office {
    pub(super) fn new(users: &[&str]) -> Self {
        let agent = |id: &&str| {
            let agent = Agent::new((*id).to_owned(), status("Offline"), "profile".to_owned(), T0 - 60 * MINUTE);
            ((*id).to_owned(), agent)
        };
        let agents = users.iter().map(agent).collect();
        Self { contacts: BTreeMap::new(), agents, ledger: Vec::new(), now_ms: T0, ids: 0 }
    }

    /// A new task in its first flow, or of CreateContact.
    pub(super) fn make(&mut self, id: &str, external: bool) {
        let mut contact = fresh(id.to_owned(), InitiationMethod::Api, self.now_ms);
        contact.external = external;
        self.ids += 1;
        let mut ids = || unreachable!("a new task needs no other id");
        let cx = Cx { at: Self::at(self.now_ms), ids: &mut ids };
        if !external {
            contact.start_run(RunKind::Main, "flow".to_owned());
        }
        contact.initiated(&mut Effects::default(), &cx);
        self.contacts.insert(id.to_owned(), contact);
    }

    fn at(now_ms: i64) -> At<'static> {
        At { scope: Home::new("eu-central-1", "111122223333").instance("11111111-0000-4000-8000-000000000001"), now_ms }
    }

    /// Something happens to a contact, and the agents' entries follow it.
    pub(super) fn act(&mut self, id: &str, event: Event) -> Result<(), Refusal> {
        let before = Standing::of(&self.contacts[id]);
        let mut effects = Effects::default();
        let last = &mut self.ids;
        let mut ids = || {
            *last += 1;
            format!("new-{last}")
        };
        let contact = self.contacts.get_mut(id).unwrap();
        contact.apply(event, &mut effects, &mut Cx { at: Self::at(self.now_ms), ids: &mut ids })?;
        let changes = follow(Some(&before), contact);
        for (successor, _) in effects.successors {
            assert_eq!(follow(None, &successor), [], "a successor is with nobody");
            self.contacts.insert(successor.id.clone(), successor);
        }
        for (user, change) in changes {
            self.does(&user, AgentEvent::Entry(Box::new(change))).unwrap();
        }
        Ok(())
    }

    /// Something happens to an agent, and the contacts that it closes are closed with it.
    pub(super) fn does(&mut self, user: &str, event: AgentEvent) -> Result<bool, Refusal> {
        let mut effects = AgentEffects::default();
        let agent = self.agents.get_mut(user).unwrap();
        let could = agent.takes_offers();
        let (used, profile) = (agent.used(), agent.routing_profile_id.clone());
        let changed = agent.apply(event, &mut effects, self.now_ms)?;
        let gained = !could || agent.used() < used || agent.routing_profile_id != profile;
        assert_eq!(effects.freed, agent.takes_offers() && gained);
        self.ledger.extend(effects.ledger.into_iter().map(|row| (user.to_owned(), row)));
        for id in effects.close_contacts {
            self.act(&id, Event::CloseAcw).unwrap();
        }
        Ok(changed)
    }

    pub(super) fn put(&mut self, user: &str, name: &str) {
        self.does(user, AgentEvent::PutStatus(status(name))).unwrap();
    }

    /// Timers of contacts and agents that are due.
    pub(super) fn timers(&mut self) {
        let ids: Vec<String> = self.contacts.keys().cloned().collect();
        for id in ids {
            while let Some(event) = self.contacts[&id].due_event(self.now_ms) {
                self.act(&id, event).unwrap();
            }
        }
        let due: Vec<String> =
            self.agents.iter().filter(|(_, own)| own.due_ms() <= Some(self.now_ms)).map(|(id, _)| id.clone()).collect();
        for user in due {
            self.does(&user, AgentEvent::Timer).unwrap();
        }
    }
}
