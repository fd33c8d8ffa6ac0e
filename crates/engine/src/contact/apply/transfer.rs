//! Transfers, and what a successor inherits (tasks 2.8, 2.11.5, 2.11.6, flows 5.6).

use wire::ExceptionKind;

use super::{Decision, Done};
use crate::contact::limits::TRANSFERS_MAX;
use crate::contact::{
    AgentRef, Contact, Counted, Cx, DisconnectReason, Effects, EventType, InitiationMethod, QueueRef, Refusal, Routing,
    State, Times,
};
use crate::run::RunKind;

impl Contact {
    /// TransferContact: this contact ends with OTHER, without wrap-up and disconnect flow, and its successor runs `flow_id`
    /// (tasks 2.8.3 to 2.8.6).
    pub(super) fn transfer(
        &mut self,
        flow_id: String,
        queue: Option<QueueRef>,
        agent: Option<AgentRef>,
        effects: &mut Effects,
        cx: &mut Cx<'_>,
    ) -> Decision {
        if !self.is_active() || self.state == State::Scheduled {
            return Err(self.invalid("The contact cannot be transferred"));
        }
        if self.transfers >= TRANSFERS_MAX {
            let message = format!("Its chain has {TRANSFERS_MAX} transfers already, which is the limit");
            return Err(Refusal::new(ExceptionKind::ServiceQuotaExceededException, message));
        }
        let mut successor = self.successor(InitiationMethod::Transfer, cx);
        successor.transfers += 1;
        (successor.generation, successor.root) = (0, None); // a client made it (B82, B139)
        let of_agent = |agent: &AgentRef| QueueRef { id: agent.id.clone(), name: agent.user_name.clone(), agent: true };
        successor.target_queue = queue.or_else(|| agent.as_ref().map(of_agent));
        successor.target_agent = agent;
        successor.start_run(RunKind::Main, flow_id);
        let mut made = Effects::default();
        successor.initiated(&mut made, cx);
        self.hand_over(successor, made, effects, cx);
        self.finish(DisconnectReason::Other, effects, cx);
        Ok(Done::Changed)
    }

    /// Records the successor of a transfer.
    pub(super) fn hand_over(&mut self, successor: Self, made: Effects, effects: &mut Effects, cx: &Cx<'_>) {
        self.times.transferred_ms = Some(cx.at.now_ms);
        self.next_contact_ids.push(successor.id.clone());
        effects.successors.push((successor, made));
    }

    /// The next contact of the chain. It keeps what the task is (name, description, references, template, tags, segment
    /// attributes), how it is routed, its lifetime, hooks and logging, and nothing of what this contact went through
    /// (tasks 2.8.5, flows 5.6, 7.4.7).
    pub(super) fn successor(&self, method: InitiationMethod, cx: &mut Cx<'_>) -> Self {
        let now_ms = cx.at.now_ms;
        Self {
            id: (cx.ids)(),
            initial_contact_id: Some(self.chain_id().to_owned()),
            previous_contact_id: Some(self.id.clone()),
            related_contact_id: None,
            next_contact_ids: Vec::new(),
            initiation_method: method,
            self_assigned: false,
            retemplated: 0,
            state: State::InFlow,
            paused_from: None,
            ending: None,
            wrapped_up: false,
            times: Times { initiated_ms: now_ms, updated_ms: now_ms, ..Times::default() },
            disconnect_reason: None,
            pause_count: 0,
            reschedules: 0,
            target_queue: None,
            queue: None,
            target_agent: None,
            offer: None,
            offer_end: None,
            agent: None,
            connection_attempts: 0,
            routing: Routing {
                criteria_active_ms: None,
                criteria_ended_ms: Vec::new(),
                criteria_joined: false,
                ..self.routing.clone()
            },
            runs: Vec::new(),
            flow_entries: 0,
            sequence: 0,
            root: Some(self.root_id().to_owned()),
            ..self.clone()
        }
    }

    /// For a new contact, once it is complete: event INITIATED and counters (tasks 4.1.6, 2.3.20).
    pub fn initiated(&mut self, effects: &mut Effects, cx: &Cx<'_>) {
        self.emit(EventType::Initiated, &[], effects, cx);
        effects.count(Counted::Open, 1);
        if let Some(previous) = &self.previous_contact_id {
            effects.count(Counted::After { id: previous.clone() }, 1);
        }
    }
}
