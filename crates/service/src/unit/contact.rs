//! Tasks in a unit of work: a task as loaded, and the writes for one that was created or changed.

use engine::agent::Standing;
use engine::arn::{self, IdRef};
use engine::contact::{self as life, Attributes, Contact, Effects, State};
use engine::metrics::fact::ContactFact;
use store::{AttributesRow, ContactFactRow, ContactRow, Waiting};

use super::{EVENT, RECORD, UnitOfWork};
use crate::{Cx, Error, Result};

/// A task as stored, with the attributes of its chain. Both may be changed freely: [`UnitOfWork::update_contact`]
/// compares them with the stored state.
#[derive(Clone, Debug)]
pub(crate) struct LoadedContact {
    pub(crate) contact: Contact,
    pub(crate) attributes: Attributes,
    rev: i64,
    /// Where it stands with agents, as stored.
    standing: Standing,
    /// What metrics count of it as stored, if it had ended.
    fact: Option<ContactFact>,
    /// Revision and text of the stored attributes; `None` when there are none.
    stored: Option<AttributesRow>,
}

impl LoadedContact {
    /// The task with this bare id.
    pub(crate) async fn find(cx: &Cx<'_>, instance: &str, id: &str) -> Result<Option<Self>> {
        let Some((row, attributes)) = cx.store().contact_with_attributes(instance, id).await? else { return Ok(None) };
        Self::of(&row, attributes).map(Some)
    }

    /// The task that a request names by id or ARN, in an instance that exists.
    pub(crate) async fn existing(cx: &Cx<'_>, instance: &str, text: &str) -> Result<Self> {
        let unknown = || Error::not_found(format!("Contact {text} not found"));
        let IdRef::Id(id) = arn::id_or_arn(arn::Kind::Contact, text, cx.home().instance(instance)) else {
            return Err(unknown());
        };
        Self::find(cx, instance, &id).await?.ok_or_else(unknown)
    }

    /// The attributes as they are stored; `None` when the chain has none.
    pub(crate) fn stored(&self) -> Option<&AttributesRow> {
        self.stored.as_ref()
    }

    fn of(row: &ContactRow, stored: Option<AttributesRow>) -> Result<Self> {
        let attributes = match &stored {
            Some(stored) => serde_json::from_str(&stored.body).map_err(Error::internal)?,
            None => Attributes::new(),
        };
        let contact = contact_of(row)?;
        let (standing, fact) = (Standing::of(&contact), ContactFact::of(&contact));
        Ok(Self { contact, attributes, rev: row.rev, standing, fact, stored })
    }
}

/// The task in a row.
pub(crate) fn contact_of(row: &ContactRow) -> Result<Contact> {
    serde_json::from_str(&row.body).map_err(Error::internal)
}

/// The task in a row of a list. One that cannot be read is left out and logged, so that it does not hide the others.
pub(crate) fn readable(row: &ContactRow) -> Option<Contact> {
    match contact_of(row) {
        Ok(contact) => Some(contact),
        Err(error) => {
            tracing::error!(instance = %row.instance_id, contact = %row.id, %error, "a stored task cannot be read");
            None
        }
    }
}

/// Runs `decide` with the engine's other inputs: location, time, fresh ids.
pub(crate) fn deciding<T>(cx: &Cx<'_>, instance: &str, decide: impl FnOnce(&mut life::Cx<'_>) -> T) -> T {
    let mut ids = || cx.new_id();
    let at = life::At { scope: cx.home().instance(instance), now_ms: cx.now_ms };
    decide(&mut life::Cx { at, ids: &mut ids })
}

/// Converts a refusal of the engine to the operation's error.
pub(crate) fn refused(refusal: life::Refusal) -> Error {
    Error::new(refusal.kind, refusal.message)
}

