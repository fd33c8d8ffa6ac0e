//! A flow under way on a task: what is stored between two actions, what it asks of the world, and what it is told
//! (flows 9). [`advance`] runs actions until the flow waits, ends, or needs something that only the outside knows; it does
//! no I/O itself, so a run can be replayed exactly.
//!
//! What belongs here: position, local data, limits. What a single action does is in the files beside this one; which state a
//! task may be in is decided by [`crate::contact`].

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::contact::{AgentRef, Attributes, Contact, Cx, Effects, QueueRef};
use crate::flow::document::Document;
use crate::flow::machine::Machine;

/// Most actions of a run without a wait (flows 9.3); each 2 KB of parameters count as one more.
pub const STEPS_MAX: u32 = 10_000;
/// Actions of one call of [`advance`]: so long nobody else gets the thread.
pub const SLICE: u32 = 32;
/// Most transfers to other flows of a run without a wait (flows 9.4).
pub const TRANSFERS_MAX: u32 = 100;
/// Most modules on top of each other (flows 8.8).
pub const MODULE_LEVELS_MAX: usize = 5;

/// Why a flow runs (flows 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RunKind {
    /// The flow that decides what becomes of the task; disconnect flows are the main flow of their contact.
    Main,
    /// Beside the wait in a queue.
    CustomerQueue,
    /// Started by a pause.
    Pause,
    /// Started by a resume.
    Resume,
    /// After acceptance, before the agent is connected.
    AgentWhisper,
    /// The template's wrap-up module.
    WrapUp,
}

/// A flow or module as it was when it was entered (flows 1.14).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowRef {
    /// Its id, without qualifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// A flow's type as the API writes it; empty for a module.
    pub flow_type: String,
    /// A module rather than a flow.
    pub module: bool,
    /// Names the content, hexadecimal.
    pub sha256: String,
}

/// What the outside knows of a flow that is to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowFact {
    /// The flow.
    pub flow: FlowRef,
    /// Archived: a flow cannot be entered then, a module can (flows 1.12).
    pub archived: bool,
}

/// One level of the stack: the flow, or a module it called.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// What runs.
    pub flow: FlowRef,
    /// Identifier of the action that is about to run; empty before the content was looked at.
    pub action: String,
    /// Loop counters by identifier (flows 7.3.9).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub loops: BTreeMap<String, u32>,
    /// Flow attributes (flows 7.2.2).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub flow_attributes: BTreeMap<String, String>,
    /// `$.External`, `$.Modules`, `$.Metrics`, `$.Loop`, `$.Task` by first path segment (flows 3.8).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub local: BTreeMap<String, Value>,
    /// The content, while the run is worked on.
    #[serde(skip)]
    pub document: Option<Arc<Document>>,
    /// Questions of the present action that were answered well, for an action with several (flows 7.2.4).
    #[serde(skip)]
    pub answered: usize,
}

/// What follows a wait that lets its flow go on meanwhile (flows 7.3.12).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Later {
    /// When its time is over, epoch milliseconds.
    pub due_ms: i64,
    /// Identifier of the action that follows then.
    pub action: String,
    /// How many frames the stack had: the branch beside the wait ends where this one would be left.
    pub depth: usize,
}

/// A flow under way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Why it runs.
    pub kind: RunKind,
    /// Number of this flow entry on its contact, from 1.
    pub entry: u32,
    /// A flow, by id with qualifier, or a module, that is to be entered next: at the start, and by "transfer to flow".
    pub entering: Option<String>,
    /// The stack, outermost first; empty before the first flow is entered.
    pub frames: Vec<Frame>,
    /// Epoch milliseconds until which it waits; `None` when it is ready to go on.
    pub wake_ms: Option<i64>,
    /// The continue form of a wait, while its time runs (flows 7.3.12).
    pub later: Option<Later>,
    /// Epoch milliseconds at which it is stopped, for whispers and wrap-up modules.
    pub deadline_ms: Option<i64>,
    /// Actions since the last wait (flows 9.3).
    pub steps: u32,
    /// Actions in all: part of the tokens of outside effects (flows 9.1).
    pub total_steps: u64,
    /// Transfers to other flows since the last wait (flows 9.4).
    pub transfers: u32,
    /// `$.Agent`, where the kind of flow has one.
    pub agent: Option<AgentRef>,
}

impl Run {
    /// Names the outside effect of the action the run is at: the same for a repeat, another after it (flows 9.1). Whoever reads the
    /// contact again before giving an answer can tell by it whether the answer is still awaited.
    pub fn token(&self, contact_id: &str) -> String {
        format!("{contact_id}/{}/{}", self.entry, self.total_steps)
    }
}

/// Something only the outside knows or can do. Nothing of it is stored: after a restart the action asks again.
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
        /// Same for a repeat after a crash.
        token: String,
    },
    /// A new task; the run is stored before it is made: [`Answer::Task`].
    CreateTask {
        /// What to make.
        task: Box<NewTask>,
        /// Same for a repeat after a crash.
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
}

/// What the outside says. `None` or `false` means: there is no such thing, or it failed; the action takes its error branch.
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
    /// To [`Ask::Percent`].
    Percent(u8),
    /// To [`Ask::Function`]: the answer's JSON.
    Function(Option<Value>),
    /// To [`Ask::CreateTask`]: the new contact's id.
    Task(Option<String>),
    /// To [`Ask::WriteAttributes`].
    Done(bool),
}

/// Contents that the caller has at hand.
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
    /// It was given a good share of time and is not done: call again, without answer, after others had theirs.
    More,
    /// The run waits, or it is over and the contact has been changed accordingly.
    Rest,
}

/// Works on the run of this kind until it waits, ends, or needs something from outside (flows 9). With `answer` it goes on where the
/// last call asked. Without, an action that asked before asks again, a call of the outside with the same token (flows 9.1). A run
/// that is not there, still waits, or is halted by a pause (tasks 2.7.8) is left alone; an answer is taken all the same where the
/// outside has acted already.
pub fn advance(env: &mut Env<'_>, kind: RunKind, answer: Option<Answer>) -> Next {
    match Machine::take(env, kind) {
        Some(machine) => machine.work(answer),
        None => Next::Rest,
    }
}
