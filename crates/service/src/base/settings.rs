//! Settings of the installation that operations use.

use std::collections::{BTreeMap, BTreeSet};

use engine::arn::Partition;

use crate::base::quota::Limits;

/// Facts about this installation that operations need.
#[derive(Clone, Debug)]
pub struct Settings {
    /// First part of every ARN.
    pub partition: Partition,
    /// Region in ARNs, for example `us-east-1`.
    pub region: String,
    /// Account in ARNs, 12 digits.
    pub account: String,
    /// Quotas.
    pub limits: Limits,
    /// Quotas of single instances, by instance id, in place of `limits` (task-templates 2.7.4).
    pub limits_of: BTreeMap<String, Limits>,
    /// How long an offered task waits to be accepted, seconds; 0 is without limit (tasks 3.4.3).
    pub accept_seconds: u64,
    /// How far ahead a task may be scheduled, in days (tasks 2.3.13).
    pub schedule_ahead_days: u64,
    /// Names of segment attributes that clients may set (tasks 2.3.17).
    pub predefined_attributes: BTreeSet<String>,
    /// Where contact events and records go: names of sinks; the commit of every change writes outbox rows for each.
    pub sinks: Vec<String>,
    /// Whether the first steps of a task's flow go into the commit that starts the task (tasks 2.3.23), as a server does it;
    /// otherwise the worker does all of them.
    pub first_steps: bool,
}
