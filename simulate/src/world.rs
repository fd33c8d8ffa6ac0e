//! What the simulator drives: a service over a store in memory, its clock, its failures and restarts.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::{Value, json};
use service::{Call, Caller, Command, Done, Error, Ids, Limits, Origin, Partition, Service, Settings};
use store::{Faults, Location, OpenOptions, Store};
use wire::{Labels, Op};

use crate::Failure;
use crate::random::Random;

/// Where the clock begins, epoch milliseconds.
const BEGIN_MS: i64 = 1_767_225_600_000;
/// The sink that events are written for.
pub(crate) const SINK: &str = "sim";
/// Open tasks of the instance: few, so that the quota is reached.
pub(crate) const OPEN_MAX: i64 = 20;
/// Tasks of one previous contact.
pub(crate) const AFTER_MAX: i64 = 4;
/// Task templates of the instance.
pub(crate) const TEMPLATES_MAX: i64 = 8;
/// How far ahead a task may be scheduled, days.
pub(crate) const AHEAD_DAYS: u64 = 90;
/// How long an offer stands, seconds.
const ACCEPT_SECONDS: u64 = 20;
/// Tasks processed in one round.
const ROUND: usize = 256;

/// The answer to a command that comes too late (tasks 6.2).
pub(crate) const LATE: &str = "late";

/// One call.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) op: Op,
    pub(crate) labels: Vec<String>,
    pub(crate) query: String,
    /// The body; `Null` sends none.
    pub(crate) body: Value,
    /// What an agent does with a task, in place of the operation; then the labels are the user and the task.
    pub(crate) command: Option<Command>,
}

impl Request {
    /// The operation's name, or the command's.
    pub(crate) fn name(&self) -> String {
        self.command.map_or_else(|| self.op.name().to_owned(), |command| format!("agent {command:?}"))
    }
}

/// The outcome of a call, as seen from the client and from the store's failures.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// Status 200.
    Done(Value),
    /// A client error: name and message.
    Refused(String, String),
    /// The store failed before the commit: nothing has changed by it.
    Down,
    /// The store failed after the commit.
    Uncertain,
    /// An internal error that no failure of ours explains.
    Internal(String),
}

pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) faults: Faults,
    pub(crate) service: Service,
    pub(crate) instance: String,
    pub(crate) now_ms: i64,
    caller: Caller,
    /// Everything that happened, in one number.
    pub(crate) hash: DefaultHasher,
}

fn settings(first_steps: bool) -> Settings {
    Settings {
        partition: Partition::Aws,
        region: "us-east-1".to_owned(),
        account: "123456789012".to_owned(),
        limits: Limits {
            open_tasks_per_instance: OPEN_MAX.unsigned_abs(),
            tasks_per_previous_contact: AFTER_MAX.unsigned_abs(),
            task_templates_per_instance: TEMPLATES_MAX.unsigned_abs(),
            ..Limits::default()
        },
        limits_of: [].into(),
        accept_seconds: ACCEPT_SECONDS,
        schedule_ahead_days: AHEAD_DAYS,
        predefined_attributes: ["region".to_owned()].into(),
        sinks: vec![SINK.to_owned()],
        first_steps,
    }
}

fn service_over(store: &Store, random: &mut Random) -> Service {
    let first_steps = random.next().is_multiple_of(2);
    Service::new(store.clone(), settings(first_steps), [7; 32], Ids::seeded(random.next()))
}

/// The store's error behind an internal one.
fn store_error(error: &Error) -> Option<&store::Error> {
    error.source.as_deref()?.downcast_ref()
}

fn answer_of(error: &Error) -> Answer {
    match store_error(error) {
        Some(store::Error::Down { .. }) => Answer::Down,
        Some(store::Error::Uncertain { .. }) => Answer::Uncertain,
        _ if error.source.is_some() => Answer::Internal(error.to_string()),
        _ => {
            Answer::Refused(error.exception.name().to_owned(), error.exception.message().unwrap_or_default().to_owned())
        }
    }
}

