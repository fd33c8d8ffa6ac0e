//! STS and IAM over HTTP (as-code 3): the query protocol with the sign-in of the API.

use sha2::{Digest, Sha256};
use store::AccessKeyRow;

use crate::harness::{ACCOUNT, Ask, Got, KEY, NOW, Running, SECRET, row, start, start_with};

const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";
const IDENTITY: &str = "Action=GetCallerIdentity&Version=2011-06-15";

fn post(form: &str) -> Ask {
    Ask::new("POST", "/").header("content-type", FORM).body(form.to_owned())
}

fn signed(server: &Running, ask: Ask, region: &str, service: &str) -> Ask {
    ask.signed_for(KEY, SECRET, &server.host(), server.now(), region, service)
}

async fn sts(server: &Running, ask: Ask) -> Got {
    server.send(&signed(server, ask, "us-east-1", "sts")).await
}

fn text(got: &Got) -> String {
    String::from_utf8(got.body.to_vec()).unwrap()
}

/// The text of an element.
fn element<'a>(text: &'a str, name: &str) -> &'a str {
    let (_, rest) = text.split_once(&format!("<{name}>")).unwrap_or_else(|| panic!("no {name} in {text}"));
    rest.split_once(&format!("</{name}>")).unwrap().0
}

#[track_caller]
fn is_identity(got: &Got, arn: &str, user: &str, account: &str) {
    let text = text(got);
    assert_eq!((got.status.as_u16(), got.header("content-type")), (200, "text/xml"), "{text}");
    let namespace =
        "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>";
    assert!(text.starts_with(namespace), "{text}");
    assert_eq!(["Arn", "UserId", "Account"].map(|name| element(&text, name)), [arn, user, account]);
    assert_eq!(element(&text, "RequestId"), got.header("x-amzn-requestid"));
}

#[track_caller]
fn is_error(got: &Got, status: u16, code: &str) -> String {
    let text = text(got);
    assert_eq!((got.status.as_u16(), got.header("content-type")), (status, "text/xml"), "{text}");
    let side = if status < 500 { "Sender" } else { "Receiver" };
    assert!(text.starts_with("<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>"), "{text}");
    assert_eq!((element(&text, "Type"), element(&text, "Code")), (side, code), "{text}");
    assert_eq!(element(&text, "RequestId"), got.header("x-amzn-requestid"));
    assert!(!got.headers.contains_key("x-amzn-errortype"));
    element(&text, "Message").to_owned()
}

fn keys(vault: &taskform::vault::Vault) -> Vec<AccessKeyRow> {
    let token = Some(Sha256::digest(b"TOK/+=abc").to_vec());
    vec![
        AccessKeyRow { active: false, ..row(vault, "REVOKED") },
        AccessKeyRow { token_sha256: token, expires_ms: Some(NOW + 1_000), ..row(vault, "ASIATEMP") },
        AccessKeyRow { policies: "[]".into(), account: "999999999999".into(), ..row(vault, "PLAIN") },
    ]
}

#[tokio::test]
async fn as_code_3_1_and_3_2_a_key_asks_who_it_is() {
    let server = start_with(&[], |_| {}, keys).await;
    let arn = format!("arn:aws:iam::{ACCOUNT}:user/administrator");
    is_identity(&sts(&server, post(IDENTITY)).await, &arn, KEY, ACCOUNT);
    is_identity(&sts(&server, Ask::new("GET", format!("/?{IDENTITY}"))).await, &arn, KEY, ACCOUNT);
    is_identity(&sts(&server, post("Version=2011-06-15&Action=GetCaller%49dentity&X=y")).await, &arn, KEY, ACCOUNT);
    let extra = signed(&server, post(IDENTITY), "eu-west-2", "sts");
    is_identity(&server.send(&extra).await, &arn, KEY, ACCOUNT);
    // No permission is needed, and the ARN is that of the key.
    let plain = post(IDENTITY).signed_for("PLAIN", SECRET, &server.host(), NOW, "us-east-1", "sts");
    is_identity(&server.send(&plain).await, "arn:aws:iam::999999999999:user/PLAIN", "PLAIN", "999999999999");
    let with_token = post(IDENTITY).header("x-amz-security-token", "TOK/+=abc");
    let with_token = with_token.signed_for("ASIATEMP", SECRET, &server.host(), NOW, "us-east-1", "sts");
    assert_eq!(element(&text(&server.send(&with_token).await), "UserId"), "ASIATEMP");
    let metrics = server.metrics().await;
    assert!(metrics.contains("taskform_requests_total{operation=\"sts\",status=\"200\"} 6"), "{metrics}");
}

/// as-code 1.1.2, 1.1.3, B270
#[tokio::test]
async fn one_key_signs_for_several_services_and_each_door_names_its_own() {
    let server = start(&[("region", "eu-west-1")]).await;
    let list = Ask::new("GET", server.templates());
    for _ in 0..2 {
        let connect = signed(&server, list.clone(), "eu-west-1", "connect");
        assert_eq!(server.send(&connect).await.status, 200);
        assert_eq!(server.send(&signed(&server, post(IDENTITY), "eu-west-1", "sts")).await.status, 200);
    }
    // The global endpoint of STS is us-east-1, which this server does not take for the API.
    assert_eq!(server.send(&signed(&server, post(IDENTITY), "us-east-1", "sts")).await.status, 200);
    let connect = signed(&server, list.clone(), "us-east-1", "connect");
    server.send(&connect).await.is_fault(403, "InvalidSignatureException");
    let message = is_error(
        &server.send(&signed(&server, post(IDENTITY), "eu-west-1", "connect")).await,
        403,
        "SignatureDoesNotMatch",
    );
    assert_eq!(message, "Credential should be scoped to correct service: &apos;sts&apos;. ");
    let other = server.send(&signed(&server, list, "eu-west-1", "sts")).await;
    other.is_error(403, "InvalidSignatureException", "Credential should be scoped to correct service: 'connect'. ");
    let text =
        is_error(&server.send(&signed(&server, post(IDENTITY), "mars-1", "sts")).await, 403, "SignatureDoesNotMatch");
    assert!(text.contains("valid region, not &apos;mars-1&apos;"), "{text}");
}

