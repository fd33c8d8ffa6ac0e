//! Numbers about one queue, for flows (flows 7.3.3 to 7.3.7): reads of this queue and of the agents who serve it alone, and no more of
//! those than the action needs.

use engine::contact::{Counted, QueueRef};
use engine::flow::run::{Metrics, Wanted};
use engine::metrics::people::{AVAILABLE, counts, may_be_available};
use engine::metrics::wait::{Capacity, estimate_s};
use engine::routing::ProfileFacts;
use store::{AgentRow, IdlePage, IdleTimer, Kind};

use crate::base::routing::Facts;
use crate::resource::user;
use crate::routing::{facts_of, task_slots};
use crate::unit::LoadedAgent;
use crate::{Cx, Result};

/// Agents read at a time where all are counted.
const ALL: usize = 500;
/// Agents read at a time where somebody is looked for.
const SOME: usize = 16;

/// The numbers of a queue that an action wants.
///
/// # Errors
/// The store's failures.
pub(crate) async fn of_queue(
    cx: &Cx<'_>,
    instance: &str,
    queue: &QueueRef,
    arn: String,
    wanted: Wanted,
) -> Result<Metrics> {
    let counter = Counted::Queue { id: queue.id.clone() }.name();
    let numbers = cx.store().queue_numbers(instance, &queue.id, &counter).await?;
    let mut metrics = Metrics {
        queue: Some((queue.name.clone(), arn)),
        size: numbers.contacts,
        oldest_ms: numbers.oldest_ms.map_or(0, |since| cx.now_ms.saturating_sub(since).max(0)),
        ..Metrics::default()
    };
    if wanted == Wanted::Contacts {
        return Ok(metrics);
    }
    let facts = facts_of(cx, instance).await?;
    let mut people = People { cx, instance, facts: &facts, counts: [0; 7], capacity: Capacity::default() };
    people.read(queue, &wanted).await?;
    metrics.agents = people.counts;
    if let Wanted::All { contact_id } = wanted {
        let handled_s = super::handled_s(cx, instance, &queue.id).await?;
        metrics.wait_s = estimate_s(metrics.size.saturating_add(1), people.capacity, &handled_s);
        metrics.position = position(cx, instance, &queue.id, &contact_id).await?;
        metrics.contact_wait_s = match metrics.position {
            Some(0) => Some(0),
            Some(position) => estimate_s(position, people.capacity, &handled_s),
            None => None,
        };
    }
    Ok(metrics)
}

/// The place of a task in this queue (administration 5.5.2), 0 while it is offered (5.5.1); `None` when it does not wait there.
async fn position(cx: &Cx<'_>, instance: &str, queue: &str, contact: &str) -> Result<Option<i64>> {
    let Some(row) = cx.store().contact(instance, contact).await? else { return Ok(None) };
    if row.queued_in.as_deref() != Some(queue) {
        return Ok(None);
    }
    if row.waiting.is_none() {
        return Ok(Some(0));
    }
    Ok(cx.store().position_in_queue(&row, super::step_of(&row)).await?)
}

/// The agents who serve a queue, as they are read.
struct People<'a> {
    cx: &'a Cx<'a>,
    instance: &'a str,
    facts: &'a Facts,
    counts: [i64; 7],
    capacity: Capacity,
}

impl People<'_> {
    /// Reads the agents of the profiles that have the queue for tasks, or the user whose queue it is; where somebody is looked for,
    /// until somebody is found.
    async fn read(&mut self, queue: &QueueRef, wanted: &Wanted) -> Result<()> {
        if queue.agent {
            let own = self.cx.store().agent(self.instance, &queue.id).await?;
            return self.add(own.into_iter().collect()).await;
        }
        let size = if matches!(wanted, Wanted::Somebody(_)) { SOME } else { ALL };
        let facts = self.facts;
        for profile in facts.serving(&queue.id) {
            let mut after: Option<AgentRow> = None;
            loop {
                let rows = self.page(profile, wanted, after.as_ref(), size).await?;
                after = rows.get(size - 1).cloned();
                self.add(rows).await?;
                if matches!(wanted, Wanted::Somebody(index) if self.counts[*index] > 0) {
                    return Ok(());
                }
                if after.is_none() {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Agents of a profile: those who may be available, where one who is available is looked for, else those who are there.
    async fn page(
        &self,
        profile: &ProfileFacts,
        wanted: &Wanted,
        after: Option<&AgentRow>,
        limit: usize,
    ) -> Result<Vec<AgentRow>> {
        let (store, id) = (self.cx.store(), profile.id.as_str());
        if *wanted == Wanted::Somebody(AVAILABLE) {
            let after = after.and_then(|row| Some((row.idle_ms?, row.id.as_str())));
            let page = IdlePage { timer: IdleTimer::Activity, used_below: task_slots(profile), after, limit };
            return Ok(store.idle_agents(self.instance, id, &page).await?);
        }
        let after = after.map_or("", |row| row.id.as_str());
        Ok(store.agents_present_of_profile(self.instance, id, after, limit).await?)
    }

    async fn add(&mut self, rows: Vec<AgentRow>) -> Result<()> {
        let mut agents = Vec::with_capacity(rows.len());
        for row in &rows {
            let agent = LoadedAgent::of(row)?.agent;
            let profile = self.facts.profiles.get(&agent.routing_profile_id);
            agents.push((agent, profile.map_or(&[][..], |own| own.channels.as_slice())));
        }
        // The permission only matters for those whom routing could offer something otherwise.
        let asked = agents.iter().filter(|(agent, channels)| may_be_available(agent, channels));
        let asked: Vec<&str> = asked.map(|(agent, _)| agent.user_id.as_str()).collect();
        let mut basic_access = std::collections::BTreeSet::new();
        for user in self.cx.store().resources(self.instance, Kind::User, &asked).await? {
            if user::has_one_of(&user, &self.facts.basic_access)? {
                basic_access.insert(user.id);
            }
        }
        for (agent, channels) in &agents {
            let counts = counts(agent, channels, basic_access.contains(&agent.user_id));
            for (sum, is) in self.counts.iter_mut().zip(counts) {
                *sum += i64::from(is);
            }
            self.capacity.add(agent, &agent.slots(channels));
        }
        Ok(())
    }
}
