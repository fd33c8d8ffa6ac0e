//! The transition function of a task's life (tasks 2.1.4).

use std::collections::BTreeMap;

use crate::contact::{AgentRef, Contact, Cx, DisconnectReason, Effects, PinnedTemplate, QueueRef, Reference, Refusal};
use crate::flow::run::RunKind;

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
    /// Its time has run out (tasks 2.11.2). Nothing changes when it is over already.
    Expire,
    /// A flow came to its end without deciding anything (flows 5), or its deadline has passed.
    RunEnded {
        /// Which.
        kind: RunKind,
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
    /// Offered to an agent (tasks 3.4.1, 2.9.1).
    Offer {
        /// Who.
        agent: AgentRef,
        /// When it counts as missed, epoch milliseconds; `None` is without limit.
        until_ms: Option<i64>,
    },
    /// The offer is taken back: the agent went away (tasks 3.4.2).
    Withdraw,
    /// Not accepted in time (tasks 3.4.3).
    Miss,
    /// The agent does not want it (tasks 3.4.4).
    Reject {
        /// Who; must be the one it is offered to.
        user_id: String,
    },
    /// The agent takes it (tasks 3.4.2).
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
    /// Life time in minutes, counted from where it was counted before.
    pub expiry_minutes: Option<i64>,
    /// LanguageCode, by flows only.
    pub language_code: Option<String>,
    /// CustomerId, by flows only.
    pub customer_id: Option<String>,
}

impl Contact {
    /// Does `event` to the contact: changes it and says in `effects` what has to be committed with the change. On refusal nothing
    /// has changed.
    pub fn apply(&mut self, event: Event, effects: &mut Effects, cx: &mut Cx<'_>) -> Result<(), Refusal> {
        let _ = (event, effects, cx);
        Ok(())
    }
}
