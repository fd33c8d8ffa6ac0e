//! Connections: slow peers, idle ones, limits, TLS, HTTP/2, and stopping.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http2::SendRequest;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::harness::{Ask, Running, read, start, start_with};

const GET: &[u8] = b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";

async fn connect(server: &Running) -> TcpStream {
    TcpStream::connect(server.address).await.unwrap()
}

/// Reads one short answer of a connection that stays open.
async fn answer(stream: &mut TcpStream) -> String {
    let mut buffer = [0; 4096];
    let n = timeout(Duration::from_secs(5), stream.read(&mut buffer)).await.unwrap().unwrap_or(0);
    String::from_utf8_lossy(&buffer[..n]).into_owned()
}

#[tokio::test]
async fn w6_3_slow_headers_are_cut_off_and_idle_connections_are_not() {
    let server = start(&[("http.header_read_seconds", "1")]).await;
    let mut idle = connect(&server).await;
    idle.write_all(GET).await.unwrap();
    assert!(answer(&mut idle).await.starts_with("HTTP/1.1 200"));
    let mut slow = connect(&server).await;
    slow.write_all(b"GET /healthz HTT").await.unwrap();
    let started = Instant::now();
    let mut drip = tokio::spawn(async move {
        // A byte now and then does not help.
        while slow.write_all(b"P").await.is_ok() {
            sleep(Duration::from_millis(200)).await;
        }
    });
    timeout(Duration::from_secs(4), &mut drip).await.unwrap().unwrap();
    assert!(started.elapsed() >= Duration::from_millis(900), "{:?}", started.elapsed());
    for _ in 0..2 {
        idle.write_all(GET).await.unwrap();
        assert!(answer(&mut idle).await.starts_with("HTTP/1.1 200"));
        sleep(Duration::from_millis(1_300)).await;
    }
    // Headers in two parts, the second in time, after a request that was answered.
    idle.write_all(&GET[..10]).await.unwrap();
    sleep(Duration::from_millis(300)).await;
    idle.write_all(&GET[10..]).await.unwrap();
    assert!(answer(&mut idle).await.starts_with("HTTP/1.1 200"));
}

/// Shorter than the setting allows.
const IDLE: Duration = Duration::from_millis(400);

