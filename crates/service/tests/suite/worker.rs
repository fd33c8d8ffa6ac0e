//! The worker over a real store: timers and flows, their external effects, crashes in between, several processes.

use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use service::{CallLimits, FunctionCall, Functions, Limits};
use store::{Location, Store};
use wire::Op;

use crate::bench::{Bench, NOW, on_each_engine, process};

const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:price";

/// An action with its transitions; errors all lead to `error`.
pub(crate) fn action(identifier: &str, kind: &str, parameters: &Value, next: &str, error: &str) -> Value {
    let errors = match kind {
        "UpdateContactRoutingBehavior" | "UpdateFlowLoggingBehavior" => json!([]),
        "TransferContactToQueue" => json!([
            {"ErrorType": "QueueAtCapacity", "NextAction": error}, {"ErrorType": "NoMatchingError", "NextAction": error}
        ]),
        _ => json!([{"ErrorType": "NoMatchingError", "NextAction": error}]),
    };
    json!({"Identifier": identifier, "Type": kind, "Parameters": parameters,
           "Transitions": {"NextAction": next, "Errors": errors}})
}

fn wait(identifier: &str, seconds: u32, next: &str) -> Value {
    let mut wait = action(identifier, "Wait", &json!({"TimeLimitSeconds": seconds.to_string()}), next, "end");
    wait["Transitions"]["Conditions"] =
        json!([{"NextAction": next, "Condition": {"Operator": "Equals", "Operands": ["WaitCompleted"]}}]);
    wait
}

