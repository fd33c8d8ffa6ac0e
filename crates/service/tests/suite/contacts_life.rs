//! StopContact, UpdateContactSchedule, PauseContact, ResumeContact, TransferContact (tasks 2.6 to 2.8, 2.10).

use std::sync::Arc;

use engine::contact::Event;
use serde_json::{Value, json};
use service::Limits;
use wire::Op;

use crate::bench::{Bench, NOW, on_each_engine};
use crate::tasks::{NOBODY, text};

const NOW_S: i64 = NOW / 1000;

#[tokio::test]
async fn tasks_2_10_stop() {
    on_each_engine(Limits::default(), async |mut bench| {
        let id = bench.started(json!({})).await;
        let scheduled = bench.started(json!({"ScheduledTime": NOW_S + 60})).await;
        bench.now += 5_000;
        assert_eq!(bench.stop(&id).await.ok(), json!({}), "2.10.6");
        let contact = bench.describe(&id).await;
        assert_eq!(contact["DisconnectReason"], "API", "2.10.4");
        assert_eq!(contact["DisconnectTimestamp"], json!(NOW_S + 5));
        let events = ["INITIATED", "DISCONNECTED", "COMPLETED", "RECORD"];
        assert_eq!(bench.events(&id).await, events, "2.12.2");
        bench.now += 5_000;
        bench.stop(&id).await.ok();
        assert_eq!(bench.describe(&id).await, contact, "2.10.3: no change");
        assert_eq!(bench.events(&id).await, events);
        bench.stop(&scheduled).await.ok(); // 2.6.6
        assert_eq!(bench.row(&scheduled).await.due_ms, None, "no flow ever runs");
        assert_eq!(bench.open().await, 0);
        let unknown = bench.stop(NOBODY).await;
        assert_eq!(unknown.status, 410);
        unknown.refused("ContactNotFoundException");
        bench.stop("nonsense/").await.refused("ContactNotFoundException");
        let body = json!({"InstanceId": NOBODY, "ContactId": id});
        bench.send(Op::StopContact, &[], body).await.refused("ResourceNotFoundException");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn tasks_2_10_3_stopped_by_many_at_once_a_task_ends_once() {
    on_each_engine(Limits::default(), async |bench| {
        let bench = Arc::new(bench);
        let id = bench.started(json!({})).await;
        let calls: Vec<_> = (0..10)
            .map(|_| {
                let (bench, id) = (Arc::clone(&bench), id.clone());
                tokio::spawn(async move { bench.stop(&id).await })
            })
            .collect();
        for call in calls {
            call.await.expect("no call panics").ok();
        }
        assert_eq!(bench.events(&id).await, ["INITIATED", "DISCONNECTED", "COMPLETED", "RECORD"]);
        assert_eq!(bench.open().await, 0);
    })
    .await;
}

#[tokio::test]
async fn tasks_2_10_5_the_agent_of_a_stopped_task_has_work_after_it() {
    let bench = Bench::new().await;
    let (user, _) = bench.user("ada").await;
    let id = bench.started(json!({})).await;
    bench.enqueue(&id).await;
    bench.connect(&id, &user).await;
    bench.stop(&id).await.ok();
    assert_eq!(bench.row(&id).await.state, "ACW");
    assert_eq!(bench.open().await, 1, "2.1.5: open until COMPLETED");
    let template = bench.task_template("T", json!({})).await;
    let refused = bench.act(Op::UpdateContactTaskTemplate, &id, json!({"TaskTemplateId": template})).await;
    refused.refused("InvalidRequestException");
}

#[tokio::test]
async fn tasks_2_6_schedule() {
    on_each_engine(Limits::default(), async |bench| {
        let id = bench.started(json!({"ScheduledTime": NOW_S + 60})).await;
        let to =
            async |id: &str, time: i64| bench.act(Op::UpdateContactSchedule, id, json!({"ScheduledTime": time})).await;
        to(&id, NOW_S + 3_600).await.ok();
        let contact = bench.describe(&id).await;
        assert_eq!(contact["ScheduledTimestamp"], json!(NOW_S + 3_600));
        assert_eq!(bench.row(&id).await.due_ms, Some(NOW + 3_600_000));
        assert_eq!(bench.row(&id).await.expires_ms, NOW + 3_600_000 + 7 * 86_400_000, "2.3.13");
        assert_eq!(bench.events(&id).await, ["INITIATED", "UPDATED [\"ScheduledTimestamp\"]"], "2.6.3");
        to(&id, NOW_S - 1).await.refused("InvalidParameterException");
        to(&id, NOW_S + 91 * 86_400).await.refused("InvalidParameterException");
        for n in 2..=20 {
            to(&id, NOW_S + n).await.ok();
        }
        let refused = to(&id, NOW_S + 21).await;
        assert_eq!(refused.status, 429);
        refused.refused("LimitExceededException"); // 2.6.2
        let plain = bench.started(json!({})).await;
        to(&plain, NOW_S + 60).await.refused("InvalidRequestException"); // 2.6.1
        to(NOBODY, NOW_S + 60).await.refused("ResourceNotFoundException");
    })
    .await;
}

#[tokio::test]
async fn tasks_2_7_pause_and_resume() {
    on_each_engine(Limits::default(), async |mut bench| {
        let id = bench.started(json!({})).await;
        bench.act(Op::ResumeContact, &id, json!({})).await.refused("ConflictException");
        bench.act(Op::PauseContact, &id, json!({})).await.ok();
        let again = bench.act(Op::PauseContact, &id, json!({})).await;
        assert_eq!(again.status, 409);
        again.refused("ConflictException"); // 2.7.2
        let contact = bench.describe(&id).await;
        assert_eq!(contact["TotalPauseCount"], 1);
        assert_eq!(contact["LastPausedTimestamp"], json!(NOW_S));
        bench.now += 60_000;
        bench.act(Op::ResumeContact, &id, json!({})).await.ok();
        assert_eq!(bench.describe(&id).await["LastResumedTimestamp"], json!(NOW_S + 60));
        assert_eq!(bench.row(&id).await.state, "IN_FLOW", "2.7.8");
        assert_eq!(bench.events(&id).await, ["INITIATED", "PAUSED", "RESUMED"], "2.7.12");
        for _ in 1..10 {
            bench.act(Op::PauseContact, &id, json!({})).await.ok();
            bench.act(Op::ResumeContact, &id, json!({})).await.ok();
        }
        bench.act(Op::PauseContact, &id, json!({})).await.refused("LimitExceededException"); // 2.7.6
        bench.stop(&id).await.ok();
        assert_eq!(bench.describe(&id).await["TotalPauseDurationInSeconds"], 60, "2.2");
        bench.act(Op::PauseContact, &id, json!({})).await.refused("InvalidRequestException"); // 2.7.1
        let scheduled = bench.started(json!({"ScheduledTime": NOW_S + 600})).await;
        bench.act(Op::PauseContact, &scheduled, json!({})).await.refused("InvalidRequestException");
        bench.act(Op::PauseContact, NOBODY, json!({})).await.refused("ResourceNotFoundException");
        bench.act(Op::ResumeContact, NOBODY, json!({})).await.refused("ResourceNotFoundException");
    })
    .await;
}

/// The running flows, as (kind, flow).
async fn runs(bench: &Bench, id: &str) -> Vec<(String, String)> {
    let kept: Value = serde_json::from_str(&bench.row(id).await.body).expect("JSON");
    let runs = kept["runs"].as_array().expect("a list").iter();
    runs.map(|run| (text(&run["kind"]), text(&run["entering"]))).collect()
}

#[tokio::test]
async fn tasks_2_7_7_and_2_7_9_flows_of_pause_and_resume() {
    let bench = Bench::new().await;
    let own = bench.small_flow("Own", "CONTACT_FLOW", "PUBLISHED").await;
    let queue_flow = bench.flow_named("Default customer queue").await;
    let to_queue = bench.flow_named("Default queue transfer").await;
    let id = bench.started(json!({})).await;
    for (flow, error) in [
        (NOBODY, "ResourceNotFoundException"),
        (to_queue.as_str(), "InvalidRequestException"),
        (queue_flow.as_str(), "InvalidRequestException"),
    ] {
        bench.act(Op::PauseContact, &id, json!({"ContactFlowId": flow})).await.refused(error);
    }
    bench.act(Op::PauseContact, &id, json!({"ContactFlowId": own})).await.ok();
    let main = ("MAIN".to_owned(), bench.flow.clone());
    assert_eq!(runs(&bench, &id).await, [main.clone(), ("PAUSE".to_owned(), own.clone())]);
    bench.act(Op::ResumeContact, &id, json!({"ContactFlowId": own})).await.ok();
    assert_eq!(runs(&bench, &id).await, [main, ("RESUME".to_owned(), own.clone())]);
    // A queued task returns to its queue with the queue flow, unless a flow decides.
    let id = bench.started(json!({})).await;
    bench.enqueue(&id).await;
    bench.act(Op::PauseContact, &id, json!({})).await.ok();
    assert_eq!(bench.row(&id).await.queued_in, None, "2.7.3: it frees its slot");
    bench.act(Op::ResumeContact, &id, json!({})).await.ok();
    let row = bench.row(&id).await;
    assert_eq!((row.state.as_str(), row.queued_in.is_some()), ("QUEUED", true));
    assert_eq!(runs(&bench, &id).await, [("CUSTOMER_QUEUE".to_owned(), queue_flow)]);
    bench.act(Op::PauseContact, &id, json!({})).await.ok();
    bench.act(Op::ResumeContact, &id, json!({"ContactFlowId": own})).await.ok();
    assert_eq!(bench.row(&id).await.state, "IN_FLOW");
}

#[tokio::test]
async fn tasks_2_7_4_as_many_paused_tasks_as_the_profile_has_places() {
    let bench = Bench::new().await;
    let (user, _) = bench.user("ada").await;
    let mut ids = Vec::new();
    for _ in 0..11 {
        let id = bench.started(json!({})).await;
        bench.enqueue(&id).await;
        bench.connect(&id, &user).await;
        ids.push(id);
    }
    for id in &ids[..10] {
        bench.act(Op::PauseContact, id, json!({})).await.ok();
    }
    bench.act(Op::PauseContact, &ids[10], json!({})).await.refused("LimitExceededException");
    bench.act(Op::ResumeContact, &ids[0], json!({})).await.ok();
    bench.act(Op::PauseContact, &ids[10], json!({})).await.ok();
}

#[tokio::test]
async fn tasks_2_8_transfer() {
    on_each_engine(Limits::default(), async |bench| {
        let (user, _) = bench.user("ada").await;
        let queue = bench.basic_queue().await;
        let to_agent = bench.flow_named("Default agent transfer").await;
        let queue_flow = bench.flow_named("Default customer queue").await;
        let template = bench.task_template("T", json!({})).await;
        let old = bench
            .started(json!({"TaskTemplateId": template, "Attributes": {"a": "1"}, "Description": "d",
                "References": {"r": {"Type": "STRING", "Value": "x"}}}))
            .await;
        let transfer = async |id: &str, more: Value| {
            let mut body = json!({"ContactFlowId": to_agent});
            body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
            bench.act(Op::TransferContact, id, body).await
        };
        for (more, error) in [
            (json!({"ContactFlowId": NOBODY}), "ResourceNotFoundException"),
            (json!({"QueueId": NOBODY}), "ResourceNotFoundException"),
            (json!({"UserId": NOBODY}), "ResourceNotFoundException"),
            (json!({"QueueId": queue, "UserId": user}), "InvalidRequestException"), // 2.8.2
            (json!({"ContactFlowId": queue_flow}), "InvalidRequestException"),      // 2.8.1
        ] {
            transfer(&old, more).await.refused(error);
        }
        transfer(NOBODY, json!({})).await.refused("ResourceNotFoundException");
        let made = transfer(&old, json!({"UserId": user, "ClientToken": "t"})).await.ok();
        let new = text(&made["ContactId"]);
        assert!(text(&made["ContactArn"]).ends_with(&new));
        assert_eq!(transfer(&old, json!({"UserId": user, "ClientToken": "t"})).await.ok(), made, "the same again");
        transfer(&old, json!({"ClientToken": "t"})).await.refused("IdempotencyException"); // 2.8.8
        let contact = bench.describe(&new).await;
        for (member, value) in [
            ("InitiationMethod", json!("TRANSFER")),
            ("PreviousContactId", json!(old)),
            ("InitialContactId", json!(old)),
            ("Description", json!("d")),
            ("Attributes", json!({"a": "1"})),
        ] {
            assert_eq!(contact[member], value, "2.8.5: {member}");
        }
        assert_eq!(contact["TaskTemplateInfo"]["Name"], "T");
        assert_eq!(bench.references(&new).await, bench.references(&old).await);
        let kept: Value = serde_json::from_str(&bench.row(&new).await.body).expect("JSON");
        assert_eq!(kept["target_queue"], json!({"id": user, "name": "ada", "agent": true}));
        assert_eq!(bench.describe(&old).await["DisconnectReason"], "OTHER", "2.8.6");
        assert_eq!(bench.events(&old).await, ["INITIATED", "DISCONNECTED", "COMPLETED", "RECORD"], "4.1.6");
        assert_eq!(bench.events(&new).await, ["INITIATED"]);
        transfer(&old, json!({})).await.refused("InvalidRequestException"); // 2.8.3
        let mut last = new;
        for _ in 1..11 {
            last = text(&transfer(&last, json!({"QueueId": queue})).await.ok()["ContactId"]);
        }
        transfer(&last, json!({})).await.refused("ServiceQuotaExceededException"); // 2.8.4
        assert_eq!(bench.open().await, 1);
        let scheduled = bench.started(json!({"ScheduledTime": NOW_S + 60})).await;
        transfer(&scheduled, json!({})).await.refused("InvalidRequestException"); // 2.8.3
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn tasks_2_8_6_a_task_is_transferred_or_stopped_but_not_both() {
    on_each_engine(Limits::default(), async |bench| {
        let bench = Arc::new(bench);
        for _ in 0..10 {
            let id = bench.started(json!({})).await;
            let calls = [Op::TransferContact, Op::StopContact, Op::TransferContact].map(|op| {
                let (bench, id) = (Arc::clone(&bench), id.clone());
                tokio::spawn(async move {
                    let body = json!({"InstanceId": bench.instance, "ContactId": id, "ContactFlowId": bench.flow});
                    bench.send(op, &[], body).await
                })
            });
            let mut new = Vec::new();
            for call in calls {
                let answer = call.await.expect("no call panics");
                match answer.error.as_str() {
                    "" => new.extend(answer.body["ContactId"].as_str().map(str::to_owned)),
                    error => assert_eq!(error, "InvalidRequestException"),
                }
            }
            assert!(new.len() <= 1, "one transfer at most");
            let reason = bench.describe(&id).await["DisconnectReason"].clone();
            assert_eq!(reason, if new.is_empty() { "API" } else { "OTHER" });
            for id in new {
                bench.stop(&id).await.ok();
            }
        }
        assert_eq!(bench.open().await, 0);
    })
    .await;
}

#[tokio::test]
async fn tasks_2_11_2_an_expired_task_cannot_be_paused() {
    let mut bench = Bench::new().await;
    let id = bench.started(json!({})).await;
    bench.now += 8 * 86_400_000;
    bench.act(Op::PauseContact, &id, json!({})).await.refused("InvalidRequestException");
    bench.happen(&id, Event::Expire).await;
    assert_eq!(bench.describe(&id).await["DisconnectReason"], "EXPIRED");
}

/// tasks 2.16, 2.1.5: the old contact of a transfer stays open while its agent has after-contact work.
#[tokio::test]
async fn test_b63_a_transfer_keeps_to_the_quota_of_open_tasks() {
    on_each_engine(Limits { open_tasks_per_instance: 2, ..Limits::default() }, async |bench| {
        let (user, _) = bench.user("ada").await;
        let body = json!({"ContactFlowId": bench.flow_named("Default agent transfer").await, "UserId": user});
        let transfer = async |id: &str| bench.act(Op::TransferContact, id, body.clone()).await;
        let (had, other) = (bench.started(json!({})).await, bench.started(json!({})).await);
        bench.enqueue(&had).await;
        bench.connect(&had, &user).await;
        let other = text(&transfer(&other).await.ok()["ContactId"]);
        assert_eq!(bench.open().await, 2, "one for one");
        let message = transfer(&had).await.refused("ServiceQuotaExceededException");
        assert!(message.contains("2 open tasks"), "{message}");
        assert_eq!(bench.describe(&had).await.get("DisconnectTimestamp"), None, "it was left as it was");
        bench.stop(&other).await.ok();
        transfer(&had).await.ok();
        assert_eq!(bench.open().await, 2, "its after-contact work and its successor");
    })
    .await;
}
