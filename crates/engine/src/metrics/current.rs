//! GetCurrentMetricData: rows of what is so at one moment (administration 5.2).

use std::collections::{BTreeMap, BTreeSet};

use wire::shapes::CurrentMetricName as Metric;

use crate::agent::{Agent, EntryState, SlotCounts, StatusType, TASK};
use crate::metrics::wait::{self, Capacity};

/// What a row is about; `None` where it is not split by that.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// Queue.
    pub queue: Option<String>,
    /// Channel.
    pub channel: Option<String>,
    /// Routing profile.
    pub profile: Option<String>,
    /// Active step of the routing criteria, as its expression.
    pub step: Option<String>,
    /// Agent status.
    pub status: Option<String>,
    /// `connect:Subtype`.
    pub subtype: Option<String>,
}

/// An agent who is not offline or has an entry.
#[derive(Clone, Debug)]
pub struct AgentNow {
    /// The agent.
    pub agent: Agent,
    /// The slots of each channel of the routing profile.
    pub slots: Vec<SlotCounts>,
}

/// Tasks that wait in one queue, as far as rows tell them apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pile {
    /// The queue.
    pub queue_id: String,
    /// Active step of the routing criteria, as its expression.
    pub step: Option<String>,
    /// `connect:Subtype`; empty where rows do not tell subtypes apart.
    pub subtype: String,
    /// How many.
    pub contacts: i64,
    /// When the oldest entered the queue, epoch milliseconds.
    pub oldest_ms: Option<i64>,
}

/// Which agents and tasks are looked at.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// The queues of the filter; without, those of the routing profiles.
    pub queues: Option<BTreeSet<String>>,
    /// The routing profiles of the filter.
    pub profiles: Option<BTreeSet<String>>,
    /// The channels of the filter.
    pub channels: Option<BTreeSet<String>>,
    /// The agent statuses of the filter.
    pub statuses: Option<BTreeSet<String>>,
    /// The subtypes of the filter.
    pub subtypes: Option<BTreeSet<String>>,
    /// The step expressions of the filter.
    pub steps: Option<BTreeSet<String>>,
    /// No task is of a kind that the filter asks for.
    pub no_contacts: bool,
    /// What rows are split by.
    pub split: Split,
}

/// What rows are split by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "one for each dimension of the API")]
pub struct Split {
    /// QUEUE.
    pub queue: bool,
    /// CHANNEL.
    pub channel: bool,
    /// ROUTING_PROFILE.
    pub profile: bool,
    /// ROUTING_STEP_EXPRESSION.
    pub step: bool,
    /// AGENT_STATUS.
    pub status: bool,
    /// SUBTYPE.
    pub subtype: bool,
    /// VALIDATION_TEST_TYPE, which no task has.
    pub test_type: bool,
}

/// What is so at one moment.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// The moment, epoch milliseconds.
    pub now_ms: i64,
    /// Queue and channel of the pairs of each routing profile.
    pub pairs: BTreeMap<String, Vec<(String, String)>>,
    /// Agents, each once.
    pub agents: Vec<AgentNow>,
    /// Tasks that wait.
    pub waiting: Vec<Pile>,
    /// Handle times of the last answered tasks by queue, seconds; only where ESTIMATED_WAIT_TIME is wanted.
    pub handled_s: BTreeMap<String, Vec<i64>>,
}

/// A row: how many of everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    online: i64,
    staffed: i64,
    non_productive: i64,
    available: i64,
    on_contact: i64,
    after_contact: i64,
    error: i64,
    slots_active: i64,
    slots_available: i64,
    contacts: i64,
    oldest_ms: Option<i64>,
    capacity: Capacity,
    /// An agent who is there is in it.
    peopled: bool,
}

