//! A world of tasks, agents and profiles, read in pages as a store would be, and the reference.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Map;

use crate::agent::{
    Agent, AgentEffects, AgentEvent, ChannelSlots, Concurrency, Entry, EntryChange, EntryState, StatusRef, StatusType,
    TASK,
};
use crate::contact::{InitiationMethod, Waiting};
use crate::criteria::{Criteria, Skill, Source};
use crate::routing::{
    AgentList, Assignment, Candidate, Decision, Known, ProfileFacts, ProfileQueue, WaitList, Want, decide,
};

/// 2026-03-02T09:00:00Z.
pub(super) const NOW: i64 = 1_772_442_000_000;

#[derive(Clone, Debug, Default)]
pub(super) struct World {
    pub(super) profiles: BTreeMap<String, ProfileFacts>,
    pub(super) agents: Vec<Candidate>,
    pub(super) tasks: Vec<Waiting>,
    /// How many proficiencies that steps ask for have lists of their own.
    pub(super) skill_lists: usize,
}

/// A profile with so many slots and these queues: id, priority, delay.
pub(super) fn profile(id: &str, slots: i64, queues: &[(&str, i64, i64)]) -> ProfileFacts {
    let queue = |(id, priority, delay_s): &(&str, i64, i64)| ProfileQueue {
        queue_id: (*id).to_owned(),
        priority: *priority,
        delay_s: *delay_s,
    };
    ProfileFacts {
        id: id.to_owned(),
        timer: crate::agent::AvailabilityTimer::LastActivity,
        queues: queues.iter().map(queue).collect(),
        channels: vec![ChannelSlots {
            channel: TASK.to_owned(),
            concurrency: Concurrency::Total(slots),
            any_channel: false,
        }],
    }
}

/// An available agent who is idle since so many seconds.
pub(super) fn agent(id: &str, profile: &str, idle_s: i64) -> Candidate {
    let available = StatusRef { id: "Available".to_owned(), kind: StatusType::Routable };
    let agent = Agent::new(id.to_owned(), available, profile.to_owned(), NOW - idle_s * 1000);
    Candidate { agent, basic_access: true, served: 0 }
}

/// A task that waits since so many seconds.
pub(super) fn task(id: &str, queue: &str, waited_s: i64) -> Waiting {
    Waiting {
        contact_id: id.to_owned(),
        queue_id: queue.to_owned(),
        class: String::new(),
        workload_type: "connect:Task".to_owned(),
        step: None,
        priority: 5,
        wait_ms: NOW - waited_s * 1000,
        enqueued_ms: NOW - waited_s * 1000,
    }
}

/// The same task with an active step.
pub(super) fn with_step(task: Waiting, expression: &serde_json::Value) -> Waiting {
    let criteria = serde_json::json!({"Steps": [{"Expression": expression}]}).to_string();
    let step = Criteria::parse(&criteria).unwrap().steps.remove(0);
    Waiting { class: format!("{}#{}", task.class, step.key), step: Some(step), ..task }
}

/// The agent gets an entry in this state.
pub(super) fn give(agent: &mut Agent, contact_id: &str, workload_type: &str, state: EntryState, now_ms: i64) {
    let entry = Entry {
        contact_id: contact_id.to_owned(),
        state,
        since_ms: 0,
        began_ms: 0,
        connected_ms: None,
        queue: None,
        initiation_method: InitiationMethod::Api,
        channel: TASK.to_owned(),
        workload_type: workload_type.to_owned(),
        attempt: 1,
        deadline_ms: None,
        until_ms: None,
        booked_ms: 0,
        other: Map::new(),
    };
    let change = EntryChange { contact_id: contact_id.to_owned(), entry: Some(entry) };
    agent.apply(AgentEvent::Entry(Box::new(change)), &mut AgentEffects::default(), now_ms).unwrap();
}

/// How much of each list was read: tasks by queue, class and delay; agents by profile and
/// proficiency.
#[derive(Debug, Default)]
struct Read {
    tasks: BTreeMap<(String, String, i64), usize>,
    agents: BTreeMap<(String, Option<Skill>), usize>,
}

