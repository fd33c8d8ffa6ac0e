//! Routing profiles (tasks 3.2, administration 2.6). The queues of one, and those for manual assignment, are links with
//! roles of their own.

use std::collections::BTreeSet;

use engine::arn;
use engine::predefined_attribute::{self, WORKLOAD_TYPE};
use engine::routing_profile as rules;
use store::{Batch, Kind, Link, OnDelete, ResourceRow};
use wire::ops::{
    CreateRoutingProfileInput, CreateRoutingProfileOutput, DeleteRoutingProfileInput, DescribeRoutingProfileInput,
    DescribeRoutingProfileOutput, ListRoutingProfilesInput, ListRoutingProfilesOutput,
    UpdateRoutingProfileAgentAvailabilityTimerInput, UpdateRoutingProfileConcurrencyInput,
    UpdateRoutingProfileDefaultOutboundQueueInput, UpdateRoutingProfileNameInput,
};
use wire::shapes::{
    AgentAvailabilityTimer, MediaConcurrency, PredefinedAttribute, RoutingProfile, RoutingProfileSummary,
};
use wire::{Empty, Op};

use crate::base::commit::until_done;
use crate::base::{scope, tags};
use crate::resource::layer::{self, Change, ListPage, New, Resource, resource};
use crate::resource::routing_profile_queue::{self as pairs, Lists};
use crate::resource::{Mention, Mentioned};
use crate::{Cx, Error, Result};

/// The role of the links to the workload types that have slots of their own.
const WORKLOAD: &str = "WORKLOAD_TYPE";

resource!(RoutingProfile, ROUTING_PROFILE, routing_profile_id, routing_profile_arn, name, {
    fn links(&self) -> Vec<Link> {
        let outbound = self.default_outbound_queue_id.as_deref();
        let outbound = layer::link("DEFAULT_OUTBOUND_QUEUE", Kind::Queue, outbound, OnDelete::Refuse);
        let media = self.media_concurrencies.as_deref().unwrap_or_default();
        let types: BTreeSet<&str> = rules::workload_types(media).collect();
        let types = types.into_iter().zip(0..).filter_map(|(name, position)| {
            let link = layer::link(WORKLOAD, Kind::PredefinedAttribute, Some(WORKLOAD_TYPE), OnDelete::Refuse)?;
            Some(Link { slot: predefined_attribute::slot(WORKLOAD_TYPE, name), position, ..link })
        });
        outbound.into_iter().chain(types).collect()
    }
});

/// CreateRoutingProfile (administration 2.6.1 to 2.6.6).
pub(crate) async fn create(cx: &Cx<'_>, input: CreateRoutingProfileInput) -> Result<CreateRoutingProfileOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let tags = tags::of_new(Op::CreateRoutingProfile, input.tags.as_ref())?;
    let outbound = Mention::new("DefaultOutboundQueueId", arn::Kind::Queue, &input.default_outbound_queue_id);
    let lists = Lists::new(input.queue_configs.as_deref(), input.manual_assignment_queue_configs.as_deref());
    let mentions: Vec<Mention<'_>> = std::iter::once(outbound).chain(lists.mentions()).collect();
    until_done(cx, &input.name, || async {
        let (outbound, named) = Mentioned::read(cx, &instance, &mentions).await?.split_first()?;
        let relations = lists.new_links(cx, &instance, &named)?;
        let types = check_media(cx, &instance, &input.media_concurrencies).await?;
        let timer = input.agent_availability_timer.clone();
        let value = RoutingProfile {
            instance_id: Some(instance.clone()),
            name: Some(input.name.clone()),
            description: Some(input.description.clone()),
            media_concurrencies: Some(rules::with_defaults(&input.media_concurrencies)),
            default_outbound_queue_id: Some(outbound.id),
            agent_availability_timer: timer.or(Some(AgentAvailabilityTimer::TimeSinceLastActivity)),
            ..RoutingProfile::default()
        };
        let new = New { value, tags: tags.clone(), relations };
        let output =
            |id, arn| CreateRoutingProfileOutput { routing_profile_arn: Some(arn), routing_profile_id: Some(id) };
        layer::insert(cx, &instance, new, |_, batch| types.require(&instance, batch), output).await
    })
    .await
}