impl UnitOfWork<'_> {
    /// A new task, with the attributes of its chain. They are stored with its first contact; to change those of a chain
    /// that exists, see [`Self::chain`].
    ///
    /// # Errors
    /// The task cannot be written as JSON.
    pub(crate) fn insert_contact(
        &mut self,
        mut contact: Contact,
        attributes: &Attributes,
        effects: Effects,
    ) -> Result<()> {
        self.effects(&mut contact, Before::default(), attributes, effects, |unit, contact| {
            unit.batch.insert_contact(&row_of(unit.instance, contact, 0)?);
            let begins_chain = contact.chain_id() == contact.id;
            if begins_chain { unit.chain(&contact.id, None, attributes) } else { Ok(()) }
        })
    }

    /// A changed task, on the condition that its instance exists and that the stored task did not change meanwhile; its
    /// attributes too, when they were changed.
    ///
    /// # Errors
    /// The task cannot be written as JSON.
    pub(crate) fn update_contact(&mut self, loaded: LoadedContact, effects: Effects) -> Result<()> {
        let LoadedContact { mut contact, attributes, rev, standing, fact, stored } = loaded;
        let before = Before { standing: Some(&standing), fact: fact.as_ref() };
        self.effects(&mut contact, before, &attributes, effects, |unit, contact| {
            unit.batch.require_instance(unit.instance);
            unit.batch.update_contact(&row_of(unit.instance, contact, rev)?);
            unit.chain(contact.chain_id(), stored.as_ref(), &attributes)
        })
    }

    /// The attributes of a chain, when they differ from the stored ones.
    pub(crate) fn chain(&mut self, chain: &str, stored: Option<&AttributesRow>, attributes: &Attributes) -> Result<()> {
        let body = serde_json::to_string(attributes).map_err(Error::internal)?;
        match stored {
            Some(stored) if stored.body == body => {}
            Some(stored) => self.batch.update_contact_attributes(self.instance, chain, stored.rev, &body),
            None if attributes.is_empty() => {}
            None => self.batch.insert_contact_attributes(self.instance, chain, &body),
        }
        Ok(())
    }

    /// Numbers the task's record, writes the task by `row` and what metrics ask of it, adds its events after it, then writes its
    /// successors.
    fn effects(
        &mut self,
        contact: &mut Contact,
        before: Before<'_>,
        attributes: &Attributes,
        effects: Effects,
        row: impl FnOnce(&mut Self, &Contact) -> Result<()>,
    ) -> Result<()> {
        let record = effects.record.then(|| contact.take_sequence());
        row(self, contact)?;
        self.write_fact(before.fact, contact)?;
        self.follow(before.standing, contact);
        if let Some(stay) = contact.queue.as_ref().filter(|_| contact.state == State::Queued) {
            self.routes.queues.insert(stay.queue.id.clone());
            if stay.queue.agent {
                self.routes.agents.insert(stay.queue.id.clone());
            }
        }
        let scope = self.cx.home().instance(self.instance);
        for draft in &effects.events {
            let body = life::envelope(draft, &self.cx.new_id(), scope);
            self.deliver(&contact.id, draft.sequence, EVENT, draft.time_ms, &body);
        }
        if let Some(sequence) = record {
            let body = life::record(contact, attributes, scope);
            self.deliver(&contact.id, sequence, RECORD, self.cx.now_ms, &body);
        }
        self.count(effects.counts);
        self.due(contact.due_ms());
        for (successor, effects) in effects.successors {
            self.insert_contact(successor, attributes, effects)?;
        }
        Ok(())
    }
}

/// A task as it was, as far as what follows from its change depends on it; nothing of a new one.
#[derive(Clone, Copy, Default)]
struct Before<'a> {
    standing: Option<&'a Standing>,
    fact: Option<&'a ContactFact>,
}

impl UnitOfWork<'_> {
    /// What metrics ask of a task that has ended is written with its end, and again when it changes afterwards: after-contact
    /// work ends, another contact follows (administration 5.3.1).
    fn write_fact(&mut self, before: Option<&ContactFact>, contact: &Contact) -> Result<()> {
        let fact = ContactFact::of(contact);
        if let Some(fact) = fact.as_ref().filter(|fact| before != Some(*fact)) {
            self.batch.put_contact_fact(&ContactFactRow {
                instance_id: self.instance.to_owned(),
                ended_ms: fact.disconnected_ms,
                contact_id: fact.contact_id.clone(),
                body: serde_json::to_string(fact).map_err(Error::internal)?,
            });
        }
        Ok(())
    }
}