impl World {
    pub(super) fn new(profiles: Vec<ProfileFacts>, agents: Vec<Candidate>, tasks: Vec<Waiting>) -> Self {
        let profiles = profiles.into_iter().map(|own| (own.id.clone(), own)).collect();
        Self { profiles, agents, tasks, skill_lists: usize::MAX }
    }

    /// What a whole pass gives, in pages of this size; each decision's offers are committed before the next.
    pub(super) fn pass(mut self, page: usize) -> (Self, Vec<Assignment>) {
        let (mut all, mut read) = (Vec::new(), Read::default());
        for _ in 0..10_000 {
            let decision = self.decide(page, &read);
            for assignment in &decision.offers {
                self.commit(assignment);
            }
            all.extend(decision.offers.iter().cloned());
            match decision.want {
                Some(Want::Waiting { queue_id, class, delay_s }) => {
                    *read.tasks.entry((queue_id, class, delay_s)).or_insert(if delay_s == 0 { page } else { 0 }) +=
                        page;
                }
                Some(Want::Agents { profile_id, skill }) => {
                    *read.agents.entry((profile_id, skill)).or_insert(page) += page;
                }
                None if decision.offers.is_empty() => return (self, all),
                None => {}
            }
        }
        panic!("a pass without end");
    }

    /// One decision with everything in view.
    pub(super) fn decide_all(&self) -> Decision {
        let decision = self.decide(usize::MAX / 2, &Read::default());
        assert_eq!(decision.want, None);
        decision
    }

    fn decide(&self, page: usize, read: &Read) -> Decision {
        let keys: BTreeSet<_> = self.tasks.iter().map(|own| (own.queue_id.clone(), own.class.clone(), 0)).collect();
        let keys: BTreeSet<_> = keys.into_iter().chain(read.tasks.keys().cloned()).collect();
        let waiting: Vec<WaitList> = keys
            .iter()
            .map(|key| {
                let (queue_id, class, delay_s) = key.clone();
                let own = |task: &&Waiting| {
                    task.queue_id == queue_id && task.class == class && task.enqueued_ms + delay_s * 1000 <= NOW
                };
                let mut waiting: Vec<Waiting> = self.tasks.iter().filter(own).cloned().collect();
                waiting.sort_by(|a, b| a.order().cmp(&b.order()));
                let count = read.tasks.get(key).copied().unwrap_or(page);
                let complete = waiting.len() <= count;
                waiting.truncate(count);
                WaitList { queue_id, class, delay_s, waiting, complete }
            })
            .collect();
        let queues: BTreeSet<&str> = self.tasks.iter().map(|own| own.queue_id.as_str()).collect();
        let sources: BTreeSet<Source<'_>> =
            self.tasks.iter().filter_map(|own| own.step.as_ref()?.sources()).flatten().collect();
        let named: BTreeSet<&str> = sources.iter().filter_map(Source::agent).collect();
        // The first proficiencies have lists of their own; agents with others are looked for among all.
        let skills = sources.iter().filter_map(Source::skill).cloned();
        let skills: Vec<Option<Skill>> = std::iter::once(None).chain(skills.take(self.skill_lists).map(Some)).collect();
        let lists = self.profiles.values().flat_map(|profile| skills.iter().map(move |skill| (profile, skill)));
        let agents: Vec<AgentList> = lists.map(|(profile, skill)| self.idle(profile, skill, page, read)).collect();
        let is_named = |own: &&Candidate| {
            let id = own.agent.user_id.as_str();
            queues.contains(id) || named.contains(id)
        };
        let named: Vec<Candidate> = self.agents.iter().filter(is_named).cloned().collect();
        decide(&Known { now_ms: NOW, profiles: &self.profiles, waiting: &waiting, agents: &agents, named: &named })
    }

