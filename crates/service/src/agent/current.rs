//! GetCurrentUserData (administration 4.3).

use std::collections::{BTreeMap, BTreeSet};

use engine::agent::{Agent, ChannelSlots, Entry, TASK};
use engine::arn;
use engine::routing::channel_slots;
use store::{AgentRow, Kind, OnDelete};
use wire::ops::{GetCurrentUserDataInput, GetCurrentUserDataOutput};
use wire::shapes::{
    AgentContactReference, AgentStatusReference, Channel, ContactInitiationMethod, HierarchyGroupSummaryReference,
    HierarchyPathReference, QueueReference, RoutingProfileReference, UserData, UserDataFilters, UserReference,
};
use wire::{Op, Timestamp};

use crate::base::{page, scope};
use crate::resource::layer::{self, stored};
use crate::resource::{Mention, Mentioned};
use crate::unit::LoadedAgent;
use crate::{Cx, Error, Result};

/// Agents read at a time.
const ROWS: usize = 500;
/// Values of one filter, and hierarchy groups (administration 4.3.1).
const FILTER_MAX: usize = 100;
/// Routing profiles that one queue can be in: as many as an instance may have by its quota, unless that was raised.
const PROFILES_MAX: usize = 10_000;
/// What parts the ids of a place in the hierarchy.
const LEVELS: char = '/';

/// GetCurrentUserData: by Username (administration 4.3.2).
pub(crate) async fn current(cx: &Cx<'_>, input: GetCurrentUserDataInput) -> Result<GetCurrentUserDataOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let filters = &input.filters;
    check(filters)?;
    let who = Who::of(cx, &instance, filters).await?;
    let states = filters.contact_filter.as_ref().and_then(|filter| filter.contact_states.as_ref());
    let mut found = Vec::new();
    for row in who.rows(cx, &instance).await? {
        let agent = LoadedAgent::of(&row)?.agent;
        let shows = |entry: &Entry| states.is_none_or(|states| states.contains(&entry.state.contact_state()));
        if who.has(&agent) && (states.is_none() || agent.entries.iter().any(shows)) {
            found.push(agent);
        }
    }
    let names = names(cx, &instance, &found).await?;
    found.sort_by(|a, b| (names.get(&a.user_id), &a.user_id).cmp(&(names.get(&b.user_id), &b.user_id)));
    let total = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let context = [Op::GetCurrentUserData.name(), &cx.settings().account, &instance, &wire::to_stored(filters)];
    let start = match input.next_token.as_deref().filter(|token| !token.is_empty()) {
        None => 0,
        Some(token) => {
            let after = position(cx, &context, token)?;
            let is_after = |agent: &Agent| (names.get(&agent.user_id), &agent.user_id) > (Some(&after.0), &after.1);
            found.iter().position(is_after).unwrap_or(found.len())
        }
    };
    let size = page::size(input.max_results);
    let rest = found.split_off(start);
    let more = rest.len() > size;
    let shown: Vec<Agent> = rest.into_iter().take(size).collect();
    let next_token = shown.last().filter(|_| more).map(|last| {
        let name = names.get(&last.user_id).map_or("", String::as_str);
        let expires_ms = cx.now_ms.saturating_add(TOKEN_LIFE_MS);
        engine::page::encode(cx.token_key(), &context, &[&last.user_id, "/", name].concat(), expires_ms)
    });
    let statuses = statuses(cx, &instance).await?;
    let channels = channels(cx, &instance).await?;
    let data = |agent: &Agent| user_data(cx, &instance, agent, &statuses, &channels);
    Ok(GetCurrentUserDataOutput {
        next_token,
        user_data_list: Some(shown.iter().map(data).collect()),
        approximate_total_count: Some(total),
    })
}

/// Tokens of what changes every moment (administration 5.1.4).
pub(crate) const TOKEN_LIFE_MS: i64 = 5 * 60 * 1_000;

fn position(cx: &Cx<'_>, context: &[&str], token: &str) -> Result<(String, String)> {
    let refused = || {
        let message = "NextToken is not a token of this request with these filters, or it has expired";
        Error::invalid_parameter(Op::GetCurrentUserData, message)
    };
    let text = engine::page::decode(cx.token_key(), context, token, cx.now_ms).map_err(|_| refused())?;
    let (id, name) = text.split_once('/').ok_or_else(refused)?;
    Ok((name.to_owned(), id.to_owned()))
}

