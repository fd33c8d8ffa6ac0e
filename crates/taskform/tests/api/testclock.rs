//! The test clock of `--dev`.

use serde_json::{Value, json};

use crate::harness::{Ask, Got, NOW, Running, start};
use crate::program::{Server, refused, run};

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

/// A request as a page's script makes it.
fn from_page(origin: &str, site: &str, kind: &str) -> Ask {
    let ask = Ask::new("POST", PATH).header("origin", origin).header("sec-fetch-site", site);
    ask.header("content-type", kind).body("{\"AdvanceSeconds\": 1}")
}

#[tokio::test]
async fn test_b67_web_pages_do_not_move_the_clock() {
    let server = start(&[("dev", "true")]).await;
    let json = "application/json";
    let evil = "https://evil.example";
    let own = format!("http://{}", server.host());
    let get = |site: &str| Ask::new("GET", PATH).header("sec-fetch-site", site);
    for (ask, status) in [
        (from_page(evil, "cross-site", "text/plain;charset=UTF-8"), 403),
        (from_page(evil, "cross-site", json), 403),
        (from_page("null", "cross-site", json), 403),
        (from_page(evil, "none", json), 403),
        (from_page("http://localhost:3000", "same-site", json), 403),
        (from_page(&own, "same-origin", "text/plain"), 415),
        (from_page(&own, "same-origin", "application/x-www-form-urlencoded"), 415),
        (Ask::new("POST", PATH).header("referer", "x").header("content-type", "text/plain").body("{}"), 415),
        (get("cross-site"), 403),
        (get("same-site"), 403),
        (get("same-origin"), 200),
        (get("none"), 200),
    ] {
        let got = server.send(&ask).await;
        assert_eq!(got.status.as_u16(), status, "{:?}", ask.headers);
        assert_eq!(got.header("access-control-allow-origin"), "", "CORS is off");
    }
    assert_eq!(server.app.clock.service_ms(), NOW, "nothing moved");
    assert_eq!(server.send(&from_page(&own, "same-origin", "application/json; charset=utf-8")).await.status, 200);
    let form = Ask::new("POST", PATH).header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(server.send(&form.body("{\"AdvanceSeconds\": 1}")).await.status, 200, "curl -d");
    assert_eq!(post(&server, "{\"AdvanceSeconds\": 1}").await.status, 200, "a plain script");

    let listed = start(&[("dev", "true"), ("http.cors_origins", evil)]).await;
    let got = listed.send(&from_page(evil, "cross-site", json)).await;
    assert_eq!((got.status.as_u16(), got.header("access-control-allow-origin")), (200, evil));
    let before = Ask::new("OPTIONS", PATH).header("origin", evil).header("access-control-request-method", "POST");
    let got = listed.send(&before).await;
    assert_eq!((got.status.as_u16(), got.header("access-control-allow-origin")), (204, evil));
    listed.send(&from_page("https://other.example", "cross-site", json)).await.is_fault(403, "AccessDeniedException");
}

