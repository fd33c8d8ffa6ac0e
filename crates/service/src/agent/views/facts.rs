//! What agents' screens show of an instance beside agents and tasks: statuses, slots and quick connects of routing profiles, names of
//! queues, permissions of security profiles, ACTIVE templates. Read whole and remembered: as many as the quotas allow, and they
//! change seldom.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use engine::routing::channel_slots;
use serde_json::{Value, json};
use store::{Kind, Link};
use wire::shapes::{AgentStatus, AgentStatusState, RoutingProfile};

use super::known::{Facts, ProfileFacts};
use crate::resource::layer::{self, stored};
use crate::resource::security_profile::Profile;
use crate::resource::{queue, routing_profile_queue};
use crate::{Cx, Result};

/// Templates read at a time.
const ROWS: usize = 500;

/// Reads them.
///
/// # Errors
/// The store's failures; something stored cannot be read.
pub(super) async fn read(cx: &Cx<'_>, instance: &str) -> Result<Facts> {
    let read_at = Instant::now();
    let (statuses, profiles, security, queues, quick_connects, serving, connects, templates) = tokio::try_join!(
        layer::all(cx, instance, Kind::AgentStatus),
        layer::all(cx, instance, Kind::RoutingProfile),
        layer::all(cx, instance, Kind::SecurityProfile),
        layer::all(cx, instance, Kind::Queue),
        layer::all(cx, instance, Kind::QuickConnect),
        links(cx, instance, Kind::RoutingProfile, routing_profile_queue::QUEUE),
        links(cx, instance, Kind::Queue, queue::quick_connects::ROLE),
        templates(cx, instance),
    )?;
    let mut to_choose = Vec::new();
    for row in &statuses {
        let status: AgentStatus = stored(row)?;
        if status.state != Some(AgentStatusState::Disabled) {
            let kind = status.r#type.as_ref().map_or("", |kind| kind.as_str());
            let order = status.display_order.unwrap_or(i32::MAX);
            to_choose.push((order, row.name.clone(), json!({"Id": row.id, "Name": row.name, "Type": kind})));
        }
    }
    to_choose.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let quick_connects: BTreeMap<String, (String, Value)> = quick_connects
        .into_iter()
        .map(|row| {
            let shown = json!({"Id": row.id, "Name": row.name, "Type": row.subtype});
            (row.id, (row.name, shown))
        })
        .collect();
    let of_profile = |id: &str| {
        let queues = serving.get(id).into_iter().flatten();
        let ids = queues.filter_map(|queue| connects.get(&queue.to_id)).flatten().map(|link| link.to_id.as_str());
        let mut found: Vec<&(String, Value)> = ids
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .filter_map(|id| quick_connects.get(id))
            .collect();
        found.sort_by(|a, b| a.0.cmp(&b.0));
        Arc::new(Value::from(found.into_iter().map(|(_, shown)| shown.clone()).collect::<Vec<_>>()))
    };
    let mut facts = Facts {
        statuses: statuses.into_iter().map(|row| (row.id, row.name)).collect(),
        to_choose: Arc::new(to_choose.into_iter().map(|(.., shown)| shown).collect::<Vec<_>>().into()),
        profiles: BTreeMap::new(),
        queues: queues.into_iter().map(|row| (row.id, row.name)).collect(),
        permissions: BTreeMap::new(),
        templates: Arc::new(templates),
        read_at,
    };
    for row in &profiles {
        let channels = channel_slots(&stored::<RoutingProfile>(row)?);
        let own = ProfileFacts { channels, quick_connects: of_profile(&row.id) };
        facts.profiles.insert(row.id.clone(), own);
    }
    for row in security {
        facts.permissions.insert(row.id.clone(), stored::<Profile>(&row)?.permissions);
    }
    Ok(facts)
}

/// The links of one role by owner.
async fn links(cx: &Cx<'_>, instance: &str, kind: Kind, role: &str) -> Result<BTreeMap<String, Vec<Link>>> {
    let mut all: BTreeMap<String, Vec<Link>> = BTreeMap::new();
    for (owner, link) in layer::all_links(cx, instance, kind).await?.into_iter().filter(|(_, link)| link.role == role) {
        all.entry(owner).or_default().push(link);
    }
    Ok(all)
}

async fn templates(cx: &Cx<'_>, instance: &str) -> Result<Value> {
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let some = cx.store().active_task_templates(instance, &after, ROWS).await?;
        let last = some.get(ROWS - 1).map(|(id, ..)| id.clone());
        all.extend(some);
        match last {
            Some(last) => after = last,
            None => break,
        }
    }
    all.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    let shown = all.into_iter().map(|(id, name, version)| json!({"Id": id, "Name": name, "Version": version}));
    Ok(shown.collect::<Vec<_>>().into())
}
