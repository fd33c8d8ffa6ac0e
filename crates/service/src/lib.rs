//! The operations: what each one reads, decides and commits.
//!
//! | Module | Contents |
//! | --- | --- |
//! | `access` | who may do what: policies, and what they are asked with |
//! | `agent` | agents: status, what supervisors see and do, an agent's commands |
//! | `base` | the foundation of every operation: the call, the context, commits, errors, pages, quotas, tags, client tokens |
//! | `resource` | the layer under every named resource of an instance, and one file for each kind |
//! | `flow` | flows, flow modules, their versions and aliases |
//! | `metrics` | what is so now and what has been: numbers of agents, tasks and times |
//! | `routing` | tasks that wait are given to agents who are free |
//! | `search` | searches for resources |
//! | `signin` | users who sign in: passwords, sessions and their temporary keys |
//! | `template` | task templates |
//! | `contact` | tasks and the operations on them |
//! | `unit` | the unit of work: changes that belong together, in one commit |
//! | `worker` | background work: timers and flows, division of the work into shards, cleaning |
//! | `events` | delivery of events and records |
//!
//! `dispatch.rs` is the list of what is implemented, one line per operation. `base/cx.rs` is everything an operation may use.
//! What does not belong here: HTTP, signatures and settings (the program), rules (`engine`), SQL (`store`).

mod access;
mod agent;
mod base;
mod contact;
mod dispatch;
mod events;
mod flow;
mod metrics;
mod resource;
mod routing;
mod search;
pub mod signin;
mod template;
mod unit;
mod worker;

pub use access::catalog::Actions;
pub use access::door::Door;
pub use agent::api::{AgentAsk, AgentCall, AgentReply};
pub use agent::commands::{Command, Done};
pub use agent::views::{AgentWatch, Next};
pub use base::call::{Call, Reply, ReplyHeaders};
pub use base::caller::{Caller, Origin, Policies, Principal};
pub use base::denial::Denial;
pub use base::error::{BoxError, Error, Result};
pub use base::function::{CallCounts, CallLimits, FunctionCall, Functions};
pub use base::ids::Ids;
pub use base::quota::{Limits, QuotaFacts};
pub use base::service::Service;
pub use base::settings::Settings;
pub use base::supervise::{Part, Readiness};
pub use dispatch::IMPLEMENTED;
pub use engine::arn::Partition;
pub use events::{Delivery, Dispatcher, Failure, OutboxLimits, Sink, SinkCounts};
pub use metrics::gauges::{GAUGE_QUEUES_MAX, QueueGauge, StoreNumbers};
pub use resource::instance::InstanceInfo;
pub use routing::Router;
pub use worker::Worker;
pub use worker::cleaning::Background;

pub(crate) use base::cx::Cx;

#[cfg(test)]
mod tests {
    use super::*;

    /// A server spawns calls, so their futures must be `Send`; otherwise this does not compile.
    #[expect(dead_code, reason = "compiling it is the test")]
    fn calls_can_be_spawned(service: &'static Service, call: Call<'static>) {
        fn spawned(_: impl Future + Send) {}
        spawned(service.call(call));
    }
}
