//! Policies of access keys over HTTP (protocol 4): what a request brings, and when a change acts.

use std::sync::atomic::Ordering;

use serde_json::{Value, json};
use store::AccessKeyRow;
use taskform::auth::RECHECK_MS;
use taskform::keys;
use taskform::policies::{HeldDocument, HeldPolicies, HeldPolicy};
use wire::Op;

use crate::harness::{Ask, Got, Running, SECRET, row, start, start_with};

/// The stored form of one document, which allows everything under a condition.
fn only_if(condition: &Value) -> String {
    let statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition});
    let document = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
    let held = HeldDocument { name: "only-if".to_owned(), document };
    HeldPolicies::checked(vec![HeldPolicy::Document(held)]).expect("a valid policy").to_text()
}

async fn read_with(server: &Running, id: &str, change: impl Fn(Ask) -> Ask) -> Got {
    let ask = change(Ask::new("GET", server.templates()));
    server.send(&ask.signed_as(id, SECRET, &server.host(), server.now())).await
}

/// protocol 3.2 row 1: whoever does not sign learns nothing of any operation.
#[tokio::test]
async fn w3_2_row_1_every_operation_needs_a_signature() {
    let server = start(&[]).await;
    for op in Op::ALL {
        let path: Vec<&str> = op.uri().split('/').map(|part| if part.starts_with('{') { "x" } else { part }).collect();
        let unsigned = server.send(&Ask::new(op.method(), path.join("/"))).await;
        unsigned.is_error(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
    }
}

/// W4.1.5: the address is the client's, also behind proxies that are trusted, and so is the TLS that it spoke.
#[tokio::test]
async fn w4_1_5_address_and_transport_are_those_of_the_client() {
    let conditions = [
        ("LOCAL", json!({"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}})),
        ("REMOTE", json!({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}})),
        ("SECURE", json!({"Bool": {"aws:SecureTransport": "true"}})),
        ("AGENT", json!({"StringLike": {"aws:UserAgent": "aws-cli/*"}})),
    ];
    let rows = |vault: &taskform::vault::Vault| {
        let key = |(id, condition): &(&str, Value)| AccessKeyRow { policies: only_if(condition), ..row(vault, id) };
        conditions.iter().map(key).collect()
    };
    let trusting = start_with(&[("http.trusted_proxies", "127.0.0.1")], |_| {}, rows).await;
    let plain = start_with(&[], |_| {}, rows).await;
    let forwarded = |ask: Ask| ask.header("x-forwarded-for", "203.0.113.9").header("x-forwarded-proto", "https");
    let named = |ask: Ask| ask.header("user-agent", "aws-cli/2.9.19");
    for (server, id, change, status) in [
        (&plain, "LOCAL", None, 200),
        (&plain, "REMOTE", None, 403),
        (&plain, "LOCAL", Some(&forwarded as &dyn Fn(Ask) -> Ask), 403),
        (&plain, "REMOTE", Some(&forwarded), 403),
        (&plain, "SECURE", Some(&forwarded), 403),
        (&trusting, "LOCAL", None, 200),
        (&trusting, "REMOTE", Some(&forwarded), 200),
        (&trusting, "LOCAL", Some(&forwarded), 403),
        (&trusting, "SECURE", Some(&forwarded), 200),
        (&trusting, "SECURE", None, 403),
        (&plain, "AGENT", None, 403),
        (&plain, "AGENT", Some(&named), 200),
    ] {
        let got = read_with(server, id, |ask| change.map_or(ask.clone(), |change| change(ask))).await;
        assert_eq!(got.status.as_u16(), status, "{id}: {:?}", got.body);
    }
}

/// B6: a changed policy acts when the store is asked again, whatever is done to the time of day meanwhile.
#[tokio::test]
async fn b6_a_changed_policy_acts_with_the_next_look() {
    let rows = |vault: &taskform::vault::Vault| {
        vec![AccessKeyRow { policies: r#"["read-only"]"#.to_owned(), ..row(vault, "READER") }]
    };
    let server = start_with(&[], |_| {}, rows).await;
    assert_eq!(read_with(&server, "READER", |ask| ask).await.status, 200);
    assert!(keys::set_policies(&server.store, "READER", &HeldPolicies::default()).await.expect("it is stored"));
    assert_eq!(read_with(&server, "READER", |ask| ask).await.status, 200, "within the time of a recheck");
    server.clock.fetch_add(RECHECK_MS, Ordering::Relaxed);
    read_with(&server, "READER", |ask| ask).await.is_fault(403, "AccessDeniedException");
    assert!(keys::set_policies(&server.store, "READER", &HeldPolicies::administrator()).await.expect("it is stored"));
    server.clock.fetch_add(RECHECK_MS, Ordering::Relaxed);
    assert_eq!(read_with(&server, "READER", |ask| ask).await.status, 200);
}

/// A key whose stored policies no release wrote may do nothing.
#[tokio::test]
async fn policies_that_cannot_be_read_allow_nothing() {
    let rows = |vault: &taskform::vault::Vault| {
        ["", "nonsense", r#"["of-another-release"]"#, r#"[{"Name":"x","Document":"{}"}]"#]
            .iter()
            .enumerate()
            .map(|(n, text)| AccessKeyRow { policies: (*text).to_owned(), ..row(vault, &format!("BROKEN{n}")) })
            .collect()
    };
    let server = start_with(&[], |_| {}, rows).await;
    for n in 0..4 {
        let got = read_with(&server, &format!("BROKEN{n}"), |ask| ask).await;
        got.is_error(500, "InternalServiceException", "Internal error");
    }
}
