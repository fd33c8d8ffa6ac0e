//! Tasks between engine and store: a task with the attributes of its chain, and the batch that a change of it becomes.

use std::collections::BTreeMap;

use engine::arn::{self, IdRef};
use engine::contact::{self as life, Attributes, Contact, Count, Counted, Effects, State};
use store::{AttributesRow, Batch, Clash, ContactRow, NewOutboxRow};

use crate::base::commit::{Attempt, commit};
use crate::{Cx, Error, Result};

/// The kind of an outbox row that holds a contact event.
pub(crate) const EVENT: &str = "EVENT";
/// The kind of an outbox row that holds a contact record.
pub(crate) const RECORD: &str = "RECORD";

/// What is due within this time is told to the worker, milliseconds; it looks by itself more often than that.
const SOON_MS: i64 = 1_000;

/// A task as it is stored, with the attributes of its chain. Change both as you like: [`Write::update`] knows what they were.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) contact: Contact,
    pub(crate) attributes: Attributes,
    rev: i64,
    /// Revision and text of the stored attributes; `None` when there are none.
    stored: Option<AttributesRow>,
}

impl Kept {
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
        Ok(Self { contact: contact_of(row)?, attributes, rev: row.rev, stored })
    }
}

/// The task in a row.
pub(crate) fn contact_of(row: &ContactRow) -> Result<Contact> {
    serde_json::from_str(&row.body).map_err(Error::internal)
}

/// The task in a row of a list. One that cannot be read is left out and told to the log: it must not keep callers from the
/// others.
pub(crate) fn readable(row: &ContactRow) -> Option<Contact> {
    match contact_of(row) {
        Ok(contact) => Some(contact),
        Err(error) => {
            tracing::error!(instance = %row.instance_id, contact = %row.id, %error, "a stored task cannot be read");
            None
        }
    }
}

/// Runs `decide` with what the engine needs besides the task: place, time, fresh ids.
pub(crate) fn deciding<T>(cx: &Cx<'_>, instance: &str, decide: impl FnOnce(&mut life::Cx<'_>) -> T) -> T {
    let mut ids = || cx.new_id();
    let at = life::At { scope: cx.home().instance(instance), now_ms: cx.now_ms };
    decide(&mut life::Cx { at, ids: &mut ids })
}

/// A refusal of the engine as the operation's answer.
pub(crate) fn refused(refusal: life::Refusal) -> Error {
    Error::new(refusal.kind, refusal.message)
}

/// What is to be committed: tasks with their events, counters last.
#[derive(Debug)]
pub(crate) struct Write<'a> {
    cx: &'a Cx<'a>,
    instance: &'a str,
    /// Conditions and changes beside the tasks: client tokens, required resources.
    pub(crate) batch: Batch,
    counts: BTreeMap<Counted, i64>,
    bounds: BTreeMap<Counted, i64>,
    /// Something of it is due before the worker would look by itself.
    soon: bool,
    delivers: bool,
}

impl<'a> Write<'a> {
    pub(crate) fn new(cx: &'a Cx<'a>, instance: &'a str) -> Self {
        Self {
            cx,
            instance,
            batch: Batch::new(),
            counts: BTreeMap::new(),
            bounds: BTreeMap::new(),
            soon: false,
            delivers: false,
        }
    }

    /// A counter must not pass this value by the commit; `None` is without bound.
    pub(crate) fn bound(&mut self, what: Counted, max: Option<i64>) {
        if let Some(max) = max {
            self.bounds.insert(what, max);
        }
    }

    /// A new task. `attributes`, when given, are those of a new chain.
    ///
    /// # Errors
    /// The task cannot be written as JSON.
    pub(crate) fn insert(
        &mut self,
        mut contact: Contact,
        attributes: Option<&Attributes>,
        effects: Effects,
    ) -> Result<()> {
        self.effects(&mut contact, attributes, effects, |write, contact| {
            write.batch.insert_contact(&row_of(write.instance, contact, 0)?);
            if let Some(attributes) = attributes {
                let body = serde_json::to_string(attributes).map_err(Error::internal)?;
                write.batch.insert_contact_attributes(write.instance, contact.chain_id(), &body);
            }
            Ok(())
        })
    }

