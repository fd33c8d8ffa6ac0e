//! Limits on what unknown and slow senders can take: memory, requests, connections, time.

use std::time::Duration;

use bytes::Bytes;
use futures_util::future::join_all;
use http_body_util::StreamBody;
use hyper::body::Frame;
use hyper_util::rt::{TokioExecutor, TokioIo};
use taskform::buffers::Buffers;
use taskform::listen::SPARE_CONNECTIONS;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::harness::{Ask, Got, KEY, Running, SECRET, read, start, start_with};

const GET_HEALTH: &str = "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";

/// A server whose memory for requests takes this many bytes and requests; bodies up to 10,000 bytes, headers up to 10,000.
async fn start_small(bytes: usize, requests: usize, peer_percent: usize) -> Running {
    let small = move |app: &mut taskform::app::App| {
        (app.http.body_bytes, app.http.header_bytes) = (10_000, 10_000);
        (app.http.buffered_bytes, app.http.requests, app.http.peer_percent) = (bytes, requests, peer_percent);
        app.buffers = Buffers::new(&app.http);
    };
    start_with(&[], small, |_| Vec::new()).await
}

/// Waits until this holds.
async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..1_000 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{what}");
}

fn head(ask: &Ask, extra: &str) -> String {
    let headers: String = ask.headers.iter().map(|(n, v)| format!("{n}: {v}\r\n")).collect();
    format!("{} {} HTTP/1.1\r\n{headers}{extra}\r\n", ask.method, ask.target)
}