/// One of the four filters, or a ContactFilter alone (administration 4.3.1).
fn check(filters: &UserDataFilters) -> Result<()> {
    let lists = [
        ("Queues", &filters.queues, FILTER_MAX),
        ("RoutingProfiles", &filters.routing_profiles, FILTER_MAX),
        ("Agents", &filters.agents, FILTER_MAX),
        ("UserHierarchyGroups", &filters.user_hierarchy_groups, 1),
    ];
    let invalid = |message: String| Err(Error::invalid_parameter(Op::GetCurrentUserData, message));
    let given: Vec<&str> =
        lists.iter().filter(|(_, list, _)| is_given(list.as_ref())).map(|(name, ..)| *name).collect();
    if let Some((name, list, most)) =
        lists.iter().find(|(_, list, most)| list.as_ref().is_some_and(|list| list.len() > *most))
    {
        let n = list.as_ref().map_or(0, Vec::len);
        return invalid(format!("Filters.{name} may have {most} entries at most, got {n}"));
    }
    if let [first, second, ..] = given[..] {
        let message = format!("Filters: {first} and {second} cannot be given together");
        return Err(Error::invalid_request(message));
    }
    if given.is_empty() && filters.contact_filter.is_none() {
        let names = "Queues, RoutingProfiles, Agents, UserHierarchyGroups, ContactFilter";
        return invalid(format!("Filters: one of {names} is required"));
    }
    Ok(())
}

fn is_given(list: Option<&Vec<String>>) -> bool {
    list.is_some_and(|list| !list.is_empty())
}

/// Whom the filters ask for.
enum Who {
    /// These, in any status.
    Agents(Vec<String>),
    /// Everybody who is not offline or has an entry.
    Present,
    /// Of those, users with one of these routing profiles.
    Profiles(BTreeSet<String>),
    /// Of those, users in this hierarchy group or below.
    Group(String),
}

impl Who {
    async fn of(cx: &Cx<'_>, instance: &str, filters: &UserDataFilters) -> Result<Self> {
        let named = async |name: &str, kind, list: &Option<Vec<String>>| {
            let list = list.iter().flatten().enumerate();
            let mentions: Vec<Mention<'_>> =
                list.map(|(n, text)| Mention::new(format!("Filters.{name}[{n}]"), kind, text)).collect();
            Mentioned::read(cx, instance, &mentions).await
        };
        if is_given(filters.agents.as_ref()) {
            let named = named("Agents", arn::Kind::User, &filters.agents).await?;
            return Ok(Self::Agents(named.ids(Kind::User)));
        }
        if is_given(filters.routing_profiles.as_ref()) {
            let named = named("RoutingProfiles", arn::Kind::RoutingProfile, &filters.routing_profiles).await?;
            return Ok(Self::Profiles(named.ids(Kind::RoutingProfile).into_iter().collect()));
        }
        if is_given(filters.queues.as_ref()) {
            let named = named("Queues", arn::Kind::Queue, &filters.queues).await?;
            let mut profiles = BTreeSet::new();
            for queue in named.ids(Kind::Queue) {
                let owners =
                    cx.store().link_owners(instance, Kind::Queue, &queue, OnDelete::Refuse, PROFILES_MAX).await?;
                let serving =
                    owners.into_iter().filter(|owner| owner.kind == Kind::RoutingProfile && owner.role == "QUEUE");
                profiles.extend(serving.map(|owner| owner.id));
            }
            return Ok(Self::Profiles(profiles));
        }
        if is_given(filters.user_hierarchy_groups.as_ref()) {
            let named = named("UserHierarchyGroups", arn::Kind::HierarchyGroup, &filters.user_hierarchy_groups).await?;
            return Ok(Self::Group(named.ids(Kind::HierarchyGroup).pop().unwrap_or_default()));
        }
        Ok(Self::Present)
    }

    async fn rows(&self, cx: &Cx<'_>, instance: &str) -> Result<Vec<AgentRow>> {
        if let Self::Agents(ids) = self {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            return Ok(cx.store().agents(instance, &ids).await?);
        }
        present(cx, instance).await
    }

    fn has(&self, agent: &Agent) -> bool {
        match self {
            Self::Agents(_) | Self::Present => true,
            Self::Profiles(ids) => ids.contains(&agent.routing_profile_id),
            Self::Group(id) => agent.hierarchy_path.split(LEVELS).any(|group| group == id),
        }
    }
}

/// Everybody who is not offline or has an entry.
pub(crate) async fn present(cx: &Cx<'_>, instance: &str) -> Result<Vec<AgentRow>> {
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let some = cx.store().agents_present(instance, &after, ROWS).await?;
        let last = some.get(ROWS - 1).map(|row| row.id.clone());
        all.extend(some);
        match last {
            Some(last) => after = last,
            None => return Ok(all),
        }
    }
}

