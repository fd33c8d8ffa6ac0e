//! SearchSecurityProfiles.

use engine::search::{Case, Criteria, Field};
use wire::ops::{SearchSecurityProfilesInput, SearchSecurityProfilesOutput};
use wire::shapes::{SecurityProfileSearchCriteria, SecurityProfileSearchSummary};

use super::{Found, SearchPage, tag_filter};
use crate::resource::layer::Resource;
use crate::resource::security_profile::Profile;
use crate::{Cx, Result};

#[derive(Debug)]
struct SecurityProfiles;

impl Criteria for SecurityProfiles {
    type Target = Found<Profile>;
    type Leaf = ();
    const FIELDS: &'static [Field<Found<Profile>>] =
        &[Field { name: "name", case: Case::Ignored, values: |found, each| each(found.value.name()) }];
    engine::criteria_parts!(SecurityProfileSearchCriteria);
}

/// SearchSecurityProfiles.
pub(crate) async fn search(cx: &Cx<'_>, input: SearchSecurityProfilesInput) -> Result<SearchSecurityProfilesOutput> {
    let (criteria, filter) = (input.search_criteria.as_ref(), input.search_filter.as_ref());
    let page =
        SearchPage::of(cx, &input.instance_id, input.max_results, input.next_token.as_deref(), (criteria, filter))
            .await?;
    let filter = tag_filter(cx, filter.and_then(|filter| filter.tag_filter.as_ref()))?;
    let found = super::search::<SecurityProfiles, _>(cx, &page, criteria, &filter).await?;
    Ok(SearchSecurityProfilesOutput {
        security_profiles: Some(found.items.into_iter().map(summary).collect()),
        next_token: found.next_token,
        approximate_total_count: found.total,
    })
}

fn summary(profile: Profile) -> SecurityProfileSearchSummary {
    let profile = profile.shown;
    SecurityProfileSearchSummary {
        id: profile.id,
        organization_resource_id: profile.organization_resource_id,
        arn: profile.arn,
        security_profile_name: profile.security_profile_name,
        description: profile.description,
        tags: profile.tags,
        r#type: profile.r#type,
    }
}