/// Sends a head with a part of its body, and stays connected.
async fn begin(server: &Running, ask: &Ask, announced: usize, sent: usize) -> TcpStream {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let text = head(ask, &format!("content-length: {announced}\r\n")) + &"x".repeat(sent);
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

async fn answer(stream: &mut TcpStream) -> String {
    let mut buffer = [0; 4096];
    let n = timeout(Duration::from_secs(30), stream.read(&mut buffer)).await.expect("an answer").unwrap();
    String::from_utf8_lossy(&buffer[..n]).into_owned()
}

fn put(server: &Running, len: usize) -> Ask {
    server.sign(Ask::new("PUT", server.templates()).body("x".repeat(len)))
}

/// With a key that is in no store.
fn made_up(server: &Running) -> Ask {
    Ask::new("PUT", server.templates()).body("x").signed_as("AKIANOSUCHKEY", SECRET, &server.host(), server.now())
}

#[tokio::test]
async fn requests_in_memory_have_a_limit() {
    let server = start_small(38_000, 100, 100).await;
    let mut slow = Vec::new();
    for n in 1..=3 {
        slow.push(begin(&server, &put(&server, 9_999), 9_999, 9_000).await);
        until("the body is read", || server.app.buffers.bytes() > n * 9_700).await;
    }
    let text = "The server holds too many request bodies. Try again.";
    server.send(&put(&server, 9_900)).await.is_error(503, "ServiceUnavailableException", text);
    assert_eq!(server.send(&put(&server, 100)).await.status, 400, "there is room for a small one; it is no JSON");
    let unsigned = Ask::new("PUT", server.templates()).body("x".repeat(9_900));
    server.send(&unsigned).await.is_fault(403, "MissingAuthenticationTokenException");
    let metrics = server.metrics().await;
    assert!(metrics.contains("taskform_buffered_bytes_limit 38000\n"), "{metrics}");
    assert!(metrics.contains("taskform_requests_admitted 3\n"), "{metrics}");
    drop(slow);
    until("all is given back", || (server.app.buffers.bytes(), server.app.buffers.requests()) == (0, 0)).await;
    assert_eq!(server.send(&put(&server, 9_900)).await.status, 400);
}

#[tokio::test]
async fn one_address_gets_its_share_of_the_memory() {
    let server = start_small(100_000, 100, 30).await;
    let _slow = [
        begin(&server, &put(&server, 9_999), 9_999, 9_000).await,
        begin(&server, &put(&server, 9_999), 9_999, 9_000).await,
    ];
    until("the bodies are read", || server.app.buffers.bytes() > 19_400).await;
    let text = "The server holds too many request bodies. Try again.";
    server.send(&put(&server, 9_900)).await.is_error(503, "ServiceUnavailableException", text);
}

#[tokio::test]
async fn nothing_is_kept_of_a_request_with_a_made_up_key() {
    let server = start_small(40_000, 100, 100).await;
    let mut all = Vec::new();
    for _ in 0..8 {
        all.push(begin(&server, &made_up(&server), 9_999, 9_000).await);
    }
    let is_read = || server.app.metrics.in_flight.get() == 8 && server.app.buffers.requests() == 0;
    until("all are looked up", is_read).await;
    assert_eq!(server.app.buffers.bytes(), 0);
    assert_eq!(server.send(&put(&server, 9_900)).await.status, 400, "others have room");
    // A key that exists is checked when its body is complete: so is one that does not exist, or the two could be told
    // apart.
    for stream in &mut all {
        stream.write_all(&[b'x'; 999]).await.unwrap();
        let text = answer(stream).await;
        assert!(text.starts_with("HTTP/1.1 403") && text.contains("UnrecognizedClientException"), "{text}");
    }
    let mut large = begin(&server, &made_up(&server), 10_001, 10_001).await;
    assert!(answer(&mut large).await.starts_with("HTTP/1.1 413"), "as for a key that exists");
}

#[tokio::test]
async fn unsigned_requests_are_answered_before_their_body() {
    let server = start_small(40_000, 100, 100).await;
    let unsigned = Ask::new("PUT", server.templates()).header("host", "x");
    let mut stream = begin(&server, &unsigned, 9_000, 1_000).await;
    let text = answer(&mut stream).await;
    assert!(text.starts_with("HTTP/1.1 403") && text.contains("MissingAuthenticationToken"), "{text}");
    assert_eq!(server.app.buffers.bytes(), 0);
    // The rest is discarded, and the connection goes on.
    stream.write_all(&[b'x'; 8_000]).await.unwrap();
    stream.write_all(GET_HEALTH.as_bytes()).await.unwrap();
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200"));
    // A client that waits to be asked for its body is asked (W1.2.3).
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let text = head(&unsigned, "content-length: 4\r\nexpect: 100-continue\r\n");
    stream.write_all(text.as_bytes()).await.unwrap();
    assert_eq!(answer(&mut stream).await, "HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(b"body").await.unwrap();
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 403"));
}

#[tokio::test]
async fn more_bodies_than_can_be_thrown_away_end_their_connections() {
    let none = |app: &mut taskform::app::App| app.discards = std::sync::Arc::new(tokio::sync::Semaphore::new(0));
    let server = start_with(&[], none, |_| Vec::new()).await;
    let unsigned = Ask::new("PUT", server.templates()).header("host", "x");
    let mut stream = begin(&server, &unsigned, 9_000, 0).await;
    let mut text = String::new();
    timeout(Duration::from_secs(30), stream.read_to_string(&mut text)).await.expect("it is closed").unwrap();
    assert!(text.starts_with("HTTP/1.1 403"), "{text}");
}

type Endless = StreamBody<futures_util::stream::Pending<Result<Frame<Bytes>, std::convert::Infallible>>>;

/// Sends a request over HTTP/2 whose body never comes.
async fn send_endless(
    sender: &mut hyper::client::conn::http2::SendRequest<Endless>,
    server: &Running,
    ask: &Ask,
) -> Got {
    let mut request = ask.request().map(|_| StreamBody::new(futures_util::stream::pending()));
    request.headers_mut().remove("host");
    *request.uri_mut() = format!("http://{}{}", server.host(), ask.target).parse().unwrap();
    read(sender.send_request(request).await.unwrap()).await
}

async fn http2(server: &Running) -> hyper::client::conn::http2::SendRequest<Endless> {
    let stream = TokioIo::new(TcpStream::connect(server.address).await.unwrap());
    let (sender, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), stream).await.unwrap();
    tokio::spawn(connection);
    sender
}

/// Sends a request whose body never comes; ends when it is refused because a limit is reached.
async fn refused(mut sender: hyper::client::conn::http2::SendRequest<Endless>, server: &Running, ask: &Ask) {
    let got = send_endless(&mut sender, server, ask).await;
    got.is_error(503, "ServiceUnavailableException", "The server is answering too many requests. Try again.");
}

/// Requests that were refused because a limit was reached.
fn refusals(server: &Running) -> usize {
    let text = server.app.metrics.text();
    let line = "taskform_refused_total{error=\"ServiceUnavailableException\"} ";
    text.lines().find_map(|found| found.strip_prefix(line)).map_or(0, |count| count.parse().unwrap())
}

#[tokio::test]
async fn http2_headers_count_and_unsigned_ones_do_not_stay() {
    let server = start_small(100_000, 1_000, 100).await;
    let padded = |ask: Ask| (0..3).fold(ask, |ask, n| ask.header(&format!("x-{n}"), &"v".repeat(3_000)));
    let unsigned = padded(Ask::new("PUT", server.templates()));
    let mut sender = http2(&server).await;
    for _ in 0..40 {
        let got = send_endless(&mut sender, &server, &unsigned).await;
        got.is_fault(403, "MissingAuthenticationTokenException");
    }
    until("nothing is kept", || (server.app.buffers.bytes(), server.app.buffers.requests()) == (0, 0)).await;
    // Of a key that exists and a signature that is none: these wait for their bodies.
    let signed = padded(Ask::new("PUT", server.templates())).signed_as(KEY, "wrong", &server.host(), server.now());
    let senders = [http2(&server).await, http2(&server).await];
    let all = join_all(senders.iter().flat_map(|sender| (0..10).map(|_| refused(sender.clone(), &server, &signed))));
    tokio::select! {
        _ = all => panic!("those that fit are never answered"),
        () = until("20 are judged", || server.app.buffers.requests() + refusals(&server) == 20) => {}
    }
    assert!((9..=10).contains(&server.app.buffers.requests()), "{}", server.app.buffers.requests());
    assert!(server.app.buffers.bytes() <= 100_000, "{}", server.app.buffers.bytes());
    drop((senders, sender));
    until("all is given back", || (server.app.buffers.bytes(), server.app.buffers.requests()) == (0, 0)).await;
}

#[tokio::test]
async fn requests_at_once_have_a_limit() {
    let server = start_small(1_000_000, 4, 100).await;
    let signed = Ask::new("PUT", server.templates()).signed_as(KEY, "wrong", &server.host(), server.now());
    let sender = http2(&server).await;
    let all = join_all((0..10).map(|_| refused(sender.clone(), &server, &signed)));
    tokio::select! {
        _ = all => panic!("those that fit are never answered"),
        () = until("10 are judged", || server.app.buffers.requests() + refusals(&server) == 10) => {}
    }
    assert_eq!(server.app.buffers.requests(), 4);
}

#[tokio::test]
async fn silent_connections_do_not_keep_others_out() {
    let server = start(&[("http.connections", "3")]).await;
    let mut silent = Vec::new();
    for _ in 0..3 + SPARE_CONNECTIONS + 5 {
        silent.push(TcpStream::connect(server.address).await.unwrap());
    }
    for _ in 0..3 {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(GET_HEALTH.as_bytes()).await.unwrap();
        assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200"));
        assert_eq!(server.call(Ask::new("GET", server.templates())).await.status, 200, "a silent one made room");
    }
    let metrics = server.metrics().await;
    assert!(metrics.contains("taskform_connections_limit 3\n"), "{metrics}");
    let evicted = metrics.lines().find_map(|line| line.strip_prefix("taskform_connections_evicted_total ")).unwrap();
    assert!(evicted.parse::<u32>().unwrap() >= 8, "{evicted}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn health_has_places_of_its_own() {
    let (enter, mut entered) = tokio::sync::mpsc::unbounded_channel();
    let (leave, left) = std::sync::mpsc::channel::<()>();
    let left = std::sync::Mutex::new(left);
    let busy = move |app: &mut taskform::app::App| {
        app.hook = Some(std::sync::Arc::new(move |_| {
            enter.send(()).unwrap();
            tokio::task::block_in_place(|| left.lock().unwrap().recv().unwrap());
        }));
    };
    let server = start_with(&[("http.connections", "1")], busy, |_| Vec::new()).await;
    let ask = server.sign(Ask::new("GET", server.templates()));
    let running = server.send(&ask);
    let others = async {
        entered.recv().await.unwrap();
        for path in ["/healthz", "/readyz", "/metrics"] {
            assert_eq!(server.send(&Ask::new("GET", path)).await.status, 200, "{path}");
        }
        let got = server.send(&Ask::new("GET", server.templates())).await;
        got.is_error(503, "ServiceUnavailableException", "The server has too many connections. Try again.");
        leave.send(()).unwrap();
    };
    let (got, ()) = tokio::join!(running, others);
    assert_eq!(got.status, 200, "a known caller is never cut off: {got:?}");
}

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// A frame of HTTP/2 with a payload of zeros.
fn frame(kind: u8, flags: u8, stream: u8, len: u8) -> Vec<u8> {
    let mut frame = vec![0, 0, len, kind, flags, 0, 0, 0, stream];
    frame.resize(9 + usize::from(len), 0);
    frame
}

#[tokio::test]
async fn unfinished_http2_frames_are_cut_off() {
    let server = start(&[("http.header_read_seconds", "1")]).await;
    let settings = frame(4, 0, 0, 0);
    let block = [settings.clone(), b"\0\0\x01\x01\0\0\0\0\x01\x82".to_vec()].concat();
    let half = [settings, vec![0, 0, 9, 1]].concat();
    for unfinished in [block, half] {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(PREFACE).await.unwrap();
        stream.write_all(&unfinished).await.unwrap();
        let mut all = Vec::new();
        let closed = timeout(Duration::from_secs(20), stream.read_to_end(&mut all)).await;
        assert!(closed.is_ok(), "the idle time, 75 seconds, is not waited for");
    }
}

#[tokio::test]
async fn silent_connections_end_with_the_time_for_headers() {
    let server = start(&[("http.header_read_seconds", "1")]).await;
    let mut silent = TcpStream::connect(server.address).await.unwrap();
    let closed = timeout(Duration::from_secs(20), silent.read_u8()).await;
    assert!(closed.expect("the idle time, 75 seconds, is not waited for").is_err());
}

/// B273
#[tokio::test]
async fn one_address_does_not_take_the_lookups_of_all() {
    let watched = |app: &mut taskform::app::App| app.metrics.watch_unverified(&app.unverified);
    let server = start_with(&[("auth.refused_per_second", "5")], watched, |_| Vec::new()).await;
    let list = |id: &str, secret: &str| {
        Ask::new("GET", server.templates()).signed_as(id, secret, &server.host(), server.now())
    };
    assert_eq!(server.send(&list(KEY, SECRET)).await.status, 200);
    for n in 0..3 {
        server.send(&list(&format!("AKIANOSUCH{n}"), SECRET)).await.is_fault(403, "UnrecognizedClientException");
    }
    for _ in 0..2 {
        server.send(&list(KEY, "another")).await.is_fault(403, "InvalidSignatureException");
    }
    for id in ["AKIANOSUCH0", "AKIANOSUCH9", "AKIANOSUCH0"] {
        let got = server.send(&list(id, SECRET)).await;
        got.is_fault(429, "ThrottlingException");
        assert_eq!((got.header("x-amz-retry-after"), got.header("retry-after")), ("1000", "1"));
    }
    assert_eq!(server.send(&list(KEY, SECRET)).await.status, 200, "keys in use are verified as ever");
    server.send(&list(KEY, "another")).await.is_fault(403, "InvalidSignatureException");
    assert!(server.metrics().await.contains("taskform_unverified_limited_total 3\n"));
    server.clock.fetch_add(1_000, std::sync::atomic::Ordering::Relaxed);
    server.send(&list("AKIANOSUCH9", SECRET)).await.is_fault(403, "UnrecognizedClientException");
}
