//! Who gets what (tasks 3.3): tasks that wait, agents who are free, and the routing profiles between them. [`decide`] does no I/O: what
//! it is given are the first of each list in its order, as indexes hold them, and when it would have to look further it says so
//! ([`Want`]). So it never needs all tasks or all agents, and decides as if it had seen them.

mod pass;
mod profile;

use std::collections::BTreeMap;

use crate::agent::{Agent, AvailabilityTimer, ChannelSlots};
use crate::contact::Waiting;
use crate::criteria::Skill;

pub use pass::decide;
pub use profile::{channel_slots, timer};

/// A queue of a routing profile, for the channel TASK (administration 2.6.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileQueue {
    /// The queue.
    pub queue_id: String,
    /// Lower is sooner.
    pub priority: i64,
    /// How long a task must have waited before it goes to agents of this profile, seconds.
    pub delay_s: i64,
}

/// What routing knows of a routing profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileFacts {
    /// The profile.
    pub id: String,
    /// From when on its agents count as idle.
    pub timer: AvailabilityTimer,
    /// Its queues of the channel TASK. Manual assignment queues never route (administration 2.6.6).
    pub queues: Vec<ProfileQueue>,
    /// Its channels with their slots.
    pub channels: Vec<ChannelSlots>,
}

/// An agent who may be given something.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The agent, with the routing profile.
    pub agent: Agent,
    /// Whether a security profile gives BasicAgentAccess (tasks 3.3.1).
    pub basic_access: bool,
    /// Tasks that the agent was given in this pass before: each gets one before anybody gets a second (tasks 3.3.5).
    pub served: u32,
}

/// The first tasks of one queue and class, in the order of [`Waiting::order`].
#[derive(Clone, Debug, PartialEq)]
pub struct WaitList {
    /// The queue; for an agent queue the user.
    pub queue_id: String,
    /// The class that all of them have.
    pub class: String,
    /// All of them have waited so many seconds; those who have not were left out. 0: nobody was left out.
    pub delay_s: i64,
    /// The tasks.
    pub waiting: Vec<Waiting>,
    /// There are no more.
    pub complete: bool,
}

/// The first agents of one routing profile who take offers, in the order of [`Agent::idle_since`] by the profile's timer, then
/// user id.
#[derive(Clone, Debug, PartialEq)]
pub struct AgentList {
    /// The profile.
    pub profile_id: String,
    /// The agents have this proficiency; those who have not were left out. `None`: nobody was left out.
    pub skill: Option<Skill>,
    /// The agents.
    pub agents: Vec<Candidate>,
    /// There are no more.
    pub complete: bool,
}

/// What [`decide`] is given.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Epoch milliseconds.
    pub now_ms: i64,
    /// Routing profiles by id: those of the agents, and those that serve a queue with tasks.
    pub profiles: &'a BTreeMap<String, ProfileFacts>,
    /// Every queue with tasks and every class in it; for one class several lists may be given that differ in `delay_s`.
    pub waiting: &'a [WaitList],
    /// A list for each profile that serves one of the queues. What only agents with a proficiency may take is looked up in the
    /// lists of that proficiency, if the profile has them here, and otherwise in the list of all its agents.
    pub agents: &'a [AgentList],
    /// Agents beside the lists: those with tasks in their own queue, and those whom a step of criteria names
    /// ([`crate::criteria::Step::sources`]). They may be in a list too.
    pub named: &'a [Candidate],
}

/// A task for an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The task.
    pub contact_id: String,
    /// The agent.
    pub user_id: String,
}

/// What has to be read before more can be decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Want {
    /// More of the tasks of a queue and class that have waited so long.
    Waiting {
        /// The queue.
        queue_id: String,
        /// The class.
        class: String,
        /// Seconds.
        delay_s: i64,
    },
    /// More agents of a profile.
    Agents {
        /// The profile.
        profile_id: String,
        /// Those with this proficiency.
        skill: Option<Skill>,
    },
}

/// What [`decide`] says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// Who gets what, in this order.
    pub offers: Vec<Assignment>,
    /// The next moment, epoch milliseconds, at which a task that was given ripens for an agent who was given (tasks 3.3.2).
    pub next_ms: Option<i64>,
    /// Where the decision ended early. Without it nothing more can be offered now.
    pub want: Option<Want>,
}

impl ProfileFacts {
    /// When a task that entered a queue at this moment may go to agents of this profile, epoch milliseconds (tasks 3.3.2); `None`
    /// when the profile does not serve the queue.
    pub fn ripe_ms(&self, queue_id: &str, enqueued_ms: i64) -> Option<i64> {
        let own = self.queues.iter().find(|own| own.queue_id == queue_id)?;
        Some(own.ripe_ms(enqueued_ms))
    }
}

impl ProfileQueue {
    /// When a task that entered the queue at this moment has waited long enough, epoch milliseconds.
    pub fn ripe_ms(&self, enqueued_ms: i64) -> i64 {
        enqueued_ms.saturating_add(self.delay_s.saturating_mul(1000))
    }
}

/// The next moment at which a task becomes ripe for one more profile, epoch milliseconds: when a pass is to follow its entry into
/// the queue (tasks 3.3.7). `None` when it is ripe for all that serve the queue.
pub fn ripens_ms<'p>(
    profiles: impl IntoIterator<Item = &'p ProfileFacts>,
    queue_id: &str,
    enqueued_ms: i64,
    now_ms: i64,
) -> Option<i64> {
    let moments = profiles.into_iter().filter_map(|profile| profile.ripe_ms(queue_id, enqueued_ms));
    moments.filter(|ms| *ms > now_ms).min()
}

#[cfg(test)]
mod tests;