pub(crate) async fn flow(bench: &Bench, name: &str, mut actions: Vec<Value>) -> String {
    actions.push(json!({"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}));
    let content = json!({"Version": "2019-10-30", "StartAction": actions[0]["Identifier"], "Actions": actions});
    let body = json!({"Name": name, "Type": "CONTACT_FLOW", "Content": content.to_string()});
    let made = bench.send(Op::CreateContactFlow, &[&bench.instance], body).await.ok();
    made["ContactFlowId"].as_str().expect("an id").to_owned()
}

pub(crate) async fn start(bench: &Bench, flow: &str) -> String {
    let body = json!({"InstanceId": bench.instance, "Name": "Task", "ContactFlowId": flow});
    let made = bench.send(Op::StartTaskContact, &[], body).await.ok();
    made["ContactId"].as_str().expect("an id").to_owned()
}

pub(crate) async fn step(bench: &Bench, after_ms: i64) -> usize {
    bench.service.worker().step(NOW + after_ms, 100).await.expect("the worker works")
}

pub(crate) async fn state(store: &Store, bench: &Bench, id: &str) -> String {
    store.contact(&bench.instance, id).await.expect("the store answers").expect("the task is there").state
}

async fn attributes(bench: &Bench, id: &str) -> Value {
    bench.get(Op::GetContactAttributes, &[&bench.instance, id], "").await.ok()["Attributes"].clone()
}

#[tokio::test]
async fn flows_7_3_14_a_wait_ends_at_its_time_and_not_before() {
    on_each_engine(Limits::default(), async |bench| {
        let flow = flow(&bench, "Waits", vec![wait("wait", 60, "end")]).await;
        let id = start(&bench, &flow).await;
        let store = bench.service.store().clone();
        assert_eq!(step(&bench, 0).await, 1);
        assert_eq!(state(&store, &bench, &id).await, "IN_FLOW");
        assert_eq!(step(&bench, 59_999).await, 0, "nothing is due before its time");
        assert_eq!(step(&bench, 60_000).await, 1);
        assert_eq!(state(&store, &bench, &id).await, "COMPLETED");
        assert_eq!(step(&bench, 60_000).await, 0, "and nothing is left");
        assert_eq!(bench.open().await, 0, "the place is free again");
    })
    .await;
}

#[tokio::test]
async fn tasks_2_6_4_a_scheduled_task_begins_at_its_time_and_2_6_5_ends_when_its_flow_cannot_run() {
    on_each_engine(Limits::default(), async |bench| {
        let store = bench.service.store().clone();
        let flow = flow(&bench, "Later", vec![wait("wait", 60, "end")]).await;
        let scheduled = async || {
            let body = json!({"InstanceId": bench.instance, "Name": "Task", "ContactFlowId": flow,
                              "ScheduledTime": (NOW + 5_000) / 1000});
            bench.send(Op::StartTaskContact, &[], body).await.ok()["ContactId"].as_str().expect("an id").to_owned()
        };
        let first = scheduled().await;
        assert_eq!(step(&bench, 4_000).await, 0);
        assert_eq!(state(&store, &bench, &first).await, "SCHEDULED");
        assert_eq!(step(&bench, 5_000).await, 1);
        assert_eq!(state(&store, &bench, &first).await, "IN_FLOW");
        let second = scheduled().await;
        let archive = json!({"ContactFlowState": "ARCHIVED"});
        bench.send(Op::UpdateContactFlowMetadata, &[&bench.instance, &flow], archive).await.ok();
        step(&bench, 5_000).await;
        let ended = bench.get(Op::DescribeContact, &[&bench.instance, &second], "").await.ok();
        assert_eq!(ended["Contact"]["DisconnectReason"], "OTHER");
        assert_eq!(state(&store, &bench, &first).await, "IN_FLOW", "flows 1.12: what runs goes on");
    })
    .await;
}

#[tokio::test]
async fn tasks_2_11_2_a_task_expires() {
    on_each_engine(Limits::default(), async |bench| {
        let flow = flow(&bench, "Waits long", vec![wait("wait", 604_800, "end")]).await;
        let id = start(&bench, &flow).await;
        step(&bench, 0).await;
        let week = 7 * 86_400_000;
        step(&bench, week).await;
        let ended = bench.get(Op::DescribeContact, &[&bench.instance, &id], "").await.ok();
        assert_eq!(ended["Contact"]["DisconnectReason"], "EXPIRED");
    })
    .await;
}

#[tokio::test]
async fn flows_7_2_10_a_flow_makes_a_task_once() {
    on_each_engine(Limits::default(), async |bench| {
        let target = flow(&bench, "Target", vec![wait("wait", 600, "end")]).await;
        let parameters = json!({"Name": "Follow up: $.Name", "ContactFlowId": target});
        let remember = json!({"Attributes": {"made": "$.Task.ContactId"}, "TargetContact": "Current"});
        let maker = flow(
            &bench,
            "Maker",
            vec![
                action("create", "CreateTask", &parameters, "remember", "end"),
                action("remember", "UpdateContactAttributes", &remember, "hold", "end"),
                wait("hold", 600, "end"),
            ],
        )
        .await;
        let id = start(&bench, &maker).await;
        step(&bench, 0).await;
        assert_eq!(bench.open().await, 2);
        let made = attributes(&bench, &id).await["made"].as_str().expect("the new task's id").to_owned();
        let made = bench.get(Op::DescribeContact, &[&bench.instance, &made], "").await.ok();
        assert_eq!(made["Contact"]["Name"], "Follow up: Task");
        assert_eq!(made["Contact"]["InitiationMethod"], "API");
    })
    .await;
}

#[tokio::test]
async fn tasks_2_11_6_a_disconnect_flow_cannot_start_itself_again() {
    let bench = Bench::new().await;
    let id = flow(&bench, "Again", vec![wait("wait", 60, "end")]).await;
    let hook =
        action("hook", "UpdateContactEventHooks", &json!({"EventHooks": {"CustomerRemaining": id}}), "end", "end");
    let end = json!({"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}});
    let content = json!({"Version": "2019-10-30", "StartAction": "hook", "Actions": [hook, end]}).to_string();
    bench.send(Op::UpdateContactFlowContent, &[&bench.instance, &id], json!({"Content": content})).await.ok();
    start(&bench, &id).await;
    for _ in 0..10 {
        step(&bench, 0).await;
    }
    let all = store::ContactSearch::new(&bench.instance, store::TimeColumn::Initiated, 0, i64::MAX);
    assert_eq!(bench.service.store().count_contacts(&all).await.expect("a count"), 2, "the task and one after it");
}

#[tokio::test]
async fn tasks_of_a_deleted_instance_are_not_found_again_and_again() {
    on_each_engine(Limits::default(), async |bench| {
        let flow = flow(&bench, "Waits", vec![wait("wait", 60, "end")]).await;
        for _ in 0..3 {
            start(&bench, &flow).await;
        }
        bench.get(Op::DeleteInstance, &[&bench.instance], "").await.ok();
        assert_eq!(step(&bench, 0).await, 3);
        let mut steps = 0;
        while step(&bench, 0).await > 0 {
            steps += 1;
            assert!(steps < 5, "they are still found");
        }
    })
    .await;
}

/// Answers with a price, and does something first.
struct Prices {
    calls: AtomicUsize,
    seen: Mutex<Vec<Value>>,
}

impl std::fmt::Debug for Prices {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Prices")
    }
}

impl Functions for Prices {
    fn call<'a>(
        &'a self,
        arn: &'a str,
        payload: String,
        _limit: Duration,
        _asynchronous: bool,
        token: &'a str,
    ) -> FunctionCall<'a> {
        Box::pin(async move {
            assert!(!token.is_empty(), "9.1");
            self.calls.fetch_add(1, Ordering::Relaxed);
            let payload = serde_json::from_str(&payload).expect("the payload is JSON");
            self.seen.lock().expect("no panic").push(payload);
            (arn == FUNCTION).then(|| json!({"price": "12"}))
        })
    }
}

#[tokio::test]
async fn flows_7_4_a_function_answers_or_the_error_branch_is_taken() {
    on_each_engine(Limits::default(), async |bench| {
        let prices = Arc::new(Prices { calls: AtomicUsize::new(0), seen: Mutex::default() });
        let note = |text: &str| json!({"Attributes": {"price": text}, "TargetContact": "Current"});
        let calls = |arn: &str| {
            let parameters = json!({"LambdaFunctionARN": arn, "InvocationTimeLimitSeconds": "3",
                                    "LambdaInvocationAttributes": {"item": "$.Name"}});
            vec![
                action("call", "InvokeLambdaFunction", &parameters, "good", "bad"),
                action("good", "UpdateContactAttributes", &note("$.External.price"), "hold", "end"),
                action("bad", "UpdateContactAttributes", &note("unknown"), "hold", "end"),
                wait("hold", 600, "end"),
            ]
        };
        let mapped = flow(&bench, "Mapped", calls(FUNCTION)).await;
        let unmapped = flow(&bench, "Unmapped", calls("arn:aws:lambda:us-east-1:123456789012:function:other")).await;
        let without = start(&bench, &mapped).await;
        step(&bench, 0).await;
        assert_eq!(attributes(&bench, &without).await, json!({"price": "unknown"}), "7.4.1: no functions at all");
        bench.service.use_functions(Arc::clone(&prices) as Arc<dyn Functions>, CallLimits::default());
        let (good, bad) = (start(&bench, &mapped).await, start(&bench, &unmapped).await);
        step(&bench, 0).await;
        assert_eq!(attributes(&bench, &good).await, json!({"price": "12"}));
        assert_eq!(attributes(&bench, &bad).await, json!({"price": "unknown"}));
        assert_eq!(prices.calls.load(Ordering::Relaxed), 2, "each is called once");
        let seen = prices.seen.lock().expect("no panic");
        assert_eq!(seen[0]["Name"], "ContactFlowEvent", "7.4.2");
        assert_eq!(seen[0]["Details"]["Parameters"]["item"], "Task");
    })
    .await;
}

/// Each call takes long enough for the task to expire meanwhile.
#[derive(Debug)]
struct Slow(Arc<AtomicI64>, AtomicUsize);

impl Functions for Slow {
    fn call<'a>(&'a self, _: &'a str, _: String, _: Duration, _: bool, _: &'a str) -> FunctionCall<'a> {
        Box::pin(async move {
            self.1.fetch_add(1, Ordering::Relaxed);
            self.0.fetch_add(8 * 86_400_000, Ordering::Relaxed);
            Some(json!({"price": "12"}))
        })
    }
}

