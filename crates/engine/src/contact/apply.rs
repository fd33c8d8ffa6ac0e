//! The transition function of a task's lifecycle (tasks 2.1.4): which events there are, and where each is handled.
//!
//! Every transition decides first and changes afterwards, so that a refusal leaves the contact as it was.

mod agent;
mod data;
mod end;
mod pause;
mod queue;
mod transfer;

use std::collections::BTreeMap;

use wire::ExceptionKind;

use crate::contact::{
    AgentRef, Contact, Count, Counted, Cx, DisconnectReason, Effects, PinnedTemplate, QueueRef, Reference, Refusal,
    State,
};
use crate::run::RunKind;

/// Something that happens to a task.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The scheduled time has come: the flow may run (tasks 2.6.4).
    Start,
    /// The first flow of this contact was entered (tasks 2.2); later entries change nothing.
    FlowBegan,
    /// A flow sends it into a queue (flows 7.1.4). The run that does is over; the caller drops it.
    Enqueue {
        /// Where to.
        queue: QueueRef,
        /// Queue flow by id with qualifier, unless the hook CustomerQueue names one.
        queue_flow: Option<String>,
    },
    /// A queue flow moves it to another queue (flows 7.1.6). The run that does is over; the caller drops it.
    MoveToQueue {
        /// Where to.
        queue: QueueRef,
        /// Queue flow by id with qualifier, unless the hook CustomerQueue names one.
        queue_flow: Option<String>,
    },
    /// StopContact, or a flow ends it. Nothing changes when it is over already (tasks 2.10.3).
    End {
        /// Why.
        reason: DisconnectReason,
    },
    /// It has expired (tasks 2.11.2). Nothing changes when it is over already.
    Expire,
    /// A flow came to its end without deciding anything (flows 5), or its deadline has passed.
    RunEnded {
        /// Which.
        kind: RunKind,
    },
    /// A flow other than the main one cannot run at all: treated as if it had not been named (flows 1.12, tasks 2.7.9).
    RunSkipped {
        /// Which.
        kind: RunKind,
        /// Queue flow for a task that goes back into its queue, unless the hook CustomerQueue names one.
        queue_flow: Option<String>,
    },
    /// PauseContact (tasks 2.7).
    Pause {
        /// The flow to run now, by id with qualifier; otherwise the hook PauseContact.
        flow_id: Option<String>,
    },
    /// ResumeContact, the operation or the flow action (tasks 2.7, flows 7.5.3).
    Resume {
        /// The flow to run now, by id with qualifier; otherwise the hook ResumeContact.
        flow_id: Option<String>,
        /// By a flow action: no resume flow is started.
        from_flow: bool,
        /// Queue flow for a task that goes back into its queue, unless the hook CustomerQueue names one.
        queue_flow: Option<String>,
    },
    /// UpdateContactSchedule (tasks 2.6).
    Reschedule {
        /// New start time, epoch milliseconds.
        to_ms: i64,
        /// Furthest permitted distance from now, milliseconds.
        limit_ms: i64,
    },
    /// TransferContact (tasks 2.8). The successor is in [`Effects::successors`].
    Transfer {
        /// The flow of the successor, by id with qualifier.
        flow_id: String,
        /// Target queue; without it, the agent queue of `agent`.
        queue: Option<QueueRef>,
        /// Target agent.
        agent: Option<AgentRef>,
    },
    /// CreateContact with CONNECTED_TO_USER, right after creation (tasks 2.5.4).
    ConnectUser {
        /// Who.
        agent: AgentRef,
    },
    /// CreateContact with COMPLETED, right after creation (tasks 2.5.3).
    CompleteAtOnce,
    /// Routing offers it to an agent (tasks 3.4.1).
    Offer {
        /// Who.
        agent: AgentRef,
        /// When it counts as missed, epoch milliseconds; `None` is without limit.
        until_ms: Option<i64>,
    },
    /// AssociateContactWithUser (tasks 2.9.1). Nothing changes when it is offered to this user already.
    Associate {
        /// Who.
        agent: AgentRef,
        /// When it counts as missed, epoch milliseconds; `None` is without limit.
        until_ms: Option<i64>,
    },
    /// The offer is taken back: the agent went away (tasks 3.4.2).
    Withdraw,
    /// Not accepted in time (tasks 3.4.3).
    Miss,
    /// The agent rejects it (tasks 3.4.4).
    Reject {
        /// Who; must be the one it is offered to.
        user_id: String,
    },
    /// The agent accepts it (tasks 3.4.2).
    Accept {
        /// Who; must be the one it is offered to.
        user_id: String,
    },
    /// The agent ends it (tasks 2.11.3).
    AgentEnds {
        /// Work finished: AGENT_COMPLETED, else AGENT_DISCONNECT.
        completed: bool,
    },
    /// The agent closes it, DismissUserContact, or next status (tasks 2.9.4, 2.9.5).
    CloseAcw,
    /// The limit of after-contact work has passed (tasks 2.12.1).
    AcwTimeOut,
    /// UpdateContact, or UpdateContactData of a flow (tasks 2.13.1–4, flows 7.2.3).
    Update(Box<Update>),
    /// UpdateContactTaskTemplate; references were checked before (tasks 2.13.5–8).
    Retemplate {
        /// The new template.
        template: PinnedTemplate,
    },
    /// TagContact (tasks 2.14.7).
    Tag {
        /// Added or overwritten.
        tags: BTreeMap<String, String>,
    },
    /// UntagContact (tasks 2.14.7).
    Untag {
        /// Keys; unknown ones are ignored.
        keys: Vec<String>,
    },
    /// UpdateContactRoutingData, or the flow actions for it (tasks 2.14.5, flows 7.1.10, 7.1.11).
    Route {
        /// QueuePriority.
        priority: Option<i64>,
        /// QueueTimeAdjustmentSeconds.
        age_adjustment_s: Option<i32>,
        /// RoutingCriteria, JSON text.
        criteria: Option<String>,
    },
    /// The active step of its routing criteria has lasted its time (tasks 3.3.6).
    StepOver,
    /// Its attributes were written (tasks 2.14.1).
    AttributesWritten,
}

