//! One pass over what is known: the agents in idle order, each one task by the order of tasks 3.3.3, and again with the slots that
//! are left (tasks 3.3.5).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet};

use crate::agent::{ChannelSlots, Concurrency, Load, TASK};
use crate::contact::Waiting;
use crate::criteria::{Skill, Source, Step};
use crate::routing::{Assignment, Candidate, Decision, Known, ProfileFacts, ProfileQueue, WaitList, Want};

/// Decides who gets what (tasks 3.3.1 to 3.3.6), as if everything that waits and everybody who is free were known. It ends early
/// with a [`Want`] where that would make a difference; the offers until there stand. An agent who has slots and is left without
/// an offer, without a want, has nothing to get.
pub fn decide(known: &Known<'_>) -> Decision {
    let mut pass = Pass::new(known);
    let want = pass.run();
    Decision { next_ms: pass.next_ms(), offers: pass.offers, want }
}

/// The lists of one queue and class.
struct Class<'a> {
    name: &'a str,
    /// By `delay_s`, least first.
    lists: Vec<&'a WaitList>,
}

/// An agent during the pass.
struct Free<'a> {
    candidate: &'a Candidate,
    profile: &'a ProfileFacts,
    load: Load,
}

/// Whose turn it is: tasks given in this pass, idle since, user id.
type Turn<'a> = (u32, i64, &'a str);

/// What an agent would get.
enum Found<'a> {
    Task(&'a Waiting),
    Nothing,
    Unknown(Want),
}

struct Pass<'a> {
    known: &'a Known<'a>,
    queues: HashMap<&'a str, Vec<Class<'a>>>,
    agents: BTreeMap<&'a str, Free<'a>>,
    taken: HashSet<&'a str>,
    offers: Vec<Assignment>,
}

impl<'a> Pass<'a> {
    fn new(known: &'a Known<'a>) -> Self {
        let mut queues: HashMap<&str, Vec<Class<'_>>> = HashMap::new();
        for list in known.waiting {
            let classes = queues.entry(&list.queue_id).or_default();
            match classes.iter_mut().find(|class| class.name == list.class) {
                Some(class) => class.lists.push(list),
                None => classes.push(Class { name: &list.class, lists: vec![list] }),
            }
        }
        for class in queues.values_mut().flatten() {
            class.lists.sort_by_key(|list| list.delay_s);
        }
        let mut agents = BTreeMap::new();
        for candidate in known.agents.iter().flat_map(|list| &list.agents).chain(known.named) {
            let profile = known.profiles.get(&candidate.agent.routing_profile_id);
            let Some(profile) = profile.filter(|_| candidate.basic_access && candidate.agent.takes_offers()) else {
                continue;
            };
            let free = || Free { candidate, profile, load: candidate.agent.load() };
            agents.entry(candidate.agent.user_id.as_str()).or_insert_with(free);
        }
        Self { known, queues, agents, taken: HashSet::new(), offers: Vec::new() }
    }

    fn run(&mut self) -> Option<Want> {
        let turn = |(id, own): (&&'a str, &Free<'a>)| {
            Reverse((own.candidate.served, own.candidate.agent.idle_since(own.profile.timer), *id))
        };
        let mut turns: BinaryHeap<Reverse<Turn<'a>>> = self.agents.iter().map(turn).collect();
        while let Some(Reverse(turn)) = turns.pop() {
            let (served, _, user_id) = turn;
            if let Some(want) = self.somebody_before(Some(turn)) {
                return Some(want);
            }
            match self.best(user_id) {
                Found::Nothing => {}
                Found::Unknown(want) => return Some(want),
                Found::Task(task) => {
                    self.taken.insert(&task.contact_id);
                    let assignment = Assignment { contact_id: task.contact_id.clone(), user_id: user_id.to_owned() };
                    self.offers.push(assignment);
                    if let Some(own) = self.agents.get_mut(user_id) {
                        own.load.add(&task.workload_type);
                    }
                    // From now on the agent is idle since this offer.
                    turns.push(Reverse((served + 1, self.known.now_ms, user_id)));
                }
            }
        }
        self.somebody_before(None)
    }

    /// Agents who were not given and whose turn may be before this one, if there is something for them.
    fn somebody_before(&self, turn: Option<Turn<'a>>) -> Option<Want> {
        for list in self.known.agents.iter().filter(|list| !list.complete) {
            let Some(profile) = self.known.profiles.get(&list.profile_id) else { continue };
            let last = list.agents.last();
            let last = last.map(|last| (0, last.agent.idle_since(profile.timer), last.agent.user_id.as_str()));
            let before = turn.is_none_or(|turn| last.is_none_or(|last| last < turn));
            if before && self.could_use(profile, list.skill.as_ref()) {
                return Some(Want::Agents { profile_id: list.profile_id.clone(), skill: list.skill.clone() });
            }
        }
        None
    }

    /// Whether there may be something for an agent of this profile, with this proficiency, who was not given. What only agents may
    /// take who are named, or found by other proficiencies, is not.
    fn could_use(&self, profile: &ProfileFacts, skill: Option<&Skill>) -> bool {
        let Some(slots) = task_slots(profile) else { return false };
        let waits = |queue: &ProfileQueue| {
            self.classes(&queue.queue_id).any(|class| {
                let sample = class.lists.iter().find_map(|list| list.waiting.first());
                let fits = sample.is_none_or(|task| {
                    slots.admits(&Load::default(), &task.workload_type) && self.is_looked_up(profile, skill, task)
                });
                fits && !matches!(self.first(&queue.queue_id, class, queue.delay_s), Found::Nothing)
            })
        };
        profile.queues.iter().any(waits)
    }

