//! How a task ends: wrap-up module, disconnect flow, after-contact work (tasks 2.10 to 2.12, flows 5).

use super::{Decision, Done, HOOK_DISCONNECT};
use crate::contact::limits::WRAP_UP_MS;
use crate::contact::{
    AgentStay, Contact, Counted, Cx, DisconnectReason, Effects, EventType, InitiationMethod, State, start,
};
use crate::run::RunKind;

impl Contact {
    /// StopContact, or a flow's decision (tasks 2.10, flows 7.5.1).
    pub(super) fn end(&mut self, reason: DisconnectReason, effects: &mut Effects, cx: &mut Cx<'_>) -> Decision {
        match self.state {
            State::Acw | State::Completed => return Ok(Done::Nothing),
            State::WrapUp => {
                // What the module itself decides does not replace how the task came to its end (tasks 2.12.4).
                let own = matches!(reason, DisconnectReason::ContactFlowDisconnect | DisconnectReason::Other);
                self.finish_for_good(self.ending.filter(|_| own).unwrap_or(reason), effects, cx);
            }
            _ => self.terminate(reason, effects, cx),
        }
        Ok(Done::Changed)
    }

    /// The lifetime is over (tasks 2.11.2). A wrap-up module that runs because of that keeps its own time.
    pub(super) fn expire(&mut self, effects: &mut Effects, cx: &mut Cx<'_>) -> Decision {
        match (self.state, self.ending) {
            (State::WrapUp, Some(DisconnectReason::Expired)) => Ok(Done::Nothing),
            _ => self.end(DisconnectReason::Expired, effects, cx),
        }
    }

    /// A flow has ended (flows 5, 5.2, 5.5; tasks 2.12.4). One that cannot run now has not ended either.
    pub(super) fn run_ended(&mut self, kind: RunKind, effects: &mut Effects, cx: &mut Cx<'_>) -> Decision {
        if !self.may_run(kind) {
            return Ok(Done::Nothing);
        }
        self.runs.retain(|run| run.kind != kind);
        match kind {
            RunKind::Main => self.terminate(DisconnectReason::ContactFlowDisconnect, effects, cx),
            RunKind::WrapUp => self.finish_for_good(self.ending.unwrap_or(DisconnectReason::Other), effects, cx),
            RunKind::AgentWhisper => self.whisper_ended(effects, cx),
            RunKind::CustomerQueue | RunKind::Pause | RunKind::Resume => {}
        }
        Ok(Done::Changed)
    }

    /// An agent ends it (tasks 2.11.3, 2.12.3). Other states: ConflictException.
    pub(super) fn agent_ends(&mut self, completed: bool, effects: &mut Effects, cx: &mut Cx<'_>) -> Decision {
        let has_it = match self.state {
            State::Connected => true,
            State::Paused => self.paused_from == Some(State::Connected),
            _ => false,
        };
        if !has_it {
            return Err(self.conflict("Ending it as an agent"));
        }
        let reason = if completed { DisconnectReason::AgentCompleted } else { DisconnectReason::AgentDisconnect };
        match self.wrap_up_flow() {
            Some(module) => self.wrap_up(module, reason, effects, cx),
            None => self.finish_for_good(reason, effects, cx),
        }
        Ok(Done::Changed)
    }

    /// After-contact work is over (tasks 2.9.4, 2.12.1). Other states: InvalidRequestException.
    pub(super) fn close_acw(&mut self, effects: &mut Effects, cx: &Cx<'_>) -> Decision {
        if self.state != State::Acw {
            return Err(self.invalid("The contact is not in after-contact work"));
        }
        if let Some(stay) = &mut self.agent {
            stay.acw_end_ms = Some(cx.at.now_ms);
        }
        self.complete(effects, cx);
        Ok(Done::Changed)
    }

    /// CreateContact of a contact that is over (tasks 2.5.3).
    pub(super) fn complete_at_once(&mut self, effects: &mut Effects, cx: &Cx<'_>) -> Decision {
        if self.state != State::InFlow || !self.external || !self.runs.is_empty() {
            return Err(self.invalid("Only a contact that CreateContact makes can be completed at once"));
        }
        self.times.disconnected_ms = Some(self.times.initiated_ms);
        self.emit(EventType::Disconnected, &[], effects, cx);
        self.complete(effects, cx);
        Ok(Done::Changed)
    }

