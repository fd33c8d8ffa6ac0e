//! Routing profiles as they are stored, read for routing (administration 2.6).

use wire::shapes::{
    AgentAvailabilityTimer, BehaviorType, Channel, ChannelWorkloadBehaviorType, MediaConcurrency, RoutingProfile,
};

use crate::agent::{AvailabilityTimer, ChannelSlots, Concurrency, WorkloadBehavior, WorkloadSlots};
use crate::routing::ProfileQueue;
use crate::routing_profile::QueuePair;

impl ProfileQueue {
    /// The queue of a pair; `None` for another channel than TASK.
    pub fn of_pair(pair: QueuePair) -> Option<Self> {
        let (priority, delay_s) = (i64::from(pair.priority), i64::from(pair.delay_s));
        (pair.channel == Channel::Task).then_some(Self { queue_id: pair.queue_id, priority, delay_s })
    }
}

/// The slots of a profile's channels.
pub fn channel_slots(profile: &RoutingProfile) -> Vec<ChannelSlots> {
    profile.media_concurrencies.iter().flatten().map(slots).collect()
}

/// From when on agents of the profile count as idle (administration 2.6.8).
pub fn timer(profile: &RoutingProfile) -> AvailabilityTimer {
    match profile.agent_availability_timer {
        Some(AgentAvailabilityTimer::TimeSinceLastInbound) => AvailabilityTimer::LastInbound,
        _ => AvailabilityTimer::LastActivity,
    }
}

fn slots(channel: &MediaConcurrency) -> ChannelSlots {
    let types = channel.workload_type_concurrencies.as_deref().unwrap_or_default();
    let concurrency = if types.is_empty() {
        Concurrency::Total(i64::from(channel.concurrency.unwrap_or(0)))
    } else {
        let of_type = types.iter().map(|own| {
            let behavior = own.cross_channel_workload_behavior.as_ref();
            WorkloadSlots {
                workload_type: own.workload_type.clone(),
                slots: i64::from(own.concurrency),
                behavior: match behavior.and_then(|own| own.channel_workload_behavior_type.as_ref()) {
                    Some(ChannelWorkloadBehaviorType::RouteAnyChannelAnyWorkloadType) => WorkloadBehavior::AnyChannel,
                    Some(ChannelWorkloadBehaviorType::RouteCurrentChannelAnyWorkloadtypeOnly) => {
                        WorkloadBehavior::CurrentChannelOnly
                    }
                    _ => WorkloadBehavior::CurrentTypeOnly,
                },
            }
        });
        Concurrency::ByWorkload(of_type.collect())
    };
    let behavior = channel.cross_channel_behavior.as_ref().map(|own| &own.behavior_type);
    ChannelSlots {
        channel: channel.channel.as_str().to_owned(),
        concurrency,
        any_channel: behavior == Some(&BehaviorType::RouteAnyChannel),
    }
}
