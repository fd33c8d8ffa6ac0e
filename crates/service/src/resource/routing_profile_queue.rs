//! The queues of routing profiles, for routing and for manual assignment: pairs of a queue and a channel, each a link of the
//! profile (administration 2.6.5 to 2.6.7).

use engine::arn;
use engine::routing_profile::{self as rules, Problem, QueuePair};
use store::{Kind, Link, OnDelete, ResourceRow};
use wire::ops::{
    AssociateRoutingProfileQueuesInput, DisassociateRoutingProfileQueuesInput,
    ListRoutingProfileManualAssignmentQueuesInput, ListRoutingProfileManualAssignmentQueuesOutput,
    ListRoutingProfileQueuesInput, ListRoutingProfileQueuesOutput, UpdateRoutingProfileQueuesInput,
};
use wire::shapes::{
    Channel, Queue, RoutingProfile, RoutingProfileManualAssignmentQueueConfig,
    RoutingProfileManualAssignmentQueueConfigSummary, RoutingProfileQueueConfig, RoutingProfileQueueConfigSummary,
    RoutingProfileQueueReference,
};
use wire::{Empty, Op};

use crate::base::scope;
use crate::resource::layer::{self, Change, ListPage, Resource};
use crate::resource::{Mention, Mentioned};
use crate::{Cx, Error, Result};

/// The role of the links to queues that route.
pub(crate) const QUEUE: &str = "QUEUE";
/// The role of the links to queues for manual assignment.
pub(crate) const MANUAL: &str = "MANUAL_ASSIGNMENT_QUEUE";

pub(super) fn refused(problem: Problem) -> Error {
    Error::new(problem.kind, problem.message)
}

/// The profile that a request is about.
pub(super) fn own(text: &str) -> Mention<'_> {
    Mention::new("RoutingProfileId", arn::Kind::RoutingProfile, text)
}

/// One list of pairs of a request.
struct List<'a> {
    member: &'static str,
    role: &'static str,
    /// Each pair with its priority and delay, which pairs for manual assignment do not have.
    pairs: Vec<(&'a RoutingProfileQueueReference, Option<(i32, i32)>)>,
    /// Below the entry: where the reference is.
    inner: &'static str,
}

/// Both lists of pairs of a request; the pairs of the first come first.
pub(super) struct Lists<'a>(Vec<List<'a>>);

impl<'a> Lists<'a> {
    pub(super) fn new(
        queues: Option<&'a [RoutingProfileQueueConfig]>,
        manual: Option<&'a [RoutingProfileManualAssignmentQueueConfig]>,
    ) -> Self {
        let queues = queues.unwrap_or_default().iter();
        let queues = queues.map(|config| (&config.queue_reference, Some((config.priority, config.delay))));
        let manual = manual.unwrap_or_default().iter().map(|config| (&config.queue_reference, None));
        Self(vec![
            List { member: "QueueConfigs", role: QUEUE, pairs: queues.collect(), inner: ".QueueReference" },
            List {
                member: "ManualAssignmentQueueConfigs",
                role: MANUAL,
                pairs: manual.collect(),
                inner: ".QueueReference",
            },
        ])
    }

