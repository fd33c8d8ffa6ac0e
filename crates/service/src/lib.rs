//! The operations: what each one reads, decides and commits.
//!
//! One file per resource, each holding the operations of that resource with their tests. `dispatch.rs` is the list of what is
//! implemented, one line per operation. `cx.rs` is everything an operation may use. What does not belong here: HTTP,
//! signatures and settings (the program), rules (`engine`), SQL (`store`).

mod background;
mod client_token;
mod commit;
mod contact;
mod contact_flow;
mod contact_flow_module;
mod cx;
mod dispatch;
mod error;
mod events;
mod flow;
mod flow_alias;
mod flow_version;
mod function;
mod hope;
mod hours_of_operation;
mod ids;
mod instance;
mod page;
mod queue;
mod quick_connect;
mod resource;
mod routing_profile;
mod security_profile;
mod shards;
mod tag;
mod task_template;
mod user;
mod wakes;
mod worker;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use store::Store;
use tokio::sync::{Semaphore, watch};
use wire::{Labels, Op};

pub use background::Background;
pub use dispatch::{IMPLEMENTED, implemented};
pub use engine::arn::Partition;
pub use error::{BoxError, Error, Result};
pub use events::{Delivery, Dispatcher, Failure, Sink, SinkCounts};
pub use function::{FunctionCall, Functions};
pub use ids::Ids;
pub use instance::InstanceInfo;
pub use worker::Worker;

use commit::Lines;
pub(crate) use cx::Cx;
use hope::Hope;
use shards::Shards;
use wakes::Wakes;
use worker::DocumentCache;

/// Facts about this installation that operations need.
#[derive(Clone, Debug)]
pub struct Settings {
    /// First part of every ARN.
    pub partition: Partition,
    /// Region in ARNs, for example `us-east-1`.
    pub region: String,
    /// Account in ARNs, 12 digits.
    pub account: String,
    /// Quotas.
    pub limits: Limits,
    /// Quotas of single instances, by instance id, in place of `limits` (task-templates 2.7.4).
    pub limits_of: BTreeMap<String, Limits>,
    /// How far ahead a task may be scheduled, in days (tasks 2.3.13).
    pub schedule_ahead_days: u64,
    /// Names of segment attributes that clients may set (tasks 2.3.17).
    pub predefined_attributes: BTreeSet<String>,
    /// Where contact events and records go: names of sinks, each written for in the commit of every change.
    pub sinks: Vec<String>,
}

/// Quotas; `0` lifts one (task-templates 2.7, tasks 2.16).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Instances of this installation.
    pub instances: u64,
    /// Task templates of an instance, active and inactive (task-templates 2.7.1).
    pub task_templates_per_instance: u64,
    /// Custom fields of one template (task-templates 2.7.2).
    pub custom_fields_per_template: u64,
    /// Custom fields of all templates of an instance together; off unless set (task-templates 2.7.2).
    pub custom_fields_per_instance: u64,
    /// Flows of an instance, the default ones included.
    pub contact_flows_per_instance: u64,
    /// Flow modules of an instance.
    pub contact_flow_modules_per_instance: u64,
    /// Quick connects of an instance.
    pub quick_connects_per_instance: u64,
    /// Queues of an instance that are made by API.
    pub queues_per_instance: u64,
    /// Users of an instance.
    pub users_per_instance: u64,
    /// Tasks of an instance that are not completed (tasks 2.3.20, 2.3.21).
    pub open_tasks_per_instance: u64,
    /// Tasks that name the same PreviousContactId (tasks 2.3.20).
    pub tasks_per_previous_contact: u64,
    /// Tasks that one SearchContacts looks into for what the store cannot filter by (B61).
    pub tasks_per_search: u64,
}

impl Limits {
    /// The quota of an instance that settings call by this name; `None` for a name that is none of them.
    pub fn of_instance(&mut self, name: &str) -> Option<&mut u64> {
        Some(match name {
            "task_templates_per_instance" => &mut self.task_templates_per_instance,
            "custom_fields_per_template" => &mut self.custom_fields_per_template,
            "custom_fields_per_instance" => &mut self.custom_fields_per_instance,
            "contact_flows_per_instance" => &mut self.contact_flows_per_instance,
            "contact_flow_modules_per_instance" => &mut self.contact_flow_modules_per_instance,
            "quick_connects_per_instance" => &mut self.quick_connects_per_instance,
            "queues_per_instance" => &mut self.queues_per_instance,
            "users_per_instance" => &mut self.users_per_instance,
            "open_tasks_per_instance" => &mut self.open_tasks_per_instance,
            "tasks_per_previous_contact" => &mut self.tasks_per_previous_contact,
            "tasks_per_search" => &mut self.tasks_per_search,
            _ => return None,
        })
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            instances: 2,
            task_templates_per_instance: 50,
            custom_fields_per_template: 50,
            custom_fields_per_instance: 0,
            contact_flows_per_instance: 100,
            contact_flow_modules_per_instance: 200,
            quick_connects_per_instance: 100,
            queues_per_instance: 100,
            users_per_instance: 500,
            open_tasks_per_instance: 2_500,
            tasks_per_previous_contact: 12,
            tasks_per_search: 50_000,
        }
    }
}

