//! The named resources of an instance: what all kinds have in common ([`layer`]), and one file for each noun.

pub(crate) mod hours_of_operation;
pub(crate) mod instance;
pub(crate) mod layer;
pub(crate) mod queue;
pub(crate) mod quick_connect;
pub(crate) mod routing_profile;
pub(crate) mod security_profile;
pub(crate) mod tag;
pub(crate) mod user;

pub(crate) use layer::{ListPage, Mention, Mentioned, commit_new, existing, new_row, stored_kind};
