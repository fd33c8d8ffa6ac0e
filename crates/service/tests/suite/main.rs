//! The operations over a real store, without HTTP: one binary, every test on both engines where the engine can matter.

mod bench;
mod contacts_data;
mod contacts_life;
mod contacts_search;
mod contacts_start;
mod conventions;
mod deliveries;
mod dispatch;
mod flow_modules;
mod flow_versions;
mod flows;
mod hierarchy;
mod hours;
mod instances;
mod members;
mod quick_connects;
mod races;
mod resources;
mod security_profiles;
mod statuses;
mod tags;
mod tasks;
mod templates;
mod user_changes;
mod users;
mod worker;
