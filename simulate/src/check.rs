//! Checks what a step has done, by comparing the store with what was known before: every task that the step changed is
//! checked as a whole, with its events, its chain's attributes, its template and the counters it is part of.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::contact::{Attributes, Contact};
use store::{Batch, OutboxRow};

use crate::acts::{Act, Intent};
use crate::episode::Episode;
use crate::model::{AgentChange, Known};
use crate::shape;
use crate::world::{Answer, SINK};

/// Rows of the outbox read at once.
const ROWS: usize = 1_000;

/// What happened in a step.
pub(crate) struct Observed {
    /// Calls and their answers, in the order in which they were committed, as far as that is known.
    pub(crate) acts: Vec<(Act, Answer)>,
    /// The worker ran.
    pub(crate) worker: bool,
    /// Routing ran, and nothing else.
    pub(crate) router: bool,
    /// One call and nothing else: what an acknowledged call does can be seen.
    pub(crate) calm: bool,
}

impl Observed {
    /// A call of this step may have given somebody a task, slots or not (tasks 2.5, 2.9).
    fn gives(&self) -> bool {
        self.acts.iter().any(|(act, answer)| {
            matches!(act.intent, Intent::Assign { .. } | Intent::Start(_))
                && matches!(answer, Answer::Done(_) | Answer::Uncertain)
        })
    }
}

/// A task that the step may have changed.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) old: Option<Known>,
    pub(crate) contact: Arc<Contact>,
    pub(crate) attributes: Attributes,
}

/// All of them, by id.
pub(crate) type Sight = BTreeMap<String, Seen>;

fn about(id: &str) -> impl Fn(String) -> String {
    move |what| format!("contact {id}: {what}")
}

impl Episode {
    /// Checks everything a step has changed: the tasks in `touched`, those the calls name, and those with new events.
    pub(crate) async fn observe(&mut self, mut touched: BTreeSet<String>, observed: Observed) -> Result<(), String> {
        let rows = self.new_rows().await?;
        let changes = self.agents_changed().await?;
        touched.extend(rows.keys().cloned());
        if !changes.is_empty() {
            touched.extend(changes.iter().flat_map(AgentChange::contacts));
            touched.extend(self.in_hand());
        }
        touched.extend(observed.acts.iter().filter_map(|(act, _)| act.intent.contact().map(str::to_owned)));
        let mut sight = Sight::new();
        let (mut counters, mut known) = (BTreeSet::new(), Vec::new());
        for id in touched {
            let of_it = rows.get(&id).map_or(&[][..], Vec::as_slice);
            if let Some((seen, now)) = self.look(&id, of_it).await.map_err(about(&id))? {
                known.push(now);
                sight.insert(id, seen);
            }
        }
        self.judge_new(&sight, &observed)?;
        self.judge_pins(&sight, &observed).await?;
        for now in known {
            counters.extend(self.model.put(now));
        }
        self.judge_agents(&changes, observed.gives())?;
        if observed.router {
            self.judge_order(&changes)?;
        }
        self.judge_attributes(&sight, &observed)?;
        self.judge_counters(counters).await?;
        self.judge_acts(&sight, &observed).await
    }

    /// What the outbox holds that was not seen yet, by contact; it is delivered by that.
    async fn new_rows(&mut self) -> Result<BTreeMap<String, Vec<OutboxRow>>, String> {
        let shards: Vec<i64> = (0..store::SHARDS).collect();
        let mut found: BTreeMap<String, Vec<OutboxRow>> = BTreeMap::new();
        loop {
            let store = &self.world.store;
            let rows = store.outbox_due(SINK, &shards, i64::MAX, ROWS).await.map_err(|error| error.to_string())?;
            let last = rows.len() < ROWS;
            let mut batch = Batch::new();
            for row in rows {
                batch.delivered(&row.key());
                self.report.events += 1;
                found.entry(row.contact_id.clone()).or_default().push(row);
            }
            store.commit(batch).await.map_err(|error| error.to_string())?;
            if last {
                return Ok(found);
            }
        }
    }

    /// Checks one task as a whole.
    async fn look(&mut self, id: &str, rows: &[OutboxRow]) -> Result<Option<(Seen, Known)>, String> {
        let old = self.model.contacts.get(id).cloned();
        let read = self.world.store.contact_with_attributes(&self.world.instance, id).await;
        let Some((row, attributes)) = read.map_err(|error| error.to_string())? else {
            return match old {
                Some(_) => Err("it was there and is lost".to_owned()),
                None if !rows.is_empty() => Err("it has events and does not exist".to_owned()),
                None => Ok(None),
            };
        };
        let contact: Arc<Contact> = Arc::new(serde_json::from_str(&row.body).map_err(|error| error.to_string())?);
        self.world.note((id, row.rev, &row.state));
        shape::row(&row, &contact)?;
        shape::whole(&contact)?;
        let mut phase = old.as_ref().map(|old| old.phase).unwrap_or_default();
        let records = phase.records;
        for row in rows {
            phase.take(row, &contact)?;
        }
        phase.agrees(&contact)?;
        if let Some(old) = &old {
            shape::step(&old.contact, &contact)?;
            let changed = row.rev != old.rev;
            if row.rev < old.rev || (!changed && (contact != old.contact || !rows.is_empty())) {
                return Err("it has changed and its revision has not".to_owned());
            }
            if changed && !contact.is_open() && phase.records == records {
                return Err("it changed after its end and no record says so".to_owned());
            }
        }
        self.meet(old.as_ref().map(|old| &*old.contact), &contact);
        let attributes = attributes.map_or("{}".to_owned(), |row| row.body);
        let attributes: Attributes = serde_json::from_str(&attributes).map_err(|error| error.to_string())?;
        let known = Known { contact: Arc::clone(&contact), rev: row.rev, phase };
        Ok(Some((Seen { old, contact, attributes }, known)))
    }

