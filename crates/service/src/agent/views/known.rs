//! What is known of an instance beside agents and tasks, as [`super::facts`] reads it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use engine::agent::ChannelSlots;
use serde_json::{Value, json};

/// What is known of an instance.
#[derive(Debug)]
pub(crate) struct Facts {
    /// Names of statuses by id.
    pub(super) statuses: BTreeMap<String, String>,
    /// Those to choose from.
    pub(super) to_choose: Arc<Value>,
    /// Routing profiles by id.
    pub(super) profiles: BTreeMap<String, ProfileFacts>,
    /// Names of standard queues by id.
    pub(super) queues: BTreeMap<String, String>,
    /// Permissions by security profile.
    pub(super) permissions: BTreeMap<String, Vec<String>>,
    /// ACTIVE templates, by name.
    pub(crate) templates: Arc<Value>,
    pub(super) read_at: Instant,
}

/// A routing profile.
#[derive(Debug)]
pub(crate) struct ProfileFacts {
    /// Slots by channel.
    pub(super) channels: Vec<ChannelSlots>,
    /// The quick connects of its queues, by name (tasks 3.5.2).
    pub(crate) quick_connects: Arc<Value>,
}

impl Facts {
    /// Nothing to choose: for a routing profile that is not there.
    pub(crate) fn quick_connects(&self, profile_id: &str) -> Arc<Value> {
        self.profiles.get(profile_id).map_or_else(|| Arc::new(json!([])), |own| Arc::clone(&own.quick_connects))
    }
}
