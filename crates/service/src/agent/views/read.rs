//! Reads what agents' screens show, many agents at a time (tasks 6).

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::agent::screen::{self, Shown};
use engine::agent::{Agent, ChannelSlots};
use engine::arn;
use engine::contact::{Attributes, Contact};
use serde_json::{Map, Value, json};
use store::{Kind, ResourceRow};
use wire::shapes::User;

use super::book::{Found, View, Watched};
use super::facts;
use super::known::Facts;
use crate::resource::layer::stored;
use crate::unit::{LoadedAgent, readable};
use crate::{Cx, Error, Result};

/// How long facts are taken for true that another process may have changed meanwhile.
const FACTS_OF_OTHERS: Duration = Duration::from_secs(1);

/// The facts of an instance: as this process last changed them; where others may change them, at most [`FACTS_OF_OTHERS`] old.
pub(super) async fn facts_of(cx: &Cx<'_>, instance: &str) -> Result<Arc<Facts>> {
    let since = if cx.store().is_shared() { Instant::now().checked_sub(FACTS_OF_OTHERS) } else { None };
    let changes = match cx.views().facts(instance, since) {
        Ok(facts) => return Ok(facts),
        Err(changes) => changes,
    };
    let read = Arc::new(facts::read(cx, instance).await?);
    cx.views().remember(instance, &read, changes);
    Ok(read)
}

/// Reads these agents of one instance and shows what was found: a few statements for all of them together. Answers who cannot be
/// shown, because something stored cannot be read; their screens stay as they are.
///
/// # Errors
/// The store's failures.
pub(super) async fn refresh(
    cx: &Cx<'_>,
    instance: &str,
    watched: &[Arc<Watched>],
) -> Result<Vec<(Arc<Watched>, Error)>> {
    let ticket = cx.views().ticket();
    let publish = |one: &Watched, found| cx.views().publish(one, ticket, found, cx.now_ms);
    if !cx.store().instance_exists(instance).await? {
        watched.iter().for_each(|one| publish(one, Found::Gone));
        return Ok(Vec::new());
    }
    let ids: Vec<&str> = watched.iter().map(|one| one.key.1.as_str()).collect();
    let (facts, agents, users) = tokio::try_join!(
        facts_of(cx, instance),
        async { cx.store().agents(instance, &ids).await.map_err(Error::from) },
        async { cx.store().resources(instance, Kind::User, &ids).await.map_err(Error::from) },
    )?;
    let mut agents: HashMap<&str, Result<Agent>> =
        agents.iter().map(|row| (row.id.as_str(), LoadedAgent::of(row).map(|loaded| loaded.agent))).collect();
    let tasks = Tasks::read(cx, instance, agents.values().filter_map(|agent| agent.as_ref().ok())).await?;
    let users: HashMap<&str, &ResourceRow> = users.iter().map(|row| (row.id.as_str(), row)).collect();
    let mut unreadable = Vec::new();
    for one in watched {
        let id = one.key.1.as_str();
        let found = match (agents.remove(id), users.get(id)) {
            (Some(Ok(agent)), Some(user)) => show(cx, instance, &agent, user, &tasks, &facts),
            (Some(Err(error)), Some(_)) => Err(error),
            _ => Ok(Found::Gone),
        };
        match found {
            Ok(found) => publish(one, found),
            Err(error) => unreadable.push((Arc::clone(one), error)),
        }
    }
    Ok(unreadable)
}

/// The tasks of some agents, with the attributes of their chains.
struct Tasks {
    contacts: HashMap<String, Contact>,
    /// By chain; those that cannot be read are errors of the agents who show them.
    attributes: HashMap<String, serde_json::Result<Attributes>>,
}

impl Tasks {
    async fn read(cx: &Cx<'_>, instance: &str, agents: impl Iterator<Item = &Agent>) -> Result<Self> {
        let entries = agents.flat_map(|agent| &agent.entries);
        let ids: Vec<&str> = entries.map(|entry| entry.contact_id.as_str()).collect();
        let rows = cx.store().contacts(instance, &ids).await?;
        let contacts: HashMap<String, Contact> =
            rows.iter().filter_map(readable).map(|contact| (contact.id.clone(), contact)).collect();
        let chains: Vec<&str> = contacts.values().map(Contact::chain_id).collect();
        let rows = cx.store().attributes_of_chains(instance, &chains).await?;
        let attributes = rows.into_iter().map(|(chain, row)| (chain, serde_json::from_str(&row.body))).collect();
        Ok(Self { contacts, attributes })
    }
}

fn show(cx: &Cx<'_>, instance: &str, agent: &Agent, user: &ResourceRow, tasks: &Tasks, facts: &Facts) -> Result<Found> {
    let profile = facts.profiles.get(&agent.routing_profile_id);
    let channels: &[ChannelSlots] = profile.map_or(&[], |profile| &profile.channels);
    let (mut contacts, mut shows, mut next_ms) = (Map::new(), Vec::new(), None::<i64>);
    for entry in &agent.entries {
        let contact = tasks.contacts.get(&entry.contact_id);
        let attributes = contact.and_then(|contact| tasks.attributes.get(contact.chain_id()));
        let attributes = match attributes {
            Some(Err(error)) => {
                return Err(Error::internal(format!("attributes of contact {}: {error}", entry.contact_id)));
            }
            Some(Ok(attributes)) => Some(attributes),
            None => None,
        };
        let queue = entry.queue.as_ref().and_then(|queue| facts.queues.get(&queue.id));
        let shown = Shown { contact, attributes, queue_name: queue.map(String::as_str) };
        let (value, at_ms) = screen::entry(agent, entry, shown, channels, cx.now_ms);
        contacts.insert(entry.contact_id.clone(), value);
        shows.push(entry.contact_id.clone());
        shows.extend(contact.map(|contact| contact.chain_id().to_owned()).filter(|chain| *chain != entry.contact_id));
        next_ms = next_ms.into_iter().chain(at_ms).min();
    }
    let name = |id: &str| facts.statuses.get(id).cloned();
    let view: View = [
        Arc::new(user_value(cx, instance, user, facts)?),
        Arc::new(screen::status(agent, name)),
        Arc::clone(&facts.to_choose),
        Arc::new(screen::slots(agent, channels)),
        Arc::new(contacts.into()),
        facts.quick_connects(&agent.routing_profile_id),
        Arc::clone(&facts.templates),
    ];
    Ok(Found::Here { view, next_ms, shows })
}

fn user_value(cx: &Cx<'_>, instance: &str, row: &ResourceRow, facts: &Facts) -> Result<Value> {
    let user: User = stored(row)?;
    let profiles = user.security_profile_ids.iter().flatten();
    let mut permissions: Vec<&String> = profiles.filter_map(|id| facts.permissions.get(id)).flatten().collect();
    permissions.sort_unstable();
    permissions.dedup();
    let mut value = json!({
        "Id": row.id,
        "Arn": cx.home().instance(instance).arn(arn::Kind::User, &row.id),
        "Username": row.name,
        "RoutingProfileId": user.routing_profile_id,
        "Permissions": permissions,
    });
    let identity = user.identity_info.unwrap_or_default();
    for (name, text) in [("FirstName", identity.first_name), ("LastName", identity.last_name)] {
        if let Some(text) = text {
            value[name] = text.into();
        }
    }
    Ok(value)
}