#[tokio::test]
async fn flows_9_7_a_task_that_has_expired_calls_no_further_function() {
    let bench = Bench::new().await;
    let parameters = json!({"LambdaFunctionARN": FUNCTION, "InvocationTimeLimitSeconds": "3"});
    let calls = vec![
        action("a", "InvokeLambdaFunction", &parameters, "b", "b"),
        action("b", "InvokeLambdaFunction", &parameters, "a", "a"),
    ];
    let id = flow(&bench, "Ring", calls).await;
    let now = Arc::new(AtomicI64::new(NOW));
    let slow = Arc::new(Slow(Arc::clone(&now), AtomicUsize::new(0)));
    bench.service.use_functions(Arc::clone(&slow) as Arc<dyn Functions>, CallLimits::default());
    let id = start(&bench, &id).await;
    let (stop, mut stopped) = tokio::sync::watch::channel(false);
    let worker = bench.service.worker();
    let clock = move || now.load(Ordering::Relaxed);
    let work = tokio::spawn(async move {
        let stop = async move {
            let _ = stopped.wait_for(|stop| *stop).await;
        };
        worker.run(clock, stop).await;
    });
    let store = bench.service.store().clone();
    until("the task has expired", async || state(&store, &bench, &id).await == "COMPLETED").await;
    stop.send_replace(true);
    work.await.expect("it ends well");
    let ended = bench.get(Op::DescribeContact, &[&bench.instance, &id], "").await.ok();
    assert_eq!(ended["Contact"]["DisconnectReason"], "EXPIRED");
    assert_eq!(slow.1.load(Ordering::Relaxed), 1, "one call, and none after its time");
}

