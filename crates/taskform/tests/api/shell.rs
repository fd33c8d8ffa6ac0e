//! Limits, errors of every layer, CORS, health.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::harness::{Ask, Running, start, start_with};

/// Sends bytes as they are and reads until the server closes.
async fn raw(server: &Running, parts: &[&str]) -> String {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    for part in parts {
        stream.write_all(part.as_bytes()).await.unwrap();
    }
    let mut text = Vec::new();
    stream.read_to_end(&mut text).await.unwrap();
    String::from_utf8(text).unwrap()
}

fn lines(ask: &Ask, extra: &str) -> String {
    let headers: String = ask.headers.iter().map(|(n, v)| format!("{n}: {v}\r\n")).collect();
    format!("{} {} HTTP/1.1\r\n{headers}{extra}connection: close\r\n\r\n", ask.method, ask.target)
}

#[tokio::test]
async fn case_c14_body_over_the_cap() {
    let server = start(&[("http.body_bytes", "2000")]).await;
    let put = |len: usize| server.sign(Ask::new("PUT", server.templates()).body("x".repeat(len)));
    let text = "The request body is larger than 2000 bytes.";
    let got = server.send(&put(2_001)).await;
    got.is_error(413, "RequestEntityTooLargeException", text);
    assert_eq!(got.header("connection"), "close");
    server.send(&put(7_000)).await.is_error(413, "RequestEntityTooLargeException", text);
    assert_eq!(server.send(&put(2_000)).await.status, 400, "the cap itself is fine; the body is no JSON");

    let unsigned = Ask::new("PUT", server.templates()).body("x".repeat(5_000));
    server.send(&unsigned).await.is_fault(403, "MissingAuthenticationTokenException");

    let ask = server.sign(Ask::new("PUT", server.templates()).body("y".repeat(4_000)));
    let chunks = format!("fa0\r\n{}\r\n0\r\n\r\n", "y".repeat(4_000));
    let answer = raw(&server, &[&lines(&ask, "transfer-encoding: chunked\r\n"), &chunks]).await;
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains(text), "{answer}");
    let answer = raw(&server, &[&lines(&ask, "content-length: 4000\r\nexpect: 100-continue\r\n")]).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "refused without asking for the body: {answer}");
}

#[tokio::test]
async fn w1_2_3_chunked_and_expect() {
    let server = start(&[]).await;
    let body = r#"{"Name":"n"}"#;
    let ask = server.sign(Ask::new("PUT", server.templates()).body(body));
    let chunks = format!("5\r\n{}\r\n7\r\n{}\r\n0\r\n\r\n", &body[..5], &body[5..]);
    let answer = raw(&server, &[&lines(&ask, "transfer-encoding: chunked\r\n"), &chunks]).await;
    assert!(answer.contains("Fields"), "reached the operation: {answer}");

    let head = lines(&ask, &format!("content-length: {}\r\nexpect: 100-continue\r\n", body.len()));
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).await.unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(body.as_bytes()).await.unwrap();
    let mut rest = String::new();
    stream.read_to_string(&mut rest).await.unwrap();
    assert!(rest.contains("Fields"), "{rest}");
}

#[tokio::test]
async fn case_c14_header_section_over_the_limit() {
    let server = start(&[("http.header_bytes", "4096")]).await;
    let big = Ask::new("GET", "/x").header("x-big", &"v".repeat(4_100));
    server.send(&big).await.is_fault(431, "RequestHeaderFieldsTooLargeException");
    let long = Ask::new("GET", format!("/{}", "p".repeat(4_100)));
    server.send(&long).await.is_fault(431, "RequestHeaderFieldsTooLargeException");
    let mut many = Ask::new("GET", "/x");
    for i in 0..95 {
        many = many.header(&format!("x-{i}"), "v");
    }
    server.send(&many).await.is_fault(431, "RequestHeaderFieldsTooLargeException");
    let server = start(&[]).await;
    let big = Ask::new("GET", "/x").header("x-big", &"v".repeat(200_000));
    server.send(&big).await.is_fault(431, "RequestHeaderFieldsTooLargeException");
}