#[tokio::test]
async fn test_b67_dev_answers_to_loopback_hosts_only() {
    let server = start(&[("dev", "true")]).await;
    let remote = start(&[("dev", "true"), ("dev_allow_remote", "true")]).await;
    let public = start(&[("dev", "true"), ("http.public_url", "http://rebind.example")]).await;
    let plain = start(&[]).await;
    let list = |server: &Running, host: &str| {
        let id =
            if server.app.dev.is_some() { ("test", "test") } else { (crate::harness::KEY, crate::harness::SECRET) };
        Ask::new("GET", server.templates()).signed_as(id.0, id.1, host, NOW)
    };
    for host in ["localhost:1", "127.0.0.1", "[::1]:8484", "a.localhost"] {
        assert_eq!(server.send(&list(&server, host)).await.status, 200, "{host}");
        assert_eq!(server.send(&Ask::new("GET", PATH).header("host", host)).await.status, 200, "{host}");
    }
    for host in ["rebind.example", "192.0.2.1:8484", "localhost.rebind.example"] {
        for ask in [
            list(&server, host),
            Ask::new("GET", PATH).header("host", host),
            Ask::new("GET", "/").header("host", host).header("accept", "text/html"),
        ] {
            let got = server.send(&ask).await;
            got.is_fault(403, "AccessDeniedException");
            let text = got.json()["Message"].as_str().unwrap().to_owned();
            assert!(text.contains(host) && text.contains("--dev-allow-remote"), "{text}");
        }
        for path in ["/healthz", "/readyz", "/metrics"] {
            assert_eq!(server.send(&Ask::new("GET", path).header("host", host)).await.status, 200, "{path} {host}");
        }
        assert_eq!(remote.send(&list(&remote, host)).await.status, 200, "{host}");
        assert_eq!(remote.send(&Ask::new("GET", PATH).header("host", host)).await.status, 200, "{host}");
        assert_eq!(plain.send(&list(&plain, host)).await.status, 200, "{host}: signed with a secret");
    }
    assert_eq!(public.send(&list(&public, "rebind.example")).await.status, 200, "the public URL");
}

#[tokio::test]
async fn test_b52_the_clock_does_not_answer_what_a_proxy_forwards_from_elsewhere() {
    let forwarded = |by: &str, value: &str| Ask::new("GET", PATH).header(by, value);
    let server = start(&[("dev", "true")]).await;
    for (name, value) in [
        ("x-forwarded-for", "203.0.113.9"),
        ("x-forwarded-for", "127.0.0.1"),
        ("forwarded", "for=127.0.0.1"),
        ("via", "1.1 p"),
    ] {
        let got = server.send(&forwarded(name, value)).await;
        got.is_fault(403, "AccessDeniedException");
        assert!(got.json()["Message"].as_str().unwrap().contains("--dev-allow-remote"));
    }
    let trusting = start(&[("dev", "true"), ("http.trusted_proxies", "127.0.0.1")]).await;
    for (value, status) in [("127.0.0.1", 200), ("203.0.113.9", 403), ("127.0.0.1, 203.0.113.9", 403)] {
        assert_eq!(trusting.send(&forwarded("x-forwarded-for", value)).await.status.as_u16(), status, "{value}");
    }
    let remote = start(&[("dev", "true"), ("dev_allow_remote", "true")]).await;
    assert_eq!(remote.send(&forwarded("x-forwarded-for", "203.0.113.9")).await.status, 200, "opened");
}