/// Answers no call before it is released, and remembers the tokens of the calls.
#[derive(Debug)]
struct Blocked {
    released: tokio::sync::watch::Sender<bool>,
    tokens: Mutex<Vec<String>>,
}

impl Blocked {
    fn new() -> Arc<Self> {
        Arc::new(Self { released: tokio::sync::watch::Sender::new(false), tokens: Mutex::default() })
    }

    fn tokens(&self) -> Vec<String> {
        self.tokens.lock().expect("no panic").clone()
    }
}

impl Functions for Blocked {
    fn call<'a>(&'a self, _: &'a str, _: String, _: Duration, _: bool, token: &'a str) -> FunctionCall<'a> {
        Box::pin(async move {
            self.tokens.lock().expect("no panic").push(token.to_owned());
            let mut released = self.released.subscribe();
            released.wait_for(|released| *released).await.expect("the sender is here");
            Some(json!({"price": "12"}))
        })
    }
}

/// A flow that calls a function and ends, and one that enters a queue.
async fn calling_and_queueing(bench: &Bench) -> (String, String) {
    let parameters = json!({"LambdaFunctionARN": FUNCTION, "InvocationTimeLimitSeconds": "3"});
    let calls = flow(bench, "Calls", vec![action("call", "InvokeLambdaFunction", &parameters, "end", "end")]).await;
    let queues = bench.get(Op::ListQueues, &[&bench.instance], "queueTypes=STANDARD").await.ok();
    let queue = json!({"QueueId": queues["QueueSummaryList"][0]["Id"]});
    let enters = vec![
        action("target", "UpdateContactTargetQueue", &queue, "enter", "end"),
        action("enter", "TransferContactToQueue", &json!({}), "end", "end"),
    ];
    (calls, flow(bench, "Enters", enters).await)
}