    /// Ends it, by way of the wrap-up module when no agent ever had it (tasks 2.12.3). A task that has not begun runs nothing
    /// (tasks 2.6.6), and the contact of a disconnect flow is the end of a task that was wrapped up before.
    fn terminate(&mut self, reason: DisconnectReason, effects: &mut Effects, cx: &mut Cx<'_>) {
        let due = self.agent.is_none()
            && self.state != State::Scheduled
            && self.initiation_method != InitiationMethod::Disconnect;
        match self.wrap_up_flow().filter(|_| due) {
            Some(module) => self.wrap_up(module, reason, effects, cx),
            None => self.finish_for_good(reason, effects, cx),
        }
    }

    /// The wrap-up module that is still to run, once per contact (tasks 2.12.4).
    fn wrap_up_flow(&self) -> Option<String> {
        self.template.as_ref()?.wrap_up_flow_id.clone().filter(|_| !self.wrapped_up)
    }

    fn wrap_up(&mut self, module: String, reason: DisconnectReason, effects: &mut Effects, cx: &Cx<'_>) {
        self.leave_queue(effects, cx);
        self.close_pause(effects, cx);
        self.runs.clear();
        self.state = State::WrapUp;
        self.ending = Some(reason);
        self.wrapped_up = true;
        self.start_run(RunKind::WrapUp, module);
        if let Some(run) = self.runs.last_mut() {
            run.deadline_ms = Some(cx.at.now_ms + WRAP_UP_MS);
        }
    }

    /// Ends it and starts its disconnect flow (tasks 2.11.5, 2.11.6). One that has not begun has none (tasks 2.6.6), and a contact
    /// made by a disconnect flow neither: whatever hook it sets, it cannot start itself again.
    fn finish_for_good(&mut self, reason: DisconnectReason, effects: &mut Effects, cx: &mut Cx<'_>) {
        let may = self.state != State::Scheduled && self.initiation_method != InitiationMethod::Disconnect;
        if let Some(flow) = self.hook(HOOK_DISCONNECT).filter(|_| may) {
            let mut successor = self.successor(InitiationMethod::Disconnect, cx);
            successor.hooks.remove(HOOK_DISCONNECT);
            successor.target_queue.clone_from(&self.target_queue);
            successor.expiry = start::expiry(start::DEFAULT_EXPIRY_MINUTES, cx.at.now_ms);
            successor.start_run(RunKind::Main, flow);
            let mut made = Effects::default();
            successor.initiated(&mut made, cx);
            self.next_contact_ids.push(successor.id.clone());
            effects.successors.push((successor, made));
        }
        self.finish(reason, effects, cx);
    }

    /// Ends it: DISCONNECTED, then after-contact work for its agent, or COMPLETED at once (tasks 2.12.1, 2.12.2).
    pub(super) fn finish(&mut self, reason: DisconnectReason, effects: &mut Effects, cx: &Cx<'_>) {
        let now_ms = cx.at.now_ms;
        self.leave_queue(effects, cx);
        self.close_pause(effects, cx);
        self.runs.clear();
        self.ending = None;
        self.times.disconnected_ms = Some(now_ms);
        self.disconnect_reason = Some(reason);
        self.emit(EventType::Disconnected, &[], effects, cx);
        match &mut self.agent {
            Some(stay) => {
                stay.acw_start_ms = Some(now_ms);
                self.state = State::Acw;
            }
            None => self.complete(effects, cx),
        }
    }

    fn complete(&mut self, effects: &mut Effects, cx: &Cx<'_>) {
        self.state = State::Completed;
        self.times.completed_ms = Some(cx.at.now_ms);
        self.emit(EventType::Completed, &[], effects, cx);
        effects.count(Counted::Open, -1);
    }

    /// When after-contact work ends by itself, epoch milliseconds; `None` without limit (tasks 2.12.1).
    pub(in crate::contact) fn acw_until_ms(&self) -> Option<i64> {
        let AgentStay { agent, acw_start_ms, acw_end_ms: None, .. } = self.agent.as_ref()? else { return None };
        let limit_ms = (agent.acw_limit_s > 0).then_some(agent.acw_limit_s.saturating_mul(1000))?;
        acw_start_ms.map(|start_ms| start_ms.saturating_add(limit_ms))
    }
}
