//! One pass over an instance: reads the heads of what waits and the agents who are free through their indexes, has
//! `engine::routing` decide, and commits each offer (tasks 3.3, 3.4).

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use engine::agent::AvailabilityTimer;
use engine::contact::{Effects, Event, State, Waiting};
use engine::criteria::{Skill, Source, Step};
use engine::predefined_attribute;
use engine::routing::{AgentList, Assignment, Candidate, Decision, Known, WaitList, Want, decide};
use futures_util::future::{join_all, try_join_all};
use store::{AgentRow, IdlePage, IdleTimer, Kind, Proficient, WaitingContact};

use super::{facts_of, heads, task_slots};
use crate::base::commit::Attempt;
use crate::base::routing::{Facts, Scope};
use crate::resource::user;
use crate::unit::{LoadedAgent, LoadedContact, UnitOfWork, deciding, readable, refused};
use crate::{Cx, Error, Result};

/// Agents of a profile that are read at first, and at a time when those are not enough.
const AGENTS_FIRST: usize = 16;
const AGENTS: usize = 64;
/// Tasks of a class that are read at a time: narrow rows of an index.
const TASKS: usize = 64;
/// Offers that are committed at the same time.
const OFFERS: usize = 64;
/// Queues that are read at a time.
const QUEUES: usize = 200;
/// Lists of agents by proficiency that a pass reads; for what comes beyond, agents are looked for among all of a profile.
const SKILL_LISTS_MAX: usize = 200;
/// Decisions of one pass: each offers something, reads more, or is the last. Beyond it the next pass goes on.
const DECISIONS_MAX: usize = 1_000;
/// Offers of one pass, about: beyond it the next pass goes on, after those of other instances.
const OFFERS_MAX: usize = 1_000;

/// What came of a pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Passed {
    /// The next moment at which a task becomes ripe for an agent who is free now, epoch milliseconds (tasks 3.3.2).
    pub(crate) next_ms: Option<i64>,
    /// There may be more to do: the pass ended at its limit, or met writers of the same tasks and agents.
    pub(crate) more: bool,
}

/// Gives what waits to whoever is free, as far as `scope` says that something may have changed.
pub(crate) async fn pass(cx: &Cx<'_>, instance: &str, scope: &Scope) -> Result<Passed> {
    let mut passed = Passed::default();
    if !cx.store().instance_exists(instance).await? {
        return Ok(passed);
    }
    let facts = facts_of(cx, instance).await?;
    let mut seen = Seen::new(cx, instance, facts);
    seen.read(scope).await?;
    let mut offered = 0;
    for _ in 0..DECISIONS_MAX {
        let Decision { offers, next_ms, want } = decide(&seen.known());
        passed.next_ms = next_ms;
        // What it wants to know makes the decision longer and changes nothing of it: fewer and larger groups of offers are
        // committed when that is read first.
        if let Some(want) = want.filter(|_| offers.len() < OFFERS) {
            seen.read_more(want).await?;
            continue;
        }
        if !offers.is_empty() {
            let committed = seen.commit(offers).await?;
            offered += committed;
            passed.more |= seen.conflicts > 0;
            if committed == 0 && seen.conflicts > 0 {
                // Somebody else changes the same tasks or agents; the next pass sees what came of it.
                return Ok(passed);
            }
            if offered >= OFFERS_MAX {
                break;
            }
            continue;
        }
        return Ok(passed);
    }
    passed.more = true;
    Ok(passed)
}

/// What a pass has read so far.
struct Seen<'a> {
    cx: &'a Cx<'a>,
    instance: &'a str,
    facts: Arc<Facts>,
    waiting: Vec<WaitList>,
    /// Of each queue and class a task as it was first read: all of a class ask the same of an agent.
    samples: HashMap<(String, String), Waiting>,
    agents: Vec<AgentList>,
    named: Vec<Candidate>,
    /// The revisions of the agents, and what offers need of the users.
    users: HashMap<String, (LoadedAgent, store::ResourceRow)>,
    /// Tasks that were given in this pass, by agent.
    served: HashMap<String, u32>,
    conflicts: usize,
}

impl<'a> Seen<'a> {
    fn new(cx: &'a Cx<'a>, instance: &'a str, facts: Arc<Facts>) -> Self {
        Self {
            cx,
            instance,
            facts,
            waiting: Vec::new(),
            samples: HashMap::new(),
            agents: Vec::new(),
            named: Vec::new(),
            users: HashMap::new(),
            served: HashMap::new(),
            conflicts: 0,
        }
    }