/// User names by id.
async fn names(cx: &Cx<'_>, instance: &str, agents: &[Agent]) -> Result<BTreeMap<String, String>> {
    let ids: Vec<&str> = agents.iter().map(|agent| agent.user_id.as_str()).collect();
    let rows = cx.store().resources(instance, Kind::User, &ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Names of the instance's statuses by id.
async fn statuses(cx: &Cx<'_>, instance: &str) -> Result<BTreeMap<String, String>> {
    let rows = layer::all(cx, instance, Kind::AgentStatus).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// The slots of all routing profiles, by profile, as they are now (administration 1.2.6).
pub(crate) async fn channels(cx: &Cx<'_>, instance: &str) -> Result<BTreeMap<String, Vec<ChannelSlots>>> {
    let rows = layer::all(cx, instance, Kind::RoutingProfile).await?;
    rows.iter().map(|row| Ok((row.id.clone(), channel_slots(&stored(row)?)))).collect()
}

fn user_data(
    cx: &Cx<'_>,
    instance: &str,
    agent: &Agent,
    statuses: &BTreeMap<String, String>,
    channels: &BTreeMap<String, Vec<ChannelSlots>>,
) -> UserData {
    let scope = cx.home().instance(instance);
    let own = channels.get(&agent.routing_profile_id).map_or(&[][..], Vec::as_slice);
    let slots = agent.slots(own);
    let map = |count: fn(&engine::agent::SlotCounts) -> i64| {
        let number = |n: i64| i32::try_from(n).unwrap_or(i32::MAX);
        Some(slots.iter().map(|slots| (slots.channel.clone(), number(count(slots)))).collect())
    };
    let mut entries: Vec<&Entry> = agent.entries.iter().collect();
    entries.sort_by_key(|entry| entry.state_start_ms());
    UserData {
        user: Some(UserReference {
            id: Some(agent.user_id.clone()),
            arn: Some(scope.arn(arn::Kind::User, &agent.user_id)),
        }),
        routing_profile: Some(RoutingProfileReference {
            id: Some(agent.routing_profile_id.clone()),
            arn: Some(scope.arn(arn::Kind::RoutingProfile, &agent.routing_profile_id)),
        }),
        hierarchy_path: hierarchy_path(scope, agent),
        status: Some(AgentStatusReference {
            status_start_timestamp: Some(Timestamp(agent.status.since_ms)),
            status_arn: Some(scope.arn(arn::Kind::AgentStatus, &agent.status.is.id)),
            status_name: statuses.get(&agent.status.is.id).cloned(),
        }),
        available_slots_by_channel: map(|slots| slots.available),
        max_slots_by_channel: map(|slots| slots.max),
        active_slots_by_channel: map(|slots| slots.active),
        contacts: Some(entries.into_iter().map(|entry| contact(scope, entry)).collect()),
        next_status: agent.next_status.as_ref().and_then(|next| statuses.get(&next.id).cloned()),
    }
}

fn hierarchy_path(scope: arn::Scope<'_>, agent: &Agent) -> Option<HierarchyPathReference> {
    if agent.hierarchy_path.is_empty() {
        return None;
    }
    let mut groups = agent.hierarchy_path.split(LEVELS).map(|id| HierarchyGroupSummaryReference {
        id: Some(id.to_owned()),
        arn: Some(scope.arn(arn::Kind::HierarchyGroup, id)),
    });
    Some(HierarchyPathReference {
        level_one: groups.next(),
        level_two: groups.next(),
        level_three: groups.next(),
        level_four: groups.next(),
        level_five: groups.next(),
    })
}

/// An entry (administration 4.3.5).
fn contact(scope: arn::Scope<'_>, entry: &Entry) -> AgentContactReference {
    let queue = entry.queue.as_ref().filter(|queue| !queue.agent);
    AgentContactReference {
        contact_id: Some(entry.contact_id.clone()),
        channel: Some(Channel::parse(TASK)),
        initiation_method: Some(ContactInitiationMethod::parse(entry.initiation_method.as_str())),
        agent_contact_state: Some(entry.state.contact_state()),
        state_start_timestamp: Some(Timestamp(entry.state_start_ms())),
        connected_to_agent_timestamp: entry.connected_ms.map(Timestamp),
        queue: queue.map(|queue| QueueReference { id: Some(queue.id.clone()), arn: Some(queue.arn(scope)) }),
    }
}
