//! A server on a free port with a clock of its own, and a client that signs.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use sigv4::{Credential, Head, SigningKey};
use store::{AccessKeyRow, Batch, Store};
use taskform::app::App;
use taskform::clock::Clock;
use taskform::http::Shell;
use taskform::listen::{Acceptor, Server, acceptor};
use taskform::serve;
use taskform::settings::{Given, Settings, Values};
use taskform::startup::{self, Role};
use taskform::vault::Vault;
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Key and secret of the published vectors.
pub(crate) const KEY: &str = "AKIDEXAMPLE";
pub(crate) const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
/// 2026-01-15T12:00:30Z, the server clock of the vectors.
pub(crate) const NOW: i64 = 1_768_478_430_000;
pub(crate) const ACCOUNT: &str = "123456789012";

pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    pub(crate) app: Arc<App>,
    pub(crate) store: Store,
    pub(crate) clock: Arc<AtomicI64>,
    pub(crate) instance: String,
    pub(crate) tls: Option<Arc<Acceptor>>,
    pub(crate) stop: Option<oneshot::Sender<()>>,
    pub(crate) task: Option<JoinHandle<()>>,
}

/// Settings from flags, `--ephemeral` unless said otherwise.
pub(crate) fn settings(flags: &[(&'static str, &str)]) -> Settings {
    let mut given = Given::default();
    given.flags.insert("ephemeral", "true".to_owned());
    given.flags.extend(flags.iter().map(|(k, v)| (*k, (*v).to_owned())));
    Settings::build(&Values::gather(&given).unwrap(), &given).unwrap()
}

/// A row for the store; the secret is sealed under its id.
pub(crate) fn row(vault: &Vault, id: &str) -> AccessKeyRow {
    AccessKeyRow {
        access_key_id: id.to_owned(),
        account: ACCOUNT.to_owned(),
        sealed_secret: vault.seal(id, SECRET.as_bytes()),
        created_ms: NOW,
        active: true,
        policies: r#"["administrator"]"#.to_owned(),
        ..AccessKeyRow::default()
    }
}

/// Starts a server with an instance and the key of the vectors; `change` may alter the app and add keys.
pub(crate) async fn start_with(
    flags: &[(&'static str, &str)],
    change: impl FnOnce(&mut App),
    rows: impl FnOnce(&Vault) -> Vec<AccessKeyRow>,
) -> Running {
    let mut flags = flags.to_vec();
    flags.push(("accepted_regions", "eu-west-2"));
    let settings = settings(&flags);
    let opened = startup::open(&settings, Role::Server).await.unwrap();
    let store = opened.store.clone();
    let mut rows = rows(&opened.vault);
    rows.push(row(&opened.vault, KEY));
    for row in rows {
        let mut batch = Batch::new();
        batch.insert_access_key(&row);
        store.commit(batch).await.unwrap();
    }
    let service = serve::service(&settings, &opened);
    let instance = service.ensure_instance(None, NOW).await.unwrap().id;
    let clock = Arc::new(AtomicI64::new(NOW));
    let tls = settings.tls.as_ref().map(acceptor).transpose().unwrap();
    let shown = Clock::manual(Arc::clone(&clock));
    let shown = settings.dev_clock_ms.map_or(shown.clone(), |ms| shown.held_at(ms));
    let mut app = serve::app(settings, opened, service, shown);
    change(&mut app);
    app.metrics.watch_buffers(app.buffers.clone(), &app.http);
    let app = Arc::new(app);
    let server = Server::new(Arc::clone(&app), Shell::new(Arc::clone(&app)), tls.clone());
    let listener = taskform::listen::listener("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(server.run(listener, async {
        let _ = stopped.await;
    }));
    Running { address, app, store, clock, instance, tls, stop: Some(stop), task: Some(task) }
}

pub(crate) async fn start(flags: &[(&'static str, &str)]) -> Running {
    start_with(flags, |_| {}, |_| Vec::new()).await
}

/// An answer that was read to its end.
#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Got {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {:?}", self.body))
    }

    /// Checks everything that protocol 2.3 asks of an error.
    #[track_caller]
    pub(crate) fn is_error(&self, status: u16, name: &str, message: &str) {
        let body = self.json();
        let text = body["Message"].as_str().unwrap_or_default();
        assert_eq!((self.status.as_u16(), self.header("x-amzn-errortype"), text), (status, name, message));
        self.is_complete();
        assert!(!text.is_empty());
    }

    #[track_caller]
    pub(crate) fn is_fault(&self, status: u16, name: &str) {
        let text = self.json()["Message"].as_str().unwrap_or_default().to_owned();
        self.is_error(status, name, &text);
    }

    /// W2.2.1, W2.2.2 and JSON.
    #[track_caller]
    pub(crate) fn is_complete(&self) {
        let id = self.header("x-amzn-requestid");
        assert!(id.len() == 36 && id.as_bytes()[14] == b'4', "request id `{id}`");
        assert!(!self.header("date").is_empty());
        assert_eq!(self.header("content-type"), "application/json");
        assert!(self.json().is_object());
        assert!(!self.headers.contains_key("content-encoding"), "W2.2.5");
    }
}

/// A request that is not sent yet.
#[derive(Clone)]
pub(crate) struct Ask {
    pub(crate) method: Method,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

impl Ask {
    pub(crate) fn new(method: &str, target: impl Into<String>) -> Self {
        Self { method: method.parse().unwrap(), target: target.into(), headers: Vec::new(), body: Bytes::new() }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(n, _)| !n.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    fn head(&self) -> Head<'_, Vec<(String, String)>> {
        let (path, query) = self.target.split_once('?').unwrap_or((&self.target, ""));
        Head { method: self.method.as_str(), path, query, headers: &self.headers }
    }

    /// Signs for `host` and the headers so far, as the SDKs do.
    pub(crate) fn signed_as(self, id: &str, secret: &str, host: &str, now_ms: i64) -> Self {
        self.signed_for(id, secret, host, now_ms, "us-east-1", "connect")
    }

    pub(crate) fn signed_for(
        self,
        id: &str,
        secret: &str,
        host: &str,
        now_ms: i64,
        region: &str,
        service: &str,
    ) -> Self {
        let stamp = sigv4::format_stamp(now_ms / 1_000);
        let ask = self.header("host", host).header("x-amz-date", &stamp);
        let mut names: Vec<_> = ask.headers.iter().map(|(n, _)| n.to_lowercase()).collect();
        names.sort();
        let who = Credential { access_key_id: id, region, service, stamp: &stamp };
        let key = SigningKey::derive(secret, &stamp[..8], region, service);
        let value = sigv4::sign_header(&ask.head(), &ask.body, &names.join(";"), &who, &key);
        ask.header("authorization", &value)
    }

    pub(crate) fn request(&self) -> Request<Full<Bytes>> {
        let mut request = Request::builder().method(self.method.clone()).uri(&self.target);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request.body(Full::new(self.body.clone())).unwrap()
    }
}

impl Running {
    pub(crate) fn host(&self) -> String {
        self.address.to_string()
    }

    /// Path of an operation on the instance.
    pub(crate) fn templates(&self) -> String {
        format!("/instance/{}/task/template", self.instance)
    }

    pub(crate) fn now(&self) -> i64 {
        self.clock.load(Ordering::Relaxed)
    }

    pub(crate) fn sign(&self, ask: Ask) -> Ask {
        ask.signed_as(KEY, SECRET, &self.host(), self.now())
    }

    pub(crate) async fn send(&self, ask: &Ask) -> Got {
        let mut ask = ask.clone();
        if !ask.headers.iter().any(|(n, _)| n.eq_ignore_ascii_case("host")) {
            ask = ask.header("host", &self.host());
        }
        let stream = TcpStream::connect(self.address).await.unwrap();
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        read(sender.send_request(ask.request()).await.unwrap()).await
    }

    /// Signs with the key of the vectors and sends.
    pub(crate) async fn call(&self, ask: Ask) -> Got {
        self.send(&self.sign(ask)).await
    }

    pub(crate) async fn metrics(&self) -> String {
        let got = self.send(&Ask::new("GET", "/metrics")).await;
        String::from_utf8(got.body.to_vec()).unwrap()
    }
}

pub(crate) async fn read(response: http::Response<hyper::body::Incoming>) -> Got {
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Got { status: parts.status, headers: parts.headers, body }
}