    fn known(&self) -> Known<'_> {
        Known {
            now_ms: self.cx.now_ms,
            profiles: &self.facts.profiles,
            waiting: &self.waiting,
            agents: &self.agents,
            named: &self.named,
        }
    }

    /// The queues that may have something new, their heads, and the agents for them. Where nobody is free nothing else is
    /// read.
    async fn read(&mut self, scope: &Scope) -> Result<()> {
        let mut queues = scope.queues.clone();
        let agents: Vec<&str> = scope.agents.iter().map(String::as_str).collect();
        let of_scope = self.cx.store().agents(self.instance, &agents).await?;
        for row in of_scope.iter().filter(|row| row.idle_ms.is_some()) {
            queues.insert(row.id.clone());
            let profile = self.facts.profiles.get(&row.routing_profile_id);
            queues.extend(profile.into_iter().flat_map(|own| &own.queues).map(|queue| queue.queue_id.clone()));
        }
        if scope.all {
            queues = self.all_queues().await?;
        }
        let queues: Vec<String> = queues.into_iter().collect();
        let mut named = BTreeSet::new();
        let (mut profiles, mut skills) = (BTreeSet::new(), BTreeSet::new());
        for chunk in queues.chunks(QUEUES) {
            let heads = try_join_all(chunk.iter().map(|queue| heads(self.cx, self.instance, queue))).await?;
            for (queue, heads) in chunk.iter().zip(heads).filter(|(_, heads)| !heads.is_empty()) {
                let wanted = scope.all || scope.queues.contains(queue);
                for contact in heads.iter().filter_map(readable) {
                    if contact.queue.as_ref().is_some_and(|stay| stay.queue.agent) {
                        named.insert(queue.clone());
                    }
                    let Some(head) = contact.waiting() else { continue };
                    let of_step = head.step.as_ref().and_then(Step::sources).unwrap_or_default();
                    named.extend(of_step.iter().filter_map(|source| source.agent()).map(str::to_owned));
                    if wanted {
                        skills.extend(self.lists_of(queue, &of_step));
                    }
                    self.samples.insert((queue.clone(), head.class.clone()), head.clone());
                    self.waiting.push(WaitList {
                        queue_id: queue.clone(),
                        class: head.class.clone(),
                        delay_s: 0,
                        waiting: vec![head],
                        complete: false,
                    });
                }
                if wanted {
                    profiles.extend(self.facts.serving(queue).map(|profile| profile.id.clone()));
                }
            }
        }
        if self.waiting.is_empty() {
            return Ok(());
        }
        self.read_named(of_scope, named).await?;
        let profiles = profiles.into_iter().map(|id| (id, None));
        let skills = skills.into_iter().take(SKILL_LISTS_MAX).map(|(id, skill)| (id, Some(skill)));
        for (profile_id, skill) in profiles.chain(skills) {
            self.agents.push(AgentList { profile_id, skill, agents: Vec::new(), complete: false });
            self.more_of(self.agents.len() - 1).await?;
        }
        Ok(())
    }

    /// Agents who are named, beside those of the scope.
    async fn read_named(&mut self, of_scope: Vec<AgentRow>, mut named: BTreeSet<String>) -> Result<()> {
        for row in &of_scope {
            named.remove(&row.id);
        }
        let named: Vec<&str> = named.iter().map(String::as_str).collect();
        let mut rows = self.cx.store().agents(self.instance, &named).await?;
        rows.extend(of_scope);
        self.named = self.candidates(rows).await?;
        Ok(())
    }

    /// The lists of agents by proficiency, for each profile that serves the queue.
    fn lists_of(&self, queue: &str, of_step: &[Source<'_>]) -> Vec<(String, Skill)> {
        let skills = of_step.iter().filter_map(Source::skill);
        skills.flat_map(|skill| self.facts.serving(queue).map(|own| (own.id.clone(), skill.clone()))).collect()
    }

    async fn all_queues(&self) -> Result<BTreeSet<String>> {
        let mut all = BTreeSet::new();
        let mut after = String::new();
        loop {
            let some = self.cx.store().waiting_queues(self.instance, &after, QUEUES).await?;
            let last = some.get(QUEUES - 1).cloned();
            all.extend(some);
            match last {
                Some(last) => after = last,
                None => return Ok(all),
            }
        }
    }

    /// Reads what a decision asked for.
    async fn read_more(&mut self, want: Want) -> Result<()> {
        match want {
            Want::Agents { profile_id, skill } => {
                let is_it = |list: &AgentList| list.profile_id == profile_id && list.skill == skill;
                match self.agents.iter().position(is_it) {
                    Some(at) => self.more_of(at).await,
                    None => Ok(()),
                }
            }
            Want::Waiting { queue_id, class, delay_s } => self.more_waiting(&queue_id, &class, delay_s).await,
        }
    }

    /// The next agents of the list at this index.
    async fn more_of(&mut self, at: usize) -> Result<()> {
        let AgentList { profile_id, skill, .. } = &self.agents[at];
        let Some(profile) = self.facts.profiles.get(profile_id) else { return Ok(()) };
        let timer = profile.timer;
        let last = self.agents[at].agents.last();
        let last = last.map(|last| (last.agent.idle_since(timer), last.agent.user_id.clone()));
        let after = last.as_ref().map(|(ms, id)| (*ms, id.as_str()));
        let timer = match timer {
            AvailabilityTimer::LastActivity => IdleTimer::Activity,
            AvailabilityTimer::LastInbound => IdleTimer::Inbound,
        };
        let limit = if after.is_none() { AGENTS_FIRST } else { AGENTS };
        let page = IdlePage { timer, used_below: task_slots(profile), after, limit };
        let (store, instance) = (self.cx.store(), self.instance);
        let rows = match skill {
            None => store.idle_agents(instance, profile_id, &page).await?,
            Some(Skill { name, value, min, max }) => {
                let wanted = Proficient { slot: &predefined_attribute::slot(name, value), min: *min, max: *max };
                store.idle_proficient_agents(instance, profile_id, wanted, &page).await?
            }
        };
        self.agents[at].complete = rows.len() < limit;
        let candidates = self.candidates(rows).await?;
        self.agents[at].agents.extend(candidates);
        Ok(())
    }

    async fn more_waiting(&mut self, queue_id: &str, class: &str, delay_s: i64) -> Result<()> {
        let same = |list: &WaitList| list.queue_id == queue_id && list.class == class;
        // The lists may be empty by now: everything in them was given.
        let Some(sample) = self.samples.get(&(queue_id.to_owned(), class.to_owned())).cloned() else {
            return Err(Error::internal(format!(
                "a pass wants more of class {class} in queue {queue_id}, which it never saw"
            )));
        };
        let at = match self.waiting.iter().position(|list| same(list) && list.delay_s == delay_s) {
            Some(at) => at,
            None => {
                let (queue_id, class) = (queue_id.to_owned(), class.to_owned());
                self.waiting.push(WaitList { queue_id, class, delay_s, waiting: Vec::new(), complete: false });
                self.waiting.len() - 1
            }
        };
        let last = self.waiting[at].waiting.last().map(|last| WaitingContact {
            id: last.contact_id.clone(),
            priority: last.priority,
            since_ms: last.wait_ms,
            enqueued_ms: last.enqueued_ms,
        });
        let ripe_ms = self.cx.now_ms.saturating_sub(delay_s.saturating_mul(1_000));
        let ripe_ms = if delay_s == 0 { i64::MAX } else { ripe_ms };
        let more = self.cx.store().waiting(self.instance, queue_id, class, ripe_ms, last.as_ref(), TASKS).await?;
        self.waiting[at].complete = more.len() < TASKS;
        self.waiting[at].waiting.extend(more.into_iter().map(|more| Waiting {
            contact_id: more.id,
            priority: more.priority,
            wait_ms: more.since_ms,
            enqueued_ms: more.enqueued_ms,
            ..sample.clone()
        }));
        Ok(())
    }

    /// Agents with what their users add: the permission.
    async fn candidates(&mut self, rows: Vec<AgentRow>) -> Result<Vec<Candidate>> {
        let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        let users = self.cx.store().resources(self.instance, Kind::User, &ids).await?;
        let mut users: HashMap<String, store::ResourceRow> =
            users.into_iter().map(|row| (row.id.clone(), row)).collect();
        let mut candidates = Vec::new();
        for row in &rows {
            let Some(user) = users.remove(&row.id) else { continue };
            let known = LoadedAgent::of(row)
                .and_then(|loaded| Ok((loaded, user::has_one_of(&user, &self.facts.basic_access)?)));
            let (loaded, basic_access) = match known {
                Ok(known) => known,
                // One who cannot be read is left out and logged, and does not keep others from their tasks.
                Err(error) => {
                    tracing::error!(instance = %self.instance, agent = %row.id, %error, "a stored agent cannot be read");
                    continue;
                }
            };
            candidates.push(Candidate {
                agent: loaded.agent.clone(),
                basic_access,
                served: self.served.get(&row.id).copied().unwrap_or(0),
            });
            self.users.insert(row.id.clone(), (loaded, user));
        }
        Ok(candidates)
    }

    /// Commits offers, those of different agents at the same time. Agents whose offers were not committed are read anew. Answers how
    /// many were.
    async fn commit(&mut self, offers: Vec<Assignment>) -> Result<usize> {
        let mut once = HashSet::new();
        let first: Vec<Assignment> =
            offers.into_iter().filter(|offer| once.insert(offer.user_id.clone())).take(OFFERS).collect();
        let results = join_all(first.iter().map(|assignment| self.offer(assignment))).await;
        let (mut renewed, mut unknown) = (Vec::new(), Vec::new());
        for (assignment, result) in first.iter().zip(results) {
            let user_id = &assignment.user_id;
            match result? {
                Some(loaded) => {
                    let served = self.served.entry(user_id.clone()).or_default();
                    *served += 1;
                    renewed.push(Candidate { agent: loaded.agent.clone(), basic_access: true, served: *served });
                    if let Some((known, _)) = self.users.get_mut(user_id) {
                        *known = loaded;
                    }
                }
                None => unknown.push(user_id.as_str()),
            }
        }
        let committed = renewed.len();
        self.conflicts = unknown.len();
        if !unknown.is_empty() {
            let rows = self.cx.store().agents(self.instance, &unknown).await?;
            renewed.extend(self.candidates(rows).await?);
        }
        let gone: HashSet<&str> = first.iter().map(|offer| offer.contact_id.as_str()).collect();
        for list in &mut self.waiting {
            list.waiting.retain(|task| !gone.contains(task.contact_id.as_str()));
        }
        let changed: HashSet<&str> = first.iter().map(|offer| offer.user_id.as_str()).collect();
        self.replace(&changed, renewed);
        Ok(committed)
    }

    /// Puts agents in the place of what was known of them. One who is no longer where a list had found them is known by name.
    fn replace(&mut self, changed: &HashSet<&str>, renewed: Vec<Candidate>) {
        let is_changed = |candidate: &Candidate| changed.contains(candidate.agent.user_id.as_str());
        for list in &mut self.agents {
            list.agents.retain(|candidate| !is_changed(candidate));
        }
        self.named.retain(|candidate| !is_changed(candidate));
        self.named.extend(renewed);
    }

    /// Offers one task to one agent. Answers the agent as stored now; `None` when somebody was faster.
    async fn offer(&self, assignment: &Assignment) -> Result<Option<LoadedAgent>> {
        let (cx, instance) = (self.cx, self.instance);
        let Some((agent, user)) = self.users.get(&assignment.user_id) else { return Ok(None) };
        let loaded = LoadedContact::find(cx, instance, &assignment.contact_id).await?;
        let Some(mut loaded) = loaded.filter(|loaded| loaded.contact.state == State::Queued) else { return Ok(None) };
        let agent_ref = user::agent_of(cx, instance, user).await?;
        let event = Event::Offer { agent: agent_ref, until_ms: super::offer_until_ms(cx) };
        let mut effects = Effects::default();
        deciding(cx, instance, |life| loaded.contact.apply(event, &mut effects, life)).map_err(refused)?;
        let mut unit = UnitOfWork::new(cx, instance);
        unit.batch.require_resource(instance, Kind::User, &assignment.user_id);
        unit.decided_on(agent.clone());
        unit.update_contact(loaded, effects)?;
        Ok(match unit.commit_agents().await? {
            Attempt::Done(agents) => agents.into_iter().find(|own| own.agent.user_id == assignment.user_id),
            Attempt::Again(_) => None,
        })
    }
}
