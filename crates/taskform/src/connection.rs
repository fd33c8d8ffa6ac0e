//! A connection as its requests see it.

use std::net::SocketAddr;
use std::sync::Arc;

use http::Request;

use crate::answer::Fault;
use crate::app::App;
use crate::buffers::{Peer, Reservation};
use crate::http::forwarded;
use crate::listen::progress::{Open, Progress, StaysVerified};
use crate::listen::slots::ConnectionSlot;

/// A request of a known caller that goes on behind the head of its answer: the connection is in use while this lives.
#[derive(Debug)]
pub(crate) struct Use {
    _verified: StaysVerified,
    _open: Open,
}

impl Use {
    /// `alone` says that the connection carries nothing else meanwhile (HTTP/1).
    pub(crate) fn begin(connection: &Connection, open: &Open, alone: bool) -> Self {
        if alone {
            connection.slot.streams();
        }
        Self { _verified: connection.progress().stays_verified(), _open: open.share() }
    }
}

/// What a connection carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// HTTP, as is due where there is no certificate.
    Plain,
    /// HTTP over TLS.
    Tls,
    /// HTTP without TLS, to a port that has a certificate: its requests are refused (B149).
    PlainToTls,
}

/// What a request may know about its connection.
#[derive(Debug)]
pub struct Connection {
    /// The other end.
    pub peer: SocketAddr,
    /// What it carries.
    pub transport: Transport,
    /// The peer's usage of the memory for requests.
    share: Arc<Peer>,
    slot: ConnectionSlot,
}

impl Connection {
    /// A connection that holds a slot and counts towards its peer's limit.
    pub(crate) fn new(peer: SocketAddr, transport: Transport, share: Arc<Peer>, slot: ConnectionSlot) -> Self {
        Self { peer, transport, share, slot }
    }

    /// What the connection is doing.
    #[must_use]
    pub fn progress(&self) -> &Arc<Progress> {
        self.slot.progress()
    }

    /// Reserves what a request needs, before anything of it waits.
    pub(crate) fn admit<B>(&self, app: &App, request: &Request<B>) -> Result<Reservation, Fault> {
        if !self.slot.is_for_all() {
            return Err(Fault::unavailable("The server has too many connections. Try again.").closing());
        }
        let (proxies, peer) = (&app.http.trusted_proxies, self.peer.ip());
        if !proxies.contains(peer) {
            return self.share.admit(request);
        }
        // The requests of a proxy count towards the limits of its clients.
        match forwarded::client(proxies, request.headers(), peer) {
            Some(client) if client != peer.to_canonical() => app.buffers.peer(client).admit(request),
            Some(_) | None => self.share.admit(request),
        }
    }
}
