//! What metrics mean: arithmetic over agents, tasks and times (administration 5). Reading them is the caller's.

pub mod current;
pub mod definition;
pub mod fact;
pub mod group;
pub mod interval;
pub mod people;
pub mod tally;
pub mod wait;
pub mod work;