/// The revision of the attributes whose values a request was checked against; empty when it names no workload types.
struct WorkloadTypes(Vec<(String, i64)>);

impl WorkloadTypes {
    /// Requires that the attributes still have these values.
    fn require(&self, instance: &str, batch: &mut Batch) {
        for (name, rev) in &self.0 {
            batch.require_resource_unchanged(instance, Kind::PredefinedAttribute, name, *rev);
        }
    }
}

/// Refuses concurrencies that do not fit, or a workload type that there is not (administration 2.6.2, 2.6.3).
async fn check_media(cx: &Cx<'_>, instance: &str, given: &[MediaConcurrency]) -> Result<WorkloadTypes> {
    let (mut known, mut read) = (BTreeSet::new(), Vec::new());
    if rules::workload_types(given).next().is_some() {
        let names = [WORKLOAD_TYPE, predefined_attribute::SUBTYPE];
        for row in cx.store().resources(instance, Kind::PredefinedAttribute, &names).await? {
            known.extend(predefined_attribute::values(&layer::stored::<PredefinedAttribute>(&row)?).iter().cloned());
            read.push((row.id, row.rev));
        }
    }
    rules::check_concurrencies(given, &known).map_err(pairs::refused)?;
    Ok(WorkloadTypes(read))
}

/// DescribeRoutingProfile, with counts of now (administration 2.6.9).
pub(crate) async fn describe(cx: &Cx<'_>, input: DescribeRoutingProfileInput) -> Result<DescribeRoutingProfileOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let row = layer::existing_of::<RoutingProfile>(cx, &instance, &input.routing_profile_id).await?;
    let users =
        cx.store().link_counts(&instance, Kind::User, Kind::RoutingProfile, &[&row.id], OnDelete::Refuse).await?;
    let profile = shown(cx, &instance, &row, users.get(&row.id).copied().unwrap_or(0)).await?;
    Ok(DescribeRoutingProfileOutput { routing_profile: Some(profile) })
}

/// A profile as Describe answers it, with how many users have it.
async fn shown(cx: &Cx<'_>, instance: &str, row: &ResourceRow, users: i64) -> Result<RoutingProfile> {
    let links = cx.store().links_of(instance, Kind::RoutingProfile, &row.id).await?;
    let mut profile = with_pairs(row, &links)?;
    profile.number_of_associated_users = Some(users);
    profile.set_tags(tags::of_answer(&row.tags)?);
    Ok(profile)
}

/// A profile with the queues of its pairs, of which `links` has those in the order of association.
pub(crate) fn with_pairs(row: &ResourceRow, links: &[Link]) -> Result<RoutingProfile> {
    let mut profile: RoutingProfile = layer::stored(row)?;
    let of_role = |role: &str| {
        let links: Vec<&Link> = links.iter().filter(|link| link.role == role).collect();
        let mut ids: Vec<String> = Vec::new();
        for link in &links {
            if !ids.contains(&link.to_id) {
                ids.push(link.to_id.clone());
            }
        }
        (i64::try_from(links.len()).ok(), Some(ids))
    };
    (profile.number_of_associated_queues, profile.associated_queue_ids) = of_role(pairs::QUEUE);
    (profile.number_of_associated_manual_assignment_queues, profile.associated_manual_assignment_queue_ids) =
        of_role(pairs::MANUAL);
    profile.is_default.get_or_insert(false);
    Ok(profile)
}

