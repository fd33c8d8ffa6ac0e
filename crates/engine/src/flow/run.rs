//! What a running flow asks of its caller, and the answers (flows 9). [`advance`] runs actions until the flow waits,
//! ends, or needs something that only the caller knows; it does no I/O itself, so a run can be replayed exactly.
//!
//! What belongs here: questions, answers, limits. What is stored of a run is in [`crate::run`]; what a single action does, in the files
//! beside this one; which state a task may be in is decided by [`crate::contact`].

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::contact::{Attributes, Contact, Cx, Effects, Predefined};
use crate::flow::document::Document;
use crate::party::{AgentRef, QueueRef};

pub use super::machine::advance;
pub use crate::run::{FlowRef, Frame, Later, Run, RunKind};

/// Most actions of a run without a wait (flows 9.3); each 2 KB of parameters count as one more.
pub const STEPS_MAX: u32 = 10_000;
/// Actions of one call of [`advance`]: it does not yield the thread before.
pub const SLICE: u32 = 32;
/// Most transfers to other flows of a run without a wait (flows 9.4).
pub const TRANSFERS_MAX: u32 = 100;
/// Most modules on top of each other (flows 8.8).
pub const MODULE_LEVELS_MAX: usize = 5;

/// What the caller knows of a flow that is to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowFact {
    /// The flow.
    pub flow: FlowRef,
    /// Archived: a flow cannot be entered then, a module can (flows 1.12).
    pub archived: bool,
}

/// Something only the caller knows or can do. Nothing of it is stored: after a restart the action asks again.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// A published flow or module by id or ARN, with qualifier: [`Answer::Flow`].
    Flow {
        /// As written.
        id: String,
        /// A module.
        module: bool,
    },
    /// A content: [`Answer::Document`].
    Document {
        /// Its hash, hexadecimal.
        sha256: String,
    },
    /// A standard queue by id or ARN: [`Answer::Queue`].
    Queue {
        /// As written.
        id: String,
    },
    /// The agent queue of a user by user id, ARN or user name: [`Answer::Agent`].
    Agent {
        /// As written.
        user: String,
    },
    /// Is it open now? [`Answer::Open`].
    Hours {
        /// Hours by id or ARN; without, those of the queue.
        hours: Option<String>,
        /// The queue in or targeted.
        queue: Option<QueueRef>,
    },
    /// Numbers about a queue: [`Answer::Metrics`].
    Metrics {
        /// Queue by id or ARN.
        queue: Option<String>,
        /// Or the agent queue of this user.
        agent: Option<String>,
        /// Which numbers.
        wanted: Wanted,
    },
    /// Segment attributes that may be set: [`Answer::Predefined`].
    Predefined {
        /// Their names.
        names: Vec<String>,
    },
    /// A number from 1 to 100, drawn evenly: [`Answer::Percent`].
    Percent,
    /// A function call; the run is stored before it is made: [`Answer::Function`].
    Function {
        /// The function's ARN.
        arn: String,
        /// The request, JSON text (flows 7.4.2).
        payload: String,
        /// Seconds, 1 to 8.
        limit_s: u8,
        /// Nobody waits for the answer (flows 7.4.5).
        asynchronous: bool,
        /// The same for a retry after a crash.
        token: String,
    },
    /// A new task; the run is stored before it is made: [`Answer::Task`].
    CreateTask {
        /// What to make.
        task: Box<NewTask>,
        /// The same for a retry after a crash.
        token: String,
    },
    /// Attributes to be written to another contact: [`Answer::Done`].
    WriteAttributes {
        /// The contact.
        contact_id: String,
        /// What to write.
        attributes: Attributes,
    },
}

/// The request of the action CreateTask (flows 7.2.7 to 7.2.11), values resolved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewTask {
    /// Name.
    pub name: String,
    /// Description.
    pub description: Option<String>,
    /// Flow by id or ARN.
    pub flow_id: Option<String>,
    /// Template by id or ARN.
    pub template_id: Option<String>,
    /// Attributes.
    pub attributes: Attributes,
    /// References: type as the API writes it, and value, by name.
    pub references: BTreeMap<String, (String, String)>,
    /// Start time, epoch milliseconds.
    pub scheduled_ms: Option<i64>,
    /// RelatedContactId.
    pub related_contact_id: Option<String>,
    /// PreviousContactId.
    pub previous_contact_id: Option<String>,
    /// SegmentAttributes as StartTaskContact takes them.
    pub segment_attributes: serde_json::Map<String, Value>,
    /// Made by a disconnect flow: InitiationMethod DISCONNECT (flows 7.2.10).
    pub by_disconnect_flow: bool,
}

/// A queue and how full it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueFact {
    /// The queue.
    pub queue: QueueRef,
    /// Takes new contacts (tasks 3.1.3).
    pub enabled: bool,
    /// Contacts inside.
    pub size: i64,
    /// Most contacts inside; `None` without limit (tasks 3.1.4).
    pub capacity: Option<i64>,
}