/// What UpdateContact and UpdateContactData change; what is `None` or empty stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Update {
    /// Name.
    pub name: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// References, added or replaced by name.
    pub references: BTreeMap<String, Reference>,
    /// User-defined segment attributes, added or replaced.
    pub segment_attributes: BTreeMap<String, String>,
    /// Lifetime in minutes, counted from where it was counted before.
    pub expiry_minutes: Option<i64>,
    /// LanguageCode, by flows only.
    pub language_code: Option<String>,
    /// CustomerId, by flows only.
    pub customer_id: Option<String>,
}

/// Whether a permitted event changed anything.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Done {
    Changed,
    Nothing,
}

/// The outcome of a transition.
type Decision = Result<Done, Refusal>;

impl Contact {
    /// Applies `event`: changes the contact and adds to `effects` what has to be committed with the change. On refusal
    /// neither has changed. An event without effect, such as stopping what is over, leaves both as they were and is no
    /// refusal.
    pub fn apply(&mut self, event: Event, effects: &mut Effects, cx: &mut Cx<'_>) -> Result<(), Refusal> {
        let cx = &mut Cx { at: cx.at.not_before(self.times.updated_ms), ids: &mut *cx.ids };
        if self.transition(event, effects, cx)? == Done::Changed {
            self.times.updated_ms = cx.at.now_ms;
            // Completing writes the record, and so does every later change (tasks 4.2.1).
            effects.record |= self.state == State::Completed;
        }
        Ok(())
    }

