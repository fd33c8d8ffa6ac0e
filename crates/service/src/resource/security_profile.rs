//! Security profiles: the list.

use store::{Kind, ResourceRow};
use wire::Op;
use wire::ops::{ListSecurityProfilesInput, ListSecurityProfilesOutput};
use wire::shapes::{SecurityProfile, SecurityProfileSummary};

use crate::base::scope;
use crate::resource::ListPage;
use crate::{Cx, Error, Result};

/// ListSecurityProfiles, oldest first.
pub(crate) async fn list(cx: &Cx<'_>, input: ListSecurityProfilesInput) -> Result<ListSecurityProfilesOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let page = ListPage {
        op: Op::ListSecurityProfiles,
        max_results: input.max_results,
        next_token: input.next_token.as_deref(),
    };
    let (rows, next_token) = page.read(cx, &instance, Kind::SecurityProfile, &[]).await?;
    let summaries = rows.iter().map(summary).collect::<Result<Vec<_>>>()?;
    Ok(ListSecurityProfilesOutput { security_profile_summary_list: Some(summaries), next_token })
}

fn summary(row: &ResourceRow) -> Result<SecurityProfileSummary> {
    let stored: SecurityProfile = wire::from_stored(row.body.as_bytes()).map_err(Error::internal)?;
    Ok(SecurityProfileSummary {
        id: stored.id,
        arn: stored.arn,
        name: stored.security_profile_name,
        last_modified_time: stored.last_modified_time,
        last_modified_region: stored.last_modified_region,
        r#type: stored.r#type,
    })
}
