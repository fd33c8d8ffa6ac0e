//! What the server sends to others: webhooks and functions (tasks 4.1.7, flows 7.4.1 to 7.4.5).

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rustls::RootCertStore;
use service::{Failure, Functions, Sink};
use store::OutboxRow;
use taskform::clock::Clock;
use taskform::events::{Webhook, sign};
use taskform::function::Endpoints;
use taskform::listen::acceptor;
use taskform::outgoing::{Guard, Lookup, Outgoing, system_lookup};
use taskform::settings::{Given, Networks, Settings, Tls, Values};

use crate::harness::settings;
use crate::receiver::{Came, Receiver, Say};

fn client() -> Outgoing {
    Outgoing::with(RootCertStore::empty(), Guard::default(), system_lookup()).unwrap()
}

/// The webhook of settings; one second for an answer.
fn webhook(url: &str, secrets: &str, client: Outgoing) -> Webhook {
    let webhooks = format!("crm={url}");
    let settings = settings(&[
        ("events.webhooks", &webhooks),
        ("events.webhook_secrets", secrets),
        ("region", "eu-west-1"),
        ("account", "111122223333"),
    ]);
    Webhook::new(&settings.events.webhooks[0], Duration::from_secs(1), &settings.identity, client)
}

fn row(contact: &str, sequence: i64) -> OutboxRow {
    OutboxRow {
        sink: "crm".to_owned(),
        contact_id: contact.to_owned(),
        sequence,
        instance_id: "i".to_owned(),
        kind: if sequence == 2 { "RECORD" } else { "EVENT" }.to_owned(),
        body: format!("{{\"n\": {sequence}}}"),
        created_ms: 1_768_478_430_007,
        ..OutboxRow::default()
    }
}

/// What a receiver does, as the documentation shows it.
fn is_signed_by(came: &Came, secret: &str) -> bool {
    let parts: Vec<_> = came.header("taskform-signature").split(',').filter_map(|p| p.split_once('=')).collect();
    let seconds: i64 = parts.iter().find(|(name, _)| *name == "t").unwrap().1.parse().unwrap();
    assert!((Clock::system().now_ms() / 1_000 - seconds).abs() < 60);
    parts.iter().any(|(name, value)| *name == "v1" && *value == sign(secret, seconds, &came.body))
}

#[tokio::test]
async fn t4_1_7_a_webhook_gets_signed_cloud_events() {
    let receiver = Receiver::start().await;
    let hook = webhook(&receiver.url(), "crm=new,crm=old", client());
    assert_eq!(hook.deliver(&[row("c", 1), row("c", 2)]).await, [Ok(()), Ok(())]);
    let came = receiver.came();
    assert_eq!(came.len(), 2);
    assert_eq!((came[0].path.as_str(), came[0].header("content-type")), ("/in?key=1", "application/cloudevents+json"));
    let expected = serde_json::json!({
        "specversion": "1.0",
        "id": "c/1",
        "source": "arn:aws:connect:eu-west-1:111122223333:instance/i",
        "type": "taskform.contact.event",
        "subject": "c",
        "time": "2026-01-15T12:00:30.007Z",
        "datacontenttype": "application/json",
        "data": { "n": 1 },
    });
    assert_eq!(came[0].json(), expected);
    assert_eq!(
        (came[1].json()["type"].as_str(), came[1].json()["id"].as_str()),
        (Some("taskform.contact.record"), Some("c/2"))
    );
    for secret in ["new", "old"] {
        assert!(came.iter().all(|came| is_signed_by(came, secret)), "{secret}");
    }
    assert!(!is_signed_by(&came[0], "other"));

    let unsigned = webhook(&receiver.url(), "", client());
    assert_eq!(unsigned.deliver(&[row("c", 1)]).await, [Ok(())]);
    assert!(!receiver.came()[0].headers.contains_key("taskform-signature"));
}

