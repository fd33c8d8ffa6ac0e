//! When somebody has to look at a task, and what is due then.

use crate::contact::{Contact, Cx, Effects, Event};
use crate::flow::run::{Run, RunKind};

impl Contact {
    /// The next moment at which the worker has to look at it, epoch milliseconds: a timer, or a flow that waits or is ready (then
    /// the moment of the last change). `None` when nothing will happen by itself.
    pub fn due_ms(&self) -> Option<i64> {
        None
    }

    /// The timer that has run out at `now_ms`, as the event to apply; call until `None`.
    pub fn due_event(&self, now_ms: i64) -> Option<Event> {
        let _ = now_ms;
        None
    }

    /// A flow that can go on at `now_ms`.
    pub fn ready_run(&self, now_ms: i64) -> Option<RunKind> {
        let _ = now_ms;
        None
    }

    /// Adds a run that is to enter `flow_id` (a flow, for [`RunKind::WrapUp`] a module, by id with qualifier) and gives its number.
    pub fn start_run(&mut self, kind: RunKind, flow_id: String, cx: &Cx<'_>) -> u32 {
        let _ = cx;
        self.flow_entries += 1;
        self.runs.push(Run {
            kind,
            entry: self.flow_entries,
            entering: Some(flow_id),
            frames: Vec::new(),
            wake_ms: None,
            later: None,
            deadline_ms: None,
            steps: 0,
            total_steps: 0,
            transfers: 0,
            agent: None,
        });
        self.flow_entries
    }

    /// For a new contact, once it is complete: event INITIATED and counters (tasks 4.1.6, 2.3.20).
    pub fn initiated(&mut self, effects: &mut Effects, cx: &Cx<'_>) {
        let _ = (effects, cx);
    }

    /// Takes the next number of the contact's events and records, for the record of a commit whose [`Effects::record`] is set.
    pub fn take_sequence(&mut self) -> i64 {
        self.sequence += 1;
        self.sequence - 1
    }
}