/// The rows that have an agent or a task in them (administration 5.2.5).
pub fn rows(scope: &Scope, now: &Snapshot) -> BTreeMap<Group, Row> {
    let mut rows: BTreeMap<Group, Row> = BTreeMap::new();
    if scope.split.test_type {
        return rows;
    }
    let steps = scope.steps_of(now);
    if !scope.split.subtype {
        for agent in now.agents.iter().filter(|agent| scope.counts(agent)) {
            for group in scope.groups_of(agent, now, &steps) {
                rows.entry(group.clone()).or_default().add_agent(agent, scope, &group);
            }
        }
    }
    for pile in now.waiting.iter().filter(|pile| pile.contacts > 0 && scope.holds(pile)) {
        for group in scope.groups_of_pile(pile, now) {
            rows.entry(group).or_default().add_pile(pile);
        }
    }
    rows.retain(|_, row| row.peopled || row.contacts > 0);
    rows
}

impl Scope {
    fn counts(&self, own: &AgentNow) -> bool {
        let has = |set: &Option<BTreeSet<String>>, id: &str| set.as_ref().is_none_or(|set| set.contains(id));
        has(&self.statuses, &own.agent.status.is.id) && has(&self.profiles, &own.agent.routing_profile_id)
    }

    fn has_channel(&self, channel: &str) -> bool {
        self.channels.as_ref().is_none_or(|channels| channels.contains(channel))
    }

    fn has_queue(&self, queue: &str) -> bool {
        self.queues.as_ref().is_none_or(|queues| queues.contains(queue))
    }

    /// The steps of which there are rows: those of tasks that wait.
    fn steps_of(&self, now: &Snapshot) -> Vec<Option<String>> {
        if !self.split.step {
            return vec![None];
        }
        let piles = now.waiting.iter().filter(|pile| pile.contacts > 0 && self.holds(pile));
        let steps: BTreeSet<&String> = piles.filter_map(|pile| pile.step.as_ref()).collect();
        steps.into_iter().cloned().map(Some).collect()
    }

    /// The rows that an agent is in: by the pairs of the routing profile, or by the profile alone (administration 5.2.3).
    fn groups_of(&self, own: &AgentNow, now: &Snapshot, steps: &[Option<String>]) -> BTreeSet<Group> {
        let split = self.split;
        let profile = &own.agent.routing_profile_id;
        let when = |is: bool, text: &str| is.then(|| text.to_owned());
        let mut groups = BTreeSet::new();
        let mut add = |queue: Option<String>, channel: &str| {
            for step in steps {
                groups.insert(Group {
                    queue: queue.clone(),
                    channel: when(split.channel, channel),
                    profile: when(split.profile, profile),
                    step: step.clone(),
                    status: when(split.status, &own.agent.status.is.id),
                    subtype: None,
                });
            }
        };
        if self.queues.is_none() && !split.queue {
            let channels = own.slots.iter().map(|slots| slots.channel.as_str());
            channels.filter(|channel| self.has_channel(channel)).for_each(|channel| add(None, channel));
        } else {
            for (queue, channel) in now.pairs.get(profile).into_iter().flatten() {
                if self.has_queue(queue) && self.has_channel(channel) {
                    add(when(split.queue, queue), channel);
                }
            }
        }
        groups
    }

    fn holds(&self, pile: &Pile) -> bool {
        let has = |set: &Option<BTreeSet<String>>, text: &str| set.as_ref().is_none_or(|set| set.contains(text));
        let step = match (&self.steps, &pile.step) {
            (None, _) => true,
            (Some(steps), Some(step)) => steps.contains(step),
            (Some(_), None) => false,
        };
        let placed = step && (!self.split.step || pile.step.is_some());
        !self.no_contacts
            && self.has_channel(TASK)
            && self.has_queue(&pile.queue_id)
            && has(&self.subtypes, &pile.subtype)
            && placed
    }

    /// The rows that waiting tasks are in: of their queue, and of the routing profiles that have it (administration 5.2.4). Those of
    /// statuses have agents only.
    fn groups_of_pile(&self, pile: &Pile, now: &Snapshot) -> BTreeSet<Group> {
        let split = self.split;
        if split.status {
            return BTreeSet::new();
        }
        let serving = now.pairs.iter().filter(|(profile, pairs)| {
            self.profiles.as_ref().is_none_or(|own| own.contains(*profile))
                && pairs.iter().any(|(queue, channel)| *queue == pile.queue_id && channel == TASK)
        });
        let mut profiles: Vec<Option<String>> = serving.map(|(profile, _)| Some(profile.clone())).collect();
        if !split.profile {
            let any = self.profiles.is_none() || !profiles.is_empty();
            profiles = if any { vec![None] } else { Vec::new() };
        }
        let group = |profile| Group {
            queue: split.queue.then(|| pile.queue_id.clone()),
            channel: split.channel.then(|| TASK.to_owned()),
            profile,
            step: pile.step.clone().filter(|_| split.step),
            status: None,
            subtype: split.subtype.then(|| pile.subtype.clone()),
        };
        profiles.into_iter().map(group).collect()
    }
}

