//! Rules, and nothing else: functions from values to values. No I/O, no async, no clock, no randomness (times and ids are
//! arguments), so that every rule can be tested exhaustively. A rule that decides about a resource belongs in the file of
//! that resource; encoding belongs in `wire`, storage in `store`.

pub mod access;
pub mod agent;
pub mod arn;
pub mod contact;
pub mod contact_flow;
pub mod contact_flow_module;
pub mod criteria;
pub mod faults;
pub mod flow;
pub mod function;
pub mod hierarchy;
pub mod hours_of_operation;
pub mod instance;
pub mod merge_patch;
pub mod metrics;
pub mod page;
pub mod party;
pub mod policy;
pub mod predefined_attribute;
pub mod proficiency;
pub mod quick_connect;
pub mod routing;
pub mod routing_profile;
pub mod run;
pub mod search;
pub mod tag;
pub mod task_template;
mod text;
pub mod user;
pub mod waits;