    fn references(
        queues: Option<&'a [RoutingProfileQueueReference]>,
        manual: Option<&'a [RoutingProfileQueueReference]>,
    ) -> Self {
        let pairs = |list: Option<&'a [RoutingProfileQueueReference]>| {
            list.unwrap_or_default().iter().map(|reference| (reference, None)).collect()
        };
        Self(vec![
            List { member: "QueueReferences", role: QUEUE, pairs: pairs(queues), inner: "" },
            List { member: "ManualAssignmentQueueReferences", role: MANUAL, pairs: pairs(manual), inner: "" },
        ])
    }

    pub(super) fn mentions(&self) -> Vec<Mention<'a>> {
        let of_list = |list: &List<'a>| {
            let (member, inner) = (list.member, list.inner);
            let pairs = list.pairs.iter().enumerate();
            let mention = |(n, (reference, _)): (usize, &(&'a RoutingProfileQueueReference, _))| {
                Mention::new(format!("{member}[{n}]{inner}.QueueId"), arn::Kind::Queue, &reference.queue_id)
            };
            pairs.map(mention).collect::<Vec<_>>()
        };
        self.0.iter().flat_map(of_list).collect()
    }

    /// The links of a list to the queues that its mentions named, `rows` in their order.
    fn links<'r>(&self, rows: impl Iterator<Item = &'r ResourceRow>) -> Vec<(&List<'a>, Vec<Link>)> {
        let mut rows = rows;
        let mut of_list = |list: &List<'_>| {
            let pairs = list.pairs.iter().zip(rows.by_ref().take(list.pairs.len()));
            let pairs = pairs.map(|((reference, data), row)| link(list.role, &row.id, &reference.channel, *data));
            pairs.collect()
        };
        self.0.iter().map(|list| (list, of_list(list))).collect()
    }

    /// The links of a new profile.
    pub(super) fn new_links(&self, cx: &Cx<'_>, instance: &str, named: &Mentioned) -> Result<Vec<Link>> {
        let mut all = Vec::new();
        for (list, links) in self.links(named.of(Kind::Queue)) {
            all.extend(add(cx, instance, list, &[], links)?);
        }
        Ok(all)
    }
}

fn link(role: &str, queue: &str, channel: &Channel, data: Option<(i32, i32)>) -> Link {
    let pair =
        |(priority, delay_s)| QueuePair { queue_id: queue.to_owned(), channel: channel.clone(), priority, delay_s };
    Link {
        role: role.to_owned(),
        slot: QueuePair::slot(queue, channel),
        position: 0,
        to_kind: Kind::Queue,
        to_id: queue.to_owned(),
        on_delete: OnDelete::Refuse,
        body: data.map(|data| pair(data).body()).unwrap_or_default(),
    }
}

/// The links of a list behind those that are there; none of them may be there already (administration 2.6.5).
fn add(cx: &Cx<'_>, instance: &str, list: &List<'_>, there: &[Link], links: Vec<Link>) -> Result<Vec<Link>> {
    let there: Vec<&Link> = there.iter().filter(|link| link.role == list.role).collect();
    let pairs: Vec<(String, Channel)> = links
        .iter()
        .zip(&list.pairs)
        .map(|(link, (reference, _))| (link.to_id.clone(), reference.channel.clone()))
        .collect();
    rules::check_distinct(list.member, &pairs).map_err(refused)?;
    if let Some((n, link)) = links.iter().enumerate().find(|(_, link)| there.iter().any(|old| old.slot == link.slot)) {
        let path = format!("{}[{n}]{}", list.member, list.inner);
        let message =
            format!("{path}: the profile has queue {} on channel {} already", link.to_id, pairs[n].1.as_str());
        return Err(Error::invalid_parameter(cx.op(), message));
    }
    let max = cx.limits(instance).queues_per_routing_profile;
    let total = u64::try_from(there.len().saturating_add(links.len())).unwrap_or(u64::MAX);
    if max > 0 && total > max {
        let message = cx.limits(instance).full().queues_per_routing_profile();
        return Err(Error::invalid_request(format!("{}: {message}", list.member)));
    }
    let next = there.iter().map(|link| link.position).max().map_or(0, |last| last.saturating_add(1));
    Ok(links.into_iter().zip(next..).map(|(link, position)| Link { position, ..link }).collect())
}

/// The pair of a link of a profile, in either role.
pub(crate) fn pair_of(profile: &str, link: &Link) -> Result<QueuePair> {
    QueuePair::of_link(&link.slot, &link.body).ok_or_else(|| broken(profile))
}

/// The queues that agents of each routing profile get tasks from by themselves, each with its profile's id.
///
/// # Errors
/// The store's failures; a stored pair cannot be read.
pub(crate) async fn all_pairs(cx: &Cx<'_>, instance: &str) -> Result<Vec<(String, QueuePair)>> {
    let links = layer::all_links(cx, instance, Kind::RoutingProfile).await?;
    let queues = links.into_iter().filter(|(_, link)| link.role == QUEUE);
    queues.map(|(profile, link)| pair_of(&profile, &link).map(|pair| (profile, pair))).collect()
}

fn broken(profile: &str) -> Error {
    Error::internal(format!("the queues of routing profile {profile} are broken"))
}

