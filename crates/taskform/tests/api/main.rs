//! The program in this process, over loopback sockets: every row of protocol 3.2, limits, CORS, keys, throttle, starting
//! and stopping. Operations are tested in their own crates; here they are only reached.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up must fail at that line")]

mod agents;
mod auth;
mod connections;
mod events;
mod gauges;
mod harness;
mod limits;
mod outside;
mod policies;
mod program;
mod receiver;
mod shell;
mod start;
mod sts;
mod testclock;
mod throttle;