#[tokio::test]
async fn a_body_that_does_not_arrive_times_out() {
    let server = start(&[("http.request_seconds", "1")]).await;
    let ask = server.sign(Ask::new("PUT", server.templates()));
    let answer = raw(&server, &[&lines(&ask, "content-length: 10\r\n"), "123"]).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("x-amzn-errortype: RequestTimeoutException"), "{answer}");
    assert!(answer.contains(r#"{"Message":"The request body did not arrive in time."}"#), "{answer}");
}

#[tokio::test]
async fn case_c18_panic_is_caught() {
    let panics = |app: &mut taskform::app::App| {
        app.hook = Some(Arc::new(|op| assert!(op.name() != "ListTaskTemplates", "injected")));
    };
    let server = start_with(&[], panics, |_| Vec::new()).await;
    for _ in 0..2 {
        let got = server.call(Ask::new("GET", server.templates())).await;
        got.is_error(500, "InternalServiceException", "Internal error");
    }
    let got = server.call(Ask::new("GET", format!("{}/nothing", server.templates()))).await;
    got.is_fault(404, "ResourceNotFoundException");
    assert!(server.metrics().await.contains("taskform_panics_total 2"));
}

#[tokio::test]
async fn w2_2_4_cors() {
    let preflight = Ask::new("OPTIONS", "/instance/x/task/template")
        .header("origin", "https://a.example")
        .header("access-control-request-method", "PUT")
        .header("access-control-request-headers", "authorization, x-amz-date");
    let none = start(&[]).await;
    let got = none.send(&preflight).await;
    assert_eq!((got.status.as_u16(), got.header("access-control-allow-origin")), (204, ""), "none may, unless named");
    let server = start(&[("http.cors_origins", "*")]).await;
    let got = server.send(&preflight).await;
    assert_eq!((got.status.as_u16(), got.body.len()), (204, 0));
    assert_eq!(got.header("access-control-allow-origin"), "*");
    assert_eq!(got.header("access-control-allow-headers"), "authorization, x-amz-date");
    assert!(got.header("access-control-allow-methods").contains("PUT"));
    let error = server.send(&Ask::new("GET", "/x").header("origin", "https://a.example")).await;
    error.is_fault(403, "MissingAuthenticationTokenException");
    assert_eq!(error.header("access-control-allow-origin"), "*");
    for name in ["x-amzn-RequestId", "x-amzn-ErrorType", "Date"] {
        assert!(error.header("access-control-expose-headers").contains(name));
    }
    let plain = server.send(&Ask::new("OPTIONS", "*")).await;
    assert_eq!((plain.status.as_u16(), plain.header("allow")), (204, "GET, PUT, POST, DELETE, OPTIONS"));
    assert_eq!(plain.header("access-control-allow-methods"), "");

    let listed = start(&[("http.cors_origins", "https://a.example")]).await;
    assert_eq!(listed.send(&preflight).await.header("access-control-allow-origin"), "https://a.example");
    let other = listed.send(&preflight.header("origin", "https://b.example")).await;
    assert_eq!((other.header("access-control-allow-origin"), other.header("vary")), ("", "origin"));
}

#[tokio::test]
async fn health_ready_and_metrics() {
    let server = start(&[]).await;
    let health = server.send(&Ask::new("GET", "/healthz")).await;
    health.is_complete();
    assert_eq!(health.json()["time"], "2026-01-15T12:00:30Z");
    let ready = server.send(&Ask::new("GET", "/readyz")).await;
    assert_eq!((ready.status.as_u16(), ready.json()["status"].as_str()), (200, Some("ready")));
    server.call(Ask::new("GET", server.templates())).await;
    let text = server.metrics().await;
    assert!(text.contains(r#"taskform_requests_total{operation="ListTaskTemplates",status="200"} 1"#), "{text}");
    assert!(text.ends_with("# EOF\n"));
    server.send(&Ask::new("POST", "/healthz")).await.is_fault(403, "MissingAuthenticationTokenException");
    server.app.draining.store(true, Ordering::Relaxed);
    server.send(&Ask::new("GET", "/readyz")).await.is_fault(503, "ServiceUnavailableException");
    assert_eq!(server.send(&Ask::new("GET", "/healthz")).await.status, 200);
    server.app.draining.store(false, Ordering::Relaxed);
    server.store.close().await.unwrap();
    // The answer of a moment ago is no longer given.
    tokio::time::sleep(Duration::from_millis(150)).await;
    server.send(&Ask::new("GET", "/readyz")).await.is_fault(503, "ServiceUnavailableException");
    server.clock.fetch_add(2_000, Ordering::Relaxed);
    let got = server.call(Ask::new("GET", server.templates())).await;
    got.is_error(503, "ServiceUnavailableException", "The server is shutting down. Try again.");
}

#[tokio::test]
async fn w8_2_base_path() {
    let server = start(&[("http.base_path", "/base")]).await;
    let path = server.templates();
    assert_eq!(server.call(Ask::new("GET", format!("/base{path}"))).await.status, 200);
    assert_eq!(
        server.call(Ask::new("GET", format!("/base/{path}"))).await.status,
        200,
        "trailing slash in the endpoint"
    );
    for outside in [path.clone(), format!("/basement{path}"), "/base".to_owned()] {
        server.call(Ask::new("GET", outside)).await.is_fault(404, "UnknownOperationException");
    }
    assert_eq!(server.send(&Ask::new("GET", "/healthz")).await.status, 200);
}

#[tokio::test]
async fn a_browser_gets_a_page_and_a_program_json() {
    for (flags, path) in
        [(&[][..], "/"), (&[("http.base_path", "/base")], "/base"), (&[("http.base_path", "/base")], "/base/")]
    {
        let server = start(flags).await;
        let browser = Ask::new("GET", path).header("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        let got = server.send(&browser).await;
        assert_eq!((got.status.as_u16(), got.header("content-type")), (200, "text/html; charset=utf-8"), "{path}");
        // Clients that do not read the variable would call the real service.
        assert!(String::from_utf8_lossy(&got.body).contains("--endpoint-url"), "{path}");
        let text = String::from_utf8(got.body.to_vec()).unwrap();
        assert!(text.contains("AWS_ENDPOINT_URL_CONNECT") && text.contains("/healthz"), "{text}");
        assert!(!text.contains("secret <code>test"), "only with --dev");
        server.send(&Ask::new("GET", path)).await.is_fault(403, "MissingAuthenticationTokenException");
        server
            .send(&Ask::new("GET", path).header("accept", "*/*"))
            .await
            .is_fault(403, "MissingAuthenticationTokenException");
        server
            .call(Ask::new("GET", path).header("accept", "text/html"))
            .await
            .is_fault(404, "UnknownOperationException");
        server
            .send(&Ask::new("POST", path).header("accept", "text/html"))
            .await
            .is_fault(403, "MissingAuthenticationTokenException");
        let other = Ask::new("GET", server.templates()).header("accept", "text/html");
        server.send(&other).await.is_fault(403, "MissingAuthenticationTokenException");
    }
}

#[tokio::test]
async fn operations_without_behaviour_refuse_by_name() {
    let server = start(&[]).await;
    let got = server.call(Ask::new("GET", format!("/instance/{}/bots", server.instance))).await;
    assert!(got.status.is_client_error(), "{got:?}");
    got.is_complete();
}

#[tokio::test]
async fn request_ids_differ() {
    let server = start(&[]).await;
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..20 {
        let got = server.send(&Ask::new("GET", "/x")).await;
        assert!(seen.insert(got.header("x-amzn-requestid").to_owned()));
    }
}

/// B274: what keeps browsers from guessing, storing and framing, on the answers of every kind.
#[tokio::test]
async fn answers_are_safe_in_browsers() {
    let server = start(&[("dev", "true"), ("http.cors_origins", "https://app.example")]).await;
    let browser = |method: &str, path: &str| {
        Ask::new(method, path).header("accept", "text/html").header("origin", "https://other.example")
    };
    let form = "application/x-www-form-urlencoded";
    for ask in [
        browser("GET", "/"),
        browser("GET", "/nothing"),
        browser("GET", "/healthz"),
        browser("GET", "/readyz"),
        browser("GET", "/metrics"),
        browser("GET", "/_taskform/clock"),
        browser("POST", "/").header("content-type", form).body("Action=GetCallerIdentity"),
        browser("OPTIONS", &server.templates()),
        server.sign(Ask::new("GET", server.templates())),
    ] {
        let got = server.send(&ask).await;
        let shown = format!("{} {}", ask.method, ask.target);
        assert_eq!(got.header("x-content-type-options"), "nosniff", "{shown}");
        assert_eq!(got.header("cache-control"), "no-store", "{shown}");
        assert_eq!(got.header("access-control-allow-origin"), "", "{shown}: not the origin that is listed");
        let is_page = got.header("content-type").starts_with("text/html");
        assert_eq!(is_page, shown == "GET /", "{shown}");
        for (name, value) in [
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(got.header(name), if is_page { value } else { "" }, "{shown}: {name}");
        }
        let policy = got.header("content-security-policy");
        for part in ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"] {
            assert_eq!(policy.contains(part), is_page, "{shown}: {policy}");
        }
        assert!(!policy.contains("script"), "{policy}");
    }
}
