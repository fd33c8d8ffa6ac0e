//! The program around the service: command line, settings, HTTP, authentication, limits and metrics.
//!
//! What does not belong here: a rule of the API (`engine`, `service`), SQL (`store`). It is a library only so that its
//! tests can start it in their own process.

pub mod answer;
pub mod app;
pub mod auth;
pub mod body;
pub mod buffers;
pub mod cli;
pub mod clock;
pub mod connection;
mod envelope;
pub mod events;
pub mod function;
pub mod gauges;
pub mod http;
pub mod invite;
pub mod keys;
pub mod listen;
pub mod log;
mod metric_help;
pub mod metrics;
pub mod outgoing;
pub mod per_address;
pub mod policies;
pub mod probe;
pub mod request_log;
pub mod secret_file;
pub mod serve;
pub mod servers;
pub mod settings;
pub mod small_file;
pub mod startup;
pub mod streams;
pub mod throttle;
pub mod vault;
pub mod welcome;
