//! Protocol section 3 over HTTP.

use std::sync::atomic::Ordering;

use serde_json::Value;
use sha2::{Digest, Sha256};
use store::AccessKeyRow;
use taskform::auth::RECHECK_MS;
use taskform::keys;

use crate::harness::{ACCOUNT, Ask, KEY, NOW, Running, SECRET, row, start, start_with};

const UNRECOGNIZED: &str = "The security token included in the request is invalid.";
const EXPIRED: &str = "The security token included in the request is expired";
const MISMATCH: &str = "The request signature we calculated does not match the signature you provided. Check your AWS \
                        Secret Access Key and signing method. Consult the service documentation for details.";

fn list(server: &Running) -> Ask {
    Ask::new("GET", server.templates())
}

#[tokio::test]
async fn a_signed_request_is_answered() {
    let server = start(&[]).await;
    let got = server.call(list(&server)).await;
    assert_eq!(got.status, 200, "{got:?}");
    got.is_complete();
    assert_eq!(got.json(), serde_json::json!({ "TaskTemplates": [] }));
}

#[tokio::test]
async fn w3_2_rows_1_to_5_and_c17() {
    let server = start(&[]).await;
    let missing = "Missing Authentication Token";
    server.send(&list(&server)).await.is_error(403, "MissingAuthenticationTokenException", missing);
    let name = "IncompleteSignatureException";
    for (value, text) in [
        ("Bearer x", "'x' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer x'."),
        (
            "AWS4-HMAC-SHA256 Credential=a, Signature=b",
            "Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either \
             a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256",
        ),
    ] {
        server.send(&list(&server).header("authorization", value)).await.is_error(403, name, text);
    }
    let text = "Date must be in ISO-8601 'basic format'. Got 'zzz'. See http://en.wikipedia.org/wiki/ISO_8601";
    server.send(&server.sign(list(&server)).header("x-amz-date", "zzz")).await.is_error(403, name, text);
    let value = "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=c";
    let text =
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b'";
    server.send(&server.sign(list(&server)).header("authorization", value)).await.is_error(403, name, text);
}

#[tokio::test]
async fn w3_2_rows_6_to_9() {
    let server = start(&[]).await;
    let name = "InvalidSignatureException";
    let mut ask = server.sign(list(&server));
    let value = ask.headers.pop().unwrap().1.replace("host;", "");
    let text = "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";
    server.send(&ask.header("authorization", &value)).await.is_error(403, name, text);

    let (host, minutes) = (server.host(), 60_000);
    let old = list(&server).signed_as(KEY, SECRET, &host, NOW - 6 * minutes);
    let text = "Signature expired: 20260115T115430Z is now earlier than 20260115T115530Z (20260115T120030Z - 5 min.)";
    server.send(&old).await.is_error(403, name, text);
    let new = list(&server).signed_as(KEY, SECRET, &host, NOW + 6 * minutes);
    let text =
        "Signature not yet current: 20260115T120630Z is still later than 20260115T120530Z (20260115T120030Z + 5 min.)";
    server.send(&new).await.is_error(403, name, text);

    let other = list(&server).signed_for(KEY, SECRET, &host, NOW, "mars-1", "connect");
    let text = "Credential should be scoped to a valid region, not 'mars-1'. This server takes the region 'us-east-1' and \
                'eu-west-2'. ";
    server.send(&other).await.is_error(403, name, text);
    let other = list(&server).signed_for(KEY, SECRET, &host, NOW, "us-east-1", "execute-api");
    server.send(&other).await.is_error(403, name, "Credential should be scoped to correct service: 'connect'. ");
    let extra = list(&server).signed_for(KEY, SECRET, &host, NOW, "eu-west-2", "connect");
    assert_eq!(server.send(&extra).await.status, 200, "W8.1: a further region");
}

fn special(vault: &taskform::vault::Vault) -> Vec<AccessKeyRow> {
    let token = Some(Sha256::digest(b"TOK/+=abc").to_vec());
    vec![
        AccessKeyRow { active: false, ..row(vault, "REVOKED") },
        AccessKeyRow { token_sha256: token, expires_ms: Some(NOW + 1_000), ..row(vault, "ASIATEMP") },
        AccessKeyRow { account: "999999999999".into(), ..row(vault, "FOREIGN") },
        AccessKeyRow { policies: "[]".into(), ..row(vault, "PLAIN") },
        AccessKeyRow { sealed_secret: vec![1; 60], ..row(vault, "BROKEN") },
    ]
}

