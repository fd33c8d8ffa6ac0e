//! Security profiles: the list.

use wire::Op;
use wire::ops::{ListSecurityProfilesInput, ListSecurityProfilesOutput};
use wire::shapes::{SecurityProfile, SecurityProfileSummary};

use crate::resource::layer::{self, ListPage, resource};
use crate::{Cx, Result};

resource!(SecurityProfile, SECURITY_PROFILE, id, arn, security_profile_name, {
    const KEPT: &'static [&'static str] = &["Permissions"];
});

/// ListSecurityProfiles, oldest first.
pub(crate) async fn list(cx: &Cx<'_>, input: ListSecurityProfilesInput) -> Result<ListSecurityProfilesOutput> {
    let (max_results, next_token) = (input.max_results, input.next_token.as_deref());
    let page = ListPage { op: Op::ListSecurityProfiles, max_results, next_token };
    let summary = |profile: SecurityProfile| SecurityProfileSummary {
        id: profile.id,
        arn: profile.arn,
        name: profile.security_profile_name,
        last_modified_time: profile.last_modified_time,
        last_modified_region: profile.last_modified_region,
        r#type: profile.r#type,
    };
    let (security_profile_summary_list, next_token) = layer::list(cx, &input.instance_id, &page, &[], summary).await?;
    Ok(ListSecurityProfilesOutput { security_profile_summary_list, next_token })
}
