//! A running flow, as it is stored with its task: why it runs, where it is, and its local state (flows 9). `flow`
//! executes it; `contact` decides when it runs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::party::AgentRef;

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

/// One level of the stack: the flow, or a module it called.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// What runs.
    pub flow: FlowRef,
    /// Identifier of the action that is about to run; empty before the content was read.
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
    /// Questions of the present action that were answered successfully, for an action with several (flows 7.2.4).
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

/// A running flow.
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
    /// Epoch milliseconds until which the answer of a function is awaited, or the call is postponed: until then the run
    /// is not due, after it the function is called (again) under the same token (flows 9.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_until_ms: Option<i64>,
    /// Epoch milliseconds at which it is stopped, for whispers and wrap-up modules.
    pub deadline_ms: Option<i64>,
    /// Actions since the last wait (flows 9.3).
    pub steps: u32,
    /// Actions in all: part of the tokens of external effects (flows 9.1).
    pub total_steps: u64,
    /// Transfers to other flows since the last wait (flows 9.4).
    pub transfers: u32,
    /// `$.Agent`, where the kind of flow has one.
    pub agent: Option<AgentRef>,
}

impl Run {
    /// Token of the external effect of the run's present action: the same for a retry, another one after it (flows
    /// 9.1). Whoever reads the contact again before giving an answer can tell by it whether the answer is still
    /// awaited.
    pub fn token(&self, contact_id: &str) -> String {
        format!("{contact_id}/{}/{}", self.entry, self.total_steps)
    }
}
