//! The agent API over HTTP (tasks 6).

use std::time::Duration;

use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use service::{Router, Worker};
use taskform::streams::Streams;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::harness::{Ask, Got, Running, read, start, start_with};

/// How long a test waits for what comes at once.
const SOON: Duration = Duration::from_secs(20);

/// A server with its background work, and users.
struct Office {
    server: Running,
    stop: watch::Sender<bool>,
    work: Vec<JoinHandle<()>>,
}

impl Drop for Office {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        self.work.iter().for_each(JoinHandle::abort);
    }
}

async fn stopped(mut stop: watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

impl Office {
    async fn open(streams: usize) -> Self {
        let change = |app: &mut taskform::app::App| {
            app.streams = Streams::new(streams);
            app.metrics.watch_streams(&app.streams);
        };
        Self::at_work(start_with(&[], change, |_| Vec::new()).await)
    }

    fn at_work(server: Running) -> Self {
        let (stop, stop_seen) = watch::channel(false);
        let service = server.app.service.clone();
        let (worker, router): (Worker, Router) = (service.worker(), service.router());
        let clock = || {
            let clock = server.app.clock.clone();
            move || clock.service_ms()
        };
        let sharing = service.clone();
        let work = vec![
            tokio::spawn({
                let (now, stop) = (clock(), stopped(stop_seen.clone()));
                async move { sharing.keep_shards(now, stop).await }
            }),
            tokio::spawn(worker.run(clock(), stopped(stop_seen.clone()))),
            tokio::spawn(router.run(clock(), stopped(stop_seen.clone()))),
            tokio::spawn({
                let (now, stop) = (clock(), stopped(stop_seen));
                async move { service.keep_agent_views(now, stop).await }
            }),
        ];
        Self { server, stop, work }
    }

    async fn ok(&self, method: &str, path: &str, body: Value) -> Value {
        let ask = Ask::new(method, path).body(if body.is_null() { String::new() } else { body.to_string() });
        let got = self.server.call(ask).await;
        assert_eq!(got.status.as_u16(), 200, "{method} {path}: {:?}", got.body);
        if got.body.is_empty() { Value::Null } else { got.json() }
    }

    async fn id_of(&self, path: &str, list: &str, name: &str) -> String {
        let all = self.ok("GET", &format!("/{path}/{}", self.server.instance), Value::Null).await;
        let found = all[list].as_array().unwrap().iter().find(|one| one["Name"] == name);
        found.unwrap_or_else(|| panic!("{name} in {all}"))["Id"].as_str().unwrap().to_owned()
    }

    async fn user(&self, name: &str) -> String {
        let security = self.id_of("security-profiles-summary", "SecurityProfileSummaryList", "Agent").await;
        let routing =
            self.id_of("routing-profiles-summary", "RoutingProfileSummaryList", "Basic Routing Profile").await;
        let body = json!({"Username": name, "IdentityInfo": {"FirstName": "Ada", "LastName": "Muster"},
            "PhoneConfig": {"PhoneType": "SOFT_PHONE"}, "SecurityProfileIds": [security], "RoutingProfileId": routing});
        let made = self.ok("PUT", &format!("/users/{}", self.server.instance), body).await;
        made["UserId"].as_str().unwrap().to_owned()
    }

    async fn put(&self, user: &str, status: &str) {
        let id = self.id_of("agent-status", "AgentStatusSummaryList", status).await;
        let path = format!("/users/{}/{user}/status", self.server.instance);
        self.ok("PUT", &path, json!({"AgentStatusId": id})).await;
    }

    async fn task(&self, name: &str) -> String {
        let flow = self.id_of("contact-flows-summary", "ContactFlowSummaryList", "Sample task flow").await;
        let body = json!({"InstanceId": self.server.instance, "ContactFlowId": flow, "Name": name,
            "Attributes": {"tier": "gold"}, "References": {"Order": {"Type": "STRING", "Value": "4711"}}});
        self.ok("PUT", "/contact/task", body).await["ContactId"].as_str().unwrap().to_owned()
    }

    fn path(&self, user: &str, rest: &str) -> String {
        format!("/_agent/v1/instances/{}/users/{user}/{rest}", self.server.instance)
    }

    async fn get(&self, user: &str, rest: &str) -> Got {
        self.server.call(Ask::new("GET", self.path(user, rest))).await
    }

    async fn post(&self, user: &str, rest: &str, body: &str) -> Got {
        self.server.call(Ask::new("POST", self.path(user, rest)).body(body.to_owned())).await
    }

    /// The snapshot once its entry of this task is in this state, by long polls alone.
    async fn when(&self, user: &str, task: &str, state: Option<&str>) -> Value {
        let mut after = String::new();
        timeout(SOON, async {
            loop {
                let got = self.get(user, &format!("snapshot{after}")).await;
                if got.status.as_u16() == 204 {
                    continue;
                }
                let snapshot = got.json();
                if snapshot["Contacts"][task]["State"].as_str() == state {
                    return snapshot;
                }
                after = format!("?after={}", snapshot["Version"]);
            }
        })
        .await
        .unwrap_or_else(|_| panic!("{task} never was {state:?}"))
    }

    async fn events(&self, user: &str, last: Option<&str>) -> Events {
        let mut ask = Ask::new("GET", self.path(user, "events"));
        if let Some(last) = last {
            ask = ask.header("last-event-id", last);
        }
        let ask = self.server.sign(ask);
        let stream = TcpStream::connect(self.server.address).await.unwrap();
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        let response = sender.send_request(ask.request()).await.unwrap();
        assert_eq!(response.status().as_u16(), 200);
        for (name, value) in [("content-type", "text/event-stream"), ("cache-control", "no-store")] {
            assert_eq!(response.headers()[name], value);
        }
        Events { body: response.into_body(), text: String::new() }
    }
}

/// A stream as a client reads it.
struct Events {
    body: Incoming,
    text: String,
}

impl Events {
    /// Name, id and data of the next event; `None` at the end.
    async fn next(&mut self) -> Option<(String, String, Value)> {
        loop {
            if let Some((piece, rest)) = self.text.split_once("\n\n") {
                let (piece, rest) = (piece.to_owned(), rest.to_owned());
                self.text = rest;
                let member = |name: &str| piece.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
                if let (Some(event), Some(id), Some(data)) = (member("event: "), member("id: "), member("data: ")) {
                    return Some((event, id, serde_json::from_str(&data).unwrap()));
                }
                continue;
            }
            let frame = timeout(SOON, self.body.frame()).await.expect("an event")?;
            self.text.push_str(std::str::from_utf8(&frame.unwrap().into_data().unwrap()).unwrap());
        }
    }

    /// Applies events to `screen` until this holds; the id of the last.
    async fn until(&mut self, screen: &mut Value, mut holds: impl FnMut(&Value) -> bool) -> String {
        loop {
            let (event, id, data) = self.next().await.expect("the stream goes on");
            match event.as_str() {
                "snapshot" => *screen = data,
                "patch" => engine::merge_patch::apply(screen, &data),
                other => panic!("{other}"),
            }
            assert_eq!(screen["Version"].to_string(), id);
            if holds(screen) {
                return id;
            }
        }
    }
}

fn state<'a>(screen: &'a Value, task: &str) -> Option<&'a str> {
    screen["Contacts"][task]["State"].as_str()
}

