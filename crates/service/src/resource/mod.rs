//! The named resources of an instance: what all kinds have in common ([`layer`], [`kinds`]), and one file for each
//! kind.

pub(crate) mod agent_status;
pub(crate) mod hierarchy;
pub(crate) mod hours_of_operation;
pub(crate) mod instance;
pub(crate) mod instance_attribute;
pub(crate) mod kinds;
pub(crate) mod lambda_function;
pub(crate) mod layer;
pub(crate) mod mention;
pub(crate) mod predefined_attribute;
pub(crate) mod proficiency;
pub(crate) mod queue;
pub(crate) mod quick_connect;
pub(crate) mod routing_profile;
pub(crate) mod routing_profile_queue;
pub(crate) mod security_profile;
pub(crate) mod tag;
#[cfg(test)]
mod tests;
pub(crate) mod user;

pub(crate) use kinds::stored_kind;
pub(crate) use mention::{Mention, Mentioned};