/// ListRoutingProfiles, oldest first.
pub(crate) async fn list(cx: &Cx<'_>, input: ListRoutingProfilesInput) -> Result<ListRoutingProfilesOutput> {
    let (max_results, next_token) = (input.max_results, input.next_token.as_deref());
    let page = ListPage { op: Op::ListRoutingProfiles, max_results, next_token };
    let summary = |profile: RoutingProfile| RoutingProfileSummary {
        id: profile.routing_profile_id,
        arn: profile.routing_profile_arn,
        name: profile.name,
        last_modified_time: profile.last_modified_time,
        last_modified_region: profile.last_modified_region,
    };
    let (routing_profile_summary_list, next_token) = layer::list(cx, &input.instance_id, &page, &[], summary).await?;
    Ok(ListRoutingProfilesOutput { routing_profile_summary_list, next_token })
}

/// UpdateRoutingProfileName.
pub(crate) async fn update_name(cx: &Cx<'_>, input: UpdateRoutingProfileNameInput) -> Result<Empty> {
    layer::update(cx, &input.instance_id, &input.routing_profile_id, |profile: &mut RoutingProfile| {
        layer::rename((&mut profile.name, &mut profile.description), (input.name.as_ref(), input.description.as_ref()))
    })
    .await?;
    Ok(Empty)
}

/// UpdateRoutingProfileConcurrency replaces all channels (administration 2.6.8).
pub(crate) async fn update_concurrency(cx: &Cx<'_>, input: UpdateRoutingProfileConcurrencyInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let own = pairs::own(&input.routing_profile_id);
    layer::change(cx, &instance, own, Vec::new(), async |_, old: RoutingProfile, _| {
        let types = check_media(cx, &instance, &input.media_concurrencies).await?;
        let media = Some(rules::with_defaults(&input.media_concurrencies));
        let changes = old.media_concurrencies != media;
        let mut change = Change::of(RoutingProfile { media_concurrencies: media, ..old });
        if changes {
            types.require(&instance, &mut change.also);
        }
        Ok(change)
    })
    .await?;
    Ok(Empty)
}

/// UpdateRoutingProfileDefaultOutboundQueue (administration 2.6.8).
pub(crate) async fn update_outbound(
    cx: &Cx<'_>,
    input: UpdateRoutingProfileDefaultOutboundQueueInput,
) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let own = pairs::own(&input.routing_profile_id);
    let queue = Mention::new("DefaultOutboundQueueId", arn::Kind::Queue, &input.default_outbound_queue_id);
    layer::change(cx, &instance, own, vec![queue], async |_, old: RoutingProfile, named| {
        let queue = named.ids(Kind::Queue).pop();
        Ok(Change::of(RoutingProfile { default_outbound_queue_id: queue, ..old }))
    })
    .await?;
    Ok(Empty)
}

/// UpdateRoutingProfileAgentAvailabilityTimer (administration 2.6.8).
pub(crate) async fn update_timer(cx: &Cx<'_>, input: UpdateRoutingProfileAgentAvailabilityTimerInput) -> Result<Empty> {
    layer::update(cx, &input.instance_id, &input.routing_profile_id, |profile: &mut RoutingProfile| {
        profile.agent_availability_timer = Some(input.agent_availability_timer.clone());
        Ok(())
    })
    .await?;
    Ok(Empty)
}

/// DeleteRoutingProfile: not one that a user has, nor the one of a new instance (administration 1.3.4).
pub(crate) async fn delete(cx: &Cx<'_>, input: DeleteRoutingProfileInput) -> Result<Empty> {
    let check = async |row: ResourceRow| {
        let profile: RoutingProfile = layer::stored(&row)?;
        if profile.is_default == Some(true) {
            let message = format!("Routing profile {} cannot be deleted: IsDefault is true", row.id);
            return Err(Error::invalid_request(message));
        }
        Ok(Batch::new())
    };
    layer::delete::<RoutingProfile, _>(cx, &input.instance_id, &input.routing_profile_id, check).await?;
    Ok(Empty)
}