/// The links of the body of a new instance's profile, whose member `QueueConfigs` lists its queues (administration 2.6.5).
pub(crate) fn pairs(row: &ResourceRow) -> Result<Vec<Link>> {
    let body: serde_json::Value = serde_json::from_str(&row.body).map_err(Error::internal)?;
    let configs = body.get("QueueConfigs").and_then(serde_json::Value::as_array).into_iter().flatten();
    let pair = |(config, position): (&serde_json::Value, i64)| {
        let number = |name: &str| i32::try_from(config.get(name)?.as_i64()?).ok();
        let (id, channel) = (config.get("QueueId")?.as_str()?, Channel::parse(config.get("Channel")?.as_str()?));
        let link = link(QUEUE, id, &channel, Some((number("Priority")?, number("Delay")?)));
        Some(Link { position, ..link })
    };
    configs.zip(0..).map(|config| pair(config).ok_or_else(|| broken(&row.id))).collect()
}

/// AssociateRoutingProfileQueues (administration 2.6.5, 2.6.7).
pub(crate) async fn associate(cx: &Cx<'_>, input: AssociateRoutingProfileQueuesInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let (queues, manual) = (input.queue_configs.as_deref(), input.manual_assignment_queue_configs.as_deref());
    let given = [("QueueConfigs", queues.is_some()), ("ManualAssignmentQueueConfigs", manual.is_some())];
    let lists = Lists::new(queues, manual);
    layer::change(cx, &instance, own(&input.routing_profile_id), lists.mentions(), async |row, old, named| {
        rules::need_one_of(given).map_err(refused)?;
        let there = cx.store().links_of(&instance, Kind::RoutingProfile, &row.id).await?;
        let mut change = Change::of(old);
        for (list, links) in lists.links(named.of(Kind::Queue)) {
            change.added.extend(add(cx, &instance, list, &there, links)?);
        }
        Ok::<Change<RoutingProfile>, Error>(change)
    })
    .await?;
    Ok(Empty)
}

/// DisassociateRoutingProfileQueues: a pair that is not there is ignored (administration 2.6.7).
pub(crate) async fn disassociate(cx: &Cx<'_>, input: DisassociateRoutingProfileQueuesInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let (queues, manual) = (input.queue_references.as_deref(), input.manual_assignment_queue_references.as_deref());
    let given = [("QueueReferences", queues), ("ManualAssignmentQueueReferences", manual)];
    let lists = Lists::references(queues, manual);
    layer::change(cx, &instance, own(&input.routing_profile_id), lists.mentions(), async |row, old, named| {
        rules::check_references(given).map_err(refused)?;
        let there = cx.store().links_of(&instance, Kind::RoutingProfile, &row.id).await?;
        let gone: Vec<Link> = lists.links(named.of(Kind::Queue)).into_iter().flat_map(|(_, links)| links).collect();
        let goes = |link: &Link| gone.iter().any(|gone| (&gone.role, &gone.slot) == (&link.role, &link.slot));
        let removed = there.into_iter().filter(goes).collect();
        Ok::<Change<RoutingProfile>, Error>(Change { removed, ..Change::of(old) })
    })
    .await?;
    Ok(Empty)
}

/// UpdateRoutingProfileQueues: priority and delay of pairs that are associated (administration 2.6.7).
pub(crate) async fn update(cx: &Cx<'_>, input: UpdateRoutingProfileQueuesInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let lists = Lists::new(Some(&input.queue_configs), None);
    layer::change(cx, &instance, own(&input.routing_profile_id), lists.mentions(), async |row, old, named| {
        let there = cx.store().links_of(&instance, Kind::RoutingProfile, &row.id).await?;
        let mut change = Change::of(old);
        for (list, links) in lists.links(named.of(Kind::Queue)) {
            let pairs = links.iter().zip(&list.pairs);
            let pairs: Vec<(String, Channel)> =
                pairs.map(|(link, (reference, _))| (link.to_id.clone(), reference.channel.clone())).collect();
            rules::check_distinct(list.member, &pairs).map_err(refused)?;
            for (n, link) in links.into_iter().enumerate() {
                let old = there.iter().find(|old| (&old.role, &old.slot) == (&link.role, &link.slot));
                let Some(old) = old else { return Err(not_associated(n, &pairs[n])) };
                if old.body != link.body {
                    change.removed.push(old.clone());
                    change.added.push(Link { position: old.position, ..link });
                }
            }
        }
        Ok::<Change<RoutingProfile>, Error>(change)
    })
    .await?;
    Ok(Empty)
}