#[tokio::test]
async fn w3_2_rows_10_to_13() {
    let server = start_with(&[], |_| {}, special).await;
    let host = server.host();
    let name = "UnrecognizedClientException";
    let signed = |id: &str, secret: &str| list(&server).signed_as(id, secret, &host, server.now());
    let with_token = |token: &str| {
        let ask = list(&server).header("x-amz-security-token", token);
        ask.signed_as("ASIATEMP", SECRET, &host, server.now())
    };
    for ask in [
        signed("AKIDOTHER", SECRET),
        signed("REVOKED", SECRET),
        signed("ASIATEMP", SECRET),
        with_token("wrong"),
        list(&server).header("x-amz-security-token", "TOK/+=abc").signed_as(KEY, SECRET, &host, NOW),
    ] {
        server.send(&ask).await.is_error(403, name, UNRECOGNIZED);
    }
    assert_eq!(server.send(&with_token("TOK/+=abc")).await.status, 200);
    server.clock.fetch_add(1_000, Ordering::Relaxed);
    server.send(&with_token("TOK/+=abc")).await.is_error(403, "ExpiredTokenException", EXPIRED);
    server.send(&with_token("wrong")).await.is_error(403, name, UNRECOGNIZED);
    let got = server.send(&signed(KEY, "another secret")).await;
    got.is_fault(403, "InvalidSignatureException");
    assert!(got.json()["Message"].as_str().unwrap().starts_with(MISMATCH));
    for id in ["FOREIGN", "PLAIN"] {
        let got = server.send(&signed(id, SECRET)).await;
        got.is_fault(403, "AccessDeniedException");
        let text = got.json()["Message"].as_str().unwrap().to_owned();
        assert!(
            text.starts_with("User: arn:aws:iam::") && text.contains("perform: connect:ListTaskTemplates"),
            "{text}"
        );
    }
    server.send(&signed("BROKEN", SECRET)).await.is_error(500, "InternalServiceException", "Internal error");
}

#[tokio::test]
async fn w3_2_row_14_comes_after_the_signature() {
    let server = start(&[]).await;
    for target in ["/nothing", "/instance/a/task/template/..", "/instance/a/./task/template", "/task/%zz", "/"] {
        let unsigned = server.send(&Ask::new("GET", target)).await;
        unsigned.is_fault(403, "MissingAuthenticationTokenException");
    }
    for target in ["/nothing", "/instance/a/task/template/..", "/instance/a/./task/template", "/"] {
        server.call(Ask::new("GET", target)).await.is_fault(404, "UnknownOperationException");
    }
    let bad = server.call(Ask::new("GET", "/instance/%zz/task/template")).await;
    bad.is_fault(400, "InvalidParameterException");
    server.call(Ask::new("PATCH", server.templates())).await.is_fault(404, "UnknownOperationException");
    assert_eq!(server.call(Ask::new("HEAD", server.templates())).await.status, 404);
}

#[tokio::test]
async fn test_b65_a_refusal_for_lack_of_behaviour_has_a_header_with_the_operation() {
    const HEADER: &str = "x-taskform-not-implemented";
    let server = start(&[]).await;
    let chat = Ask::new("PUT", "/contact/chat");
    let unsigned = server.send(&chat).await;
    unsigned.is_fault(403, "MissingAuthenticationTokenException");
    assert_eq!(unsigned.header(HEADER), "", "whoever cannot sign learns nothing");
    let outside = server.call(chat).await;
    outside.is_fault(404, "UnknownOperationException");
    assert_eq!(outside.header(HEADER), "StartChatContact");
    assert!(outside.json()["Message"].as_str().unwrap().contains("StartChatContact"));
    for target in ["/nothing".to_owned(), server.templates() + "/absent"] {
        let mistake = server.call(Ask::new("GET", target)).await;
        assert_eq!((mistake.status.as_u16(), mistake.header(HEADER)), (404, ""));
    }
}

#[tokio::test]
async fn published_vectors_are_accepted_over_http() {
    let server = start(&[("auth.unsigned_payload", "true")]).await;
    let vectors: Value = serde_json::from_str(include_str!("../../../sigv4/tests/vectors.json")).unwrap();
    for vector in vectors.as_array().unwrap() {
        let text = |v: &Value| v.as_str().unwrap().to_owned();
        let name = text(&vector["name"]);
        let mut ask = Ask::new(vector["method"].as_str().unwrap(), text(&vector["target"])).body(text(&vector["body"]));
        for header in vector["headers"].as_array().unwrap() {
            ask = ask.header(header[0].as_str().unwrap(), header[1].as_str().unwrap());
        }
        let got = server.send(&ask).await;
        if name.starts_with("V5") || name.starts_with("V12") {
            // Their token belongs to no key here.
            got.is_error(403, "UnrecognizedClientException", UNRECOGNIZED);
        } else {
            assert_ne!(got.status, 403, "{name}: {got:?}");
        }
    }
}