/// Who calls, as the signature proved.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The account that the access key belongs to, 12 digits.
    pub account: String,
    /// The id of the access key.
    pub access_key_id: String,
    /// ARN of the principal, for messages of refusal.
    pub arn: String,
}

/// One request, after routing and authentication.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// Which operation.
    pub op: Op,
    /// Decoded path labels.
    pub labels: &'a Labels,
    /// Raw query, without `?`.
    pub query: &'a str,
    /// Body bytes as received.
    pub body: &'a [u8],
    /// Who calls.
    pub caller: &'a Caller,
    /// The time of the request, epoch milliseconds, read once.
    pub now_ms: i64,
    /// Id of the request, for logs.
    pub request_id: &'a str,
}

/// A successful answer: status 200, a JSON object (protocol W2.1.1).
#[derive(Clone, Debug)]
pub struct Reply {
    /// The JSON object.
    pub body: Bytes,
    /// The version of the task template that the answer holds; the API has no member for it, so it is to be told beside
    /// the body (task-templates 1.2.6).
    pub template_version: Option<i64>,
}

/// The operations over one store. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Service {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    store: Store,
    settings: Settings,
    /// Authenticates page tokens; the same in every process on one store.
    token_key: TokenKey,
    ids: Ids,
    lines: Lines,
    wakes: Wakes,
    shards: Shards,
    documents: DocumentCache,
    /// How many flows compute at the same time.
    flow_turns: Semaphore,
    /// Set when the worker is told to stop.
    stopping: AtomicBool,
    functions: OnceLock<Arc<dyn Functions>>,
    hope: Hope,
}

/// Flows that compute at the same time; the others wait for a turn, which is a few milliseconds.
const FLOWS_AT_ONCE: usize = 2;

/// A key that does not print.
struct TokenKey([u8; 32]);

impl std::fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenKey(..)")
    }
}

impl Service {
    /// Operations over `store`. `token_key` authenticates page tokens: every process on one store needs the same.
    pub fn new(store: Store, settings: Settings, token_key: [u8; 32], ids: Ids) -> Self {
        let (token_key, lines, hope) = (TokenKey(token_key), Lines::new(), Hope::default());
        let (wakes, shards, documents) = (Wakes::new(), Shards::new(&store), DocumentCache::default());
        let functions = OnceLock::new();
        let (flow_turns, stopping) = (Semaphore::new(FLOWS_AT_ONCE), AtomicBool::new(false));
        let inner = Inner {
            store,
            settings,
            token_key,
            ids,
            lines,
            hope,
            wakes,
            shards,
            documents,
            flow_turns,
            stopping,
            functions,
        };
        Self { inner: Arc::new(inner) }
    }

    /// Answers one call.
    ///
    /// # Errors
    /// The exception that the client is to see, with the cause of an unexpected one for the log.
    pub async fn call(&self, call: Call<'_>) -> Result<Reply> {
        dispatch::dispatch(&Cx::new(self, call.op, call.now_ms), &call).await
    }

    /// Shares the tasks of the store with other processes on it, until `stop` is ready; run it in one task per process.
    /// `real_ms` reads the real clock, in epoch milliseconds.
    pub async fn keep_shards(&self, real_ms: impl Fn() -> i64, stop: impl Future<Output = ()>) {
        self.inner.shards.keep(&self.inner.store, &self.inner.ids.next(), real_ms, stop).await;
    }

    /// The shards of the store that this process works on, as they change.
    pub fn shards(&self) -> watch::Receiver<Vec<i64>> {
        self.inner.shards.watch()
    }

    /// Gives flows functions to call; the first ones given stay.
    pub fn use_functions(&self, functions: Arc<dyn Functions>) {
        self.inner.functions.get_or_init(|| functions);
    }

    /// The store, for health checks and the program's own records.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A server spawns calls, so their futures must be `Send`; this does not compile when one is not.
    #[expect(dead_code, reason = "compiling it is the test")]
    fn calls_can_be_spawned(service: &'static Service, call: Call<'static>) {
        fn spawned(_: impl Future + Send) {}
        spawned(service.call(call));
    }
}
