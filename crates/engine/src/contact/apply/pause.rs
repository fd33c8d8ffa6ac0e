//! Pause and resume (tasks 2.7).

use wire::ExceptionKind;

use super::{Decision, Done, HOOK_PAUSE};
use crate::contact::limits::PAUSES_MAX;
use crate::contact::{Contact, Counted, Cx, Effects, EventType, QueueStay, Refusal, State};
use crate::run::RunKind;

impl Contact {
    /// PauseContact (tasks 2.7.1 to 2.7.8, 2.7.10).
    pub(super) fn pause(&mut self, flow_id: Option<String>, effects: &mut Effects, cx: &Cx<'_>) -> Decision {
        let now_ms = cx.at.now_ms;
        let from = match self.state {
            State::Paused => return Err(self.conflict("Pausing")),
            State::InFlow | State::Queued | State::Connected => self.state,
            State::Offered => State::Queued,
            State::Scheduled | State::WrapUp | State::Acw | State::Completed => {
                return Err(self.invalid("The contact cannot be paused"));
            }
        };
        if self.expiry.at_ms <= now_ms {
            let message = "The contact cannot be paused: it has expired".to_owned();
            return Err(Refusal::new(ExceptionKind::InvalidRequestException, message));
        }
        if self.pause_count >= PAUSES_MAX {
            let message = format!("The contact was paused {PAUSES_MAX} times already, which is the limit");
            return Err(Refusal::new(ExceptionKind::LimitExceededException, message));
        }
        self.leave_queue(effects, cx);
        self.count_paused(from, 1, effects);
        self.runs.retain(|run| !matches!(run.kind, RunKind::Pause | RunKind::Resume));
        self.state = State::Paused;
        self.paused_from = Some(from);
        self.pause_count += 1;
        self.times.paused_ms = Some(now_ms);
        self.emit(EventType::Paused, &[], effects, cx);
        if let Some(flow) = flow_id.or_else(|| self.hook(HOOK_PAUSE)) {
            self.start_run(RunKind::Pause, flow);
        }
        Ok(Done::Changed)
    }

    /// ResumeContact (tasks 2.7.2, 2.7.8, 2.7.9); `resume_flow` is the flow to run, if any.
    pub(super) fn resume(
        &mut self,
        resume_flow: Option<String>,
        queue_flow: Option<String>,
        effects: &mut Effects,
        cx: &Cx<'_>,
    ) -> Decision {
        let (State::Paused, Some(from)) = (self.state, self.paused_from) else {
            return Err(self.conflict("Resuming"));
        };
        self.close_pause(effects, cx);
        self.times.resumed_ms = Some(cx.at.now_ms);
        self.runs.retain(|run| run.kind != RunKind::Pause);
        // A task that was queued goes back by itself only when no flow is to decide about it (tasks 2.7.9).
        let queue = self.queue.as_ref().filter(|_| from == State::Queued && resume_flow.is_none());
        let queue = queue.map(|stay| stay.queue.clone());
        self.state = if from == State::Queued { State::InFlow } else { from };
        self.emit(EventType::Resumed, &[], effects, cx);
        if let Some(queue) = queue {
            self.enter_queue(queue, queue_flow, effects, cx);
        }
        if let Some(flow) = resume_flow {
            self.start_run(RunKind::Resume, flow);
        }
        Ok(Done::Changed)
    }

    /// A flow that cannot run is skipped (flows 1.12). For one of a resume that means: without resume flow, so a task that was
    /// queued goes back into its queue (tasks 2.7.9).
    pub(super) fn run_skipped(
        &mut self,
        kind: RunKind,
        queue_flow: Option<String>,
        effects: &mut Effects,
        cx: &mut Cx<'_>,
    ) -> Decision {
        let in_flow = self.state == State::InFlow;
        // The pause took it out of its queue, and nothing has happened to it since.
        let left = |stay: &&QueueStay| stay.dequeued_ms.is_some() && stay.dequeued_ms == self.times.paused_ms;
        let queue = self.queue.as_ref().filter(left).map(|stay| stay.queue.clone());
        match queue.filter(|_| in_flow && kind == RunKind::Resume) {
            Some(queue) => {
                self.runs.retain(|run| run.kind != kind);
                self.enter_queue(queue, queue_flow, effects, cx);
                Ok(Done::Changed)
            }
            None => self.run_ended(kind, effects, cx),
        }
    }

    /// Ends the pause, if it is paused, and adds it to the totals of the contact and of its agent (tasks 2.2).
    pub(super) fn close_pause(&mut self, effects: &mut Effects, cx: &Cx<'_>) {
        let Some(from) = self.paused_from.take() else { return };
        let span_ms = (cx.at.now_ms - self.times.paused_ms.unwrap_or(cx.at.now_ms)).max(0);
        self.times.pause_total_ms += span_ms;
        if from == State::Connected {
            self.count_paused(from, -1, effects);
            if let Some(stay) = &mut self.agent {
                stay.pause_ms += span_ms;
            }
        }
    }

    /// An agent may hold only so many paused tasks (tasks 2.7.4).
    fn count_paused(&self, from: State, by: i64, effects: &mut Effects) {
        if let (State::Connected, Some(stay)) = (from, &self.agent) {
            effects.count(Counted::Paused { id: stay.agent.id.clone() }, by);
        }
    }
}