/// tasks 2.6.4, 2.11.1: calls of a function that does not answer have limits of their own, so that tasks which were
/// started later still have their turn (B126).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn test_b126_a_function_that_does_not_answer_holds_up_no_other_task() {
    on_each_engine(Limits::default(), async |bench| {
        let function = Blocked::new();
        let limits = CallLimits { all: 16, each: 8 };
        bench.service.use_functions(Arc::clone(&function) as Arc<dyn Functions>, limits);
        let (calls, enters) = calling_and_queueing(&bench).await;
        for _ in 0..600 {
            start(&bench, &calls).await;
        }
        let queued = start(&bench, &enters).await;
        let clock = Arc::new(AtomicI64::new(NOW));
        let now_ms = {
            let clock = Arc::clone(&clock);
            move || clock.load(Ordering::Relaxed)
        };
        let process = Process::start_at(&bench.service, now_ms);
        let store = bench.service.store().clone();
        until("the later task is in its queue", async || state(&store, &bench, &queued).await == "QUEUED").await;
        assert!(!*function.released.borrow(), "no call was answered");
        let counts = async || bench.service.call_counts().expect("there are functions");
        until("the others are postponed", async || counts().await.postponed >= 584).await;
        let now = counts().await;
        assert_eq!((now.calling, now.waiting), (8, 8), "no more than the share of one function");
        let shards: Vec<i64> = (0..store::SHARDS).collect();
        let due = async || store.due_contacts(&shards, NOW, 10).await.expect("the store answers");
        until("none of them is due", async || due().await.is_empty()).await;
        function.released.send_replace(true);
        until("every call is made and answered", async || {
            clock.fetch_add(1_000, Ordering::Relaxed);
            bench.open().await == 1
        })
        .await;
        process.stop().await;
        let mut tokens = function.tokens();
        assert_eq!(tokens.len(), 600, "each is called once");
        tokens.sort_unstable();
        tokens.dedup();
        assert_eq!(tokens.len(), 600);
    })
    .await;
}

/// flows 9.1: after a crash the call is repeated under the same token, and not before the first must have ended (B125).
#[tokio::test]
async fn test_b125_a_call_that_a_crash_cut_off_is_repeated_after_its_time_under_the_same_token() {
    on_each_engine(Limits::default(), async |bench| {
        let function = Blocked::new();
        bench.service.use_functions(Arc::clone(&function) as Arc<dyn Functions>, CallLimits::default());
        let (calls, _) = calling_and_queueing(&bench).await;
        let id = start(&bench, &calls).await;
        let store = bench.service.store().clone();
        let worker = bench.service.worker();
        let step_that_dies = tokio::spawn(async move { worker.step(NOW, 100).await });
        until("the function is called", async || function.tokens().len() == 1).await;
        step_that_dies.abort();
        assert!(step_that_dies.await.expect_err("it was aborted").is_cancelled());
        assert_eq!(step(&bench, 7_999).await, 0, "its three seconds, and five to store the answer");
        function.released.send_replace(true);
        assert_eq!(step(&bench, 8_000).await, 1);
        let tokens = function.tokens();
        assert_eq!((tokens.len(), &tokens[0]), (2, &tokens[1]));
        assert_eq!(state(&store, &bench, &id).await, "COMPLETED");
    })
    .await;
}

/// A server that stops makes no new calls, and leaves the tasks that wait for one to the next at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_that_wait_when_the_server_stops_are_due_for_the_next() {
    let bench = Bench::new().await;
    let function = Blocked::new();
    let limits = CallLimits { all: 1, each: 1 };
    bench.service.use_functions(Arc::clone(&function) as Arc<dyn Functions>, limits);
    let (calls, _) = calling_and_queueing(&bench).await;
    for _ in 0..2 {
        start(&bench, &calls).await;
    }
    let process = Process::start(&bench.service);
    let counts = || bench.service.call_counts().expect("there are functions");
    until("one is called and one waits", async || (counts().calling, counts().waiting) == (1, 1)).await;
    process.stop.send_replace(true);
    let due = async || {
        let shards: Vec<i64> = (0..store::SHARDS).collect();
        bench.service.store().due_contacts(&shards, NOW, 10).await.expect("the store answers").len()
    };
    until("the one that waits is due again", async || due().await == 1).await;
    function.released.send_replace(true);
    process.stop().await;
    assert_eq!((function.tokens().len(), bench.open().await), (1, 1));
}

/// A running server of a shared store: worker and leases, until it is stopped or dropped.
struct Process {
    stop: tokio::sync::watch::Sender<bool>,
    tasks: Vec<tokio::task::JoinHandle<()>>,
}

impl Process {
    fn start(service: &service::Service) -> Self {
        Self::start_at(service, || NOW)
    }

