//! When the worker has to process a task, and what is due then; which runs of flows may go on.

use crate::contact::{AgentRef, Contact, DisconnectReason, Event, State};
use crate::run::{Run, RunKind};

impl Contact {
    /// The next moment at which the worker has to process it, epoch milliseconds: a timer, or a flow that waits or is
    /// ready (then the moment of the last change). `None` when nothing will happen by itself.
    pub fn due_ms(&self) -> Option<i64> {
        let runs = self.active_runs().flat_map(|run| [Some(self.run_due_ms(run)), run.deadline_ms]);
        let scheduled = self.times.scheduled_ms.filter(|_| self.state == State::Scheduled);
        let offered = self.offer.as_ref().and_then(|offer| offer.until_ms);
        let acw = if self.state == State::Acw { self.acw_until_ms() } else { None };
        [self.expires_ms(), scheduled, offered, acw, self.step_until_ms()].into_iter().chain(runs).flatten().min()
    }

    /// The timer that has run out at `now_ms`, as the event to apply; once applied, the next. Flows that can go on are
    /// [`ready_run`](Self::ready_run).
    pub fn due_event(&self, now_ms: i64) -> Option<Event> {
        let over = |moment: Option<i64>| moment.is_some_and(|ms| ms <= now_ms);
        if over(self.expires_ms()) {
            return Some(Event::Expire);
        }
        if self.state == State::Scheduled && over(self.times.scheduled_ms) {
            return Some(Event::Start);
        }
        if self.offer.as_ref().is_some_and(|offer| over(offer.until_ms)) {
            return Some(Event::Miss);
        }
        if self.state == State::Acw && over(self.acw_until_ms()) {
            return Some(Event::AcwTimeOut);
        }
        if over(self.step_until_ms()) {
            return Some(Event::StepOver);
        }
        let late = self.active_runs().find(|run| over(run.deadline_ms));
        late.map(|run| Event::RunEnded { kind: run.kind })
    }

    /// A flow that can go on at `now_ms`: ready, or its wait is over.
    pub fn ready_run(&self, now_ms: i64) -> Option<RunKind> {
        self.active_runs().find(|run| self.run_due_ms(run) <= now_ms).map(|run| run.kind)
    }

    /// Whether a run of this kind may take a step in the present state: the main flow is suspended during a pause
    /// (tasks 2.7.8), and each other flow belongs to a part of the lifecycle.
    pub fn may_run(&self, kind: RunKind) -> bool {
        let alive = matches!(self.state, State::InFlow | State::Queued | State::Offered | State::Connected);
        match kind {
            RunKind::Main => self.state == State::InFlow,
            RunKind::CustomerQueue => matches!(self.state, State::Queued | State::Offered),
            RunKind::AgentWhisper => self.state == State::Offered,
            RunKind::Pause => alive || self.state == State::Paused,
            RunKind::Resume => alive,
            RunKind::WrapUp => self.state == State::WrapUp,
        }
    }

    /// Adds a run that is to enter `flow_id` (a flow, for [`RunKind::WrapUp`] a module, by id with qualifier) and gives its
    /// number. `$.Agent` is the agent of that kind of flow (flows 3.7, 8.12).
    pub fn start_run(&mut self, kind: RunKind, flow_id: String) -> u32 {
        self.flow_entries += 1;
        self.runs.push(Run {
            kind,
            entry: self.flow_entries,
            entering: Some(flow_id),
            frames: Vec::new(),
            wake_ms: None,
            later: None,
            call_until_ms: None,
            deadline_ms: None,
            steps: 0,
            total_steps: 0,
            transfers: 0,
            agent: self.agent_of(kind),
        });
        self.flow_entries
    }

    /// Until this moment (epoch milliseconds) the flow of this kind awaits the answer of a function, or its call is
    /// postponed; `None` when it may go on. No change of the task that a client would see.
    pub fn set_call_until(&mut self, kind: RunKind, until_ms: Option<i64>) {
        if let Some(run) = self.runs.iter_mut().find(|run| run.kind == kind) {
            run.call_until_ms = until_ms;
        }
    }

    fn agent_of(&self, kind: RunKind) -> Option<AgentRef> {
        match kind {
            RunKind::Main => self.target_agent.clone(),
            RunKind::AgentWhisper => self.offer.as_ref().map(|offer| offer.agent.clone()),
            RunKind::WrapUp => self.agent.as_ref().map(|stay| stay.agent.clone()),
            RunKind::CustomerQueue | RunKind::Pause | RunKind::Resume => None,
        }
    }

    fn active_runs(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| self.may_run(run.kind))
    }

    /// Its expiry (tasks 2.11.2), while it can still expire.
    fn expires_ms(&self) -> Option<i64> {
        let expiring = self.state == State::WrapUp && self.ending == Some(DisconnectReason::Expired);
        (self.is_active() && !expiring).then_some(self.expiry.at_ms)
    }

    fn run_due_ms(&self, run: &Run) -> i64 {
        run.call_until_ms.or(run.wake_ms).unwrap_or(self.times.updated_ms)
    }
}