/// The machine's other addresses, and with them containers beside it, are not loopback.
#[tokio::test]
async fn test_b52_allow_remote_opens_the_clock_to_other_addresses() {
    let server = Server::start(&["serve", "--dev", "--dev-allow-remote", "--ephemeral"]);
    let to = async |address: &str| {
        let host = server.address.replace("127.0.0.1", address);
        server.send(&Ask::new("POST", PATH).header("host", &host).body("{\"AdvanceSeconds\": 1}")).await.status.as_u16()
    };
    assert_eq!((to("127.0.0.1").await, to("192.0.2.1").await), (200, 200));
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

/// The binary with all its background tasks: a task scheduled for tomorrow starts when tomorrow has come.
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

/// 2026-03-02T08:50:00Z, epoch seconds.
const MORNING: f64 = 1_772_441_400.0;

/// A signed request to the binary, which is answered with 200.
async fn signed(server: &Server, method: &str, path: &str, body: &Value) -> Value {
    let ask = Ask::new(method, path).header("content-type", "application/json");
    let ask = if body.is_null() { ask } else { ask.body(body.to_string()) };
    let real_ms = taskform::clock::Clock::system().now_ms();
    let got = server.send(&ask.signed_as("test", "test", &server.address, real_ms)).await;
    assert_eq!(got.status.as_u16(), 200, "{method} {path}: {got:?}");
    got.json()
}

/// Moves the clock of the binary, or only reads it.
async fn moved(server: &Server, seconds: Option<f64>) -> f64 {
    let ask = match seconds {
        Some(n) => Ask::new("POST", PATH).body(json!({ "AdvanceSeconds": n }).to_string()),
        None => Ask::new("GET", PATH),
    };
    server.send(&ask.header("host", &server.address)).await.json()["Now"].as_f64().unwrap()
}

/// B180: all that happens between two steps happens at one moment, to the millisecond; signatures keep to the real time.
#[tokio::test]
async fn b180_the_time_of_tasks_stands_still_between_steps() {
    let server = Server::start(&["serve", "--dev", "--ephemeral", "--dev-clock", "2026-03-02T08:50:00Z"]);
    let (is, approximately) =
        (|value: &Value, at: f64| value.as_f64() == Some(at), |a: f64, b: f64| (a - b).abs() < 1e-6);
    assert!(approximately(moved(&server, None).await, MORNING));
    let instance = taskform::serve::DEV_INSTANCE;
    let made = signed(&server, "GET", &format!("/instance/{instance}"), &Value::Null).await;
    assert!(is(&made["Instance"]["CreatedTime"], MORNING), "{made}");
    let old = Ask::new("GET", "/instance").signed_as("test", "test", &server.address, 1_772_441_400_000);
    assert_eq!(server.send(&old).await.status.as_u16(), 403, "signed with the time of tasks");

    let flows = signed(&server, "GET", &format!("/contact-flows-summary/{instance}"), &Value::Null).await;
    let flows = flows["ContactFlowSummaryList"].as_array().unwrap().clone();
    let flow = flows.iter().find(|flow| flow["Name"] == "Sample task flow").unwrap()["Id"].clone();
    let task = json!({ "InstanceId": instance, "ContactFlowId": flow, "Name": "now" });
    let later =
        json!({ "InstanceId": instance, "ContactFlowId": flow, "Name": "later", "ScheduledTime": MORNING + 400.0 });
    let task = signed(&server, "PUT", "/contact/task", &task).await["ContactId"].as_str().unwrap().to_owned();
    let later = signed(&server, "PUT", "/contact/task", &later).await["ContactId"].as_str().unwrap().to_owned();
    let contact = async |id: &str| {
        signed(&server, "GET", &format!("/contacts/{instance}/{id}"), &Value::Null).await["Contact"].clone()
    };
    assert!(approximately(moved(&server, Some(0.0)).await, MORNING), "waits for what is due now");
    let queued = contact(&task).await;
    for time in ["InitiationTimestamp", "ConnectedToSystemTimestamp", "LastUpdateTimestamp"] {
        assert!(is(&queued[time], MORNING), "{time}: {queued}");
    }
    assert!(is(&queued["QueueInfo"]["EnqueueTimestamp"], MORNING), "{queued}");
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    assert!(approximately(moved(&server, None).await, MORNING), "it stands still");
    assert!(approximately(moved(&server, Some(1_000.5)).await, MORNING + 1_000.5));
    let ran = contact(&later).await;
    assert!(is(&ran["QueueInfo"]["EnqueueTimestamp"], MORNING + 400.0), "a timer acts at its own time: {ran}");
}

/// B83 and B180: a store goes on where it was last in use, whatever start is asked for, and however its clock was moved.
#[tokio::test]
async fn b180_a_store_does_not_go_back_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let at = async |time: &str, step: f64| {
        let mut arguments = vec!["serve", "--dev", "--data", data.to_str().unwrap()];
        if !time.is_empty() {
            arguments.extend(["--dev-clock", time]);
        }
        let server = Server::start(&arguments);
        let found = moved(&server, None).await;
        moved(&server, Some(step)).await;
        assert_eq!(server.terminate(), 0);
        found - MORNING
    };
    let close = |a: f64, b: f64| (a - b).abs() < 1e-6;
    assert!(close(at("2026-03-02T08:50:00Z", 600.0).await, 0.0));
    assert!(close(at("2026-03-02T08:55:00Z", 0.0).await, 600.0), "earlier than the store has been: goes on there");
    assert!(close(at("2026-03-02T09:10:00Z", 0.25).await, 1_200.0), "later: starts there");
    assert!(close(at("2026-03-02T08:50:00Z", 0.0).await, 1_200.25));
    let real = taskform::clock::Clock::system().now_ms() as f64 / 1_000.0 - MORNING;
    assert!(at("", 0.0).await >= real, "without a start the time is the present one, and runs");
    assert!(at("2026-03-02T08:50:00Z", 0.0).await >= real, "the store was in use until then");
}