    /// A changed task, on the condition that it is still what it was; its attributes too, when they were changed.
    ///
    /// # Errors
    /// The task cannot be written as JSON.
    pub(crate) fn update(&mut self, mut kept: Kept, effects: Effects) -> Result<()> {
        let Kept { attributes, rev, stored, .. } = &kept;
        let (rev, stored, attributes) = (*rev, stored.clone(), attributes.clone());
        self.effects(&mut kept.contact, Some(&attributes), effects, |write, contact| {
            write.batch.update_contact(&row_of(write.instance, contact, rev)?);
            write.chain(contact.chain_id(), stored.as_ref(), &attributes)
        })
    }

    /// The attributes of a chain, when they are not what is stored.
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

    /// Writes a task by `row` between numbering its record and putting its events behind it; then its successors.
    fn effects(
        &mut self,
        contact: &mut Contact,
        attributes: Option<&Attributes>,
        effects: Effects,
        row: impl FnOnce(&mut Self, &Contact) -> Result<()>,
    ) -> Result<()> {
        let record = effects.record.then(|| contact.take_sequence());
        row(self, contact)?;
        let scope = self.cx.home().instance(self.instance);
        for draft in &effects.events {
            let body = life::envelope(draft, &self.cx.new_id(), scope);
            self.deliver(contact, draft.sequence, EVENT, draft.time_ms, &body);
        }
        if let Some(sequence) = record {
            let none = Attributes::new();
            let body = life::record(contact, attributes.unwrap_or(&none), scope);
            self.deliver(contact, sequence, RECORD, self.cx.now_ms, &body);
        }
        for Count { what, by } in effects.counts {
            *self.counts.entry(what).or_default() += by;
        }
        self.soon |= contact.due_ms().is_some_and(|due| due <= self.cx.now_ms.saturating_add(SOON_MS));
        for (successor, effects) in effects.successors {
            self.insert_successor(successor, attributes, effects)?;
        }
        Ok(())
    }

    /// A successor is of the same chain: attributes are there already.
    fn insert_successor(
        &mut self,
        mut contact: Contact,
        attributes: Option<&Attributes>,
        effects: Effects,
    ) -> Result<()> {
        self.effects(&mut contact, attributes, effects, |write, contact| {
            write.batch.insert_contact(&row_of(write.instance, contact, 0)?);
            Ok(())
        })
    }

    fn deliver(&mut self, contact: &Contact, sequence: i64, kind: &str, created_ms: i64, body: &str) {
        for sink in &self.cx.settings().sinks {
            self.delivers = true;
            self.batch.put_outbox(
                sink,
                &NewOutboxRow {
                    contact_id: contact.id.clone(),
                    sequence,
                    instance_id: self.instance.to_owned(),
                    kind: kind.to_owned(),
                    body: body.to_owned(),
                    created_ms,
                },
            );
        }
    }

    /// Commits, and wakes those who have to look at what was written. A failed condition is to be read and decided again; a
    /// counter at its bound is [`Clash::CounterFull`] with the counter's name.
    pub(crate) async fn commit<T>(mut self, answer: T) -> Result<Attempt<T>> {
        for (what, by) in &self.counts {
            let name = what.name();
            match by {
                0 => {}
                1.. => self.batch.add_to_counter(self.instance, &name, *by, self.bounds.get(what).copied()),
                _ => self.batch.subtract_from_counter(self.instance, &name, -by),
            }
        }
        let attempt = commit(self.cx, self.batch, answer).await?;
        if matches!(attempt, Attempt::Done(_)) {
            self.cx.wakes().after_commit(self.soon, self.delivers);
        }
        Ok(attempt)
    }
}

/// Which counter a clash is about.
pub(crate) fn full(clash: &Clash) -> Option<&str> {
    match clash {
        Clash::CounterFull { name } => Some(name),
        _ => None,
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