fn not_associated(n: usize, (queue, channel): &(String, Channel)) -> Error {
    let channel = channel.as_str();
    let message = format!(
        "QueueConfigs[{n}].QueueReference: the profile does not have queue {queue} on channel {channel}; associate it first"
    );
    Error::invalid_request(message)
}

/// A page of the pairs of a profile in one role, each with its queue; the profile; and the token of the next page.
async fn page(
    cx: &Cx<'_>,
    instance: &str,
    profile: &str,
    role: &str,
    page: &ListPage<'_>,
) -> Result<(Vec<(QueuePair, Queue)>, RoutingProfile, Option<String>)> {
    let instance = scope::existing(cx, instance).await?;
    let row = layer::existing_of::<RoutingProfile>(cx, &instance, profile).await?;
    let owner = (Kind::RoutingProfile, row.id.as_str());
    let (links, next_token) = layer::relation_page(cx, &instance, owner, role, page).await?;
    let ids: Vec<&str> = links.iter().map(|link| link.to_id.as_str()).collect();
    let queues = cx.store().resources(&instance, Kind::Queue, &ids).await?;
    let mut pairs = Vec::with_capacity(links.len());
    for link in &links {
        // A queue that was deleted between the two reads had left the profile before.
        let Some(queue) = queues.iter().find(|queue| queue.id == link.to_id) else { continue };
        pairs.push((pair_of(&row.id, link)?, layer::stored(queue)?));
    }
    Ok((pairs, layer::stored(&row)?, next_token))
}

/// ListRoutingProfileQueues, in the order of association (administration 1.2.5, 2.6.6).
pub(crate) async fn list(cx: &Cx<'_>, input: ListRoutingProfileQueuesInput) -> Result<ListRoutingProfileQueuesOutput> {
    let (max_results, next_token) = (input.max_results, input.next_token.as_deref());
    let asked = ListPage { op: Op::ListRoutingProfileQueues, max_results, next_token };
    let (pairs, profile, next_token) = page(cx, &input.instance_id, &input.routing_profile_id, QUEUE, &asked).await?;
    let summary = |(pair, queue): (QueuePair, Queue)| RoutingProfileQueueConfigSummary {
        queue_name: queue.name().to_owned(),
        queue_arn: queue.queue_arn.unwrap_or_default(),
        queue_id: pair.queue_id,
        priority: pair.priority,
        delay: pair.delay_s,
        channel: pair.channel,
    };
    Ok(ListRoutingProfileQueuesOutput {
        next_token,
        routing_profile_queue_config_summary_list: Some(pairs.into_iter().map(summary).collect()),
        last_modified_time: profile.last_modified_time,
        last_modified_region: profile.last_modified_region,
    })
}

/// ListRoutingProfileManualAssignmentQueues, in the order of association (administration 1.2.5, 2.6.6).
pub(crate) async fn list_manual(
    cx: &Cx<'_>,
    input: ListRoutingProfileManualAssignmentQueuesInput,
) -> Result<ListRoutingProfileManualAssignmentQueuesOutput> {
    let (max_results, next_token) = (input.max_results, input.next_token.as_deref());
    let asked = ListPage { op: Op::ListRoutingProfileManualAssignmentQueues, max_results, next_token };
    let (pairs, profile, next_token) = page(cx, &input.instance_id, &input.routing_profile_id, MANUAL, &asked).await?;
    let summary = |(pair, queue): (QueuePair, Queue)| RoutingProfileManualAssignmentQueueConfigSummary {
        queue_name: queue.name().to_owned(),
        queue_arn: queue.queue_arn.unwrap_or_default(),
        queue_id: pair.queue_id,
        channel: pair.channel,
    };
    Ok(ListRoutingProfileManualAssignmentQueuesOutput {
        next_token,
        routing_profile_manual_assignment_queue_config_summary_list: Some(pairs.into_iter().map(summary).collect()),
        last_modified_time: profile.last_modified_time,
        last_modified_region: profile.last_modified_region,
    })
}
