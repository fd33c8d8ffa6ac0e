//! The first steps of a task's flow go into the commit that starts the task (tasks 2.3.23).

use serde_json::{Value, json};
use service::Limits;
use wire::Op;

use crate::bench::{Bench, on_each_engine};
use crate::worker::{action, flow, start, state, step};

/// A queue that takes so many.
async fn queue(bench: &Bench, most: u32) -> Value {
    let hours = bench.get(Op::ListHoursOfOperations, &[&bench.instance], "").await.ok();
    let hours = &hours["HoursOfOperationSummaryList"][0]["Id"];
    let body = json!({"Name": format!("Takes {most}"), "HoursOfOperationId": hours, "MaxContacts": most});
    bench.send(Op::CreateQueue, &[&bench.instance], body).await.ok()["QueueId"].clone()
}

fn note(identifier: &str, next: &str) -> Value {
    action(identifier, "UpdateContactAttributes", &json!({"Attributes": {identifier: "yes"}}), next, "end")
}

/// Enters a queue; the error branch is `other`.
fn enter(queue: &Value, other: &str) -> [Value; 2] {
    [
        action("target", "UpdateContactTargetQueue", &json!({"QueueId": queue}), "enter", "end"),
        action("enter", "TransferContactToQueue", &json!({}), "end", other),
    ]
}

fn wait(identifier: &str, next: &str) -> Value {
    let mut wait = action(identifier, "Wait", &json!({"TimeLimitSeconds": "60"}), next, "end");
    wait["Transitions"]["Conditions"] =
        json!([{"NextAction": next, "Condition": {"Operator": "Equals", "Operands": ["WaitCompleted"]}}]);
    wait
}

#[tokio::test]
async fn tasks_2_3_23_the_first_steps_are_in_the_commit_of_the_start() {
    on_each_engine(Limits::default(), async |bench| {
        let queue = queue(&bench, 5).await;
        let [target, enter] = enter(&queue, "end");
        let flow = flow(&bench, "Enters", vec![note("noted", "target"), target, enter]).await;
        let bench = bench.with_first_steps(Limits::default());
        let id = start(&bench, &flow).await;
        let row = bench.row(&id).await;
        assert_eq!((row.rev, row.state.as_str(), row.queued_in.as_deref()), (0, "QUEUED", queue.as_str()));
        assert_eq!(bench.attributes(&id).await, json!({"noted": "yes"}));
        let counter = format!("contacts/queue/{}", queue.as_str().expect("an id"));
        let store = bench.service.store();
        assert_eq!(store.counter(&bench.instance, &counter).await.expect("the store answers"), 1);
        assert_eq!(
            bench.events(&id).await,
            ["INITIATED", "CONNECTED_TO_SYSTEM", "UPDATED [\"UserDefinedAttributes\"]", "QUEUED"]
        );
    })
    .await;
}

/// Whether a flow began with the start or in the worker: the task comes to the same.
#[tokio::test]
async fn tasks_2_3_23_first_steps_are_those_of_the_worker() {
    on_each_engine(Limits::default(), async |bench| {
        let (wide, full) = (queue(&bench, 9).await, queue(&bench, 1).await);
        let [target, into] = enter(&full, "end");
        let fill = flow(&bench, "Fills", vec![target, into]).await;
        start(&bench, &fill).await;
        step(&bench, 0).await;
        let [to_wide, into_wide] = enter(&wide, "end");
        let [to_full, into_full] = enter(&full, "refused");
        let flows: [(&str, Vec<Value>); 6] = [
            ("waits", vec![note("first", "wait"), wait("wait", "second"), note("second", "end")]),
            ("enters", vec![note("first", "target"), to_wide, into_wide]),
            ("finds it full", vec![to_full, into_full, note("refused", "wait"), wait("wait", "end")]),
            ("ends at once", vec![note("first", "end")]),
            (
                "makes a task",
                vec![
                    note("first", "make"),
                    action("make", "CreateTask", &json!({"Name": "Next", "ContactFlowId": fill}), "wait", "end"),
                    wait("wait", "end"),
                ],
            ),
            ("has many actions", {
                let mut many: Vec<Value> = (0..100).map(|n| note(&format!("a{n}"), &format!("a{}", n + 1))).collect();
                many.push(wait("a100", "end"));
                many
            }),
        ];
        let (mut made, mut seen) = (Vec::new(), Vec::new());
        for (name, actions) in flows {
            made.push((name, flow(&bench, name, actions).await));
        }
        let run = async |bench: &Bench, flow: &str| {
            let id = start(bench, flow).await;
            while step(bench, 0).await > 0 {}
            let row = bench.row(&id).await;
            let events = bench.events(&id).await;
            (row.state, row.queued_in, row.due_ms, bench.attributes(&id).await, events)
        };
        for (_, flow) in &made {
            seen.push(run(&bench, flow).await);
        }
        let bench = bench.with_first_steps(Limits::default());
        for ((name, flow), before) in made.iter().zip(seen) {
            assert_eq!(run(&bench, flow).await, before, "{name}");
        }
    })
    .await;
}

/// What needs something from outside is stored before it, and due.
#[tokio::test]
async fn flows_9_1_first_steps_end_before_an_effect_outside() {
    on_each_engine(Limits::default(), async |bench| {
        let target = flow(&bench, "Does nothing", vec![]).await;
        let make = action("make", "CreateTask", &json!({"Name": "Next", "ContactFlowId": target}), "end", "end");
        let flow = flow(&bench, "Makes", vec![note("first", "make"), make]).await;
        let bench = bench.with_first_steps(Limits::default());
        let id = start(&bench, &flow).await;
        assert_eq!((bench.open().await, bench.row(&id).await.rev), (1, 0), "no task was made");
        assert_eq!(bench.attributes(&id).await, json!({"first": "yes"}));
        assert_eq!(state(bench.service.store(), &bench, &id).await, "IN_FLOW");
        assert_eq!(step(&bench, 0).await, 1);
    })
    .await;
}

#[tokio::test]
async fn tasks_2_3_20_a_task_that_ends_at_once_needs_room_too() {
    let limits = Limits { open_tasks_per_instance: 1, ..Limits::default() };
    on_each_engine(limits.clone(), async |bench| {
        let waits = flow(&bench, "Waits", vec![wait("wait", "end")]).await;
        let ends = flow(&bench, "Ends", vec![]).await;
        let bench = bench.with_first_steps(limits.clone());
        start(&bench, &waits).await;
        let body = json!({"InstanceId": bench.instance, "Name": "Task", "ContactFlowId": ends});
        bench.send(Op::StartTaskContact, &[], body).await.refused("ServiceQuotaExceededException");
    })
    .await;
}

#[tokio::test]
async fn tasks_3_1_4_a_queue_takes_no_more_than_it_holds_from_many_starts_at_once() {
    on_each_engine(Limits::default(), async |bench| {
        let queue = queue(&bench, 3).await;
        let [target, enter] = enter(&queue, "wait");
        let flow = flow(&bench, "Enters", vec![target, enter, wait("wait", "end")]).await;
        let bench = bench.with_first_steps(Limits::default());
        let starts = (0..12).map(|_| start(&bench, &flow));
        futures_util::future::join_all(starts).await;
        while step(&bench, 0).await > 0 {}
        let counter = format!("contacts/queue/{}", queue.as_str().expect("an id"));
        let store = bench.service.store();
        assert_eq!(store.counter(&bench.instance, &counter).await.expect("the store answers"), 3);
        assert_eq!(bench.open().await, 12, "the others wait");
    })
    .await;
}
