//! Slots: how many tasks an agent may have at once, by the routing profile (tasks 3.2, administration 2.6).

use std::collections::BTreeMap;

use crate::agent::{Entry, EntryState};

/// What an open entry of a workload type lets in beside itself (administration 2.6.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum WorkloadBehavior {
    /// ROUTE_CURRENT_CHANNEL_CURRENT_WORKLOADTYPE_ONLY: the same type only.
    #[default]
    CurrentTypeOnly,
    /// ROUTE_CURRENT_CHANNEL_ANY_WORKLOADTYPE_ONLY: any type of the channel.
    CurrentChannelOnly,
    /// ROUTE_ANY_CHANNEL_ANY_WORKLOAD_TYPE: everything.
    AnyChannel,
}

/// Slots of one workload type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkloadSlots {
    /// A value of `connect:WorkloadType`, or a subtype such as `connect:Task`.
    pub workload_type: String,
    /// How many.
    pub slots: i64,
    /// What its entries let in beside them.
    pub behavior: WorkloadBehavior,
}

/// How the slots of a channel are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Concurrency {
    /// So many, whatever the workload type.
    Total(i64),
    /// By workload type; what has no entry here has no slot.
    ByWorkload(Vec<WorkloadSlots>),
}

/// A channel of a routing profile (MediaConcurrencies).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelSlots {
    /// `TASK`, or a channel that we have no contacts of.
    pub channel: String,
    /// Its slots.
    pub concurrency: Concurrency,
    /// CrossChannelBehavior ROUTE_ANY_CHANNEL: its entries let other channels in. With workload types, theirs decide.
    pub any_channel: bool,
}

/// Slots that are in use, by workload type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Load(BTreeMap<String, i64>);

/// The slots of one channel as GetCurrentUserData and the agent API show them (administration 4.3.4, tasks 6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotCounts {
    /// The channel.
    pub channel: String,
    /// MaxSlots.
    pub max: i64,
    /// ActiveSlots: entries CONNECTED, PAUSED, ENDED.
    pub active: i64,
    /// AvailableSlots.
    pub available: i64,
    /// Maximum and active slots by workload type, if the profile counts by it.
    pub workload_types: BTreeMap<String, (i64, i64)>,
}

impl Load {
    pub(super) fn of(entries: &[Entry]) -> Self {
        let mut load = Self::default();
        for entry in entries.iter().filter(|entry| entry.state.uses_slot()) {
            load.add(&entry.workload_type);
        }
        load
    }

    /// One more of this type.
    pub fn add(&mut self, workload_type: &str) {
        *self.0.entry(workload_type.to_owned()).or_default() += 1;
    }

    /// All of them.
    pub fn used(&self) -> i64 {
        self.0.values().sum()
    }

    /// Those of one type.
    pub fn used_by(&self, workload_type: &str) -> i64 {
        self.0.get(workload_type).copied().unwrap_or(0)
    }
}

impl Concurrency {
    /// All slots: the concurrency, or the sum of the workload types.
    pub fn slots(&self) -> i64 {
        match self {
            Self::Total(slots) => *slots,
            Self::ByWorkload(types) => types.iter().map(|own| own.slots).sum(),
        }
    }

    /// Whether one more of this type fits beside what is there (tasks 3.3.1, administration 2.6.4). Paused tasks use no slot and
    /// stand against nothing, and a type that the profile does not have stands against nothing but itself (B115).
    pub fn admits(&self, load: &Load, workload_type: &str) -> bool {
        match self {
            Self::Total(slots) => load.used() < *slots,
            Self::ByWorkload(types) => {
                let free = types.iter().find(|own| own.workload_type == workload_type);
                let free = free.is_some_and(|own| load.used_by(workload_type) < own.slots);
                let stands_against = |own: &WorkloadSlots| {
                    own.behavior == WorkloadBehavior::CurrentTypeOnly
                        && own.workload_type != workload_type
                        && load.used_by(&own.workload_type) > 0
                };
                free && !types.iter().any(stands_against)
            }
        }
    }
}

impl ChannelSlots {
    /// Whether what is open on this channel keeps other channels away (tasks 3.2.3).
    fn keeps_others_away(&self, load: &Load) -> bool {
        match &self.concurrency {
            Concurrency::Total(_) => load.used() > 0 && !self.any_channel,
            Concurrency::ByWorkload(types) => {
                let away = |own: &&WorkloadSlots| own.behavior != WorkloadBehavior::AnyChannel;
                types.iter().filter(away).any(|own| load.used_by(&own.workload_type) > 0)
            }
        }
    }
}

/// `open`: the status lets offers through.
pub(super) fn counts(entries: &[Entry], open: bool, channels: &[ChannelSlots]) -> Vec<SlotCounts> {
    let load_of = |channel: &str| {
        let own: Vec<Entry> = entries.iter().filter(|entry| entry.channel == channel).cloned().collect();
        Load::of(&own)
    };
    let active = |channel: &str, workload_type: Option<&str>| {
        let counts = |entry: &&Entry| {
            matches!(entry.state, EntryState::Connected | EntryState::Paused | EntryState::Ended)
                && entry.channel == channel
                && workload_type.is_none_or(|own| own == entry.workload_type)
        };
        i64::try_from(entries.iter().filter(counts).count()).unwrap_or(i64::MAX)
    };
    let of_channel = |own: &ChannelSlots| {
        let others = channels.iter().filter(|other| other.channel != own.channel);
        let kept_away = others.into_iter().any(|other| other.keeps_others_away(&load_of(&other.channel)));
        let max = own.concurrency.slots();
        let free = (max - load_of(&own.channel).used()).max(0);
        let workload_types = match &own.concurrency {
            Concurrency::Total(_) => BTreeMap::new(),
            Concurrency::ByWorkload(types) => types
                .iter()
                .map(|kind| (kind.workload_type.clone(), (kind.slots, active(&own.channel, Some(&kind.workload_type)))))
                .collect(),
        };
        SlotCounts {
            channel: own.channel.clone(),
            max,
            active: active(&own.channel, None),
            available: if open && !kept_away { free } else { 0 },
            workload_types,
        }
    };
    channels.iter().filter(|own| own.concurrency.slots() > 0).map(of_channel).collect()
}