    /// For the report.
    fn meet(&mut self, old: Option<&Contact>, new: &Contact) {
        if old.is_none() {
            self.report.meet(&format!("begun {}", new.initiation_method.as_str()));
            if new.template.is_some() {
                self.report.meet("begun with a template");
            }
        }
        if old.is_none_or(|old| old.state != new.state) {
            self.report.meet(&format!("state {}", new.state.as_str()));
        }
        if old.is_none_or(|old| old.disconnect_reason.is_none())
            && let Some(reason) = new.disconnect_reason
        {
            self.report.meet(&format!("ended {}", reason.as_str()));
        }
        for run in &new.runs {
            self.report.meet(&format!("run {:?}", run.kind));
        }
    }

    /// Counters are exact: those that the step changed, and the open tasks.
    async fn judge_counters(&mut self, mut names: BTreeSet<String>) -> Result<(), String> {
        names.insert("contacts/open".to_owned());
        for name in names {
            self.judge_counter(&name).await?;
            if let Some(queue) = name.strip_prefix("contacts/queue/") {
                self.judge_capacity(queue)?;
            }
        }
        Ok(())
    }

    pub(crate) async fn judge_counter(&self, name: &str) -> Result<(), String> {
        let counter = self.world.store.counter(&self.world.instance, name).await.map_err(|error| error.to_string())?;
        let counted = self.model.count(name);
        if counter == counted {
            return Ok(());
        }
        Err(format!("counter {name} says {counter}, and there are {counted}"))
    }

    /// No queue exceeds its capacity; a task that comes back from a pause is admitted all the same.
    fn judge_capacity(&self, queue: &str) -> Result<(), String> {
        let inside = |contact: &&Contact| {
            let stay = contact.queue.as_ref().filter(|stay| stay.dequeued_ms.is_none());
            contact.pause_count == 0 && stay.is_some_and(|stay| stay.queue.id == queue)
        };
        let open = self.model.open.iter().filter_map(|id| self.model.contact(id));
        let held = i64::try_from(open.filter(inside).count()).unwrap_or(i64::MAX);
        match self.places.capacity(queue) {
            Some(capacity) if held > capacity => Err(format!("queue {queue} holds {held}, and may hold {capacity}")),
            _ => Ok(()),
        }
    }

    /// Versions of templates stay as they were pinned, unless a call changed the template (task-templates 3.5).
    async fn judge_pins(&mut self, sight: &Sight, observed: &Observed) -> Result<(), String> {
        for (id, seen) in sight {
            let pin = seen.contact.template.as_ref();
            let previous = seen.contact.previous_contact_id.as_ref().filter(|_| is_successor(&seen.contact));
            let before = match (&seen.old, previous) {
                (Some(old), _) => Some(&old.contact),
                (None, Some(previous)) => sight.get(previous).map(|seen| &seen.contact),
                (None, None) => None,
            };
            if let Some(before) = before.filter(|before| before.template.as_ref() != pin)
                && !retemplated(&before.id, pin.map(|pin| pin.id.as_str()), observed)
            {
                let kept = &before.template;
                return Err(format!("contact {id}: its template was {kept:?} and nobody changed it to {pin:?}"));
            }
            let known = seen.old.as_ref().is_some_and(|old| old.contact.template.as_ref() == pin);
            if let Some(pin) = pin.filter(|_| !known) {
                self.judge_pin(&pin.id, pin.version, &pin.name).await.map_err(about(id))?;
            }
        }
        Ok(())
    }

    /// A pinned version is there, and its content never changes.
    pub(crate) async fn judge_pin(&mut self, id: &str, version: i64, name: &str) -> Result<(), String> {
        let read = self.world.store.task_template_version(&self.world.instance, id, version).await;
        let Some(found) = read.map_err(|error| error.to_string())? else {
            return Err(format!("version {version} of template {id} is gone"));
        };
        if found.content.name != name {
            return Err(format!("the template is {} and the task says {name}", found.content.name));
        }
        let pinned = self.model.pins.entry((id.to_owned(), version)).or_insert_with(|| found.content.body.to_string());
        if *pinned == *found.content.body { Ok(()) } else { Err(format!("version {version} of {id} has changed")) }
    }
}

/// Made by the service from its previous contact, not by a client after it.
pub(crate) fn is_successor(contact: &Contact) -> bool {
    use engine::contact::InitiationMethod::{Disconnect, QueueTransfer, Transfer};
    matches!(contact.initiation_method, Transfer | QueueTransfer | Disconnect) && contact.previous_contact_id.is_some()
}

fn retemplated(id: &str, to: Option<&str>, observed: &Observed) -> bool {
    use Intent::Retemplate;
    observed.acts.iter().any(|(act, answer)| {
        let done = matches!(answer, Answer::Done(_) | Answer::Uncertain);
        matches!(&act.intent, Retemplate { contact, template } if contact == id && Some(template.as_str()) == to && done)
    })
}
