//! The operations over a real store, without HTTP: one binary, every test on both engines where the engine can matter.

mod bench;
mod conventions;
mod dispatch;
mod flow_modules;
mod flow_versions;
mod flows;
mod instances;
mod races;
mod resources;
mod tags;
mod templates;
mod users;