impl QueueFact {
    /// Most contacts inside when one more enters; what moves from another queue may exceed the capacity of a standard queue by a
    /// fifth, rounded down (tasks 3.1.4). `None` without limit.
    pub fn most(&self, moved: bool) -> Option<i64> {
        let allowance = |capacity: i64| if moved && !self.queue.agent { capacity / ALLOWANCE } else { 0 };
        self.capacity.map(|capacity| capacity.saturating_add(allowance(capacity)))
    }
}

/// Share of the capacity by which a move between queues may exceed it: one fifth (tasks 3.1.4).
const ALLOWANCE: i64 = 5;

/// Which numbers about a queue an action needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Those of the tasks in it.
    Contacts,
    /// Those of the tasks, and whether somebody counts there: [`Metrics::agents`] has 1 at this index then, or more.
    Somebody(usize),
    /// All, and the place of this task if it waits there.
    All {
        /// The task.
        contact_id: String,
    },
}

/// Numbers about a queue and its agents (flows 7.3.3 to 7.3.7).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metrics {
    /// Name and ARN of the queue.
    pub queue: Option<(String, String)>,
    /// Contacts in it.
    pub size: i64,
    /// Age of the oldest, milliseconds.
    pub oldest_ms: i64,
    /// Agents online, available, staffed, in after-contact work, busy, with missed contacts, non-productive.
    pub agents: [i64; 7],
    /// How long a task that comes now would wait, seconds; `None` when nobody is there (administration 5.5.3).
    pub wait_s: Option<i64>,
    /// The place of the task in the queue, from 1; 0 while it is offered. `None` when it does not wait there.
    pub position: Option<i64>,
    /// How long the task is going to wait, seconds.
    pub contact_wait_s: Option<i64>,
}

/// The caller's answer. `None` or `false` means: there is no such thing, or it failed; the action takes its error
/// branch.
#[derive(Clone, Debug)]
pub enum Answer {
    /// To [`Ask::Flow`].
    Flow(Option<FlowFact>),
    /// To [`Ask::Document`].
    Document(Option<Arc<Document>>),
    /// To [`Ask::Queue`].
    Queue(Option<QueueFact>),
    /// To [`Ask::Agent`].
    Agent(Option<(AgentRef, QueueFact)>),
    /// To [`Ask::Hours`].
    Open(Option<bool>),
    /// To [`Ask::Metrics`].
    Metrics(Option<Metrics>),
    /// To [`Ask::Predefined`].
    Predefined(Predefined),
    /// To [`Ask::Percent`].
    Percent(u8),
    /// To [`Ask::Function`]: the answer's JSON.
    Function(Option<Value>),
    /// To [`Ask::CreateTask`]: the new contact's id.
    Task(Option<String>),
    /// To [`Ask::WriteAttributes`].
    Done(bool),
}

/// Contents that the caller has at hand: those that it gave as answers, until the run waits, and any others.
pub trait Documents {
    /// The content with this hash (hexadecimal), if it is here; otherwise it is asked for.
    fn get(&self, sha256: &str) -> Option<Arc<Document>>;
}

/// One line of the flow log (flows 7.4.7, 9.8).
#[derive(Clone, Debug, PartialEq)]
pub struct FlowLog {
    /// ContactId.
    pub contact_id: String,
    /// ContactFlowId; the module's id while a module runs. Empty if no flow was entered.
    pub flow_id: String,
    /// ContactFlowName.
    pub flow_name: String,
    /// ContactFlowModuleType: the type of the action.
    pub module_type: String,
    /// Identifier of the action.
    pub identifier: String,
    /// Epoch milliseconds.
    pub timestamp_ms: i64,
    /// Parameters, references resolved.
    pub parameters: Value,
    /// Results or Error.
    pub outcome: FlowOutcome,
}

/// What came of an action, for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FlowOutcome {
    /// It is done; the text is what its conditions were compared with, empty if it has none.
    Results(String),
    /// Its error, or why the flow cannot go on.
    Error(String),
}

/// What a run works on: the task, its attributes, and where to put what comes of it.
pub struct Env<'a> {
    /// The task.
    pub contact: &'a mut Contact,
    /// The attributes of its chain.
    pub attributes: &'a mut Attributes,
    /// What has to be committed with the changes.
    pub effects: &'a mut Effects,
    /// Time, instance, new ids.
    pub cx: Cx<'a>,
    /// Contents at hand.
    pub documents: &'a dyn Documents,
    /// The instance's Default customer queue flow, by id, for tasks without the hook CustomerQueue (flows 5).
    pub queue_flow: Option<&'a str>,
    /// Lines for the flow log. Lines of single actions come only if the task has logging on; whether the instance wants any is for
    /// the caller (flows 7.4.7).
    pub log: &'a mut Vec<FlowLog>,
}

/// How an [`advance`] ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// It needs this; call again with the answer.
    Ask(Ask),
    /// Its share of actions is used up and it is not done: call again, without answer, after others had a turn.
    More,
    /// The run waits, or it is over and the contact has been changed accordingly.
    Suspended,
}
