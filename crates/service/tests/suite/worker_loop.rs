//! The worker's own loop: the test clock, a stop, a panic, and what it logs.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use serde_json::json;
use service::Readiness;

use crate::bench::{Bench, NOW};
use crate::worker::{action, flow, start, state, step, until};

/// A flow of three thousand actions, for which nothing has to be waited for.
async fn long_flow(bench: &Bench) -> String {
    let attribute = |name: &str, value: &str, next: &str| {
        action(name, "UpdateContactAttributes", &json!({"Attributes": {"k": value}}), next, "end")
    };
    let mut again = action("again", "Loop", &json!({"LoopCount": "100", "LoopName": "l"}), "end", "end");
    again["Transitions"]["Conditions"] = json!([
        {"NextAction": "a", "Condition": {"Operator": "Equals", "Operands": ["ContinueLooping"]}},
        {"NextAction": "end", "Condition": {"Operator": "Equals", "Operands": ["DoneLooping"]}},
    ]);
    let mut actions = vec![again];
    actions.extend((0..30).map(|n| {
        let name = |n: usize| if n == 0 { "a".to_owned() } else { format!("a{n}") };
        attribute(&name(n), &n.to_string(), if n == 29 { "again" } else { Box::leak(name(n + 1).into_boxed_str()) })
    }));
    flow(bench, "Long", actions).await
}

/// Each reading of the clock is a millisecond later: a flow with many actions is never due at the requested time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_clock_returns_when_a_long_flow_that_began_by_then_is_over() {
    let bench = Bench::new().await;
    let long = long_flow(&bench).await;
    let clock = Arc::new(AtomicI64::new(NOW));
    let now_ms = {
        let clock = Arc::clone(&clock);
        move || clock.fetch_add(1, Ordering::Relaxed)
    };
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let worker = tokio::spawn(bench.service.worker().run(now_ms.clone(), async { drop(stopped.await) }));
    let task = start(&bench, &long).await;
    let set = |ms: i64| {
        clock.fetch_max(ms, Ordering::Relaxed);
    };
    bench.service.settle(NOW, &now_ms, &set).await.expect("it settles");
    assert_eq!(state(bench.service.store(), &bench, &task).await, "COMPLETED");
    drop(stop);
    worker.await.expect("the worker ends");
}

/// A server that stops does not compute flows to their end: what they have come to is stored, and due for the next.
#[tokio::test]
async fn flows_9_1_flows_that_compute_stop_with_the_server() {
    let bench = Bench::new().await;
    let long = long_flow(&bench).await;
    for _ in 0..3 {
        start(&bench, &long).await;
    }
    bench.service.worker().run(|| NOW, std::future::ready(())).await;
    let shards: Vec<i64> = (0..store::SHARDS).collect();
    let due = bench.service.store().due_contacts(&shards, NOW, 10).await.expect("the store answers");
    assert_eq!((due.len(), bench.open().await), (3, 3));
}

/// B127: a panic in the worker's own loop ends no timers; it is started again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn test_b127_a_worker_that_panics_is_started_again() {
    let bench = Bench::new().await;
    let flow = flow(&bench, "Ends", vec![]).await;
    let id = start(&bench, &flow).await;
    let panics = Arc::new(AtomicUsize::new(1));
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let service = bench.service.clone();
    let supervised = tokio::spawn(async move {
        let (worker, stop) = (service.clone(), stopped.clone());
        let make = move || {
            let (panics, mut stop) = (Arc::clone(&panics), stop.clone());
            let now_ms = move || {
                let left = panics.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
                assert!(left.is_err(), "on purpose");
                NOW
            };
            let stop = async move {
                let _ = stop.wait_for(|stop| *stop).await;
            };
            worker.worker().run(now_ms, stop)
        };
        service.supervise("worker", Readiness::Required, stopped, make).await;
    });
    let part = || bench.service.parts().into_iter().find(|part| part.name == "worker");
    until("it has failed", async || part().is_some_and(|part| part.failing)).await;
    until("its task is handled", async || state(bench.service.store(), &bench, &id).await == "COMPLETED").await;
    let part = part().expect("it was started");
    assert_eq!((part.failing, part.panics, part.readiness), (false, 1, Readiness::Required));
    stop.send_replace(true);
    supervised.await.expect("it ends well");
}

/// The number of lines in the log of flows.
#[derive(Clone, Default)]
struct FlowLines(Arc<AtomicUsize>);

impl tracing::Subscriber for FlowLines {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target() == "flow"
    }
    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }
    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}
    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
    fn event(&self, _: &tracing::Event<'_>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
    fn enter(&self, _: &tracing::span::Id) {}
    fn exit(&self, _: &tracing::span::Id) {}
}

/// flows 7.4.7: an action has one line in the log, also when its commit meets a conflict and it is run again.
#[tokio::test]
async fn flows_7_4_7_a_conflict_logs_no_action_twice() {
    let bench = Bench::new().await;
    let on = json!({"FlowLoggingBehavior": "Enabled"});
    let note = json!({"Attributes": {"k": "v"}, "TargetContact": "Current"});
    let actions = vec![
        action("log", "UpdateFlowLoggingBehavior", &on, "note", "end"),
        action("note", "UpdateContactAttributes", &note, "end", "end"),
    ];
    let flow = flow(&bench, "Logs", actions).await;
    let mut lines = Vec::new();
    for conflicts in [0, 2] {
        start(&bench, &flow).await;
        let counted = FlowLines::default();
        let _guard = tracing::subscriber::set_default(counted.clone());
        bench.faults.fail_with_conflict(conflicts);
        step(&bench, 0).await;
        lines.push(counted.0.load(Ordering::Relaxed));
    }
    assert!(lines[0] > 1, "{lines:?}");
    assert_eq!(lines[0], lines[1]);
}
