//! Routing profiles: the list (tasks 3.2), and the queues of one.

use store::{Kind, Link, OnDelete, ResourceRow};
use wire::Op;
use wire::ops::{ListRoutingProfilesInput, ListRoutingProfilesOutput};
use wire::shapes::{RoutingProfile, RoutingProfileSummary};

use crate::resource::layer::{self, ListPage, resource};
use crate::{Cx, Error, Result};

resource!(RoutingProfile, ROUTING_PROFILE, routing_profile_id, routing_profile_arn, name, {
    fn links(&self) -> Vec<Link> {
        let outbound = self.default_outbound_queue_id.as_deref();
        layer::link("DEFAULT_OUTBOUND_QUEUE", Kind::Queue, outbound, OnDelete::Refuse).into_iter().collect()
    }
});

/// The queues that the body of a new routing profile lists, each on one channel with priority and delay (administration 2.6.5).
pub(crate) fn pairs(row: &ResourceRow) -> Result<Vec<Link>> {
    let body: serde_json::Value = serde_json::from_str(&row.body).map_err(Error::internal)?;
    let configs = body.get("QueueConfigs").and_then(serde_json::Value::as_array).into_iter().flatten();
    let pair = |(n, config): (usize, &serde_json::Value)| {
        let (id, channel) = (config.get("QueueId")?.as_str()?, config.get("Channel")?.as_str()?);
        let (priority, delay) = (config.get("Priority")?, config.get("Delay")?);
        let body = format!("{{\"Priority\":{priority},\"Delay\":{delay}}}");
        let link = layer::link("QUEUE", Kind::Queue, Some(id), OnDelete::Refuse)?;
        let position = i64::try_from(n).unwrap_or(i64::MAX);
        Some(Link { slot: format!("{id}/{channel}"), position, body, ..link })
    };
    let broken = || Error::internal(format!("the queues of routing profile {} are broken", row.id));
    configs.enumerate().map(|config| pair(config).ok_or_else(broken)).collect()
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
