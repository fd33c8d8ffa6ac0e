//! Offer and connection (tasks 3.4, 2.5.4, 2.9.1).

use super::{Decision, Done, HOOK_WHISPER};
use crate::contact::limits::WHISPER_MS;
use crate::contact::{AgentRef, AgentStay, Contact, Cx, Effects, EventType, Offer, State};
use crate::run::RunKind;

impl Contact {
    /// QUEUED to OFFERED (tasks 3.4.1). Other states: InvalidRequestException (tasks 2.9.1).
    pub(super) fn offer_to(&mut self, agent: AgentRef, until_ms: Option<i64>, cx: &Cx<'_>) -> Decision {
        if self.state != State::Queued {
            return Err(self.invalid("It cannot be offered to an agent"));
        }
        self.state = State::Offered;
        self.connection_attempts += 1;
        self.offer = Some(Offer { agent, offered_ms: cx.at.now_ms, until_ms, accepted: false });
        Ok(Done::Changed)
    }

    /// Back to its place in the queue: taken back, or rejected by the user it is offered to (tasks 3.4.2, 3.4.4). The time of
    /// its entry stays, and no event reports it (tasks 4.1.6).
    pub(super) fn take_back(&mut self, user_id: Option<&str>, _cx: &Cx<'_>) -> Decision {
        match (&self.offer, user_id) {
            (Some(_), None) => {}
            (Some(offer), Some(user_id)) if offer.agent.id == user_id && !offer.accepted => {}
            _ => return Err(self.conflict("Taking the offer back")),
        }
        self.offer = None;
        self.runs.retain(|run| run.kind != RunKind::AgentWhisper);
        self.state = State::Queued;
        Ok(Done::Changed)
    }

    /// Not accepted in time (tasks 3.4.3).
    pub(super) fn miss(&mut self, cx: &Cx<'_>) -> Decision {
        if self.offer.as_ref().is_none_or(|offer| offer.accepted) {
            return Err(self.conflict("Missing the offer"));
        }
        self.take_back(None, cx)
    }

    /// The agent accepts it: connected at once, or after the whisper flow of its hook, unless that is switched off
    /// (tasks 3.4.2, flows 7.2.12).
    pub(super) fn accept(&mut self, user_id: &str, effects: &mut Effects, cx: &Cx<'_>) -> Decision {
        let whisper = self.hook(HOOK_WHISPER).filter(|_| !self.disabled_hooks.contains(HOOK_WHISPER));
        let offer = match &mut self.offer {
            Some(offer) if offer.agent.id == user_id && !offer.accepted => offer,
            _ => return Err(self.conflict("Accepting it")),
        };
        offer.accepted = true;
        offer.until_ms = None;
        match whisper {
            None => self.whisper_ended(effects, cx),
            Some(flow) => {
                self.start_run(RunKind::AgentWhisper, flow, cx);
                if let Some(run) = self.runs.last_mut() {
                    run.deadline_ms = Some(cx.at.now_ms + WHISPER_MS);
                }
            }
        }
        Ok(Done::Changed)
    }

    /// The whisper flow is over: an agent who has accepted is connected (flows 5.5).
    pub(super) fn whisper_ended(&mut self, effects: &mut Effects, cx: &Cx<'_>) {
        if let Some(offer) = self.offer.take_if(|offer| offer.accepted) {
            self.connect(offer.agent, effects, cx);
        }
    }

    /// CreateContact with CONNECTED_TO_USER (tasks 2.5.4).
    pub(super) fn connect_user(&mut self, agent: AgentRef, effects: &mut Effects, cx: &Cx<'_>) -> Decision {
        if self.state != State::InFlow || !self.external || !self.runs.is_empty() {
            return Err(self.invalid("Only a contact that CreateContact makes can be connected without an offer"));
        }
        self.connect(agent, effects, cx);
        Ok(Done::Changed)
    }

    fn connect(&mut self, agent: AgentRef, effects: &mut Effects, cx: &Cx<'_>) {
        self.leave_queue(effects, cx);
        self.state = State::Connected;
        self.agent =
            Some(AgentStay { agent, connected_ms: cx.at.now_ms, pause_ms: 0, acw_start_ms: None, acw_end_ms: None });
        self.emit(EventType::ConnectedToAgent, &[], effects, cx);
    }
}