#[tokio::test]
async fn answers_of_a_webhook_decide_what_is_tried_again() {
    let receiver = Receiver::start().await;
    let hook = webhook(&receiver.url(), "", client());
    let other = Receiver::start().await;
    for (say, refused, text) in [
        (Say::status(202), None, ""),
        (Say::status(204), None, ""),
        (Say::status(302).header("location", &other.url()), Some(true), "status 302"),
        (Say { status: 404, ..Say::body("no such path\n") }, Some(true), "status 404: no such path"),
        (Say::status(401), Some(true), "status 401"),
        (Say::status(408), Some(false), "status 408"),
        (Say::status(429), Some(false), "status 429"),
        (Say { status: 503, ..Say::body(vec![b'x'; 100_000]) }, Some(false), "status 503: xxx"),
        (Say::status(200).late(), Some(false), "no answer within 1 s"),
    ] {
        receiver.say([say.clone()]);
        let got = hook.deliver(&[row("c", 1), row("c", 2)]).await;
        match (&got[0], refused) {
            (Ok(()), None) => assert_eq!(got[1], Ok(())),
            (Err(Failure::Refused(error)), Some(true)) | (Err(Failure::Unavailable(error)), Some(false)) => {
                assert!(error.starts_with(text) && error.len() < 400, "{error}");
                assert_eq!(got[1], Err(Failure::NotTried), "the order is kept");
            }
            _ => panic!("{say:?}: {got:?}"),
        }
    }
    assert!(other.came().is_empty(), "redirects are not followed");
}

#[tokio::test]
async fn a_webhook_that_is_away_and_one_contact_beside_another() {
    let receiver = Receiver::start().await;
    let hook = webhook(&receiver.url(), "", client());
    receiver.say([Say::status(500)]);
    let got = hook.deliver(&[row("a", 1), row("b", 1), row("a", 2), row("b", 2)]).await;
    assert_eq!(got.iter().filter(|g| g.is_ok()).count(), 2, "one contact failed, the other did not: {got:?}");
    assert_eq!((got[0].is_ok(), got[1].is_ok()), (got[2].is_ok(), got[3].is_ok()));

    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", nobody.local_addr().unwrap());
    drop(nobody);
    let got = webhook(&url, "", client()).deliver(&[row("a", 1)]).await;
    assert!(matches!(&got[0], Err(Failure::Unavailable(error)) if error.contains("refused")), "{got:?}");
}

#[tokio::test]
async fn a_webhook_over_https_has_to_be_trusted() {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let tls = Tls { certificate: folder.path().join("cert.pem"), key: folder.path().join("key.pem") };
    std::fs::write(&tls.certificate, made.cert.pem()).unwrap();
    crate::connections::write_secret(&tls.key, &made.signing_key.serialize_pem());
    // The client says nothing of HTTP/2, so that this server of HTTP/1 fits.
    let receiver = Receiver::with(Some(acceptor(&tls).unwrap().current())).await;
    let mut roots = RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let trusting = Outgoing::with(roots, Guard::default(), system_lookup()).unwrap();
    let url = |host: &str| format!("https://{host}:{}/", receiver.address.port());
    assert_eq!(webhook(&url("localhost"), "", trusting.clone()).deliver(&[row("a", 1)]).await, [Ok(())]);
    for (url, client) in [(url("127.0.0.1"), trusting), (url("localhost"), client())] {
        let got = webhook(&url, "", client).deliver(&[row("a", 1)]).await;
        assert!(matches!(&got[0], Err(Failure::Unavailable(error)) if error.contains("certificate")), "{got:?}");
    }
    assert_eq!(receiver.came().len(), 1);
}

const ARN: &str = "arn:aws:lambda:us-east-1:123456789012:function:price";

async fn call(receiver: &Receiver, arn: &str, limit: Duration, asynchronous: bool) -> Option<serde_json::Value> {
    let flags = format!("{ARN}={}", receiver.url());
    let functions = settings(&[("functions.endpoints", &flags)]).functions;
    Endpoints::new(functions, client())
        .call(arn, "{\"Name\":\"ContactFlowEvent\"}".to_owned(), limit, asynchronous, "contact/1/2")
        .await
}

const LIMIT: Duration = Duration::from_secs(8);