    fn start_at(service: &service::Service, now_ms: impl Fn() -> i64 + Clone + Send + Sync + 'static) -> Self {
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let when = |mut stopped: tokio::sync::watch::Receiver<bool>| async move {
            let _ = stopped.wait_for(|stop| *stop).await;
        };
        let (worker, sharing) = (service.worker(), service.clone());
        let (first, second) = (when(stopped.clone()), when(stopped));
        let tasks = vec![
            tokio::spawn(async move { worker.run(now_ms, first).await }),
            tokio::spawn(async move { sharing.keep_shards(real_ms, second).await }),
        ];
        Self { stop, tasks }
    }

    /// Ends it like a crash: no lease is released.
    fn kill(self) {
        for task in &self.tasks {
            task.abort();
        }
    }

    async fn stop(self) {
        self.stop.send_replace(true);
        for task in self.tasks {
            task.await.expect("it ends well");
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "leases run on the real clock")]
fn real_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    i64::try_from(since.as_millis()).expect("a date of ours")
}

pub(crate) async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..1_200 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("waited in vain: {what}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_share_the_tasks_of_a_store_and_take_over_from_a_dead_one() {
    let Some(url) = testkit::pg_url_for_tests().await else { return };
    let bench = Bench::on(&url).await;
    let other = process(&Location::Postgres { url: url.clone() }, Limits::default()).await;
    let (first, second) = (Process::start(&bench.service), Process::start(&other));
    let (ours, theirs) = (bench.service.shards(), other.shards());
    let both = |ours: &[i64], theirs: &[i64]| {
        let mut all = [ours, theirs].concat();
        all.sort_unstable();
        all == (0..store::SHARDS).collect::<Vec<_>>() && !ours.is_empty() && !theirs.is_empty()
    };
    until("every shard has one owner", async || both(&ours.borrow(), &theirs.borrow())).await;
    let flow = flow(&bench, "Ends", vec![wait("wait", 600, "end")]).await;
    let mut ids = Vec::new();
    for _ in 0..40 {
        ids.push(start(&bench, &flow).await);
    }
    let store = bench.service.store().clone();
    let begun = async || {
        let names: Vec<&str> = ids.iter().map(String::as_str).collect();
        let rows = store.contacts(&bench.instance, &names).await.expect("the store answers");
        rows.iter().filter(|row| row.body.contains("\"wake_ms\":1")).count()
    };
    until("both processes run flows", async || begun().await == 40).await;
    second.kill();
    until("the dead one's shards are taken over", async || ours.borrow().len() == 16).await;
    for _ in 0..20 {
        ids.push(start(&bench, &flow).await);
    }
    until("all flows run", async || {
        let names: Vec<&str> = ids.iter().map(String::as_str).collect();
        let rows = store.contacts(&bench.instance, &names).await.expect("the store answers");
        rows.iter().filter(|row| row.body.contains("\"wake_ms\":1")).count() == 60
    })
    .await;
    for id in &ids {
        let events = bench.events(id).await;
        assert_eq!(events, ["INITIATED", "CONNECTED_TO_SYSTEM"], "each flow began once");
    }
    first.stop().await;
    assert!(ours.borrow().is_empty(), "a process that stops gives its shards back");
}

#[tokio::test]
async fn tasks_3_1_4_a_queue_takes_no_more_than_it_holds_from_many_flows_at_once() {
    on_each_engine(Limits::default(), async |bench| {
        let hours = bench.get(Op::ListHoursOfOperations, &[&bench.instance], "").await.ok();
        let hours = &hours["HoursOfOperationSummaryList"][0]["Id"];
        let body = json!({"Name": "Narrow", "HoursOfOperationId": hours, "MaxContacts": 3});
        let queue = bench.send(Op::CreateQueue, &[&bench.instance], body).await.ok()["QueueId"].clone();
        let actions = vec![
            action("target", "UpdateContactTargetQueue", &json!({"QueueId": queue}), "enter", "end"),
            action("enter", "TransferContactToQueue", &json!({}), "end", "end"),
        ];
        let flow = flow(&bench, "Enters", actions).await;
        for _ in 0..12 {
            start(&bench, &flow).await;
        }
        let process = Process::start(&bench.service);
        let store = bench.service.store();
        let shards: Vec<i64> = (0..store::SHARDS).collect();
        let idle = async || store.next_due(&shards).await.expect("the store answers").is_none_or(|due| due > NOW);
        until("nothing is due", idle).await;
        process.stop().await;
        let counter = format!("contacts/queue/{}", queue.as_str().expect("an id"));
        assert_eq!(store.counter(&bench.instance, &counter).await.expect("the store answers"), 3);
        assert_eq!(bench.open().await, 3, "the others ended");
    })
    .await;
}

