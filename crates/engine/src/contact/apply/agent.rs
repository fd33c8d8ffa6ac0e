//! Offer and connection (tasks 3.4, 2.5.4, 2.9.1).

use super::{Decision, Done, HOOK_WHISPER};
use crate::contact::limits::WHISPER_MS;
use crate::contact::{AgentRef, AgentStay, Contact, Cx, Effects, EventType, Offer, OfferEnd, OfferOutcome, State};
use crate::run::RunKind;

impl Contact {
    /// QUEUED to OFFERED, and accepted at once by an agent with auto-accept (tasks 3.4.1). Other states: InvalidRequestException
    /// (tasks 2.9.1).
    pub(super) fn offer_to(
        &mut self,
        agent: AgentRef,
        until_ms: Option<i64>,
        effects: &mut Effects,
        cx: &Cx<'_>,
    ) -> Decision {
        if self.state != State::Queued {
            return Err(self.invalid("The contact cannot be offered to an agent"));
        }
        self.state = State::Offered;
        self.connection_attempts += 1;
        let accepts = agent.auto_accept.then(|| agent.id.clone());
        self.offer = Some(Offer { agent, offered_ms: cx.at.now_ms, until_ms, accepted: false });
        accepts.map_or(Ok(Done::Changed), |user_id| self.accept(&user_id, effects, cx))
    }

    /// AssociateContactWithUser (tasks 2.9.1, administration 4.2.1): offered whatever the agent does. Nothing changes when it is
    /// offered to that user already.
    pub(super) fn associate(
        &mut self,
        agent: AgentRef,
        until_ms: Option<i64>,
        effects: &mut Effects,
        cx: &Cx<'_>,
    ) -> Decision {
        match &self.offer {
            Some(offer) if offer.agent.id == agent.id => Ok(Done::Nothing),
            _ => self.offer_to(agent, until_ms, effects, cx),
        }
    }

    /// The agent went away, also while the whisper flow runs (tasks 3.4.2).
    pub(super) fn withdraw(&mut self) -> Decision {
        self.take_back(OfferOutcome::Withdrawn, |_| true)
    }

    /// Not wanted by the user it is offered to (tasks 3.4.4).
    pub(super) fn reject(&mut self, user_id: &str) -> Decision {
        self.take_back(OfferOutcome::Rejected, |offer| offer.agent.id == user_id && !offer.accepted)
    }

    /// Not accepted in time (tasks 3.4.3).
    pub(super) fn miss(&mut self) -> Decision {
        self.take_back(OfferOutcome::Missed, |offer| !offer.accepted)
    }

    /// Back to its place in the queue. The time of its entry stays, and no event reports it (tasks 4.1.6).
    fn take_back(&mut self, outcome: OfferOutcome, may: impl Fn(&Offer) -> bool) -> Decision {
        let Some(offer) = self.offer.take_if(|offer| may(offer)) else {
            return Err(self.conflict(match outcome {
                OfferOutcome::Missed => "Missing the offer",
                OfferOutcome::Rejected | OfferOutcome::Withdrawn => "Taking the offer back",
            }));
        };
        self.offer_end = Some(OfferEnd { user_id: offer.agent.id, attempt: self.connection_attempts, outcome });
        self.runs.retain(|run| run.kind != RunKind::AgentWhisper);
        self.state = State::Queued;
        Ok(Done::Changed)
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
                self.start_run(RunKind::AgentWhisper, flow);
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
        self.routing.criteria_joined = self.active_step().is_some();
        self.leave_queue(effects, cx);
        self.state = State::Connected;
        self.agent =
            Some(AgentStay { agent, connected_ms: cx.at.now_ms, pause_ms: 0, acw_start_ms: None, acw_end_ms: None });
        self.emit(EventType::ConnectedToAgent, &[], effects, cx);
    }
}
