//! Task templates.

pub(crate) mod optimistic;
pub(crate) mod task_template;