impl World {
    /// # Errors
    /// The store or the service cannot begin.
    pub(crate) async fn new(random: &mut Random) -> Result<Self, Failure> {
        let faults = Faults::default();
        let options = OpenOptions { faults: Some(faults.clone()), ..OpenOptions::default() };
        let store = Store::open(&Location::Memory, options).await.map_err(Failure::of)?;
        let service = service_over(&store, random);
        let instance = service.ensure_instance(None, BEGIN_MS).await.map_err(Failure::of)?.id;
        let caller = Caller::administrator("123456789012", "AKIDEXAMPLE", "arn:aws:iam::123456789012:user/admin");
        Ok(Self { store, faults, service, instance, now_ms: BEGIN_MS, caller, hash: DefaultHasher::new() })
    }

    /// The process ends and another begins on the same store.
    pub(crate) fn restart(&mut self, random: &mut Random) {
        self.service = service_over(&self.store, random);
    }

    /// Adds something to the number that identifies the course of a run.
    pub(crate) fn note(&mut self, what: impl Hash) {
        what.hash(&mut self.hash);
    }

    pub(crate) fn number(&self) -> u64 {
        self.hash.finish()
    }

    pub(crate) async fn call(&self, request: &Request) -> Answer {
        if let Some(command) = request.command {
            return Box::pin(self.command(request, command)).await;
        }
        let labels: Labels = request.labels.iter().map(String::as_str).collect();
        let body = if request.body.is_null() { String::new() } else { request.body.to_string() };
        let call = Call {
            op: request.op,
            labels: &labels,
            query: &request.query,
            body: body.as_bytes(),
            caller: &self.caller,
            origin: Origin::default(),
            now_ms: self.now_ms,
            request_id: "simulated",
        };
        match Box::pin(self.service.call(call)).await {
            Ok(reply) => Answer::Done(serde_json::from_slice(&reply.body).unwrap_or(Value::Null)),
            Err(error) if !request.op.declares(error.exception.kind()) => {
                Answer::Internal(format!("{} is not declared: {error}", error.exception.name()))
            }
            Err(error) => answer_of(&error),
        }
    }

    async fn command(&self, request: &Request, command: Command) -> Answer {
        let names = (self.instance.as_str(), request.labels[0].as_str(), request.labels[1].as_str());
        match self.service.agent_command(names, command, self.now_ms).await {
            Ok(Done::Entry(entry)) => Answer::Done(json!({"Entry": entry.map(|entry| entry.state.as_str())})),
            Ok(Done::Late(_)) => Answer::Refused(LATE.to_owned(), String::new()),
            Ok(Done::NoUser) => Answer::Refused("no user".to_owned(), String::new()),
            Err(error) => answer_of(&error),
        }
    }

    /// Every routing pass that is wanted, and the timers of agents.
    pub(crate) async fn route(&self) -> Answer {
        match Box::pin(self.service.router().step(self.now_ms)).await {
            Ok(()) => Answer::Done(Value::Null),
            Err(error) => answer_of(&error),
        }
    }

    /// Two at once: `first` is held at its commit until `second` is done.
    pub(crate) async fn race(
        &self,
        first: impl Future<Output = Answer>,
        second: impl Future<Output = Answer>,
    ) -> (Answer, Answer) {
        let held = self.faults.hold_next_commit();
        let mut first = std::pin::pin!(first);
        let early = tokio::select! {
            biased;
            answer = &mut first => Some(answer),
            () = held.reached() => None,
        };
        if let Some(answer) = early {
            held.release();
            return (answer, second.await);
        }
        let second = second.await;
        held.release();
        (first.await, second)
    }

    /// One round of the worker: how many tasks were due.
    pub(crate) async fn round(&self) -> Answer {
        match Box::pin(self.service.worker().step(self.now_ms, ROUND)).await {
            Ok(handled) => Answer::Done(handled.into()),
            Err(error) => answer_of(&error),
        }
    }

    /// The same for one of two processes: it has every other shard.
    pub(crate) async fn half_round(&self, first: i64) -> Answer {
        let shards: Vec<i64> = (0..store::SHARDS).filter(|shard| shard % 2 == first).collect();
        match Box::pin(self.service.worker().step_on(&shards, self.now_ms, ROUND)).await {
            Ok(handled) => Answer::Done(handled.into()),
            Err(error) => answer_of(&error),
        }
    }

    /// Ids of the tasks that are due now.
    pub(crate) async fn due(&self) -> Result<Vec<String>, Failure> {
        let shards: Vec<i64> = (0..store::SHARDS).collect();
        let due = self.store.due_contacts(&shards, self.now_ms, 10_000).await.map_err(Failure::of)?;
        Ok(due.into_iter().map(|contact| contact.id).collect())
    }
}