impl Row {
    fn add_agent(&mut self, own: &AgentNow, scope: &Scope, group: &Group) {
        let of_row = |channel: &str| match &group.channel {
            Some(own) => own == channel,
            None => scope.has_channel(channel),
        };
        let agent = &own.agent;
        let kind = agent.status.is.kind;
        let entries = || agent.entries.iter().filter(|entry| of_row(&entry.channel));
        let any = |states: &[EntryState]| i64::from(entries().any(|entry| states.contains(&entry.state)));
        let staffed = kind == StatusType::Routable;
        self.online += i64::from(kind != StatusType::Offline);
        self.staffed += i64::from(staffed);
        self.non_productive += i64::from(kind == StatusType::Custom);
        self.available += i64::from(staffed && agent.next_status.is_none() && agent.entries.is_empty());
        self.on_contact += any(&[EntryState::Connected, EntryState::Paused, EntryState::Ended]);
        self.error += any(&[EntryState::Missed, EntryState::Rejected, EntryState::Error]);
        let ended = entries().filter(|entry| entry.state == EntryState::Ended).count();
        self.after_contact += i64::try_from(ended).unwrap_or(i64::MAX);
        let slots = || own.slots.iter().filter(|slots| of_row(&slots.channel));
        self.slots_active += slots().map(|slots| slots.active).sum::<i64>();
        let named = group.channel.is_some() || scope.channels.is_some();
        let available = slots().map(|slots| slots.available);
        self.slots_available += if named { available.sum() } else { available.max().unwrap_or(0) };
        let own: Vec<SlotCounts> = slots().cloned().collect();
        self.capacity.add(agent, &own);
        let by_status = group.status.is_some();
        self.peopled |= kind != StatusType::Offline || (!by_status && !agent.entries.is_empty());
    }

    /// Whether a task that comes now has to wait for somebody.
    pub fn waits(&self) -> bool {
        self.capacity.all > 0 && self.contacts >= self.capacity.free
    }

    fn add_pile(&mut self, pile: &Pile) {
        self.contacts += pile.contacts;
        self.oldest_ms = self.oldest_ms.into_iter().chain(pile.oldest_ms).min();
    }

    /// The value of a metric in the row of a group; `None` where it cannot be computed (administration 5.1.2). `queue` is the one that
    /// ESTIMATED_WAIT_TIME is about, and `grouped` whether the request has groupings.
    pub fn value(&self, metric: &Metric, now: &Snapshot, queue: Option<&str>, grouped: bool) -> Option<i64> {
        Some(match metric {
            Metric::AgentsOnline => self.online,
            Metric::AgentsStaffed => self.staffed,
            Metric::AgentsNonProductive => self.non_productive,
            Metric::AgentsAvailable => self.available,
            Metric::AgentsOnCall | Metric::AgentsOnContact => self.on_contact,
            Metric::AgentsAfterContactWork => self.after_contact,
            Metric::AgentsError => self.error,
            Metric::SlotsActive => self.slots_active,
            Metric::SlotsAvailable => self.slots_available,
            Metric::ContactsInQueue => self.contacts,
            Metric::ContactsScheduled => 0,
            Metric::OldestContactAge => {
                let age_ms = self.oldest_ms.map_or(0, |since| now.now_ms.saturating_sub(since).max(0));
                if grouped { age_ms / 1_000 } else { age_ms }
            }
            Metric::EstimatedWaitTime => {
                let handled = now.handled_s.get(queue?).map_or(&[][..], Vec::as_slice);
                wait::estimate_s(self.contacts + 1, self.capacity, handled)?
            }
            Metric::Unknown(_) => return None,
        })
    }
}

#[cfg(test)]
mod tests;
