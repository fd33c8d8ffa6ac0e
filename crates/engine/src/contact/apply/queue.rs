//! Into a queue, out of it, from one to another (tasks 2.1.4, flows 7.1.3 to 7.1.6).

use super::{Decision, Done, HOOK_QUEUE};
use crate::contact::limits::QUICK_MOVES_MAX;
use crate::contact::{
    Contact, Counted, Cx, DisconnectReason, Effects, EventType, InitiationMethod, QueueRef, QueueStay, State,
};
use crate::run::RunKind;

/// Shortest stay in a queue that resets the count of quick moves, milliseconds.
const REST_MS: i64 = 1_000;

impl Contact {
    /// IN_FLOW to QUEUED (flows 7.1.3, 7.1.4).
    pub(super) fn enqueue(
        &mut self,
        queue: QueueRef,
        queue_flow: Option<String>,
        effects: &mut Effects,
        cx: &Cx<'_>,
    ) -> Decision {
        if self.state != State::InFlow {
            return Err(self.invalid("The contact cannot be sent to a queue"));
        }
        self.enter_queue(queue, queue_flow, effects, cx);
        Ok(Done::Changed)
    }

    /// The old contact ends, its successor is QUEUED in the other queue (flows 7.1.6). Hooks and wrap-up of the old one do not
    /// run: the task goes on.
    pub(super) fn move_to_queue(
        &mut self,
        queue: QueueRef,
        queue_flow: Option<String>,
        effects: &mut Effects,
        cx: &mut Cx<'_>,
    ) -> Decision {
        if self.state != State::Queued {
            return Err(self.invalid("The contact cannot be moved to another queue"));
        }
        let rested = self.queue.as_ref().is_some_and(|stay| cx.at.now_ms - stay.enqueued_ms >= REST_MS);
        let moves = if rested { 1 } else { self.quick_moves + 1 };
        if moves > QUICK_MOVES_MAX {
            return Err(self.invalid("The contact was moved from queue to queue too often without a pause"));
        }
        let mut successor = self.successor(InitiationMethod::QueueTransfer, cx);
        successor.quick_moves = moves;
        successor.target_queue = Some(queue.clone());
        let mut made = Effects::default();
        successor.initiated(&mut made, cx);
        successor.enter_queue(queue, queue_flow, &mut made, cx);
        self.hand_over(successor, made, effects, cx);
        self.finish(DisconnectReason::Other, effects, cx);
        Ok(Done::Changed)
    }

    /// Puts it into a queue, whatever it was. Routing criteria become active, except in an agent queue (flows 7.1.5, tasks 3.3.6).
    pub(super) fn enter_queue(
        &mut self,
        queue: QueueRef,
        queue_flow: Option<String>,
        effects: &mut Effects,
        cx: &Cx<'_>,
    ) {
        let now_ms = cx.at.now_ms;
        self.state = State::Queued;
        self.runs.retain(|run| !matches!(run.kind, RunKind::Main | RunKind::CustomerQueue));
        let acts = self.routing.criteria.is_some() && !queue.agent;
        self.routing.activate(acts.then_some(now_ms));
        effects.count(Counted::Queue { id: queue.id.clone() }, 1);
        self.queue = Some(QueueStay { queue, enqueued_ms: now_ms, dequeued_ms: None });
        self.emit(EventType::Queued, &[], effects, cx);
        if let Some(flow) = self.hook(HOOK_QUEUE).or(queue_flow) {
            self.start_run(RunKind::CustomerQueue, flow);
        }
    }

    /// Takes it out of its queue, if it is in one, with offer, whisper and queue flow (tasks 2.7.3, flows 5.3).
    pub(super) fn leave_queue(&mut self, effects: &mut Effects, cx: &Cx<'_>) {
        if !matches!(self.state, State::Queued | State::Offered) {
            return;
        }
        self.offer = None;
        self.runs.retain(|run| !matches!(run.kind, RunKind::CustomerQueue | RunKind::AgentWhisper));
        if let Some(stay) = &mut self.queue {
            stay.dequeued_ms = Some(cx.at.now_ms);
            effects.count(Counted::Queue { id: stay.queue.id.clone() }, -1);
        }
    }
}