/// A flow that only creates a task with the same flow ends after the maximum number of generations, in its error
/// branch.
#[tokio::test]
async fn b82_a_task_that_creates_its_successor_comes_to_an_end() {
    on_each_engine(Limits { task_generations: 3, ..Limits::default() }, async |bench| {
        let chain = flow(&bench, "Chain", vec![]).await;
        let create = action("create", "CreateTask", &json!({"Name": "Next", "ContactFlowId": chain}), "end", "told");
        let told = action("told", "UpdateContactAttributes", &json!({"Attributes": {"end": "yes"}}), "end", "end");
        let end = json!({"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}});
        let content = json!({"Version": "2019-10-30", "StartAction": "create", "Actions": [create, told, end]});
        let body = json!({"Content": content.to_string()});
        bench.send(Op::UpdateContactFlowContent, &[&bench.instance, &chain], body).await.ok();
        for round in 1..=2 {
            start(&bench, &chain).await;
            while step(&bench, 0).await > 0 {}
            let range = json!({"Type": "INITIATION_TIMESTAMP", "StartTime": NOW / 1000, "EndTime": NOW / 1000 + 1});
            let all = json!({"InstanceId": bench.instance, "TimeRange": range});
            let found = bench.send(Op::SearchContacts, &[], all.clone()).await.ok();
            assert_eq!(found["TotalCount"], json!(4 * round), "the client's task counts from the start");
            let mut last = all;
            last["SearchCriteria"] =
                json!({"SearchableContactAttributes": {"Criteria": [{"Key": "end", "Values": ["yes"]}]}});
            let found = bench.send(Op::SearchContacts, &[], last).await.ok();
            assert_eq!(found["TotalCount"], json!(round), "the last took the error branch");
        }
    })
    .await;
}

/// A flow that creates two tasks with the same flow: their number is bounded, not only the length of the chain.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b139_the_tasks_that_come_from_one_are_bounded() {
    on_each_engine(Limits { task_descendants: 9, ..Limits::default() }, async |bench| {
        let tree = flow(&bench, "Tree", vec![]).await;
        let create = |name: &str, next: &str| {
            action(name, "CreateTask", &json!({"Name": "Next", "ContactFlowId": tree}), next, "told")
        };
        let told = action("told", "UpdateContactAttributes", &json!({"Attributes": {"end": "yes"}}), "end", "end");
        let end = json!({"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}});
        let actions = json!([create("first", "second"), create("second", "end"), told, end]);
        let content = json!({"Version": "2019-10-30", "StartAction": "first", "Actions": actions});
        let body = json!({"Content": content.to_string()});
        bench.send(Op::UpdateContactFlowContent, &[&bench.instance, &tree], body).await.ok();
        for round in 1..=2 {
            start(&bench, &tree).await;
            while step(&bench, 0).await > 0 {}
            let range = json!({"Type": "INITIATION_TIMESTAMP", "StartTime": NOW / 1000, "EndTime": NOW / 1000 + 1});
            let all = json!({"InstanceId": bench.instance, "TimeRange": range});
            let found = bench.send(Op::SearchContacts, &[], all.clone()).await.ok();
            assert_eq!(found["TotalCount"], json!(10 * round), "each task of a client has a budget of its own");
            let mut refused = all;
            refused["SearchCriteria"] =
                json!({"SearchableContactAttributes": {"Criteria": [{"Key": "end", "Values": ["yes"]}]}});
            let found = bench.send(Op::SearchContacts, &[], refused).await.ok();
            assert!(found["TotalCount"].as_i64() >= Some(round), "those that could make no more took the error branch");
        }
    })
    .await;
}