fn row_of(instance: &str, contact: &Contact, rev: i64) -> Result<ContactRow> {
    let waits = matches!(contact.state, State::Queued | State::Offered);
    let queue = contact.queue.as_ref();
    Ok(ContactRow {
        instance_id: instance.to_owned(),
        id: contact.id.clone(),
        rev,
        state: contact.state.as_str().to_owned(),
        chain_id: contact.chain_id().to_owned(),
        association_id: contact.association_id.clone(),
        previous_id: contact.previous_contact_id.clone(),
        template: contact.template.as_ref().map(|template| (template.id.clone(), template.version)),
        name: contact.name.clone(),
        initiation_method: contact.initiation_method.as_str().to_owned(),
        queue_id: queue.map(|stay| stay.queue.id.clone()),
        queued_in: queue.filter(|_| waits).map(|stay| stay.queue.id.clone()),
        waiting: waiting(contact),
        agent_id: contact.agent.as_ref().map(|stay| stay.agent.id.clone()),
        initiated_ms: contact.times.initiated_ms,
        scheduled_ms: contact.times.scheduled_ms,
        connected_ms: contact.agent.as_ref().map(|stay| stay.connected_ms),
        disconnected_ms: contact.times.disconnected_ms,
        enqueued_ms: queue.map(|stay| stay.enqueued_ms),
        expires_ms: contact.expiry.at_ms,
        due_ms: contact.due_ms(),
        body: serde_json::to_string(contact).map_err(Error::internal)?,
    })
}

/// Where a task waits to be offered (tasks 3.3.3).
fn waiting(contact: &Contact) -> Option<Waiting> {
    let waiting = contact.waiting()?;
    Some(Waiting {
        queue_id: waiting.queue_id,
        class: waiting.class,
        priority: waiting.priority,
        since_ms: waiting.wait_ms,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use engine::agent::{Agent, Entry, StatusType, follow};

    use super::*;

    /// What the migration of the store made of ended tasks of earlier releases is what their end would have written, but for the steps
    /// of their routing criteria (B181).
    #[test]
    fn b181_metrics_are_told_of_tasks_that_ended_before() {
        let told = include_str!("../../../store/tests/fixtures/contact_facts_0009.json");
        let told: BTreeMap<String, BTreeMap<String, ContactFact>> = serde_json::from_str(told).unwrap();
        let releases = [
            ("0004", include_str!("../../../store/tests/fixtures/contacts_0004.sql")),
            ("0008", include_str!("../../../store/tests/fixtures/contacts_0008.sql")),
        ];
        for (schema, rows) in releases {
            let bodies = rows.lines().filter(|line| line.starts_with("insert into contact "));
            let facts = bodies.filter_map(|line| {
                let body = &line[line.find("'{").expect("a body") + 1..];
                let body = &body[..body.rfind("}'").expect("its end") + 1];
                let contact: Contact = serde_json::from_str(&body.replace("''", "'")).unwrap();
                let fact = ContactFact::of(&contact)?;
                Some((contact.id, ContactFact { steps: Vec::new(), ..fact }))
            });
            assert_eq!(facts.collect::<BTreeMap<_, _>>(), told[schema], "{schema}");
        }
    }

    /// What the migration of the store made of users and tasks of an earlier release is what the engine would have made of them.
    #[test]
    fn b121_tasks_in_hand_of_an_earlier_release_are_entries() {
        let made = include_str!("../../../store/tests/fixtures/agents_0006.json");
        let made: BTreeMap<String, BTreeMap<String, Agent>> = serde_json::from_str(made).unwrap();
        let mut expected: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for line in include_str!("../../../store/tests/fixtures/contacts_0004.sql").lines() {
            if !line.starts_with("insert into contact ") {
                continue;
            }
            let body = line.rsplit_once(", '{").and_then(|(_, body)| body.strip_suffix("');")).unwrap();
            let contact: Contact = serde_json::from_str(&format!("{{{body}")).unwrap();
            if let Some((user, change)) = follow(None, &contact).pop() {
                expected.entry(user).or_default().extend(change.entry);
            }
        }
        assert_eq!(expected.values().map(Vec::len).collect::<Vec<_>>(), [6, 1]);
        for (user, agent) in &made["0004"] {
            assert_eq!((&agent.user_id, agent.status.is.kind), (user, StatusType::Offline));
            assert!(agent.other.is_empty() && agent.entries.iter().all(|entry| entry.other.is_empty()));
            // The times are the agent's own, and those of what happened.
            let times = |entry: &Entry| (entry.since_ms, entry.began_ms, entry.booked_ms);
            assert!(agent.entries.iter().all(|entry| times(entry) > (1_767_225_600_000, 0, 0)));
            let without = |entry: &Entry| Entry { since_ms: 0, began_ms: 0, booked_ms: 0, ..entry.clone() };
            assert_eq!(agent.entries.iter().map(without).collect::<Vec<_>>(), expected[user]);
            assert!(agent.updated_ms >= agent.last_began_ms);
        }
        let ada = &made["0004"]["user-ada"];
        assert_eq!((ada.used(), ada.due_ms()), (5, None));
        assert!(made["0003"]["user-ada"].entries.is_empty());
    }
}
