//! Connections: accepting, TLS, limits, and ending them in order.

mod frames;
mod limits;
pub(crate) mod progress;
pub(crate) mod slots;
mod timed_stream;
mod tls;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response, Version};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;

use crate::answer::for_answer;
use crate::app::App;
use crate::connection::{Connection, Transport};
use crate::http::{Shell, ShellBody};
use crate::http::{health, host, without_tls};
use crate::metrics::Held;
use crate::settings;
use limits::{InTime, Portions};
use slots::{ConnectionSlot, ConnectionSlots, Permit};

pub(crate) use limits::Unlimited;
pub(crate) use progress::Open;
pub use progress::Progress;
pub use slots::SPARE_CONNECTIONS;
use tls::Begun;
pub use tls::{Acceptor, TlsError, acceptor};

/// Serves connections until told to stop.
pub struct Server {
    app: Arc<App>,
    shell: Shell,
    tls: Option<Arc<Acceptor>>,
    builder: auto::Builder<InTime>,
    slots: Arc<ConnectionSlots>,
    ending: watch::Sender<bool>,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Server")
    }
}

/// Connections that the system holds until they are accepted; it may bound them further (on Linux `net.core.somaxconn`).
pub const BACKLOG: u32 = 4_096;

/// Listens on an address.
///
/// # Errors
/// The address is in use, not this machine's, or not permitted.
pub fn listener(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // Connections of a server that has just ended do not keep the address taken.
    socket.set_reuseaddr(cfg!(unix))?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

impl Server {
    /// Serves `shell`, over TLS if there is an acceptor.
    #[must_use]
    pub fn new(app: Arc<App>, shell: Shell, tls: Option<Arc<Acceptor>>) -> Arc<Self> {
        let slots = ConnectionSlots::new(app.http.connections, app.streams.limit());
        let builder = builder(&app.http);
        Arc::new(Self { app, shell, tls, builder, slots, ending: watch::channel(false).0 })
    }

    /// Accepts connections until `stop` is done, then lets running requests finish.
    pub async fn run(self: Arc<Self>, listener: TcpListener, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        loop {
            let (stream, peer, permit) = tokio::select! {
                biased;
                () = &mut stop => break,
                accepted = self.accept(&listener) => accepted,
            };
            tokio::spawn(Arc::clone(&self).connection(stream, peer, permit));
        }
        drop(listener);
        self.finish().await;
    }

    /// Accepts a connection and finds a slot for it; while there is none, others wait in the system's queue.
    async fn accept(&self, listener: &TcpListener) -> (TcpStream, SocketAddr, Permit) {
        loop {
            match listener.accept().await {
                Ok((stream, peer)) => {
                    let made_room = || {
                        self.app.metrics.evicted.inc();
                    };
                    let permit = self.slots.permit(made_room).await;
                    return (stream, peer, permit);
                }
                Err(error) if is_peers_fault(&error) => {}
                Err(error) => {
                    // Out of file handles or memory: others have to finish first.
                    tracing::error!(%error, "cannot accept a connection");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
    }

    async fn connection(self: Arc<Self>, stream: TcpStream, peer: SocketAddr, permit: Permit) {
        let _held = Held::new(&self.app.metrics.connections);
        let slot = self.slots.enter(permit);
        // Without it a small answer may wait for an acknowledgement; failing to set it harms nothing else.
        let _ = stream.set_nodelay(true);
        let Some(tls) = &self.tls else {
            return self.converse(stream, peer, Transport::Plain, slot).await;
        };
        let begun = tokio::select! {
            biased;
            done = tokio::time::timeout(self.app.http.header_read_time, tls.begin(stream)) => done,
            () = slot.progress().ended() => return,
        };
        match begun {
            Ok(Ok(Begun::Tls(stream))) => self.converse(*stream, peer, Transport::Tls, slot).await,
            Ok(Ok(Begun::Plain(stream))) => self.converse(stream, peer, Transport::PlainToTls, slot).await,
            Ok(Ok(Begun::Nothing)) => tracing::debug!(%peer, "nothing was sent on the connection"),
            Ok(Err(error)) => {
                if self.app.unverified_lines.may_write(false, peer.ip(), self.app.clock.now_ms()) {
                    tracing::info!(%peer, %error, "TLS handshake failed");
                }
            }
            Err(_) => tracing::debug!(%peer, "TLS handshake took too long"),
        }
    }

    async fn converse<S>(&self, stream: S, peer: SocketAddr, transport: Transport, slot: ConnectionSlot)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let http = &self.app.http;
        let progress = Arc::clone(slot.progress());
        let stream =
            timed_stream::TimedStream::new(stream, Arc::clone(&progress), http.header_read_time, http.request_time);
        let share = self.app.buffers.peer(peer.ip());
        let connection = Arc::new(Connection::new(peer, transport, share, slot));
        let (shell, app) = (self.shell.clone(), Arc::clone(&self.app));
        let service = service_fn(move |request: Request<Incoming>| {
            respond(&app, shell.clone(), request, Arc::clone(&connection))
        });
        let mut conversation = pin!(self.builder.serve_connection(TokioIo::new(stream), service));
        let mut ending = self.ending.subscribe();
        let result = tokio::select! {
            biased;
            result = conversation.as_mut() => result,
            () = until_true(&mut ending) => {
                conversation.as_mut().graceful_shutdown();
                conversation.await
            }
            () = progress.silent(http.header_read_time) => {
                tracing::debug!(%peer, "nothing was sent on the connection");
                Ok(())
            }
            () = progress.unused(http.idle_time) => {
                tracing::debug!(%peer, "connection was not used");
                conversation.as_mut().graceful_shutdown();
                // Requests that are on their way now still get their time; a peer that does not answer gets no more.
                tokio::time::timeout(stream_time(http), conversation).await.unwrap_or(Ok(()))
            }
            () = progress.ended() => {
                tracing::debug!(%peer, "connection made room for another");
                conversation.as_mut().graceful_shutdown();
                leave(conversation, &progress, stream_time(http)).await
            }
        };
        if let Err(error) = result {
            tracing::debug!(%peer, error = %error, "connection ended early");
        }
        if transport == Transport::Plain && progress.has_begun_with_tls() {
            self.log_tls(peer);
        }
    }

    /// The client sees a failed handshake only (B290).
    fn log_tls(&self, peer: SocketAddr) {
        let now_ms = self.app.clock.now_ms();
        // What takes its times for seconds gets minutes.
        if self.app.tls_to_plain.admit(peer.ip(), now_ms / 60)
            && self.app.unverified_lines.may_write(false, peer.ip(), now_ms)
        {
            tracing::info!(
                %peer,
                "a TLS handshake was refused: this port speaks plain HTTP: use http:// in the endpoint URL, or start with \
                 --tls-certificate and --tls-key"
            );
        }
    }

    /// Requests that still arrive get 503; idle connections are closed; running requests get their time.
    async fn finish(&self) {
        /// Between the first 503 and closing idle connections: what is on its way now is answered rather than cut off.
        const LINGER: Duration = Duration::from_millis(200);
        let limit = self.app.http.shutdown_time;
        self.app.draining.store(true, std::sync::atomic::Ordering::Relaxed);
        self.app.streams.close();
        tokio::time::sleep(LINGER.min(limit)).await;
        self.ending.send_replace(true);
        if tokio::time::timeout(limit, self.slots.empty()).await.is_err() {
            let open = self.slots.open();
            tracing::warn!(open, "connections were still busy when the time for stopping was over");
        }
    }
}

/// How long a connection that makes room for another may take to end in order.
pub(crate) const LEAVE_TIME: Duration = Duration::from_millis(100);

/// Ends a connection soon, unless it has a request of a known caller meanwhile: that is still answered.
async fn leave<E>(
    mut conversation: Pin<&mut impl Future<Output = Result<(), E>>>,
    progress: &Progress,
    time: Duration,
) -> Result<(), E> {
    if let Ok(result) = tokio::time::timeout(LEAVE_TIME, conversation.as_mut()).await {
        return result;
    }
    if progress.is_verified() {
        return tokio::time::timeout(time, conversation).await.unwrap_or(Ok(()));
    }
    Ok(())
}

/// Waits for `true`; a sender that is gone means the same.
async fn until_true(signal: &mut watch::Receiver<bool>) {
    let _ = signal.wait_for(|on| *on).await;
}

/// Answers a request. What it may take in memory is decided at once, not when its answer is first polled: what is
/// refused has already been freed by then.
fn respond(
    app: &App,
    shell: Shell,
    mut request: Request<Incoming>,
    connection: Arc<Connection>,
) -> impl Future<Output = Result<Response<Portions<ShellBody>>, Infallible>> + Send + use<> {
    let many = request.version() == Version::HTTP_2;
    let open = connection.progress().begin(many);
    let room = match host::check(&request) {
        _ if connection.transport == Transport::PlainToTls => Some(Err(without_tls::fault())),
        Ok(()) if health::is_asked(&request) => None,
        Ok(()) => Some(connection.admit(app, &request)),
        Err(fault) => Some(Err(fault)),
    };
    if !matches!(room, Some(Ok(_))) {
        *request.headers_mut() = for_answer(request.headers());
    }
    async move {
        let response = shell.respond(request, &connection, &open, room).await;
        Ok(response.map(|body| if many { Portions::small(body, Some(open)) } else { Portions::for_http1(body) }))
    }
}

/// Longest time of one request of HTTP/2: to be read and answered, and for the peer to take the answer.
fn stream_time(http: &settings::Http) -> Duration {
    http.request_time * 2
}

/// Requests at once on one connection of HTTP/2. Official clients keep to what the server says.
const MAX_STREAMS: u32 = 32;

/// Bytes of a header section beyond `http.header_bytes` up to which it is refused with a JSON answer rather than the library's.
const HEADER_ROOM: usize = 192 * 1024;

fn builder(http: &settings::Http) -> auto::Builder<InTime> {
    let mut builder = auto::Builder::new(InTime(stream_time(http)));
    // Beyond our own limits, so that our JSON answer comes first. HTTP/1 has no timer: `TimedStream` keeps the time for headers,
    // `Progress` that between two requests.
    let room = http.header_bytes.saturating_add(HEADER_ROOM);
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
