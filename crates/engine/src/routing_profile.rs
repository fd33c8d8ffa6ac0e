//! Routing profiles (administration 2.6, tasks 3.2): what a request may say. What routing reads of a
//! profile is in `routing::profile`.

use std::collections::BTreeSet;
use std::fmt;

use wire::ExceptionKind;
use wire::shapes::{
    BehaviorType, Channel, ChannelWorkloadBehaviorType, CrossChannelBehavior, CrossChannelWorkloadBehavior,
    MediaConcurrency, RoutingProfileQueueReference,
};

#[cfg(test)]
mod tests;

/// Greatest concurrency of VOICE; the model has the one of the other channels (administration 2.6.2).
const VOICE_MAX: i32 = 1;
/// Greatest sum of the workload types of a channel (administration 2.6.3).
const WORKLOAD_SUM_MAX: i32 = 10;
/// References that one disassociation may list, each list by itself (administration 1.4).
pub const REFERENCES_MAX: usize = 10;

/// Why a request about a routing profile is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The exception.
    pub kind: ExceptionKind,
    /// What is wrong, with the member's path.
    pub message: String,
}

impl Problem {
    fn parameter(message: String) -> Self {
        Self { kind: ExceptionKind::InvalidParameterException, message }
    }

    fn request(message: String) -> Self {
        Self { kind: ExceptionKind::InvalidRequestException, message }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

/// Checks the concurrencies of a request (administration 2.6.2, 2.6.3). `known` holds the workload types that there are.
/// What is wrong by itself is reported before what does not fit together.
///
/// # Errors
/// The first thing that is wrong.
pub fn check_concurrencies(given: &[MediaConcurrency], known: &BTreeSet<String>) -> Result<(), Problem> {
    if given.is_empty() {
        return Err(Problem::parameter("MediaConcurrencies must have at least one channel".to_owned()));
    }
    for (n, one) in given.iter().enumerate() {
        check_numbers(n, one, &given[..n])?;
    }
    for (n, one) in given.iter().enumerate() {
        check_fit(&format!("MediaConcurrencies[{n}]"), one, known)?;
    }
    Ok(())
}

/// What is wrong with one channel by itself.
fn check_numbers(n: usize, one: &MediaConcurrency, before: &[MediaConcurrency]) -> Result<(), Problem> {
    let (path, channel) = (format!("MediaConcurrencies[{n}]"), one.channel.as_str());
    if before.iter().any(|other| other.channel == one.channel) {
        return Err(Problem::parameter(format!("{path}.Channel: MediaConcurrencies has {channel} twice")));
    }
    if let Some(slots) = one.concurrency.filter(|slots| one.channel == Channel::Voice && *slots > VOICE_MAX) {
        let message = format!("{path}.Concurrency {slots}: VOICE may have at most {VOICE_MAX}");
        return Err(Problem::parameter(message));
    }
    let types = one.workload_type_concurrencies.as_deref().unwrap_or_default();
    for (m, entry) in types.iter().enumerate() {
        if types[..m].iter().any(|other| other.workload_type == entry.workload_type) {
            let text = &entry.workload_type;
            let path = format!("{path}.WorkloadTypeConcurrencies[{m}].WorkloadType");
            return Err(Problem::parameter(format!("{path} {text:?} is there twice")));
        }
    }
    let sum: i32 = types.iter().map(|entry| entry.concurrency).sum();
    if sum > WORKLOAD_SUM_MAX {
        let message = format!("{path}.WorkloadTypeConcurrencies have {sum} slots together; {WORKLOAD_SUM_MAX} at most");
        return Err(Problem::parameter(message));
    }
    Ok(())
}

/// What does not fit together in one channel (administration 2.6.3).
fn check_fit(path: &str, one: &MediaConcurrency, known: &BTreeSet<String>) -> Result<(), Problem> {
    let channel = one.channel.as_str();
    let Some(types) = &one.workload_type_concurrencies else {
        if one.concurrency.is_some() {
            return Ok(());
        }
        let message = format!("{path}: Concurrency or WorkloadTypeConcurrencies is required");
        return Err(Problem::request(message));
    };
    if !matches!(one.channel, Channel::Task | Channel::Email) {
        let message = format!("{path}.Channel {channel} cannot have WorkloadTypeConcurrencies; TASK and EMAIL can");
        return Err(Problem::request(message));
    }
    if one.concurrency.is_some_and(|slots| slots != 0) {
        let message = format!("{path}: Concurrency must be absent or 0 beside WorkloadTypeConcurrencies");
        return Err(Problem::request(message));
    }
    if let Some((m, entry)) = types.iter().enumerate().find(|(_, entry)| !known.contains(&entry.workload_type)) {
        let path = format!("{path}.WorkloadTypeConcurrencies[{m}].WorkloadType");
        let message = format!(
            "{path} {:?} is neither a value of the predefined attribute connect:WorkloadType nor a subtype",
            entry.workload_type
        );
        return Err(Problem::request(message));
    }
    Ok(())
}

/// Every workload type that a request names.
pub fn workload_types(given: &[MediaConcurrency]) -> impl Iterator<Item = &str> {
    let entries = given.iter().flat_map(|one| one.workload_type_concurrencies.iter().flatten());
    entries.map(|entry| entry.workload_type.as_str())
}

/// The concurrencies as they are stored and answered, with defaults (administration 2.6.2, 2.6.3).
pub fn with_defaults(given: &[MediaConcurrency]) -> Vec<MediaConcurrency> {
    let one = |given: &MediaConcurrency| {
        let mut one = given.clone();
        one.cross_channel_behavior
            .get_or_insert(CrossChannelBehavior { behavior_type: BehaviorType::RouteCurrentChannelOnly });
        for entry in one.workload_type_concurrencies.iter_mut().flatten() {
            entry
                .cross_channel_workload_behavior
                .get_or_insert(CrossChannelWorkloadBehavior::default())
                .channel_workload_behavior_type
                .get_or_insert(ChannelWorkloadBehaviorType::RouteCurrentChannelCurrentWorkloadtypeOnly);
        }
        one
    };
    given.iter().map(one).collect()
}

/// Refuses a pair of queue and channel that stands twice in one list of a request (administration 2.6.5). Each comes with the
/// bare id of its queue.
///
/// # Errors
/// The second of two equal pairs.
pub fn check_distinct(list: &str, pairs: &[(String, Channel)]) -> Result<(), Problem> {
    for (n, pair) in pairs.iter().enumerate() {
        if pairs[..n].contains(pair) {
            let (queue, channel) = (&pair.0, pair.1.as_str());
            let message = format!("{list}[{n}].QueueReference: queue {queue} on channel {channel} is there twice");
            return Err(Problem::parameter(message));
        }
    }
    Ok(())
}

/// Refuses to disassociate nothing, or more than one call may (administration 1.4, 2.6.7).
///
/// # Errors
/// What is wrong.
pub fn check_references(lists: [(&str, Option<&[RoutingProfileQueueReference]>); 2]) -> Result<(), Problem> {
    if let Some((name, list)) = lists.iter().find(|(_, list)| list.is_some_and(|list| list.len() > REFERENCES_MAX)) {
        let n = list.map_or(0, <[_]>::len);
        return Err(Problem::parameter(format!("{name} has {n} entries; at most {REFERENCES_MAX} in one call")));
    }
    need_one_of(lists.map(|(name, list)| (name, list.is_some_and(|list| !list.is_empty()))))
}

/// Refuses a request that has neither of two lists (administration 2.6.7).
///
/// # Errors
/// When neither is given.
pub fn need_one_of(lists: [(&str, bool); 2]) -> Result<(), Problem> {
    if lists.iter().any(|(_, given)| *given) {
        return Ok(());
    }
    Err(Problem::request(format!("{}, {}: at least one of them is required", lists[0].0, lists[1].0)))
}

/// A queue of a profile on one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuePair {
    /// Id of the queue.
    pub queue_id: String,
    /// The channel.
    pub channel: Channel,
    /// 1 is served first.
    pub priority: i32,
    /// How long a contact waits before this profile may take it, seconds.
    pub delay_s: i32,
}

impl QueuePair {
    /// What tells pairs apart: the slot of a link.
    pub fn slot(queue_id: &str, channel: &Channel) -> String {
        format!("{queue_id}/{}", channel.as_str())
    }

    /// The pair of a link: its slot, and its data, which a pair for manual assignment does not have. `None` for what is none.
    pub fn of_link(slot: &str, body: &str) -> Option<Self> {
        let (queue_id, channel) = slot.rsplit_once('/')?;
        let (queue_id, channel) = (queue_id.to_owned(), Channel::parse(channel));
        if body.is_empty() {
            return Some(Self { queue_id, channel, priority: 0, delay_s: 0 });
        }
        let json: serde_json::Value = serde_json::from_str(body).ok()?;
        let number = |name: &str| i32::try_from(json.get(name)?.as_i64()?).ok();
        Some(Self { queue_id, channel, priority: number("Priority")?, delay_s: number("Delay")? })
    }

    /// The data of its link.
    pub fn body(&self) -> String {
        format!("{{\"Priority\":{},\"Delay\":{}}}", self.priority, self.delay_s)
    }
}
