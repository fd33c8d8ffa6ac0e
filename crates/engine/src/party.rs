//! Queues and agents, as a task knows them.

use serde::{Deserialize, Serialize};

use crate::arn::{Kind, Scope};

/// A queue as a task knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueRef {
    /// The queue's id; for an agent queue the user's id.
    pub id: String,
    /// Its name at that time.
    pub name: String,
    /// Whether it is the queue of one user (tasks 3.1.1).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub agent: bool,
}

/// A user as a task and its flows know them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentRef {
    /// The user's id.
    pub id: String,
    /// The login name.
    pub user_name: String,
    /// First name, may be empty.
    #[serde(default)]
    pub first_name: String,
    /// Last name, may be empty.
    #[serde(default)]
    pub last_name: String,
    /// Routing profile: id and name.
    #[serde(default)]
    pub routing_profile: (String, String),
    /// How long the agent may keep an ended task open, in seconds; 0 is without limit (tasks 2.12.1).
    #[serde(default)]
    pub acw_limit_s: i64,
    /// Offered tasks are accepted at once (AutoAcceptConfigs, else PhoneConfig.AutoAccept; tasks 3.4.1).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub auto_accept: bool,
    /// Id and name of the hierarchy groups from level one down to the user's own (administration 6.3.3).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hierarchy: Vec<(String, String)>,
}

impl QueueRef {
    /// Its ARN; an agent queue has one of its own form (tasks 1.2).
    pub fn arn(&self, scope: Scope<'_>) -> String {
        scope.arn(if self.agent { Kind::AgentQueue } else { Kind::Queue }, &self.id)
    }
}