#[tokio::test]
async fn f7_4_a_function_is_posted_its_payload() {
    let receiver = Receiver::start().await;
    receiver.say([Say::body("{\"price\": [1, {\"a\": null}]}")]);
    let got = call(&receiver, ARN, LIMIT, false).await.unwrap();
    assert_eq!(got, serde_json::json!({ "price": [1, { "a": null }] }));
    let came = receiver.came();
    assert_eq!(
        (came[0].json()["Name"].as_str(), came[0].header("content-type")),
        (Some("ContactFlowEvent"), "application/json")
    );
    assert_eq!(came[0].header("x-amz-invocation-type"), "RequestResponse");
    // 7.4.5: accepted is enough.
    receiver.say([Say { status: 202, ..Say::body("not read") }]);
    assert_eq!(call(&receiver, ARN, LIMIT, true).await, Some(serde_json::Value::Null));
    assert_eq!(receiver.came()[0].header("x-amz-invocation-type"), "Event");
    // 7.4.1
    assert_eq!(call(&receiver, "arn:aws:lambda:us-east-1:123456789012:function:other", LIMIT, false).await, None);
    assert!(receiver.came().is_empty());
}

#[tokio::test]
async fn f7_4_3_answers_that_are_none() {
    let receiver = Receiver::start().await;
    let fits = format!("\"{}\"", "x".repeat(32 * 1024 - 2));
    receiver.say([Say::body(fits.clone())]);
    assert_eq!(call(&receiver, ARN, LIMIT, false).await, Some(serde_json::from_str(&fits).unwrap()));
    let tries = receiver.came().len();
    assert_eq!(tries, 1);
    let other = Receiver::start().await;
    for say in [
        Say::body(format!("{fits} ")),
        Say::body(""),
        Say::body("{\"a\":"),
        Say::body("{}").header("x-amz-function-error", "Unhandled"),
        Say::status(404),
        Say::status(301).header("location", &other.url()),
    ] {
        receiver.say([say.clone()]);
        assert_eq!(call(&receiver, ARN, LIMIT, false).await, None, "{say:?}");
        assert_eq!(receiver.came().len(), 1, "7.4.4: not tried again: {say:?}");
    }
    assert!(other.came().is_empty());
}

#[tokio::test]
async fn f7_4_4_busy_functions_are_tried_three_times_more_within_the_limit() {
    let receiver = Receiver::start().await;
    receiver.say([Say::status(429), Say::status(500), Say::status(503), Say::body("{}")]);
    assert_eq!(call(&receiver, ARN, LIMIT, false).await, Some(serde_json::json!({})));
    assert_eq!(receiver.came().len(), 4);
    receiver.say(vec![Say::status(503); 4]);
    assert_eq!(call(&receiver, ARN, LIMIT, false).await, None);
    assert_eq!(receiver.came().len(), 4);
    // The first wait would end after the limit.
    receiver.say([Say::status(503)]);
    assert_eq!(call(&receiver, ARN, Duration::from_millis(90), false).await, None);
    assert_eq!(receiver.came().len(), 1);
    receiver.say([Say::body("{}").late()]);
    assert_eq!(call(&receiver, ARN, Duration::from_millis(200), false).await, None);
}

/// A lookup that gives one answer after the other, and counts how often it was asked.
fn answers(all: Vec<Vec<SocketAddr>>) -> (Lookup, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let lookup: Lookup = Arc::new(move |host, port| {
        let nth = counter.fetch_add(1, Ordering::SeqCst);
        assert_eq!((host.as_str(), port != 0), ("receiver.example", true));
        let found = all[nth.min(all.len() - 1)].clone();
        Box::pin(async move { Ok(found) })
    });
    (lookup, asked)
}

