//! Routing profiles: the list (tasks 3.2).

use store::{Kind, ResourceRow};
use wire::Op;
use wire::ops::{ListRoutingProfilesInput, ListRoutingProfilesOutput};
use wire::shapes::{RoutingProfile, RoutingProfileSummary};

use crate::base::scope;
use crate::resource::ListPage;
use crate::{Cx, Error, Result};

/// ListRoutingProfiles, oldest first.
pub(crate) async fn list(cx: &Cx<'_>, input: ListRoutingProfilesInput) -> Result<ListRoutingProfilesOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let page = ListPage {
        op: Op::ListRoutingProfiles,
        max_results: input.max_results,
        next_token: input.next_token.as_deref(),
    };
    let (rows, next_token) = page.read(cx, &instance, Kind::RoutingProfile, &[]).await?;
    let summaries = rows.iter().map(summary).collect::<Result<Vec<_>>>()?;
    Ok(ListRoutingProfilesOutput { routing_profile_summary_list: Some(summaries), next_token })
}

fn summary(row: &ResourceRow) -> Result<RoutingProfileSummary> {
    let stored: RoutingProfile = wire::from_stored(row.body.as_bytes()).map_err(Error::internal)?;
    Ok(RoutingProfileSummary {
        id: stored.routing_profile_id,
        arn: stored.routing_profile_arn,
        name: stored.name,
        last_modified_time: stored.last_modified_time,
        last_modified_region: stored.last_modified_region,
    })
}