#[tokio::test]
async fn w3_4_presigned() {
    let server = start(&[]).await;
    let off = start(&[("auth.presigned", "false")]).await;
    let presigned = |server: &Running, path: &str| {
        let key = sigv4::SigningKey::derive(SECRET, "20260115", "us-east-1", "connect");
        let stamp = sigv4::format_stamp(NOW / 1_000);
        let who = sigv4::Credential { access_key_id: KEY, region: "us-east-1", service: "connect", stamp: &stamp };
        let headers = vec![("host".to_owned(), server.host())];
        let head = sigv4::Head { method: "GET", path, query: "maxResults=5", headers: &headers };
        format!("{path}?{}", sigv4::sign_query(&head, 60, None, &who, &key))
    };
    let target = presigned(&server, &server.templates());
    assert_eq!(server.send(&Ask::new("GET", &target)).await.status, 200);
    let missing = "MissingAuthenticationTokenException";
    server.send(&Ask::new("DELETE", &target)).await.is_fault(403, missing);
    off.send(&Ask::new("GET", presigned(&off, &off.templates()))).await.is_fault(403, missing);
    server.call(Ask::new("GET", &target)).await.is_fault(400, "InvalidRequestException");
    server.clock.fetch_add(61_000, Ordering::Relaxed);
    server.send(&Ask::new("GET", &target)).await.is_fault(403, "InvalidSignatureException");
}