    fn idle(&self, profile: &ProfileFacts, skill: &Option<Skill>, page: usize, read: &Read) -> AgentList {
        let own = |own: &&Candidate| {
            own.agent.routing_profile_id == profile.id
                && own.agent.takes_offers()
                && skill.as_ref().is_none_or(|skill| own.agent.proficiencies.iter().any(|own| skill.fits(own)))
        };
        let mut agents: Vec<Candidate> = self.agents.iter().filter(own).cloned().collect();
        agents.sort_by_key(|own| (own.agent.idle_since(profile.timer), own.agent.user_id.clone()));
        let count = read.agents.get(&(profile.id.clone(), skill.clone())).copied().unwrap_or(page);
        let complete = agents.len() <= count;
        agents.truncate(count);
        AgentList { profile_id: profile.id.clone(), skill: skill.clone(), agents, complete }
    }

    fn commit(&mut self, assignment: &Assignment) {
        let index = self.tasks.iter().position(|own| own.contact_id == assignment.contact_id).expect("offered once");
        let task = self.tasks.remove(index);
        let own = self.agents.iter_mut().find(|own| own.agent.user_id == assignment.user_id).unwrap();
        give(&mut own.agent, &task.contact_id, &task.workload_type, EntryState::Connecting, NOW);
        own.served += 1;
    }

    /// Where a task stands for an agent (tasks 3.3.3), or `None` when it is not eligible (tasks 3.3.1, 3.3.2, 3.3.6).
    fn place<'w>(&'w self, own: &Candidate, task: &'w Waiting) -> Option<(i64, i64, i64, &'w str)> {
        let profile = self.profiles.get(&own.agent.routing_profile_id)?;
        let own_queue = task.queue_id == own.agent.user_id;
        let queue = profile.queues.iter().find(|queue| queue.queue_id == task.queue_id);
        let ripe = queue.is_some_and(|queue| NOW - task.enqueued_ms >= queue.delay_s * 1000);
        let fits = task.step.as_ref().is_none_or(|step| step.fits(&own.agent.user_id, &own.agent.proficiencies));
        let may = own.basic_access && own.agent.may_be_offered(&profile.channels, &task.workload_type);
        let rank = if own_queue { i64::MIN } else { queue.map_or(0, |queue| queue.priority) };
        (may && fits && (own_queue || ripe)).then_some((rank, task.priority, task.wait_ms, task.contact_id.as_str()))
    }

    /// The reference: everything is looked at for every single offer.
    pub(super) fn reference(mut self) -> (Self, Vec<Assignment>) {
        let mut all = Vec::new();
        loop {
            let turn = |own: &&Candidate| {
                let timer = self.profiles.get(&own.agent.routing_profile_id).map(|profile| profile.timer);
                (own.served, own.agent.idle_since(timer.unwrap_or_default()), own.agent.user_id.clone())
            };
            let served = self.agents.iter().filter(|own| self.tasks.iter().any(|task| self.place(own, task).is_some()));
            let Some(next) = served.min_by_key(turn) else { break };
            let task = self.tasks.iter().filter_map(|task| self.place(next, task)).min().unwrap();
            let assignment = Assignment { contact_id: task.3.to_owned(), user_id: next.agent.user_id.clone() };
            self.commit(&assignment);
            all.push(assignment);
        }
        (self, all)
    }

    /// Every task that somebody could be given now.
    pub(super) fn eligible_pairs(&self) -> usize {
        let pairs = self.agents.iter().flat_map(|own| self.tasks.iter().filter_map(|task| self.place(own, task)));
        pairs.count()
    }

    /// No agent was given more than there are slots, in all or by workload type.
    pub(super) fn slots_hold(&self, before: &Self) -> bool {
        self.agents.iter().zip(&before.agents).all(|(now, before)| {
            let Some(profile) = self.profiles.get(&now.agent.routing_profile_id) else { return now.served == 0 };
            let (now, before) = (now.agent.load(), before.agent.load());
            match &profile.channels[0].concurrency {
                Concurrency::Total(slots) => now.used() <= before.used().max(*slots),
                Concurrency::ByWorkload(types) => types.iter().all(|own| {
                    let (now, before) = (now.used_by(&own.workload_type), before.used_by(&own.workload_type));
                    now <= before.max(own.slots)
                }),
            }
        })
    }
}
