//! The test clock of `--dev`.

use serde_json::{Value, json};

use crate::harness::{Ask, Got, NOW, Running, start};
use crate::program::Server;

const PATH: &str = "/_taskform/clock";

async fn post(server: &Running, body: &str) -> Got {
    server.send(&Ask::new("POST", PATH).body(body.to_owned())).await
}

#[tokio::test]
async fn the_time_of_tasks_moves_and_that_of_signatures_does_not() {
    let server = start(&[("dev", "true")]).await;
    let now = |got: &Got| got.json()["Now"].as_f64().unwrap();
    let start = NOW as f64 / 1_000.0;
    assert!((now(&server.send(&Ask::new("GET", PATH)).await) - start).abs() < f64::EPSILON);
    let got = post(&server, "{\"AdvanceSeconds\": 86400}").await;
    assert_eq!((got.status.as_u16(), now(&got)), (200, start + 86_400.0));
    got.is_complete();
    let got = post(&server, "{\"AdvanceSeconds\": 0.5}").await;
    assert!((now(&got) - start - 86_400.5).abs() < 0.001);
    assert_eq!((server.app.clock.now_ms(), server.app.clock.service_ms()), (NOW, NOW + 86_400_500));
    // Signed with the real time; what is made then has the time of tasks.
    let sign = |ask: Ask| ask.signed_as("test", "test", &server.host(), server.now());
    let body = json!({
        "IdentityManagementType": "CONNECT_MANAGED", "InstanceAlias": "later", "InboundCallsEnabled": true,
        "OutboundCallsEnabled": true,
    });
    let got = server.send(&sign(Ask::new("PUT", "/instance").body(body.to_string()))).await;
    assert_eq!(got.status.as_u16(), 200, "{got:?}");
    let id = got.json()["Id"].as_str().unwrap().to_owned();
    let got = server.send(&sign(Ask::new("GET", format!("/instance/{id}")))).await;
    assert!((got.json()["Instance"]["CreatedTime"].as_f64().unwrap() - start - 86_400.5).abs() < 0.01, "{got:?}");
}

#[tokio::test]
async fn mistakes() {
    let server = start(&[("dev", "true")]).await;
    for bad in ["", "{}", "{\"AdvanceSeconds\":-1}", "{\"AdvanceSeconds\":\"1\"}", "{\"AdvanceSeconds\":315360001}"] {
        post(&server, bad).await.is_fault(400, "InvalidRequestException");
    }
    let long = format!("{{\"AdvanceSeconds\":1}}{}", " ".repeat(2_000));
    post(&server, &long).await.is_fault(413, "RequestEntityTooLargeException");
    server.send(&Ask::new("PUT", PATH)).await.is_fault(404, "ResourceNotFoundException");
    assert_eq!(server.app.clock.service_ms(), NOW, "nothing moved");
    let year = "{\"AdvanceSeconds\": 315360000}";
    let ends = async {
        for step in 0..1_000 {
            if post(&server, year).await.status.as_u16() == 400 {
                return step;
            }
        }
        0
    };
    assert!((790..800).contains(&ends.await), "the clock ends with the year 9999");
}

#[tokio::test]
async fn without_dev_there_is_none() {
    let server = start(&[]).await;
    for method in ["GET", "POST"] {
        server.send(&Ask::new(method, PATH)).await.is_fault(404, "ResourceNotFoundException");
    }
    assert_eq!(server.app.clock.service_ms(), NOW);
}

#[tokio::test]
async fn steps_at_the_same_time_follow_each_other() {
    let server = start(&[("dev", "true")]).await;
    let step = || post(&server, "{\"AdvanceSeconds\": 10}");
    let (a, b, c) = tokio::join!(step(), step(), step());
    let mut times: Vec<_> = [a, b, c].iter().map(|got| got.json()["Now"].as_f64().unwrap()).collect();
    times.sort_by(f64::total_cmp);
    assert_eq!(server.app.clock.service_ms(), NOW + 30_000, "{times:?}");
}

/// The binary with everything that runs beside requests: a task scheduled for tomorrow starts when tomorrow is there.
#[tokio::test]
async fn t2_3_13_a_scheduled_task_starts_when_its_time_is_reached() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("events.jsonl");
    let server = Server::start(&["serve", "--dev", "--ephemeral", "--events-file", file.to_str().unwrap()]);
    let send = async |method: &str, path: &str, body: &Value| {
        let ask = Ask::new(method, path).header("content-type", "application/json");
        let ask = if body.is_null() { ask } else { ask.body(body.to_string()) };
        let real_ms = taskform::clock::Clock::system().now_ms();
        let got = server.send(&ask.signed_as("test", "test", &server.address, real_ms)).await;
        assert_eq!(got.status.as_u16(), 200, "{method} {path}: {got:?}");
        got.json()
    };
    let instance = taskform::serve::DEV_INSTANCE;
    let flows = send("GET", &format!("/contact-flows-summary/{instance}"), &Value::Null).await;
    let flows = flows["ContactFlowSummaryList"].as_array().unwrap().clone();
    let flow = flows.iter().find(|flow| flow["Name"] == "Sample task flow").unwrap()["Id"].clone();
    let now = send("GET", PATH, &Value::Null).await["Now"].as_f64().unwrap();
    let task = json!({
        "InstanceId": instance, "ContactFlowId": flow, "Name": "tomorrow", "ScheduledTime": (now + 86_400.0).floor(),
    });
    let contact = send("PUT", "/contact/task", &task).await["ContactId"].as_str().unwrap().to_owned();
    let events = || {
        let text = std::fs::read_to_string(&file).unwrap();
        let lines =
            text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["detail"]["eventType"].clone());
        lines.map(|kind| kind.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let describe = format!("/contacts/{instance}/{contact}");
    send("POST", PATH, &json!({ "AdvanceSeconds": 80_000 })).await;
    let before = send("GET", &describe, &Value::Null).await;
    assert!(before["Contact"]["ConnectedToSystemTimestamp"].is_null(), "{before}");
    let after = send("POST", PATH, &json!({ "AdvanceSeconds": 6_400 })).await["Now"].as_f64().unwrap();
    assert!((after - now - 86_400.0).abs() < 30.0, "{now} {after}");
    let there = send("GET", &describe, &Value::Null).await;
    let queued = there["Contact"]["QueueInfo"]["EnqueueTimestamp"].as_f64();
    assert!(queued.is_some_and(|at| (at - now - 86_400.0).abs() < 30.0), "handled when the call answers: {there}");
    while events().len() < 3 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(events(), ["INITIATED", "CONNECTED_TO_SYSTEM", "QUEUED"]);
}