/// B271: the address that was checked is the one that is called, and each connection is checked anew.
#[tokio::test]
async fn a_name_that_changes_its_address_does_not_get_past_the_check() {
    let (good, other) = (Receiver::start().await, Receiver::start().await);
    let metadata: SocketAddr = "169.254.169.254:80".parse().unwrap();
    let url = format!("http://receiver.example:{}/", good.address.port());
    // The second answer, which nobody asks for, would be another receiver.
    let (lookup, asked) = answers(vec![vec![good.address], vec![other.address]]);
    let outgoing = Outgoing::with(RootCertStore::empty(), Guard::default(), lookup).unwrap();
    assert_eq!(webhook(&url, "", outgoing).deliver(&[row("a", 1)]).await, [Ok(())]);
    assert_eq!((asked.load(Ordering::SeqCst), good.came().len(), other.came().len()), (1, 1, 0));
    // First metadata, then good: the first call is refused, and the next one asks again.
    let (lookup, asked) = answers(vec![vec![metadata], vec![metadata, good.address]]);
    let outgoing = Outgoing::with(RootCertStore::empty(), Guard::default(), lookup).unwrap();
    let hook = webhook(&url, "", outgoing);
    let got = hook.deliver(&[row("a", 1)]).await;
    assert!(
        matches!(&got[0], Err(Failure::Unavailable(error)) if error.contains("receiver.example, which stands for 169.254.169.254, \
            a link-local address") && error.contains("outgoing.allowed_networks")),
        "{got:?}"
    );
    assert_eq!(hook.deliver(&[row("a", 1)]).await, [Ok(())], "the address that is allowed is used");
    assert_eq!((asked.load(Ordering::SeqCst), good.came().len()), (2, 1));
}

/// B271: what the system's lookup understands as an address is checked after it was understood.
#[tokio::test]
async fn other_spellings_of_an_address_are_names_and_get_no_further() {
    for host in [
        "169.254.169.254",
        "2852039166",
        "0xa9fea9fe",
        "0251.0376.0251.0376",
        "169.254.43518",
        "169.16689662",
        "[fe80::1]",
        "[::ffff:169.254.169.254]",
        "[::ffff:a9fe:a9fe]",
        "[64:ff9b::a9fe:a9fe]",
        "[2002:a9fe:a9fe::]",
        "metadata.google.internal",
    ] {
        let target: http::Uri = format!("http://{host}/latest/meta-data/").parse().unwrap();
        let limit = (1_000, taskform::outgoing::Longer::Cut);
        let answer = client().post(&target, "application/json", &[], bytes::Bytes::new(), LIMIT, limit).await;
        let error = answer.unwrap_err().to_string();
        assert!(error.contains("no call is made to"), "{host}: {error}");
    }
}

/// B271: settings that name such an address are refused at the start.
#[test]
fn settings_that_name_a_refused_address() {
    let build = |flags: &[(&'static str, &str)]| {
        let mut given = Given::default();
        given.flags.extend(flags.iter().map(|(key, value)| (*key, (*value).to_owned())));
        Settings::build(&Values::gather(&given).unwrap(), &given).map(drop).map_err(|error| error.to_string())
    };
    for (flags, text) in [
        (
            vec![("events.webhooks", "crm=http://169.254.169.254/x")],
            "events.webhooks: crm: no call is made to 169.254.169.254",
        ),
        (vec![("events.webhooks", "crm=http://metadata.google.internal/")], "the metadata service of a cloud"),
        (vec![("events.webhooks", "crm=http://127.0.0.1:8484/")], "127.0.0.1:8484, which is this server itself"),
        (
            vec![("functions.endpoints", "arn:x=https://[fe80::1]/")],
            "functions.endpoints: arn:x: no call is made to [fe80::1]",
        ),
    ] {
        let error = build(&flags).unwrap_err();
        assert!(error.contains(text) && error.contains("outgoing.allowed_networks"), "{error}");
        let mut flags = flags;
        flags.push(("outgoing.allowed_networks", "169.254.0.0/16, fe80::/10, 127.0.0.1"));
        assert_eq!(build(&flags), Ok(()), "{flags:?}");
    }
}

/// B271: a server does not call itself.
#[tokio::test]
async fn the_own_listener_is_not_called() {
    let own = Receiver::start().await;
    let guard = Guard::new(Networks::default(), own.address);
    let outgoing = Outgoing::with(RootCertStore::empty(), guard, system_lookup()).unwrap();
    for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "127.1"] {
        let url = format!("http://{host}:{}/", own.address.port());
        let got = webhook(&url, "", outgoing.clone()).deliver(&[row("a", 1)]).await;
        // `localhost` may have a second address, at which nobody listens.
        assert!(matches!(&got[0], Err(Failure::Unavailable(_))), "{host}: {got:?}");
    }
    assert!(own.came().is_empty());
}
