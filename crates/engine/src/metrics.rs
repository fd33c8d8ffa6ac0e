//! What metrics mean: arithmetic over agents, tasks and times (administration 5). Reading them is the caller's.

pub mod current;
pub mod fact;
pub mod wait;
