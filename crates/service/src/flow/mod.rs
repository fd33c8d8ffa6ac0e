//! Flows and flow modules, with their versions and aliases. What both have in common is in [`named`].

pub(crate) mod contact_flow;
pub(crate) mod contact_flow_module;
pub(crate) mod documents;
pub(crate) mod flow_alias;
pub(crate) mod flow_version;
pub(crate) mod named;

pub(crate) use named::{Extras, Named, Of, contracts, default_queue_flow, to_run};