#[tokio::test]
async fn as_code_3_3_errors_are_in_the_envelope_of_the_query_protocol() {
    let server = start_with(&[], |_| {}, keys).await;
    let host = server.host();
    let by = |id: &str, secret: &str, now: i64| post(IDENTITY).signed_for(id, secret, &host, now, "us-east-1", "sts");
    let invalid = "The security token included in the request is invalid.";
    for ask in [by("AKIDOTHER", SECRET, NOW), by("REVOKED", SECRET, NOW), by("ASIATEMP", SECRET, NOW)] {
        assert_eq!(is_error(&server.send(&ask).await, 403, "InvalidClientTokenId"), invalid);
    }
    let text = is_error(&server.send(&by(KEY, "another", NOW)).await, 403, "SignatureDoesNotMatch");
    assert!(text.starts_with("The request signature we calculated does not match"), "{text}");
    assert!(text.contains("The String-to-Sign should have been\n&apos;AWS4-HMAC-SHA256"), "{text}");
    let text = is_error(&server.send(&by(KEY, SECRET, NOW - 600_000)).await, 403, "SignatureDoesNotMatch");
    assert!(text.starts_with("Signature expired: "), "{text}");
    is_error(&server.send(&post(IDENTITY)).await, 403, "MissingAuthenticationToken");
    is_error(&server.send(&post(IDENTITY).header("authorization", "Bearer x")).await, 400, "IncompleteSignature");
    server.clock.fetch_add(2_000, std::sync::atomic::Ordering::Relaxed);
    let old = post(IDENTITY).header("x-amz-security-token", "TOK/+=abc");
    let old = old.signed_for("ASIATEMP", SECRET, &host, server.now(), "us-east-1", "sts");
    is_error(&server.send(&old).await, 403, "ExpiredToken");
    for (form, status, code) in [
        ("Action=AssumeRole&Version=2011-06-15", 400, "InvalidAction"),
        ("Action=GetCallerIdentity&Version=2012-01-01", 400, "InvalidAction"),
        ("Action=Get<b>%26", 400, "InvalidAction"),
        ("Action=GetUser&Version=2010-05-08", 400, "InvalidAction"),
        ("Version=2011-06-15", 400, "MissingAction"),
        ("Action=GetCallerIdentity&Action=GetCallerIdentity", 400, "MalformedQueryString"),
        ("Action=%ff", 400, "MalformedQueryString"),
    ] {
        let message = is_error(&sts(&server, post(form)).await, status, code);
        assert!(!message.is_empty() && !message.contains('<'), "{form}: {message}");
    }
    let long = format!("{IDENTITY}&x={}", "y".repeat(4_096));
    is_error(&sts(&server, post(&long)).await, 413, "RequestEntityTooLarge");
    // What is no form is the API's, as before.
    let json = signed(&server, Ask::new("POST", "/").body("{}"), "us-east-1", "connect");
    server.send(&json).await.is_fault(404, "UnknownOperationException");
}

#[tokio::test]
async fn as_code_3_4_iam_is_denied() {
    let server = start(&[]).await;
    for action in ["GetUser", "ListRoles"] {
        let ask = post(&format!("Action={action}&Version=2010-05-08"));
        let message = is_error(&server.send(&signed(&server, ask, "us-east-1", "iam")).await, 403, "AccessDenied");
        assert!(
            message.contains(&format!("user/administrator is not authorized to perform: iam:{action}")),
            "{message}"
        );
    }
    for action in ["GetCallerIdentity", "CreateUser"] {
        let ask = post(&format!("Action={action}&Version=2010-05-08"));
        is_error(&server.send(&signed(&server, ask, "us-east-1", "iam")).await, 400, "InvalidAction");
    }
}

/// as-code 3.2: a presigned request proves to a third party who somebody is.
#[tokio::test]
async fn a_presigned_identity_and_one_below_a_base_path() {
    let server = start(&[("http.base_path", "/connect")]).await;
    let key = sigv4::SigningKey::derive(SECRET, "20260115", "us-east-1", "sts");
    let stamp = sigv4::format_stamp(NOW / 1_000);
    let who = sigv4::Credential { access_key_id: KEY, region: "us-east-1", service: "sts", stamp: &stamp };
    let headers = vec![("host".to_owned(), server.host())];
    let arn = format!("arn:aws:iam::{ACCOUNT}:user/administrator");
    for path in ["/connect", "/connect/"] {
        let head = sigv4::Head { method: "GET", path, query: IDENTITY, headers: &headers };
        let target = format!("{path}?{}", sigv4::sign_query(&head, 60, None, &who, &key));
        is_identity(&server.send(&Ask::new("GET", &target)).await, &arn, KEY, ACCOUNT);
    }
    let outside = sts(&server, post(IDENTITY)).await;
    outside.is_error(403, "InvalidSignatureException", "Credential should be scoped to correct service: 'connect'. ");
}
