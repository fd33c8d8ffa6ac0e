//! The operations over a real store, without HTTP: one binary, every test on both engines where the engine can matter.

mod bench;
mod conventions;
mod dispatch;
mod instances;
mod races;
mod resources;
mod tags;
mod templates;
