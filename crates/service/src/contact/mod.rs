//! Tasks and the operations on them (tasks 1.3, 2).
//!
//! Every change of a task is read, decided by `engine::contact`, and committed with its events, counters and timers on
//! the condition that the task did not change meanwhile ([`crate::unit`]). The execution of flows is in `worker`.

pub(crate) mod data;
pub(crate) mod life;
pub(crate) mod lookup;
pub(crate) mod read;
pub(crate) mod search;
pub(crate) mod start;
pub(crate) mod transfer;

pub(crate) use lookup::predefined;
pub(crate) use start::start_from_flow;