#[test]
fn b180_a_start_is_for_servers_with_dev_only() {
    let serve = ["serve", "--ephemeral", "--listen", "127.0.0.1:0", "--dev-clock"];
    refused(&run(&[&serve[..], &["2026-03-02T08:50:00Z"]].concat()), 2, "--dev-clock 2026-03-02T08:50:00Z");
    refused(&run(&[&serve[..], &["2026-03-02T08:50:00Z"]].concat()), 2, "add --dev");
    refused(&run(&[&serve[..], &["yesterday", "--dev"]].concat()), 2, "as in 2026-03-02T08:50:00Z, got `yesterday`");
}

#[tokio::test]
async fn b152_a_time_in_the_past_names_the_test_clock() {
    let server = start(&[("dev", "true")]).await;
    let instance = server.instance.as_str();
    let sign = |ask: Ask| ask.signed_as("test", "test", &server.host(), NOW);
    let listed = server.send(&sign(Ask::new("GET", format!("/contact-flows-summary/{instance}")))).await.json();
    let flows = listed["ContactFlowSummaryList"].as_array().unwrap();
    let flow = flows.iter().find(|flow| flow["Name"] == "Sample task flow").unwrap()["Id"].clone();
    let start_at = |ms: i64| {
        let (name, seconds) = ("Task", ms / 1_000);
        let body = json!({"InstanceId": instance, "Name": name, "ContactFlowId": flow, "ScheduledTime": seconds});
        sign(Ask::new("PUT", "/contact/task").body(body.to_string()))
    };
    let refused = async |ms: i64| {
        let got = server.send(&start_at(ms)).await;
        got.is_fault(400, "InvalidParameterException");
        got.json()["Message"].as_str().unwrap().to_owned()
    };
    let text = refused(NOW - 60_000).await;
    assert!(text.contains("the server's time is ") && !text.contains("test clock"), "{text}");
    assert_eq!(post(&server, "{\"AdvanceSeconds\": 864000}").await.status, 200);
    let text = refused(NOW + 60_000).await;
    assert!(text.ends_with(" (the test clock is 10 days ahead)"), "{text}");

    let held = Server::start(&["serve", "--dev", "--ephemeral", "--dev-clock", "2026-03-02T08:50:00Z"]);
    let instance = taskform::serve::DEV_INSTANCE;
    let listed = signed(&held, "GET", &format!("/contact-flows-summary/{instance}"), &Value::Null).await;
    let flow = &listed["ContactFlowSummaryList"][0]["Id"];
    let body = json!({"InstanceId": instance, "Name": "Task", "ContactFlowId": flow, "ScheduledTime": MORNING - 60.0});
    let ask = Ask::new("PUT", "/contact/task").body(body.to_string());
    let ask = ask.signed_as("test", "test", &held.address, taskform::clock::Clock::system().now_ms());
    let text = held.send(&ask).await.json()["Message"].as_str().unwrap().to_owned();
    assert!(text.ends_with("2026-03-02T08:50:00Z. (the test clock stands still)"), "{text}");
}
