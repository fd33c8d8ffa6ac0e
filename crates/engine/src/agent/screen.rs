//! What an agent's screen shows of status, slots and tasks, as JSON (tasks 6).

use serde_json::{Map, Value, json};

use super::{Agent, ChannelSlots, Concurrency, Entry, EntryState, TASK};
use crate::contact::moment::iso_ms;
use crate::contact::{Attributes, Contact, State, limits};

/// How long before its end a task expires soon, milliseconds (tasks 2.11.4).
pub const EXPIRES_SOON_MS: i64 = 2 * 60 * 60 * 1_000;

/// A moment as the agent API writes it: ISO 8601 in UTC with milliseconds.
pub fn moment(epoch_ms: i64) -> String {
    iso_ms(epoch_ms)
}

/// One task of an agent, as far as it was found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shown<'a> {
    /// The task; `None` when its data was deleted.
    pub contact: Option<&'a Contact>,
    /// The attributes of its chain.
    pub attributes: Option<&'a Attributes>,
    /// The name of its queue as it is now; `None` for an agent queue, and for one that was deleted.
    pub queue_name: Option<&'a str>,
}

/// An entry as the agent API shows it, and the next moment at which it looks different by itself, epoch milliseconds (tasks 6,
/// 2.11.4).
pub fn entry(
    agent: &Agent,
    entry: &Entry,
    shown: Shown<'_>,
    channels: &[ChannelSlots],
    now_ms: i64,
) -> (Value, Option<i64>) {
    let mut members = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            members.insert(name.to_owned(), value);
        }
    };
    let at = |ms: Option<i64>| ms.map(|ms| Value::from(moment(ms)));
    let contact = shown.contact;
    let wraps_up =
        contact.is_some_and(|contact| contact.state == State::WrapUp) && entry.state == EntryState::Connected;
    put("State", Some(if wraps_up { "WRAP_UP" } else { entry.state.as_str() }.into()));
    put("Since", at(Some(entry.since_ms)));
    put("Deadline", at(entry.deadline_ms));
    put("Connected", at(entry.connected_ms));
    put("Channel", Some(entry.channel.clone().into()));
    put("InitiationMethod", Some(entry.initiation_method.as_str().into()));
    put("Paused", Some((entry.state == EntryState::Paused).into()));
    let queue = entry.queue.as_ref().filter(|queue| !queue.agent);
    put("Queue", queue.map(|queue| json!({"Id": queue.id, "Name": shown.queue_name.unwrap_or(&queue.name)})));
    put("Commands", Some(commands(agent, entry, contact, channels).into()));
    let mut next_ms = None;
    if let Some(contact) = contact {
        let (soon_ms, active) = (contact.expiry.at_ms.saturating_sub(EXPIRES_SOON_MS), contact.is_active());
        next_ms = Some(soon_ms).filter(|ms| active && *ms > now_ms);
        put("Expires", at(Some(contact.expiry.at_ms)));
        put("ExpiresSoon", Some((active && soon_ms <= now_ms).into()));
        put("Name", Some(contact.name.clone().into()));
        put("Description", contact.description.clone().map(Value::from));
        let template = contact.template.as_ref();
        put("Template", template.map(|own| json!({"Id": own.id, "Name": own.name, "Version": own.version})));
        let references = contact.references.iter();
        let references: Map<String, Value> =
            references.map(|(name, own)| (name.clone(), json!({"Type": own.kind, "Value": own.value}))).collect();
        put("References", Some(references.into()));
        let attributes = shown.attributes.into_iter().flatten();
        let attributes: Map<String, Value> =
            attributes.map(|(name, value)| (name.clone(), value.as_str().into())).collect();
        put("Attributes", Some(attributes.into()));
        put("PreviousContactId", contact.previous_contact_id.clone().map(Value::from));
        put("InitialContactId", contact.initial_contact_id.clone().map(Value::from));
        put("RelatedContactId", contact.related_contact_id.clone().map(Value::from));
        put("Scheduled", at(contact.times.scheduled_ms));
        put("Initiated", at(Some(contact.times.initiated_ms)));
    }
    (members.into(), next_ms)
}

/// What may be called now (tasks 6): the commands of the agent API, and the public operations that move the task.
pub fn commands(
    agent: &Agent,
    entry: &Entry,
    contact: Option<&Contact>,
    channels: &[ChannelSlots],
) -> Vec<&'static str> {
    let state = contact.map(|contact| contact.state);
    let may_pause = || {
        let paused = agent.entries.iter().filter(|other| other.state == EntryState::Paused).count();
        let task = channels.iter().find(|own| own.channel == TASK);
        let most = task.map_or(0, |own| Concurrency::slots(&own.concurrency));
        let pauses = contact.map_or(0, |contact| contact.pause_count);
        pauses < limits::PAUSES_MAX && i64::try_from(paused).unwrap_or(i64::MAX) < most
    };
    let may_move = contact.is_some_and(|contact| contact.transfers < limits::TRANSFERS_MAX);
    let mut all = Vec::new();
    match entry.state {
        // While the whisper flow runs there is no deadline, and nothing to choose any more (tasks 3.4.2).
        EntryState::Connecting if contact.is_some_and(whispers) => {}
        EntryState::Connecting => all.extend(["accept", "reject"]),
        EntryState::Connected if state == Some(State::WrapUp) => all.push("update"),
        EntryState::Connected => {
            all.push("complete");
            all.extend(may_pause().then_some("pause"));
            all.extend(may_move.then_some("transfer"));
            all.push("update");
        }
        EntryState::Paused => {
            all.extend(["complete", "resume"]);
            all.extend(may_move.then_some("transfer"));
        }
        EntryState::Ended => all.extend(["close", "update"]),
        EntryState::Missed | EntryState::Rejected | EntryState::Error => all.push("close"),
    }
    all
}

fn whispers(contact: &Contact) -> bool {
    contact.offer.as_ref().is_some_and(|offer| offer.accepted)
}

/// The slots of the agent by channel (administration 4.3.4).
pub fn slots(agent: &Agent, channels: &[ChannelSlots]) -> Value {
    let of_channel = agent.slots(channels).into_iter().map(|own| {
        let mut value = json!({"Max": own.max, "Active": own.active, "Available": own.available});
        if !own.workload_types.is_empty() {
            let types = own.workload_types.iter();
            let types: Map<String, Value> =
                types.map(|(name, (max, active))| (name.clone(), json!({"Max": max, "Active": active}))).collect();
            value["WorkloadTypes"] = types.into();
        }
        (own.channel, value)
    });
    Value::Object(of_channel.collect())
}

/// The present status and the next one; `name` gives the name of a status by its id.
pub fn status(agent: &Agent, name: impl Fn(&str) -> Option<String>) -> Value {
    let mut value = json!({
        "Id": agent.status.is.id,
        "Type": agent.status.is.kind.as_str(),
        "Since": moment(agent.status.since_ms),
    });
    if let Some(own) = name(&agent.status.is.id) {
        value["Name"] = own.into();
    }
    if let Some(next) = &agent.next_status {
        value["Next"] = json!({"Id": next.id});
        if let Some(own) = name(&next.id) {
            value["Next"]["Name"] = own.into();
        }
    }
    value
}
