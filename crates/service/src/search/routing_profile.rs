//! SearchRoutingProfiles: as Describe answers them, with their queues (administration 2.6.9).

use std::collections::BTreeMap;

use engine::arn::{self, Scope};
use engine::search::{Case, Criteria, Field, Tree};
use store::{Kind, Link, OnDelete, ResourceRow};
use wire::ops::{SearchRoutingProfilesInput, SearchRoutingProfilesOutput};
use wire::shapes::{RoutingProfile, RoutingProfileSearchCriteria};

use super::{Found, Key, SearchPage, checked, field, pass, resource_id, tag_filter};
use crate::resource::{layer, routing_profile};
use crate::{Cx, Result};

/// A profile and the queues of its pairs.
#[derive(Debug)]
struct Profile {
    found: Found<RoutingProfile>,
    /// Ids and ARNs.
    queues: Vec<String>,
}

impl Profile {
    fn of(scope: Scope<'_>, links: &BTreeMap<String, Vec<Link>>, row: &ResourceRow) -> Result<Self> {
        let links = links.get(&row.id).map_or(&[][..], Vec::as_slice);
        let value = routing_profile::with_pairs(row, links)?;
        let ids = value.associated_queue_ids.iter().flatten();
        let queues = ids.flat_map(|id| [id.clone(), scope.arn(arn::Kind::Queue, id)]).collect();
        Ok(Self { found: Found { value, ..Found::of(scope, row)? }, queues })
    }
}

impl Criteria for Profile {
    type Target = Self;
    type Leaf = ();
    const FIELDS: &'static [Field<Self>] = &[
        field!("name", Ignored, name of found),
        field!("description", Ignored, description of found),
        resource_id!(of found),
        Field {
            name: "associatedQueueIds",
            case: Case::Id,
            values: |profile, each| profile.queues.iter().for_each(|text| each(text)),
        },
    ];
    engine::criteria_parts!(RoutingProfileSearchCriteria);
}

/// SearchRoutingProfiles.
pub(crate) async fn search(cx: &Cx<'_>, input: SearchRoutingProfilesInput) -> Result<SearchRoutingProfilesOutput> {
    let (criteria, filter) = (input.search_criteria.as_ref(), input.search_filter.as_ref());
    let page =
        SearchPage::of(cx, &input.instance_id, input.max_results, input.next_token.as_deref(), (criteria, filter))
            .await?;
    let filter = tag_filter(cx, filter.and_then(|filter| filter.tag_filter.as_ref()))?;
    let tree = checked(cx, Tree::<Profile>::of(criteria))?;
    let links = links(cx, &page.instance).await?;
    let load = |scope: Scope<'_>, row: &ResourceRow| Ok(vec![(Key::of(row), Profile::of(scope, &links, row)?)]);
    let keeps = |profile: &Profile| filter.passes(profile.found.attributes()) && tree.holds(profile);
    let found = pass::<RoutingProfile, _>(cx, &page, load, keeps).await?;
    let ids: Vec<&str> = found.items.iter().map(|profile| profile.found.id.as_str()).collect();
    let users =
        cx.store().link_counts(&page.instance, Kind::User, Kind::RoutingProfile, &ids, OnDelete::Refuse).await?;
    let found = found.map(|profile| {
        let number_of_associated_users = Some(users.get(&profile.found.id).copied().unwrap_or(0));
        RoutingProfile { number_of_associated_users, ..profile.found.answer() }
    });
    Ok(SearchRoutingProfilesOutput {
        routing_profiles: Some(found.items),
        next_token: found.next_token,
        approximate_total_count: found.total,
    })
}

/// The links of all profiles of an instance, as many as the quotas of profiles and pairs allow, each profile's in the order of
/// association.
async fn links(cx: &Cx<'_>, instance: &str) -> Result<BTreeMap<String, Vec<Link>>> {
    let mut all: BTreeMap<String, Vec<Link>> = BTreeMap::new();
    for (owner, link) in layer::all_links(cx, instance, Kind::RoutingProfile).await? {
        all.entry(owner).or_default().push(link);
    }
    all.values_mut().for_each(|links| links.sort_by_key(|link| link.position));
    Ok(all)
}
