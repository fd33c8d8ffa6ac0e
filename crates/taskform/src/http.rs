//! The HTTP shell: which module answers a request. All of them but [`sts`] answer errors as JSON with `Message` and the headers
//! of protocol 2.3.
//!
//! | Module | Signed for | Largest body |
//! | --- | --- | --- |
//! | [`connect`]: the API, and what no other module answers | `connect` | `http.body_bytes` |
//! | [`agent`]: `/_agent/v1/…` | `connect` | `http.body_bytes` |
//! | [`sts`]: `/` with a form or a query | `sts`, `iam` | 4,096 bytes |
//! | [`health`]: `/healthz`, `/readyz`, `/metrics` | no signature | none is read |
//! | [`clock`]: `/_taskform/clock` of `--dev` | no signature | 1,024 bytes |
//! | [`session`]: `/_taskform/v1/session`, and [`invitation`], its page | no signature | 8,192 bytes |
//! | [`root`]: `/` in a browser | no signature | none is read |
//! | [`without_tls`]: HTTP without TLS on a port with a certificate | no signature | none is read |

mod agent;
pub(crate) mod clock;
mod connect;
mod door;
pub(crate) mod forwarded;
pub(crate) mod health;
pub(crate) mod host;
mod invitation;
mod root;
mod session;
mod sts;
pub(crate) mod visitor;
pub(crate) mod without_tls;

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use http::{Method, Request, Response};
use http_body_util::{Either, Full};
use hyper::body::{Frame, Incoming, SizeHint};
use tower::ServiceExt;

use crate::answer::Fault;
use crate::app::App;
use crate::buffers::Reservation;
use crate::connection::{Connection, Transport};
use crate::listen::Open;

/// Everything that answers a request.
#[derive(Clone)]
pub struct Shell(Arc<Inner>);

struct Inner {
    app: Arc<App>,
    /// Those of health.
    routes: Router,
}

impl std::fmt::Debug for Shell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shell")
    }
}

/// The body of an answer: one of the API is in memory, and so counts until it is handed over.
#[derive(Debug)]
pub struct ShellBody {
    bytes: Either<Full<Bytes>, Body>,
    _room: Option<Reservation>,
}

impl ShellBody {
    fn of_api(bytes: Full<Bytes>, room: Option<Reservation>) -> Self {
        Self { bytes: Either::Left(bytes), _room: room }
    }
}

impl hyper::body::Body for ShellBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        Pin::new(&mut self.bytes).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.bytes.size_hint()
    }
}

/// Why a body could not be made.
type BodyError = <Either<Full<Bytes>, Body> as hyper::body::Body>::Error;

impl Shell {
    /// All modules that answer requests.
    #[must_use]
    pub fn new(app: Arc<App>) -> Self {
        let routes = health::routes(Arc::clone(&app));
        Self(Arc::new(Inner { app, routes }))
    }

    /// Answers one request. The API does not pass the router: it has its own, on raw paths. `room` is what the request may
    /// take in memory, or why it may not; health needs none.
    pub(crate) async fn respond(
        &self,
        request: Request<Incoming>,
        connection: &Connection,
        open: &Open,
        room: Option<Result<Reservation, Fault>>,
    ) -> Response<ShellBody> {
        let Some(room) = room else {
            let Ok(response) = Box::pin(self.0.routes.clone().oneshot(request)).await;
            // All who ask share what is long; see `health`.
            return response.map(|body| ShellBody { bytes: Either::Right(body), _room: None });
        };
        if connection.transport == Transport::PlainToTls {
            return without_tls::answer(&self.0.app, &request, connection).map(|body| ShellBody::of_api(body, None));
        }
        if root::is_asked(&self.0.app, &request) {
            return root::answer(&self.0.app, &request).map(|body| ShellBody::of_api(body, room.ok()));
        }
        if let Some(door) = session::Door::of(&self.0.app, &request) {
            let answer = Box::pin(session::answer(&self.0.app, door, request, connection, room)).await;
            return answer.map(|body| ShellBody::of_api(body, None));
        }
        // What a browser asks for beforehand is answered as for the API.
        if request.uri().path() == clock::PATH && request.method() != Method::OPTIONS {
            let answer = Box::pin(clock::answer(&self.0.app, request, connection, room)).await;
            return answer.map(|body| ShellBody::of_api(body, None));
        }
        let (answer, room, events) = connect::answer(&self.0.app, request, connection, open, room).await;
        match events {
            Some(events) => answer.map(|_| ShellBody { bytes: Either::Right(events.into_body()), _room: None }),
            None => answer.map(|body| ShellBody::of_api(body, room)),
        }
    }
}