    fn transition(&mut self, event: Event, effects: &mut Effects, cx: &mut Cx<'_>) -> Decision {
        match event {
            Event::Start => self.begin(),
            Event::FlowBegan => self.flow_began(effects, cx),
            Event::Enqueue { queue, queue_flow } => self.enqueue(queue, queue_flow, effects, cx),
            Event::MoveToQueue { queue, queue_flow } => self.move_to_queue(queue, queue_flow, effects, cx),
            Event::End { reason } => self.end(reason, effects, cx),
            Event::Expire => self.expire(effects, cx),
            Event::RunEnded { kind } => self.run_ended(kind, effects, cx),
            Event::RunSkipped { kind, queue_flow } => self.run_skipped(kind, queue_flow, effects, cx),
            Event::Pause { flow_id } => self.pause(flow_id, effects, cx),
            Event::Resume { flow_id, from_flow, queue_flow } => {
                let flow_id = if from_flow { None } else { flow_id.or_else(|| self.hook(HOOK_RESUME)) };
                self.resume(flow_id, queue_flow, effects, cx)
            }
            Event::Reschedule { to_ms, limit_ms } => self.reschedule(to_ms, limit_ms, effects, cx),
            Event::Transfer { flow_id, queue, agent } => self.transfer(flow_id, queue, agent, effects, cx),
            Event::ConnectUser { agent } => self.connect_user(agent, effects, cx),
            Event::CompleteAtOnce => self.complete_at_once(effects, cx),
            Event::Offer { agent, until_ms } => self.offer_to(agent, until_ms, effects, cx),
            Event::Associate { agent, until_ms } => self.associate(agent, until_ms, effects, cx),
            Event::Withdraw => self.withdraw(),
            Event::Miss => self.miss(),
            Event::Reject { user_id } => self.reject(&user_id),
            Event::Accept { user_id } => self.accept(&user_id, effects, cx),
            Event::AgentEnds { completed } => self.agent_ends(completed, effects, cx),
            Event::CloseAcw | Event::AcwTimeOut => self.close_acw(effects, cx),
            Event::Update(update) => self.update(*update, effects, cx),
            Event::Retemplate { template } => self.retemplate(template),
            Event::Tag { tags } => self.tag(tags, effects, cx),
            Event::Untag { keys } => self.untag(&keys, effects, cx),
            Event::Route { priority, age_adjustment_s, criteria } => {
                self.route(priority, age_adjustment_s, criteria, effects, cx)
            }
            Event::StepOver => self.step_over(effects, cx),
            Event::AttributesWritten => self.attributes_written(effects, cx),
        }
    }

    /// The flow of an event hook.
    fn hook(&self, name: &str) -> Option<String> {
        self.hooks.get(name).cloned()
    }

    /// "it is QUEUED", for messages about the contact.
    fn situation(&self) -> String {
        format!("it is {}", self.state.as_str())
    }

    /// InvalidRequestException: not possible in this state.
    fn invalid(&self, what: &str) -> Refusal {
        Refusal::new(ExceptionKind::InvalidRequestException, format!("{what}: {}", self.situation()))
    }

    /// ConflictException: the state does not allow it.
    fn conflict(&self, what: &str) -> Refusal {
        let message = format!("{what} conflicts with the state of the contact: {}", self.situation());
        Refusal::new(ExceptionKind::ConflictException, message)
    }
}

impl Effects {
    /// Changes a counter.
    pub(super) fn count(&mut self, what: Counted, by: i64) {
        self.counts.push(Count { what, by });
    }
}

/// Event hook: the queue flow (flows 7.2.4).
pub const HOOK_QUEUE: &str = "CustomerQueue";
/// Event hook: the disconnect flow (tasks 2.11.5).
const HOOK_DISCONNECT: &str = "CustomerRemaining";
/// Event hook: runs on a pause (tasks 2.7.7).
const HOOK_PAUSE: &str = "PauseContact";
/// Event hook: runs on a resume (tasks 2.7.7).
pub const HOOK_RESUME: &str = "ResumeContact";
/// Event hook: runs between acceptance and connection (tasks 3.4.2).
const HOOK_WHISPER: &str = "AgentWhisper";