    /// Whether the agents of the profile who may take this task are looked up in its list of this proficiency.
    fn is_looked_up(&self, profile: &ProfileFacts, skill: Option<&Skill>, task: &Waiting) -> bool {
        let Some(sources) = task.step.as_ref().and_then(Step::sources) else { return skill.is_none() };
        let has_list = |wanted: &Skill| {
            let lists = self.known.agents.iter().filter(|list| list.profile_id == profile.id);
            lists.into_iter().any(|list| list.skill.as_ref() == Some(wanted))
        };
        sources.into_iter().any(|source| match source {
            Source::Agent(_) => false,
            Source::Skill(own) => skill.map_or_else(|| !has_list(own), |skill| skill == own),
        })
    }

    fn classes(&self, queue_id: &str) -> impl Iterator<Item = &Class<'a>> {
        self.queues.get(queue_id).into_iter().flatten()
    }

    /// The first task of a class that has waited so long and was not given away.
    fn first(&self, queue_id: &str, class: &Class<'a>, delay_s: i64) -> Found<'a> {
        let ripe = |task: &Waiting| task.enqueued_ms.saturating_add(delay_s.saturating_mul(1000)) <= self.known.now_ms;
        // A list whose tasks have waited less holds those that have waited long enough too.
        let mut lists = class.lists.iter().rev().filter(|list| list.delay_s <= delay_s);
        let Some(list) = lists.next() else {
            return Found::Unknown(want(queue_id, class.name, delay_s));
        };
        let task = list.waiting.iter().find(|task| ripe(task) && !self.taken.contains(task.contact_id.as_str()));
        match task {
            Some(task) => Found::Task(task),
            None if list.complete => Found::Nothing,
            None => Found::Unknown(want(queue_id, class.name, delay_s)),
        }
    }

    /// What this agent gets by tasks 3.3.3.
    fn best(&self, user_id: &str) -> Found<'a> {
        let (Some(own), Some(slots)) =
            (self.agents.get(user_id), self.agents.get(user_id).and_then(|own| task_slots(own.profile)))
        else {
            return Found::Nothing;
        };
        let own_queue = (user_id, 0);
        match self.best_of(own, slots, &[own_queue]) {
            Found::Nothing => {}
            found => return found,
        }
        let priorities: BTreeSet<i64> = own.profile.queues.iter().map(|queue| queue.priority).collect();
        for priority in priorities {
            let queues = own.profile.queues.iter().filter(|queue| queue.priority == priority);
            let queues: Vec<_> = queues.map(|queue| (queue.queue_id.as_str(), queue.delay_s)).collect();
            match self.best_of(own, slots, &queues) {
                Found::Nothing => {}
                found => return found,
            }
        }
        Found::Nothing
    }

    /// The first task of these queues, which are given with their delays, that the agent may take.
    fn best_of(&self, own: &Free<'a>, slots: &Concurrency, queues: &[(&str, i64)]) -> Found<'a> {
        let mut best: Option<&'a Waiting> = None;
        for (queue_id, delay_s) in queues {
            for class in self.classes(queue_id) {
                // All of a class ask the same of an agent; one that is unknown is asked for only when it may matter.
                let sample = class.lists.iter().find_map(|list| list.waiting.first());
                if sample.is_some_and(|task| !may_take(own, slots, task)) {
                    continue;
                }
                match self.first(queue_id, class, *delay_s) {
                    Found::Task(task) if best.is_none_or(|best| task.order() < best.order()) => best = Some(task),
                    Found::Task(_) | Found::Nothing => {}
                    Found::Unknown(want) => return Found::Unknown(want),
                }
            }
        }
        best.map_or(Found::Nothing, Found::Task)
    }

    /// Tasks that are not ripe yet for the agents who are here.
    fn next_ms(&self) -> Option<i64> {
        let profiles: BTreeMap<&str, &ProfileFacts> =
            self.agents.values().map(|own| (own.profile.id.as_str(), own.profile)).collect();
        let tasks = self.known.waiting.iter().flat_map(|list| &list.waiting);
        let tasks = tasks.filter(|task| !self.taken.contains(task.contact_id.as_str()));
        let moments = tasks
            .flat_map(|task| profiles.values().filter_map(|profile| profile.ripe_ms(&task.queue_id, task.enqueued_ms)));
        moments.filter(|ms| *ms > self.known.now_ms).min()
    }
}

/// The slots for tasks.
fn task_slots(profile: &ProfileFacts) -> Option<&Concurrency> {
    let own = profile.channels.iter().find(|own: &&ChannelSlots| own.channel == TASK);
    own.map(|own| &own.concurrency)
}

/// tasks 3.3.1, 3.3.6, administration 2.6.4. The criteria never are active in an agent queue.
fn may_take(own: &Free<'_>, slots: &Concurrency, task: &Waiting) -> bool {
    let agent = &own.candidate.agent;
    slots.admits(&own.load, &task.workload_type)
        && task.step.as_ref().is_none_or(|step| step.fits(&agent.user_id, &agent.proficiencies))
}

fn want(queue_id: &str, class: &str, delay_s: i64) -> Want {
    Want::Waiting { queue_id: queue_id.to_owned(), class: class.to_owned(), delay_s }
}