#[tokio::test]
async fn tasks_6_an_agent_works_with_long_polls_and_commands() {
    let office = Office::open(10).await;
    let ada = office.user("ada").await;
    let first = office.get(&ada, "snapshot").await;
    first.is_complete();
    let first = first.json();
    assert_eq!(
        (&first["User"]["Username"], &first["Status"]["Name"], &first["Contacts"]),
        (&json!("ada"), &json!("Offline"), &json!({}))
    );
    assert_eq!(first["User"]["Permissions"], json!(["BasicAgentAccess", "OutboundCallAccess"]));
    assert_eq!(first["Slots"]["TASK"], json!({"Max": 10, "Active": 0, "Available": 0}));
    assert_eq!(first["Statuses"][0]["Name"], "Available");
    office.put(&ada, "Available").await;
    let task = office.task("Refund").await;
    let offered = office.when(&ada, &task, Some("CONNECTING")).await;
    assert!(offered["Version"].as_u64() > first["Version"].as_u64());
    let entry = &offered["Contacts"][&task];
    assert_eq!((&entry["Name"], &entry["Attributes"]["tier"]), (&json!("Refund"), &json!("gold")));
    assert_eq!((&entry["Commands"], &entry["Queue"]["Name"]), (&json!(["accept", "reject"]), &json!("BasicQueue")));
    assert_eq!(entry["References"]["Order"], json!({"Type": "STRING", "Value": "4711"}));
    assert!(entry["Deadline"].is_string() && entry["Expires"].is_string());

    let command = |name: &str| format!("contacts/{task}/{name}");
    let late = office.post(&ada, &command("complete"), "").await;
    late.is_fault(409, "ConflictException");
    assert_eq!(late.json()["Entry"]["State"], "CONNECTING", "tasks 6.2");
    let accepted = office.post(&ada, &command("accept"), "").await.json();
    assert_eq!((&accepted["ContactId"], &accepted["Entry"]["State"]), (&json!(task), &json!("CONNECTED")));
    let again = office.post(&ada, &command("accept"), "").await;
    assert_eq!((again.status.as_u16(), &again.json()["Entry"]["State"]), (200, &json!("CONNECTED")), "tasks 6.1");
    assert_eq!(office.get(&ada, "snapshot").await.json()["Version"], accepted["Version"], "tasks 6.3");
    office.post(&ada, &command("reject"), "").await.is_fault(409, "ConflictException");
    office
        .post(&ada, &command("complete"), r#"{"disposition":"never"}"#)
        .await
        .is_fault(400, "InvalidRequestException");
    let ended = office.post(&ada, &command("complete"), r#"{"disposition":"disconnect"}"#).await.json();
    assert_eq!((&ended["Entry"]["State"], &ended["Entry"]["Commands"]), (&json!("ENDED"), &json!(["close", "update"])));
    let contact = office.ok("GET", &format!("/contacts/{}/{task}", office.server.instance), Value::Null).await;
    assert_eq!(contact["Contact"]["DisconnectReason"], "AGENT_DISCONNECT", "tasks 2.11.3");
    assert_eq!(office.post(&ada, &command("close"), "").await.json()["Entry"], Value::Null);
    let again = office.post(&ada, &command("close"), "").await;
    assert_eq!((again.status.as_u16(), &again.json()["Entry"]), (200, &Value::Null), "tasks 6.1");
    office.when(&ada, &task, None).await;
    let unknown = office.post(&ada, "contacts/99999999-9999-4999-8999-999999999999/accept", "").await;
    assert_eq!((unknown.status.as_u16(), &unknown.json()["Entry"]), (409, &Value::Null));
}

#[tokio::test]
async fn tasks_6_the_stream_sends_the_snapshot_then_patches_and_resumes_without_missing_one() {
    let office = Office::open(10).await;
    let ada = office.user("ada").await;
    let (mut one, mut other) = (office.events(&ada, None).await, office.events(&ada, None).await);
    let (mut screen, mut second) = (Value::Null, Value::Null);
    let seen = one.until(&mut screen, |_| true).await;
    assert_eq!(other.until(&mut second, |_| true).await, seen, "tasks 6.3: two windows see the same versions");
    office.put(&ada, "Available").await;
    let task = office.task("Refund").await;
    one.until(&mut screen, |screen| state(screen, &task) == Some("CONNECTING")).await;
    drop(one);
    office.post(&ada, &format!("contacts/{task}/accept"), "").await;
    office.post(&ada, &format!("contacts/{task}/complete"), "").await;
    other.until(&mut second, |screen| state(screen, &task) == Some("ENDED")).await;

    let mut resumed = office.events(&ada, Some(&screen["Version"].to_string())).await;
    let (event, ..) = resumed.next().await.unwrap();
    assert_eq!(event, "patch", "what came meanwhile is remembered");
    let mut resumed = office.events(&ada, Some(&seen)).await;
    let mut from_start = office.events(&ada, None).await;
    let mut whole = Value::Null;
    from_start.until(&mut whole, |_| true).await;
    screen = Value::Null;
    let mut old = office.events(&ada, Some("nonsense")).await;
    old.until(&mut screen, |_| true).await;
    assert_eq!(screen["Contacts"], whole["Contacts"], "what is not remembered begins with the snapshot");
    let (event, ..) = resumed.next().await.unwrap();
    assert_eq!(event, "patch");
    drop((resumed, old, from_start));

    // What is not the agent's own shows too: attributes of the chain, a template, names.
    let attributes =
        json!({"InstanceId": office.server.instance, "InitialContactId": task, "Attributes": {"tier": "silver"}});
    office.ok("POST", "/contact/attributes", attributes).await;
    other.until(&mut second, |screen| screen["Contacts"][&task]["Attributes"]["tier"] == "silver").await;
    let flow = office.id_of("contact-flows-summary", "ContactFlowSummaryList", "Sample task flow").await;
    let template = json!({"Name": "Refund", "ContactFlowId": flow, "Fields": [{"Id": {"Name": "Task name"}, "Type": "NAME"}],
        "Constraints": {"RequiredFields": [{"Id": {"Name": "Task name"}}]}});
    office.ok("PUT", &office.server.templates(), template).await;
    other.until(&mut second, |screen| screen["Templates"][0]["Name"] == "Refund").await;
    assert_eq!(second["Templates"][0]["Version"], 1);
    let templates = office.get(&ada, "templates").await.json();
    assert_eq!(templates["Templates"], second["Templates"]);
    assert_eq!(office.get(&ada, "quickconnects").await.json(), json!({"QuickConnects": []}));
    let path = format!("/users/{}/{ada}", office.server.instance);
    let names = json!({"IdentityInfo": {"FirstName": "Augusta", "LastName": "Muster"}});
    office.ok("POST", &format!("{path}/identity-info"), names).await;
    other.until(&mut second, |screen| screen["User"]["FirstName"] == "Augusta").await;
    office.post(&ada, &format!("contacts/{task}/close"), "").await;
    other.until(&mut second, |screen| screen["Contacts"] == json!({})).await;
    office.ok("DELETE", &path, Value::Null).await;
    while other.next().await.is_some() {}
    office.get(&ada, "snapshot").await.is_fault(404, "ResourceNotFoundException");
}

#[tokio::test]
async fn tasks_6_streams_have_a_limit_of_their_own_and_count_for_nobodys_share() {
    let office = Office::open(2).await;
    let ada = office.user("ada").await;
    let version = office.get(&ada, "snapshot").await.json()["Version"].to_string();
    let mut held = vec![office.events(&ada, None).await, office.events(&ada, None).await];
    for stream in &mut held {
        stream.next().await.unwrap();
    }
    assert_eq!((office.server.app.buffers.requests(), office.server.app.buffers.bytes()), (0, 0));
    let full = office.get(&ada, "events").await;
    full.is_fault(503, "ServiceUnavailableException");
    assert_eq!(full.header("retry-after"), "1");
    office.get(&ada, &format!("snapshot?after={version}")).await.is_fault(503, "ServiceUnavailableException");
    assert_eq!(office.get(&ada, "snapshot").await.status.as_u16(), 200, "what does not wait needs no stream");
    let metrics = office.server.metrics().await;
    for line in ["taskform_agent_streams 2", "taskform_agent_streams_limit 2", "taskform_agent_streams_refused_total 2"]
    {
        assert!(metrics.contains(line), "{line} in {metrics}");
    }
    held.pop();
    timeout(SOON, async {
        while office.server.app.streams.open.get() > 1 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await
    .expect("the stream of a client that has gone ends");
}

#[tokio::test]
async fn tasks_6_streams_outlive_the_time_of_requests_and_end_in_order_when_the_server_stops() {
    let flags = [("http.request_seconds", "1")];
    let mut office = Office::at_work(start(&flags).await);
    let ada = office.user("ada").await;
    let mut events = office.events(&ada, None).await;
    let mut screen = Value::Null;
    events.until(&mut screen, |_| true).await;
    let version = screen["Version"].to_string();
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    office.put(&ada, "Available").await;
    events.until(&mut screen, |screen| screen["Status"]["Name"] == "Available").await;
    let newer = office.get(&ada, &format!("snapshot?after={version}")).await.json();
    assert_eq!(newer["Version"], screen["Version"]);
    let poll = office.server.sign(Ask::new("GET", office.path(&ada, &format!("snapshot?after={}", newer["Version"]))));
    let stream = TcpStream::connect(office.server.address).await.unwrap();
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let poll = tokio::spawn(async move { read(sender.send_request(poll.request()).await.unwrap()).await });
    timeout(SOON, async {
        while office.server.app.streams.open.get() < 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await
    .expect("both wait");
    office.server.stop.take().unwrap().send(()).unwrap();
    assert!(events.next().await.is_none(), "the stream ends, and is not cut off");
    assert_eq!(timeout(SOON, poll).await.unwrap().unwrap().status.as_u16(), 204);
    timeout(SOON, office.server.task.take().unwrap()).await.expect("the server stops").unwrap();
}

#[tokio::test]
async fn tasks_6_refusals_of_the_agent_api() {
    let office = Office::open(2).await;
    let ada = office.user("ada").await;
    let unsigned = office.server.send(&Ask::new("GET", office.path(&ada, "snapshot"))).await;
    unsigned.is_fault(403, "MissingAuthenticationTokenException");
    for rest in ["snapshot", "events", "worklist", "quickconnects", "templates"] {
        for user in ["99999999-9999-4999-8999-999999999999", "nobody"] {
            office.get(user, rest).await.is_fault(404, "ResourceNotFoundException");
        }
    }
    let other = "/_agent/v1/instances/99999999-9999-4999-8999-999999999999/users/u/snapshot";
    office.server.call(Ask::new("GET", other)).await.is_fault(404, "ResourceNotFoundException");
    office.get(&ada, "nothing").await.is_fault(404, "UnknownOperationException");
    office.post(&ada, "snapshot", "").await.is_fault(404, "UnknownOperationException");
    office.get(&ada, "snapshot?after=x").await.is_fault(400, "InvalidRequestException");
    office.get(&ada, "worklist?nextToken=x").await.is_fault(400, "InvalidParameterException");
    let arn = format!(
        "arn%3Aaws%3Aconnect%3Aus-east-1%3A123456789012%3Ainstance%2F{}%2Fagent%2F{ada}",
        office.server.instance
    );
    assert_eq!(office.get(&arn, "snapshot").await.json()["User"]["Id"], json!(ada), "tasks 1.1.6");
}
