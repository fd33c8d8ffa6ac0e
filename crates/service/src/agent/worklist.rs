//! The work list of an agent: what waits in the manual assignment queues of the routing profile (tasks 6).

use std::collections::HashMap;

use engine::agent::screen::moment;
use engine::contact::{Contact, State};
use serde_json::{Value, json};
use store::{Kind, WaitingContact};
use wire::shapes::Channel;

use crate::resource::routing_profile_queue::{MANUAL, pair_of};
use crate::routing::heads;
use crate::unit::readable;
use crate::{Cx, Error, Result};

/// Entries of a page.
const PAGE: usize = 100;
/// How long a token can be used, milliseconds: the list changes every moment.
const TOKEN_LIFE_MS: i64 = 5 * 60 * 1_000;
/// The list's name in its tokens.
const LIST: &str = "AgentWorklist";

/// A page in the order of tasks 3.3.3, which here is priority, age, id: the queues have no priority among each other.
pub(super) async fn page(cx: &Cx<'_>, instance: &str, user: &str, token: Option<&str>) -> Result<Value> {
    let context = [LIST, &cx.settings().account, instance, user];
    let after = match token.filter(|token| !token.is_empty()) {
        None => None,
        Some(token) => Some(position(cx, &context, token)?),
    };
    let queues = manual_queues(cx, instance, &profile_of(cx, instance, user).await?).await?;
    let mut waiting = Vec::new();
    for queue in &queues {
        let heads = heads(cx, instance, queue).await?;
        for class in heads.iter().filter_map(|row| Some(row.waiting.as_ref()?.class.as_str())) {
            waiting.extend(cx.store().waiting(instance, queue, class, i64::MAX, after.as_ref(), PAGE + 1).await?);
        }
    }
    waiting.sort_by(|a, b| (a.priority, a.since_ms, &a.id).cmp(&(b.priority, b.since_ms, &b.id)));
    let more = waiting.len() > PAGE;
    waiting.truncate(PAGE);
    let token = waiting.last().filter(|_| more).map(|last| {
        let position = format!("{}/{}/{}", last.priority, last.since_ms, last.id);
        engine::page::encode(cx.token_key(), &context, &position, cx.now_ms.saturating_add(TOKEN_LIFE_MS))
    });
    let mut answer = json!({"Contacts": shown(cx, instance, &waiting).await?});
    if let Some(token) = token {
        answer["NextToken"] = token.into();
    }
    Ok(answer)
}

async fn shown(cx: &Cx<'_>, instance: &str, waiting: &[WaitingContact]) -> Result<Vec<Value>> {
    let ids: Vec<&str> = waiting.iter().map(|one| one.id.as_str()).collect();
    let rows = cx.store().contacts(instance, &ids).await?;
    let contacts: HashMap<String, Contact> =
        rows.iter().filter_map(readable).map(|contact| (contact.id.clone(), contact)).collect();
    let found: Vec<&Contact> = ids.iter().filter_map(|id| contacts.get(*id)).collect();
    let queues: Vec<&str> = found.iter().filter_map(|one| Some(one.queue.as_ref()?.queue.id.as_str())).collect();
    let names = cx.store().resources(instance, Kind::Queue, &queues).await?;
    let names: HashMap<&str, &str> = names.iter().map(|row| (row.id.as_str(), row.name.as_str())).collect();
    // What was taken between the two reads waits no more.
    let waits = found.into_iter().filter(|contact| contact.state == State::Queued);
    Ok(waits.map(|contact| entry(contact, &names)).collect())
}

fn entry(contact: &Contact, names: &HashMap<&str, &str>) -> Value {
    let mut value = json!({"ContactId": contact.id, "Name": contact.name, "Priority": contact.routing.priority});
    if let Some(stay) = &contact.queue {
        let name = names.get(stay.queue.id.as_str()).copied().unwrap_or(&stay.queue.name);
        value["Queue"] = json!({"Id": stay.queue.id, "Name": name});
        value["Enqueued"] = moment(stay.enqueued_ms).into();
    }
    if let Some(template) = &contact.template {
        value["Template"] = json!({"Id": template.id, "Name": template.name, "Version": template.version});
    }
    value
}

fn position(cx: &Cx<'_>, context: &[&str], token: &str) -> Result<WaitingContact> {
    let refused = || {
        let message = "nextToken is not a token of this list, or it has expired";
        Error::invalid_parameter(cx.op(), message)
    };
    let text = engine::page::decode(cx.token_key(), context, token, cx.now_ms).map_err(|_| refused())?;
    let mut parts = text.splitn(3, '/');
    let mut next = || parts.next().ok_or_else(refused);
    let (priority, since_ms, id) = (next()?.parse(), next()?.parse(), next()?.to_owned());
    let (Ok(priority), Ok(since_ms)) = (priority, since_ms) else { return Err(refused()) };
    Ok(WaitingContact { id, priority, since_ms, enqueued_ms: since_ms })
}

/// The routing profile of a user.
pub(super) async fn profile_of(cx: &Cx<'_>, instance: &str, user: &str) -> Result<String> {
    let row = cx.store().agent(instance, user).await?;
    let row = row.ok_or_else(|| Error::not_found(format!("User {user} not found")))?;
    Ok(row.routing_profile_id)
}

/// The queues whose waiting tasks users of a routing profile may take (administration 2.6.7).
pub(super) async fn manual_queues(cx: &Cx<'_>, instance: &str, profile_id: &str) -> Result<Vec<String>> {
    let links = cx.store().links_of(instance, Kind::RoutingProfile, profile_id).await?;
    let mut queues = Vec::new();
    for link in links.iter().filter(|link| link.role == MANUAL) {
        let pair = pair_of(profile_id, link)?;
        if pair.channel == Channel::Task {
            queues.push(pair.queue_id);
        }
    }
    Ok(queues)
}
