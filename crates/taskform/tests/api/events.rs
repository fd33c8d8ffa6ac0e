//! Events from the outbox to file and webhook, dead letters, and their replay, with the binary itself (tasks 4.1.7).

use std::path::Path;
use std::time::Duration;

use store::{Batch, Location, NewOutboxRow, OpenOptions, Store};

use crate::harness::Ask;
use crate::program::{Server, out, refused, run, taskform};
use crate::receiver::{Receiver, Say};

/// Writes for two sinks beside the running server, as operations do.
async fn put(data: &Path, sequences: impl IntoIterator<Item = i64>) {
    let options = OpenOptions { exclusive: false, ..OpenOptions::default() };
    let store = Store::open(&Location::Sqlite { dir: data.to_owned() }, options).await.unwrap();
    let mut batch = Batch::new();
    for sequence in sequences {
        let row = NewOutboxRow {
            contact_id: "c".to_owned(),
            sequence,
            instance_id: "i".to_owned(),
            kind: "EVENT".to_owned(),
            body: format!("{{\"n\":{sequence}}}"),
            created_ms: 1,
        };
        batch.put_outbox("file", &row);
        batch.put_outbox("crm", &row);
    }
    store.commit(batch).await.unwrap();
    store.close().await.unwrap();
}

async fn until(what: impl AsyncFn() -> bool) {
    for _ in 0..400 {
        if what().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it does not happen");
}

async fn metrics(server: &Server) -> String {
    let ask = Ask::new("GET", "/metrics").header("host", &server.address);
    let text = String::from_utf8(server.send(&ask).await.body.to_vec()).unwrap();
    // Those that are read when they are shown, as those of sinks, read like the others.
    for help in text.lines().filter(|line| line.starts_with("# HELP ")) {
        assert!(help.ends_with('.') && !help.ends_with(".."), "{help}");
    }
    text
}

#[tokio::test]
async fn events_reach_file_and_webhook_and_come_back_from_the_dead() {
    let receiver = Receiver::start().await;
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("events.jsonl"));
    let (data_text, file_text) = (data.to_str().unwrap(), file.to_str().unwrap());
    let webhooks = format!("crm={}", receiver.url());
    let arguments = [
        "serve",
        "--data",
        data_text,
        "--events-file",
        file_text,
        "--events-webhooks",
        &webhooks,
        "--events-tries",
        "1",
    ];
    let server = Server::start(&arguments);
    receiver.say([Say::status(404)]);
    put(&data, 1..=3).await;
    let lines = || std::fs::read_to_string(&file).unwrap();
    until(async || lines() == "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n").await;
    until(async || out(&["events", "dead", "--data", data_text]).contains("crm/c/1")).await;
    let dead = out(&["events", "dead", "--data", data_text, "--sink", "crm", "--format", "json"]);
    assert!(dead.lines().count() == 1 && dead.contains("status 404"), "{dead}");
    assert!(!out(&["events", "dead", "--data", data_text, "--sink", "file"]).contains("file/"));

    assert_eq!(out(&["events", "replay", "--data", data_text, "crm/c/1"]), "1 to be delivered again\n");
    let came = std::sync::Mutex::new(Vec::new());
    until(async || {
        let mut came = came.lock().unwrap();
        came.extend(receiver.came().iter().map(|came| came.json()["data"]["n"].as_i64().unwrap()));
        came.len() == 4
    })
    .await;
    assert_eq!(*came.lock().unwrap(), [1, 2, 3, 1], "a dead letter holds up nothing");
    assert_eq!(out(&["events", "replay", "--data", data_text, "--all"]), "0 to be delivered again\n");

    let expected = [
        "taskform_events_delivered_total{sink=\"file\"} 3",
        "taskform_events_delivered_total{sink=\"crm\"} 3",
        "taskform_events_failed_total{sink=\"crm\"} 1",
        "taskform_events_given_up_total{sink=\"crm\"} 1",
        "taskform_events_waiting{sink=\"crm\"} 0",
        "taskform_events_dead{sink=\"crm\"} 0",
        "taskform_events_lag_seconds{sink=\"file\"} 0.0",
    ];
    until(async || {
        let text = metrics(&server).await;
        expected.iter().all(|line| text.contains(line))
    })
    .await;
    assert_eq!(server.terminate(), 0);
    // What is written while no server runs is delivered by the next one.
    put(&data, [4]).await;
    let _server = Server::start(&arguments);
    until(async || lines().ends_with("{\"n\":3}\n{\"n\":4}\n")).await;
}

/// A running server's sinks are safe from a command that does not have its settings, and one that left the settings is not.
#[tokio::test]
async fn test_b130_what_a_running_server_delivers_is_not_dropped_in_passing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data_text = data.to_str().unwrap();
    let webhooks = ["--events-webhooks", "crm=http://127.0.0.1:9/"];
    let server = Server::start(&[&["serve", "--data", data_text], &webhooks[..]].concat());
    put(&data, 1..=3).await;
    let drop = ["events", "drop", "--data", data_text, "--sink"];
    let refusal = "a running server delivers to the sink `crm`, which has 3 waiting events and 0 dead letters";
    refused(&run(&[&drop[..], &["crm"]].concat()), 1, refusal);
    assert_eq!(out(&[&drop[..], &["file"]].concat()), "3 waiting events and 0 dead letters of the sink file dropped\n");
    assert_eq!(server.terminate(), 0);
    // Nobody delivers now, but whose settings name it means to.
    refused(&run(&[&drop[..], &["crm"]].concat()), 0, "");
    put(&data, [4]).await;
    let named =
        taskform(&[&drop[..], &["crm"]].concat()).env("TASKFORM_EVENTS_WEBHOOKS", webhooks[1]).output().unwrap();
    refused(&named, 1, "the settings name the sink `crm`, which has 1 waiting event and 0 dead letters");
    // A server without the sink does not keep it.
    let _server = Server::start(&["serve", "--data", data_text]);
    assert_eq!(out(&[&drop[..], &["crm"]].concat()), "1 waiting event and 0 dead letters of the sink crm dropped\n");
    put(&data, [5]).await;
    assert_eq!(forced(data_text), "2 waiting events and 0 dead letters of the sink file dropped\n");
}

fn forced(data: &str) -> String {
    out(&["events", "drop", "--data", data, "--sink", "file", "--force"])
}