async fn start_impatient(flags: &[(&'static str, &str)]) -> Running {
    start_with(flags, |app| app.http.idle_time = IDLE, |_| Vec::new()).await
}

/// Waits until the server has ended the connection; how long that took.
async fn closed(stream: &mut (impl AsyncRead + Unpin)) -> Duration {
    let started = Instant::now();
    let mut buffer = Vec::new();
    let _ = timeout(Duration::from_secs(8), stream.read_to_end(&mut buffer)).await.expect("the server closes it");
    assert!(!buffer.starts_with(b"HTTP/1.1 4"), "{}", String::from_utf8_lossy(&buffer));
    started.elapsed()
}

#[tokio::test]
async fn w6_3_a_connection_that_never_sends_is_closed() {
    let server = start_impatient(&[("http.connections", "1")]).await;
    let mut silent = connect(&server).await;
    assert!(closed(&mut silent).await >= IDLE * 9 / 10);
    let mut used = connect(&server).await;
    for _ in 0..3 {
        used.write_all(GET).await.unwrap();
        assert!(answer(&mut used).await.starts_with("HTTP/1.1 200"), "its place is free again");
        sleep(IDLE * 3 / 4).await;
    }
    closed(&mut used).await;
}

#[tokio::test]
async fn w6_3_silence_over_tls_ends_too() {
    let files = certificate();
    let flags = [("tls.certificate", files.certificate.as_str()), ("tls.key", &files.key)];
    let server = start_impatient(&[flags[0], flags[1], ("http.header_read_seconds", "1")]).await;
    let before = closed(&mut connect(&server).await).await;
    assert!(before >= Duration::from_millis(900), "{before:?}");
    for protocol in ["http/1.1", "h2"] {
        closed(&mut tls(&server, &files, protocol).await).await;
    }
}

async fn http2(server: &Running, window: Option<u32>) -> (SendRequest<Full<Bytes>>, JoinHandle<hyper::Result<()>>) {
    let stream = TokioIo::new(connect(server).await);
    let mut builder = hyper::client::conn::http2::Builder::new(TokioExecutor::new());
    let (sender, connection) = builder.initial_stream_window_size(window).handshake(stream).await.unwrap();
    (sender, tokio::spawn(connection))
}

fn health(server: &Running) -> http::Request<Full<Bytes>> {
    let mut request = Ask::new("GET", "/healthz").request();
    *request.uri_mut() = format!("http://{}/healthz", server.host()).parse().unwrap();
    request
}

#[tokio::test]
async fn w6_3_http2_without_open_requests_is_closed() {
    let server = start_impatient(&[]).await;
    let (mut sender, connection) = http2(&server, None).await;
    for _ in 0..4 {
        assert_eq!(read(sender.send_request(health(&server)).await.unwrap()).await.status, 200);
        sleep(IDLE * 3 / 4).await;
    }
    timeout(IDLE * 5, connection).await.expect("idle").unwrap().expect("ended in order");
    let (_unused, connection) = http2(&server, None).await;
    timeout(IDLE * 5, connection).await.expect("never used").unwrap().expect("ended in order");
}

#[tokio::test]
async fn w6_3_http2_may_be_opened_ahead_of_need() {
    let server = start(&[("http.header_read_seconds", "1")]).await;
    let (mut sender, _connection) = http2(&server, None).await;
    let mut half = connect(&server).await;
    half.write_all(b"PRI * HTTP/2.0\r\n").await.unwrap();
    let took = closed(&mut half).await;
    assert!(took >= Duration::from_millis(900), "half a preface: {took:?}");
    sleep(Duration::from_millis(500)).await;
    assert_eq!(read(sender.send_request(health(&server)).await.unwrap()).await.status, 200);
}

#[tokio::test]
async fn http2_answers_that_nobody_takes_are_given_up() {
    let server = start_with(&[("http.request_seconds", "1")], |app| app.http.idle_time = IDLE, |_| Vec::new()).await;
    let (mut sender, connection) = http2(&server, Some(0)).await;
    let started = Instant::now();
    let response = sender.send_request(health(&server)).await.unwrap();
    assert!(timeout(Duration::from_secs(5), response.into_body().collect()).await.unwrap().is_err());
    assert!(started.elapsed() >= Duration::from_millis(1_900), "{:?}", started.elapsed());
    timeout(IDLE * 5, connection).await.expect("no request is open any more").unwrap().unwrap();
}

/// A signed request as HTTP/2 sends it.
fn over_http2(server: &Running, ask: Ask) -> http::Request<Full<Bytes>> {
    let ask = server.sign(ask);
    let mut request = ask.request();
    request.headers_mut().remove("host");
    *request.uri_mut() = format!("http://{}{}", server.host(), ask.target).parse().unwrap();
    request
}

/// Waits until this holds.
async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..1_000 {
        if holds() {
            return;
        }
        sleep(Duration::from_millis(10)).await;
    }
    panic!("{what}");
}

#[tokio::test]
async fn b138_answers_that_nobody_takes_count_towards_the_memory() {
    const BYTES: usize = 60_000;
    let small = |app: &mut taskform::app::App| {
        (app.http.body_bytes, app.http.header_bytes) = (10_000, 10_000);
        (app.http.buffered_bytes, app.http.requests, app.http.peer_percent) = (BYTES, 1_000, 100);
        app.buffers = taskform::buffers::Buffers::new(&app.http);
    };
    let server = start_with(&[], small, |_| Vec::new()).await;
    let flows = || Ask::new("GET", format!("/contact-flows-summary/{}", server.instance));
    let whole = server.call(flows()).await;
    assert!(whole.status == 200 && whole.body.len() > 2_000, "{whole:?}");
    until("one that was taken counts no more", || server.app.buffers.bytes() == 0).await;
    let (mut sender, _connection) = http2(&server, Some(0)).await;
    let mut held = Vec::new();
    for n in 0..BYTES / whole.body.len() + 2 {
        held.push(sender.send_request(over_http2(&server, flows())).await.unwrap());
        if held[n].status() != 200 {
            break;
        }
        assert_eq!((server.app.buffers.bytes(), server.app.buffers.requests()), ((n + 1) * whole.body.len(), n + 1));
    }
    let (last, answered) = held.split_last().unwrap();
    assert_eq!(last.status(), 503, "what goes beyond is refused");
    assert!(answered.len() > 10 && server.app.buffers.bytes() <= BYTES + whole.body.len());
    drop(held);
    until("all is given back", || (server.app.buffers.bytes(), server.app.buffers.requests()) == (0, 0)).await;
}

#[tokio::test]
async fn b138_who_cannot_sign_makes_no_labels() {
    let server = start(&[]).await;
    for op in wire::Op::ALL {
        let path = op.uri().split('?').next().unwrap().replace(['{', '}'], "");
        let got = server.send(&Ask::new(op.method(), path)).await;
        assert_eq!(got.status, 403, "{op:?}");
    }
    let text = server.metrics().await;
    assert!(text.contains("taskform_requests_total{operation=\"none\",status=\"403\"}"), "{text}");
    assert_eq!(text.matches("operation=").count(), text.matches("operation=\"none\"").count(), "{text}");
    assert_eq!(server.call(Ask::new("GET", server.templates())).await.status, 200);
    assert!(server.metrics().await.contains("operation=\"ListTaskTemplates\""));
}

#[tokio::test]
async fn an_idle_connection_makes_room_for_one_beyond_the_limit() {
    let server = start(&[("http.connections", "1")]).await;
    let mut first = connect(&server).await;
    first.write_all(GET).await.unwrap();
    assert!(answer(&mut first).await.starts_with("HTTP/1.1 200"));
    // One that has just been used is left alone.
    sleep(Duration::from_millis(200)).await;
    let mut second = connect(&server).await;
    second.write_all(GET).await.unwrap();
    assert!(answer(&mut second).await.starts_with("HTTP/1.1 200"));
    closed(&mut first).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn w6_3_stopping_answers_503_and_finishes_what_runs() {
    let slow = |app: &mut taskform::app::App| {
        app.hook = Some(Arc::new(|_| tokio::task::block_in_place(|| std::thread::sleep(Duration::from_millis(600)))));
    };
    let mut server = start_with(&[], slow, |_| Vec::new()).await;
    let mut kept = connect(&server).await;
    kept.write_all(GET).await.unwrap();
    assert!(answer(&mut kept).await.starts_with("HTTP/1.1 200"));
    let ask = server.sign(Ask::new("GET", server.templates()));
    let stop = server.stop.take().unwrap();
    let running = async {
        let got = server.send(&ask).await;
        assert_eq!(got.status, 200, "a running request is finished: {got:?}");
    };
    let stopping = async {
        sleep(Duration::from_millis(150)).await;
        let _ = stop.send(());
        sleep(Duration::from_millis(50)).await;
        kept.write_all(b"GET /instance/x/task/template HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        let text = answer(&mut kept).await;
        assert!(text.starts_with("HTTP/1.1 503") && text.contains("connection: close"), "{text}");
        assert!(text.contains("x-amzn-errortype: ServiceUnavailableException"), "{text}");
        assert!(text.contains(r#"{"Message":"The server is shutting down. Try again."}"#), "{text}");
        assert!(TcpStream::connect(server.address).await.is_err(), "no new connections");
    };
    tokio::join!(running, stopping);
    let task = server.task.take().unwrap();
    timeout(Duration::from_secs(2), task).await.expect("nothing is left to wait for").unwrap();
}

#[tokio::test]
async fn w1_2_1_http2_takes_authority_as_host() {
    let server = start(&[]).await;
    let stream = TokioIo::new(connect(&server).await);
    let (mut sender, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), stream).await.unwrap();
    tokio::spawn(connection);
    let signed = server.sign(Ask::new("GET", server.templates()));
    let mut request = signed.request();
    request.headers_mut().remove("host");
    *request.uri_mut() = format!("http://{}{}", server.host(), signed.target).parse().unwrap();
    let got = read(sender.send_request(request).await.unwrap()).await;
    assert_eq!(got.status, 200, "{got:?}");
    let mut request = Ask::new("GET", "/nothing").request().map(|_| Full::default());
    *request.uri_mut() = format!("http://{}/nothing", server.host()).parse().unwrap();
    read(sender.send_request(request).await.unwrap()).await.is_fault(403, "MissingAuthenticationTokenException");
}

pub(crate) struct Certificate {
    _folder: tempfile::TempDir,
    pub(crate) certificate: String,
    pub(crate) key: String,
    der: CertificateDer<'static>,
}

async fn tls(server: &Running, files: &Certificate, protocol: &str) -> TlsStream<TcpStream> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(files.der.clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![protocol.as_bytes().to_vec()];
    let name = ServerName::try_from("localhost").unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, connect(server).await).await.unwrap()
}

pub(crate) fn certificate() -> Certificate {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (certificate, key) = (path("cert.pem"), path("key.pem"));
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    write_secret(&key, &made.signing_key.serialize_pem());
    Certificate { certificate, key, der: made.cert.der().clone(), _folder: folder }
}

#[tokio::test]
async fn tls_with_both_protocols() {
    let files = certificate();
    let server = start(&[("tls.certificate", &files.certificate), ("tls.key", &files.key)]).await;
    for protocol in ["h2", "http/1.1"] {
        let stream = tls(&server, &files, protocol).await;
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(protocol.as_bytes()));
        let stream = TokioIo::new(stream);
        // W3.1.2: an unsigned payload is fine over TLS.
        let ask = server.sign(Ask::new("GET", server.templates()).header("x-amz-content-sha256", "UNSIGNED-PAYLOAD"));
        let got = if protocol == "h2" {
            let (mut sender, connection) =
                hyper::client::conn::http2::handshake(TokioExecutor::new(), stream).await.unwrap();
            tokio::spawn(connection);
            let mut request = ask.request();
            request.headers_mut().remove("host");
            *request.uri_mut() = format!("https://{}{}", server.host(), ask.target).parse().unwrap();
            read(sender.send_request(request).await.unwrap()).await
        } else {
            let (mut sender, connection) = hyper::client::conn::http1::handshake(stream).await.unwrap();
            tokio::spawn(connection);
            read(sender.send_request(ask.request()).await.unwrap()).await
        };
        assert_eq!(got.status, 200, "{protocol}: {got:?}");
    }
}

#[tokio::test]
async fn b149_a_request_without_tls_is_refused_with_the_reason() {
    let files = certificate();
    let server = start(&[("tls.certificate", &files.certificate), ("tls.key", &files.key)]).await;
    for path in ["/healthz", "/", "/_taskform/clock", "/instance"] {
        let mut plain = connect(&server).await;
        let head = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nAccept: text/html\r\n\r\n", server.host());
        plain.write_all(head.as_bytes()).await.unwrap();
        let text = answer(&mut plain).await;
        assert!(text.starts_with("HTTP/1.1 400") && text.contains("\r\nconnection: close\r\n"), "{path}: {text}");
        assert!(text.contains("x-amzn-errortype: InvalidRequestException"), "{path}: {text}");
        assert!(text.ends_with("{\"Message\":\"This port speaks TLS: use https:// in the endpoint URL.\"}"), "{text}");
        closed(&mut plain).await;
    }
    // Clients of HTTP/2 without TLS get the same.
    let (mut sender, _connection) = http2(&server, None).await;
    let mut request = Ask::new("GET", "/healthz").request();
    *request.uri_mut() = format!("http://{}/healthz", server.host()).parse().unwrap();
    assert_eq!(read(sender.send_request(request).await.unwrap()).await.status, 400);
    // What is neither is no more than a handshake that fails.
    let mut neither = connect(&server).await;
    neither.write_all(b"\0\0\0").await.unwrap();
    neither.shutdown().await.unwrap();
    assert!(!answer(&mut neither).await.starts_with("HTTP"));
}

#[tokio::test]
async fn tls_files_are_read_again() {
    let (files, other) = (certificate(), certificate());
    let server = start(&[("tls.certificate", &files.certificate), ("tls.key", &files.key)]).await;
    let mut old = tls(&server, &files, "http/1.1").await;
    std::fs::copy(&other.certificate, &files.certificate).unwrap();
    let acceptor = server.tls.as_ref().unwrap();
    let text = acceptor.reload().unwrap_err().to_string();
    assert!(text.contains("certificate and key cannot be used"), "half of a change: {text}");
    drop(tls(&server, &files, "http/1.1").await);
    std::fs::copy(&other.key, &files.key).unwrap();
    acceptor.reload().unwrap();
    drop(tls(&server, &other, "http/1.1").await);
    old.write_all(GET).await.unwrap();
    let mut buffer = [0; 12];
    old.read_exact(&mut buffer).await.unwrap();
    assert_eq!(&buffer, b"HTTP/1.1 200", "connections that are open stay open");
}

/// A file that its owner alone may read.
pub(crate) fn write_secret(path: impl AsRef<std::path::Path>, text: &str) {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let mut options = std::fs::OpenOptions::new();
    let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&path).unwrap();
    std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn tls_files_that_do_not_fit_are_refused() {
    let (one, other) = (certificate(), certificate());
    let tls = |certificate: &str, key: &str| {
        let tls = taskform::settings::Tls { certificate: certificate.into(), key: key.into() };
        taskform::listen::acceptor(&tls).map(drop)
    };
    assert!(tls(&one.certificate, &one.key).is_ok());
    let text = tls(&one.certificate, &other.key).unwrap_err().to_string();
    assert!(text.contains("certificate and key cannot be used"), "{text}");
    let text = tls("/nowhere/c.pem", &one.key).unwrap_err().to_string();
    assert!(text.contains("/nowhere/c.pem"), "{text}");
    let text = tls(&one.key, &one.key).unwrap_err().to_string();
    assert!(text.contains("holds no certificate"), "{text}");
    std::fs::set_permissions(&one.key, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    let text = tls(&one.certificate, &one.key).unwrap_err().to_string();
    assert!(text.contains("every user may use") && text.contains("chmod 600"), "{text}");
}
