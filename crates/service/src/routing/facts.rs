//! What routing knows of an instance besides tasks and agents: its routing profiles and which security profiles let somebody
//! work (tasks 3.3.1). Read whole and remembered for a moment: there are at most as many as the quotas allow, and they change
//! seldom.

use std::collections::BTreeMap;
use std::time::Instant;

use engine::routing::{ProfileFacts, ProfileQueue, channel_slots, timer};
use store::Kind;
use wire::shapes::RoutingProfile;

use crate::base::routing::Facts;
use crate::resource::layer::{self, stored};
use crate::resource::routing_profile_queue;
use crate::resource::security_profile::Profile;
use crate::{Cx, Result};

/// Reads what routing knows of an instance.
///
/// # Errors
/// The store's failures; a stored profile cannot be read.
pub(super) async fn read(cx: &Cx<'_>, instance: &str) -> Result<Facts> {
    let read_at = Some(Instant::now());
    let (profiles, security, mut pairs) = tokio::try_join!(
        layer::all(cx, instance, Kind::RoutingProfile),
        layer::all(cx, instance, Kind::SecurityProfile),
        pairs(cx, instance)
    )?;
    let mut facts = Facts { read_at, ..Facts::default() };
    for row in profiles {
        let shape: RoutingProfile = stored(&row)?;
        let queues = pairs.remove(&row.id).unwrap_or_default();
        for queue in &queues {
            facts.serving.entry(queue.queue_id.clone()).or_default().insert(row.id.clone());
        }
        let own = ProfileFacts { id: row.id.clone(), timer: timer(&shape), queues, channels: channel_slots(&shape) };
        facts.profiles.insert(row.id, own);
    }
    for row in security {
        if stored::<Profile>(&row)?.gives_basic_access() {
            facts.basic_access.insert(row.id);
        }
    }
    Ok(facts)
}

/// The queues of the channel TASK by routing profile.
async fn pairs(cx: &Cx<'_>, instance: &str) -> Result<BTreeMap<String, Vec<ProfileQueue>>> {
    let mut all: BTreeMap<String, Vec<ProfileQueue>> = BTreeMap::new();
    for (profile, pair) in routing_profile_queue::all_pairs(cx, instance).await? {
        if let Some(queue) = ProfileQueue::of_pair(pair) {
            all.entry(profile).or_default().push(queue);
        }
    }
    Ok(all)
}
