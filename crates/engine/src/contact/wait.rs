//! A task that waits in a queue: what routing has to know of it, and the steps of its routing criteria (tasks 3.3).

use crate::contact::event::ROUTING_STEP;
use crate::contact::{Contact, Cx, Effects, EventType, State};
use crate::criteria::{Criteria, Step, step_text};

/// The subtype of an ordinary task: its class needs no name.
pub(super) const ORDINARY: &str = "connect:Task";
/// The subtype of an external task.
pub(super) const EXTERNAL: &str = "connect:ExternalTask";

/// A task in a queue, as routing sees it. Tasks of one queue and one class may be taken by the same agents.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// The task.
    pub contact_id: String,
    /// The queue; for an agent queue the user.
    pub queue_id: String,
    /// Empty for tasks that anybody of the queue may take; else workload type and active step, a stable text.
    pub class: String,
    /// The workload type that its slot will count for (administration 2.6.4).
    pub workload_type: String,
    /// The active step of its criteria; `None` when anybody in the queue fits.
    pub step: Option<Step>,
    /// QueuePriority: lower is sooner.
    pub priority: i64,
    /// Entry into the queue less QueueTimeAdjustmentSeconds, epoch milliseconds: the least is the oldest (tasks 3.3.3).
    pub wait_ms: i64,
    /// Entry into the queue, epoch milliseconds: delays count from it (tasks 3.3.2).
    pub enqueued_ms: i64,
}

impl Waiting {
    /// What orders the tasks of a queue (tasks 3.3.3).
    pub fn order(&self) -> (i64, i64, &str) {
        (self.priority, self.wait_ms, &self.contact_id)
    }
}

/// The subtype of the tasks of a class; `None` where a workload type of their own hides it.
pub fn subtype_of_class(class: &str) -> Option<&'static str> {
    match class.split('#').next() {
        Some("") => Some(ORDINARY),
        Some(EXTERNAL) => Some(EXTERNAL),
        _ => None,
    }
}

impl Contact {
    /// The task as routing sees it; `None` unless it is QUEUED.
    pub fn waiting(&self) -> Option<Waiting> {
        let stay = self.queue.as_ref().filter(|_| self.state == State::Queued)?;
        let step = self.active_step();
        let workload_type = self.workload_type();
        let kind = if workload_type == ORDINARY { "" } else { workload_type };
        let class = match &step {
            None => kind.to_owned(),
            Some(step) => format!("{kind}#{}", step.key),
        };
        Some(Waiting {
            contact_id: self.id.clone(),
            queue_id: stay.queue.id.clone(),
            class,
            workload_type: workload_type.to_owned(),
            step,
            priority: self.routing.priority,
            wait_ms: stay.enqueued_ms.saturating_sub(i64::from(self.routing.age_adjustment_s) * 1000),
            enqueued_ms: stay.enqueued_ms,
        })
    }

    /// The active step of its routing criteria, while it waits in a standard queue (tasks 3.3.6).
    pub fn active_step(&self) -> Option<Step> {
        self.routing.criteria_active_ms?;
        let waits = matches!(self.state, State::Queued | State::Offered);
        let mut steps = self.criteria().filter(|_| waits)?.steps;
        let index = self.routing.criteria_ended_ms.len();
        (index < steps.len()).then(|| steps.swap_remove(index))
    }

    /// The expression of the active step, as metrics name it (administration 5.2.2, B166).
    pub fn active_expression(&self) -> Option<String> {
        self.active_step()?;
        step_text(self.routing.criteria.as_ref()?, self.routing.criteria_ended_ms.len())
    }

    /// Its routing criteria. They were read once before they were stored, so a text that is none does not occur; it would let
    /// everybody in.
    fn criteria(&self) -> Option<Criteria> {
        Criteria::parse(self.routing.criteria.as_ref()?).ok()
    }

    /// When the active step ends, epoch milliseconds. During an offer it does not: the step that found the agent is the one that is
    /// joined (B117).
    pub(super) fn step_until_ms(&self) -> Option<i64> {
        let began_ms = self.step_began_ms().filter(|_| self.state == State::Queued)?;
        Some(began_ms.saturating_add(self.active_step()?.duration_ms?))
    }

    /// When the active step became that, epoch milliseconds.
    pub(super) fn step_began_ms(&self) -> Option<i64> {
        self.routing.criteria_ended_ms.last().copied().or(self.routing.criteria_active_ms)
    }

    /// The active step is over, the next one begins; after the last anybody fits (tasks 3.3.6).
    pub(super) fn end_step(&mut self, effects: &mut Effects, cx: &Cx<'_>) {
        self.routing.criteria_ended_ms.push(cx.at.now_ms);
        self.emit(EventType::ContactDataUpdated, &[ROUTING_STEP], effects, cx);
    }
}
