//! Connections: accepting, TLS, limits, and ending them in order.

mod limits;
mod patience;
mod tls;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response, Version};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio_rustls::TlsAcceptor;

use crate::api::App;
use crate::http::{Shell, ShellBody};
use crate::metrics::Held;
use crate::settings;
use limits::{InTime, Open, Portions};

pub use patience::Progress;
pub use tls::{TlsError, acceptor};

/// What a request may know about its connection.
#[derive(Debug)]
pub struct Connection {
    /// The other end.
    pub peer: SocketAddr,
    /// Whether it is encrypted.
    pub tls: bool,
    /// Where in a request the connection is.
    pub progress: Arc<Progress>,
}

/// Serves connections until told to stop.
pub struct Server {
    app: Arc<App>,
    shell: Shell,
    tls: Option<TlsAcceptor>,
    builder: auto::Builder<InTime>,
    places: Arc<Semaphore>,
    ending: watch::Sender<bool>,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Server")
    }
}

impl Server {
    /// Serves `shell`, over TLS if there is an acceptor.
    #[must_use]
    pub fn new(app: Arc<App>, shell: Shell, tls: Option<TlsAcceptor>) -> Arc<Self> {
        let places = Arc::new(Semaphore::new(app.http.connections));
        let builder = builder(&app.http);
        Arc::new(Self { app, shell, tls, builder, places, ending: watch::channel(false).0 })
    }

    /// Accepts connections until `stop` is done, then lets running requests finish.
    pub async fn run(self: Arc<Self>, listener: TcpListener, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        loop {
            let (stream, peer, place) = tokio::select! {
                biased;
                () = &mut stop => break,
                accepted = self.accept(&listener) => accepted,
            };
            tokio::spawn(Arc::clone(&self).connection(stream, peer, place));
        }
        drop(listener);
        self.finish().await;
    }

    /// Waits for a free place first, so that what cannot be served waits in the system's queue.
    async fn accept(&self, listener: &TcpListener) -> (TcpStream, SocketAddr, OwnedSemaphorePermit) {
        let place = Arc::clone(&self.places).acquire_owned().await.expect("this semaphore is never closed");
        loop {
            match listener.accept().await {
                Ok((stream, peer)) => return (stream, peer, place),
                Err(error) if is_peers_fault(&error) => {}
                Err(error) => {
                    // Out of file handles or memory: others have to finish first.
                    tracing::error!(%error, "cannot accept a connection");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
    }

    async fn connection(self: Arc<Self>, stream: TcpStream, peer: SocketAddr, place: OwnedSemaphorePermit) {
        let (_place, _held) = (place, Held::new(&self.app.metrics.connections));
        // Without it a small answer may wait for an acknowledgement; failing to set it harms nothing else.
        let _ = stream.set_nodelay(true);
        let Some(tls) = &self.tls else {
            return self.converse(stream, peer, false).await;
        };
        match tokio::time::timeout(self.app.http.header_read_time, tls.accept(stream)).await {
            Ok(Ok(stream)) => self.converse(stream, peer, true).await,
            Ok(Err(error)) => tracing::debug!(%peer, %error, "TLS handshake failed"),
            Err(_) => tracing::debug!(%peer, "TLS handshake took too long"),
        }
    }

    async fn converse<S>(&self, stream: S, peer: SocketAddr, tls: bool)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let progress = Arc::new(Progress::default());
        let http = &self.app.http;
        let stream = patience::Patient::new(stream, Arc::clone(&progress), http.header_read_time, http.request_time);
        let connection = Arc::new(Connection { peer, tls, progress: Arc::clone(&progress) });
        let shell = self.shell.clone();
        let service =
            service_fn(move |request: Request<Incoming>| respond(shell.clone(), request, Arc::clone(&connection)));
        let mut conversation = pin!(self.builder.serve_connection(TokioIo::new(stream), service));
        let mut ending = self.ending.subscribe();
        let result = tokio::select! {
            biased;
            result = conversation.as_mut() => result,
            () = until_true(&mut ending) => {
                conversation.as_mut().graceful_shutdown();
                conversation.await
            }
            () = progress.unused(http.idle_time) => {
                tracing::debug!(%peer, "connection was not used");
                conversation.as_mut().graceful_shutdown();
                // Requests that are on their way now still get their time; a peer that does not answer gets no more.
                tokio::time::timeout(stream_time(http), conversation).await.unwrap_or(Ok(()))
            }
        };
        if let Err(error) = result {
            tracing::debug!(%peer, error = %error, "connection ended early");
        }
    }

    /// Requests that still arrive get 503; idle connections are closed; running requests get their time.
    async fn finish(&self) {
        /// Between the first 503 and closing idle connections: what is on its way now is answered rather than cut off.
        const LINGER: Duration = Duration::from_millis(200);
        let limit = self.app.http.shutdown_time;
        let all = u32::try_from(self.app.http.connections).unwrap_or(u32::MAX);
        self.app.draining.store(true, std::sync::atomic::Ordering::Relaxed);
        tokio::time::sleep(LINGER.min(limit)).await;
        self.ending.send_replace(true);
        if tokio::time::timeout(limit, self.places.acquire_many(all)).await.is_err() {
            let open = self.app.http.connections - self.places.available_permits();
            tracing::warn!(open, "connections were still busy when the time for stopping was over");
        }
    }
}

/// Waits for `true`; a sender that is gone means the same.
async fn until_true(signal: &mut watch::Receiver<bool>) {
    let _ = signal.wait_for(|on| *on).await;
}

async fn respond(
    shell: Shell,
    request: Request<Incoming>,
    connection: Arc<Connection>,
) -> Result<Response<Portions<ShellBody>>, Infallible> {
    if request.version() == Version::HTTP_2 {
        let open = Open::new(Arc::clone(&connection));
        let response = shell.respond(request, &connection).await;
        return Ok(response.map(|body| Portions::small(body, open)));
    }
    connection.progress.busy();
    let response = shell.respond(request, &connection).await;
    connection.progress.idle();
    Ok(response.map(Portions::whole))
}

/// Longest time of one request of HTTP/2: to be read and answered, and for the peer to take the answer.
fn stream_time(http: &settings::Http) -> Duration {
    http.request_time * 2
}

/// Requests at once on one connection of HTTP/2. Official clients keep to what the server says.
const MAX_STREAMS: u32 = 32;

fn builder(http: &settings::Http) -> auto::Builder<InTime> {
    let mut builder = auto::Builder::new(InTime(stream_time(http)));
    // Beyond our own limits, so that our JSON answer comes first. HTTP/1 has no timer: `Patient` keeps the time for headers,
    // `Progress` that between two requests.
    let room = http.header_bytes.saturating_mul(2).max(512 * 1024);
    builder.http1().max_buf_size(room);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(u32::try_from(room).unwrap_or(u32::MAX))
        .max_concurrent_streams(MAX_STREAMS)
        .keep_alive_interval(http.idle_time / 2)
        .keep_alive_timeout(Duration::from_secs(20));
    builder
}

/// The peer gave up between connecting and being accepted.
fn is_peers_fault(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
