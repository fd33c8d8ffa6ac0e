//! The HTTP shell: which module answers a request. All of them answer errors as JSON with `Message` and the headers of
//! protocol 2.3.
//!
//! | Module | Signed for | Largest body |
//! | --- | --- | --- |
//! | [`connect`]: the API, and what no other module answers | `connect` | `http.body_bytes` |
//! | [`health`]: `/healthz`, `/readyz`, `/metrics` | no signature | none is read |
//! | [`clock`]: `/_taskform/clock` of `--dev` | no signature | 1,024 bytes |
//! | [`root`]: `/` in a browser | no signature | none is read |

pub(crate) mod clock;
mod connect;
pub(crate) mod forwarded;
pub(crate) mod health;
mod root;
pub(crate) mod visitor;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use http::{Method, Request, Response};
use http_body_util::{Either, Full};
use hyper::body::Incoming;
use tower::ServiceExt;

use crate::answer::Fault;
use crate::app::App;
use crate::buffers::Reservation;
use crate::connection::Connection;
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

/// The body of an answer: one of the API is in memory.
pub type ShellBody = Either<Full<Bytes>, Body>;

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
            return response.map(Either::Right);
        };
        if root::is_asked(&self.0.app, &request) {
            return root::answer(&self.0.app, &request).map(Either::Left);
        }
        // What a browser asks for beforehand is answered as for the API.
        if request.uri().path() == clock::PATH && request.method() != Method::OPTIONS {
            return Box::pin(clock::answer(&self.0.app, request, connection, room)).await.map(Either::Left);
        }
        connect::answer(&self.0.app, request, connection, open, room).await.map(Either::Left)
    }
}