#[tokio::test]
async fn w3_1_2_payload_rules() {
    let server = start(&[]).await;
    let put = |digest: &str, body: &str| {
        let ask = Ask::new("PUT", server.templates()).header("x-amz-content-sha256", digest).body(body.to_owned());
        server.sign(ask)
    };
    server.send(&put("UNSIGNED-PAYLOAD", "{}")).await.is_fault(400, "InvalidRequestException");
    server.send(&put("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "{}")).await.is_fault(400, "InvalidRequestException");
    let digest = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    server.send(&put(digest, "{ }")).await.is_fault(403, "InvalidSignatureException");
    assert_eq!(server.send(&put(digest, "{}")).await.status, 400, "signed right, wrong for the operation");
}

#[tokio::test]
async fn keys_made_and_revoked_by_others_are_followed() {
    let server = start_with(&[], |_| {}, special).await;
    assert_eq!(server.call(list(&server)).await.status, 200);
    assert!(keys::revoke(&server.store, KEY).await.unwrap());
    assert_eq!(server.call(list(&server)).await.status, 200, "within the time of a recheck");
    server.clock.fetch_add(RECHECK_MS, Ordering::Relaxed);
    server.call(list(&server)).await.is_error(403, "UnrecognizedClientException", UNRECOGNIZED);
    let rows = keys::list(&server.store).await.unwrap();
    assert!(rows.iter().any(|r| r.access_key_id == KEY && !r.active && r.account == ACCOUNT));
}

#[tokio::test]
async fn a_new_key_counts_at_once_unless_its_id_was_just_asked_for() {
    let mut late = Vec::new();
    let keep = |vault: &taskform::vault::Vault| {
        late = vec![row(vault, "LATE"), row(vault, "LATER")];
        Vec::new()
    };
    let server = start_with(&[], |_| {}, keep).await;
    let ask = |id: &str| list(&server).signed_as(id, SECRET, &server.host(), server.now());
    server.send(&ask("LATE")).await.is_error(403, "UnrecognizedClientException", UNRECOGNIZED);
    for row in &late {
        let mut batch = store::Batch::new();
        batch.insert_access_key(row);
        server.store.commit(batch).await.unwrap();
    }
    server.send(&ask("LATE")).await.is_error(403, "UnrecognizedClientException", UNRECOGNIZED);
    assert_eq!(server.send(&ask("LATER")).await.status, 200);
    server.clock.fetch_add(RECHECK_MS, Ordering::Relaxed);
    assert_eq!(server.send(&ask("LATE")).await.status, 200);
}

#[tokio::test]
async fn w3_2_2_unknown_keys_cost_one_lookup_in_a_while() {
    let server = start(&[]).await;
    let ask = |id: &str, secret: &str| list(&server).signed_as(id, secret, &server.host(), server.now());
    server.send(&ask("AKIDOTHER", SECRET)).await.is_fault(403, "UnrecognizedClientException");
    assert_eq!(server.call(list(&server)).await.status, 200);
    server.store.close().await.unwrap();
    for _ in 0..3 {
        server.send(&ask("AKIDOTHER", SECRET)).await.is_fault(403, "UnrecognizedClientException");
        server.send(&ask(KEY, "another secret")).await.is_fault(403, "InvalidSignatureException");
    }
    server.send(&ask("AKIDTHIRD", SECRET)).await.is_fault(503, "ServiceUnavailableException");
}

#[tokio::test]
async fn w3_2_2_unknown_keys_leave_nothing_behind() {
    let server = start(&[]).await;
    for i in 0..50 {
        let ask = list(&server).signed_as(&format!("AKID{i}"), SECRET, &server.host(), NOW);
        server.send(&ask).await.is_fault(403, "UnrecognizedClientException");
    }
    assert!(!format!("{:?}", server.app.authenticator).contains("AKID7"));
}

/// The answer to a request that was signed for other things than arrived.
async fn told(server: &Running, ask: &Ask) -> String {
    let got = server.send(ask).await;
    got.is_fault(403, "InvalidSignatureException");
    let message = got.json()["Message"].as_str().unwrap().to_owned();
    assert!(message.starts_with(MISMATCH), "{message}");
    message
}

#[tokio::test]
async fn test_b66_a_mismatch_shows_what_was_calculated() {
    let server = start(&[]).await;
    let token = "TOK/+=abc";
    let ask = list(&server).header("x-secret-free", "1").signed_as(KEY, "another secret", &server.host(), NOW);
    let message = told(&server, &ask).await;
    let (host, path) = (server.host(), server.templates());
    let canonical = format!(
        "\n\nThe Canonical String for this request should have been\n'GET\n{path}\n\nhost:{host}\nx-amz-date:20260115T120030Z\n\
         x-secret-free:1\n\nhost;x-amz-date;x-secret-free\n\
         e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'\n\nThe String-to-Sign should have been\n\
         'AWS4-HMAC-SHA256\n20260115T120030Z\n20260115/us-east-1/connect/aws4_request\n"
    );
    assert_eq!(message.strip_prefix(MISMATCH).unwrap().split_at(canonical.len()).0, canonical);
    assert!(message.ends_with("'\n"), "the hint is for the log and for --dev: {message}");
    let with_token = list(&server).header("x-amz-security-token", token).signed_as(KEY, "x", &host, NOW);
    let got = server.send(&with_token).await;
    got.is_error(403, "UnrecognizedClientException", UNRECOGNIZED);
    assert!(!got.json().to_string().contains(token));
}

#[tokio::test]
async fn test_b66_dev_says_what_differs() {
    let server = start(&[("dev", "true")]).await;
    let list = || Ask::new("GET", format!("/instance/{}/task/template", server.instance));
    let sign = |ask: Ask, host: &str| ask.signed_as("test", "test", host, server.now());
    let host = server.host();
    let port = server.address.port();
    let forwarded = sign(list(), "api.example.com").header("host", &host).header("x-forwarded-host", "api.example.com");
    let bare = sign(list(), "localhost:8080").header("host", "localhost");
    let prefix = |ask: Ask| ask.header("x-forwarded-prefix", "/base");
    let stripped = Ask { target: list().target, ..sign(Ask::new("GET", format!("/base{}", list().target)), &host) };
    let common = Ask { target: list().target, ..sign(Ask::new("GET", format!("/connect{}", list().target)), &host) };
    let arn = "arn:aws:connect:us-east-1:000000000000:instance/i/task-template/t";
    let encoded = arn.replace(':', "%3A").replace('/', "%2F");
    let decoded = Ask { target: format!("/tags/{arn}"), ..sign(Ask::new("GET", format!("/tags/{encoded}")), &host) };
    let secret = |secret: &str| list().signed_as("test", secret, &host, server.now());
    let through = sign(list(), "unknown.example.com").header("host", &host).header("x-forwarded-for", "203.0.113.9");
    for (ask, text) in [
        (forwarded, "fits with the host 'api.example.com'. It is in the header x-forwarded-host.".to_owned()),
        (bare, "fits with the host 'localhost:8080'. A proxy took the port off Host.".to_owned()),
        (prefix(stripped), format!("the path '/base{}'. A proxy took off '/base'", list().target)),
        (common, "A proxy took off '/connect'.".to_owned()),
        (decoded, format!("the path '/tags/{encoded}'. A proxy decoded the path.")),
        (secret("test\n"), "a line break at its end".to_owned()),
        (
            secret("wrong"),
            format!(
                "\n\nThe secret access key of the key test is `test`. No single change that was tried makes the signature \
                 fit. Either the secret access key is not that of this key id, or a proxy changed the request, which arrived \
                 with the host '127.0.0.1:{port}'"
            ),
        ),
        (through, "through a proxy, as its header x-forwarded-for shows".to_owned()),
    ] {
        server.clock.fetch_add(1, Ordering::Relaxed);
        let message = told(&server, &ask).await;
        assert!(message.contains(&text), "`{text}` in {message}");
    }
}

#[tokio::test]
async fn test_b66_beyond_its_bound_a_mismatch_has_the_plain_sentence() {
    let server = start(&[]).await;
    let wrong = list(&server).signed_as(KEY, "another secret", &server.host(), NOW);
    // Nothing is spent on keys that are not known.
    for i in 0..2 * taskform::auth::DIAGNOSES_PER_ADDRESS {
        let unknown = list(&server).signed_as(&format!("AKID{i}"), SECRET, &server.host(), NOW);
        server.send(&unknown).await.is_error(403, "UnrecognizedClientException", UNRECOGNIZED);
    }
    for _ in 0..taskform::auth::DIAGNOSES_PER_ADDRESS {
        assert!(told(&server, &wrong).await.len() > MISMATCH.len());
    }
    assert_eq!(told(&server, &wrong).await, MISMATCH);
    server.clock.fetch_add(1_000, Ordering::Relaxed);
    assert!(told(&server, &wrong).await.len() > MISMATCH.len());
}

#[tokio::test]
async fn test_b66_signatures_are_verified_for_the_public_url() {
    let server = start(&[("http.public_url", "https://api.example.com/connect")]).await;
    let path = server.templates();
    let sign = |ask: Ask, host: &str| ask.signed_as(KEY, SECRET, host, NOW);
    let public = sign(Ask::new("GET", format!("/connect{path}")), "api.example.com");
    let arrives = Ask { target: path.clone(), ..public.clone() }.header("host", "127.0.0.1:8484");
    assert_eq!(server.send(&arrives).await.status, 200, "host and prefix were changed on the way");
    let direct = sign(Ask::new("GET", &path), &server.host());
    assert_eq!(server.send(&direct).await.status, 200, "as it arrived");
    let message = told(&server, &sign(Ask::new("GET", &path), "other.example.com").header("host", "inner")).await;
    assert!(message.contains(&format!("'GET\n/connect{path}\n\nhost:api.example.com\n")), "{message}");
    server.send(&public).await.is_fault(404, "UnknownOperationException");
    let both = start(&[("http.public_url", "https://api.example.com/connect"), ("http.base_path", "/connect")]).await;
    let ask = sign(Ask::new("GET", format!("/connect{}", both.templates())), "api.example.com");
    assert_eq!(both.send(&ask.header("host", "inner:1")).await.status, 200);
}

#[tokio::test]
async fn test_b66_only_trusted_proxies_are_believed() {
    let forwarded = |server: &Running| {
        let ask =
            Ask::new("GET", format!("/base{}", server.templates())).signed_as(KEY, SECRET, "api.example.com", NOW);
        let ask = ask.header("host", "inner").header("x-forwarded-host", "api.example.com");
        Ask { target: server.templates(), ..ask.header("x-forwarded-prefix", "/base") }
    };
    let server = start(&[("http.trusted_proxies", "127.0.0.0/8")]).await;
    assert_eq!(server.send(&forwarded(&server)).await.status, 200);
    assert_eq!(server.call(list(&server)).await.status, 200, "as it arrived");
    for flags in [&[][..], &[("http.trusted_proxies", "10.0.0.0/8")]] {
        let server = start(flags).await;
        server.send(&forwarded(&server)).await.is_fault(403, "InvalidSignatureException");
    }
}

/// W1.3.5: what is signed and what is routed are one path; no setting lets a decoded path pass for an encoded one.
#[tokio::test]
async fn w1_3_5_a_decoded_path_is_refused_behind_proxies_too() {
    let server = start(&[("http.public_url", "http://api.example.com"), ("http.trusted_proxies", "127.0.0.1")]).await;
    let arn = format!("arn:aws:connect:us-east-1:{ACCOUNT}:instance/{}", server.instance);
    let encoded = arn.replace(':', "%3A").replace('/', "%2F");
    let ask = Ask::new("GET", format!("/tags/{encoded}")).signed_as(KEY, SECRET, "api.example.com", NOW);
    assert_eq!(server.send(&ask).await.status, 200);
    told(&server, &Ask { target: format!("/tags/{arn}"), ..ask }).await;
}
