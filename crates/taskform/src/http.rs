//! The HTTP shell: the routes beside the API, and the API as what remains.

pub(crate) mod forwarded;
mod root;
pub(crate) mod visitor;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::routing::get;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, Request, Response};
use http_body_util::{Either, Full};
use hyper::body::Incoming;
use serde_json::json;
use tower::ServiceExt;

use crate::answer::{self, Answer, Fault, RequestId};
use crate::api::{self, App};
use crate::buffers::Reservation;
use crate::clock;
use crate::listen::{Connection, Open};
use crate::testclock;

/// Everything that answers a request.
#[derive(Clone)]
pub struct Shell(Arc<Inner>);

struct Inner {
    app: Arc<App>,
    /// The routes beside the API.
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
    /// `/healthz`, `/readyz`, `/metrics` and the test clock; everything else is the API.
    #[must_use]
    pub fn new(app: Arc<App>) -> Self {
        let routes = Router::new()
            .route("/healthz", get(health))
            .route("/readyz", get(ready))
            .route("/metrics", get(metrics))
            .with_state(Arc::clone(&app));
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
        if request.uri().path() == testclock::PATH && request.method() != Method::OPTIONS {
            return Box::pin(testclock::answer(&self.0.app, request, connection, room)).await.map(Either::Left);
        }
        api::answer(&self.0.app, request, connection, open, room).await.map(Either::Left)
    }
}

/// Whether the request is for one of the routes beside the API, which take nothing from its headers or body.
pub(crate) fn is_health<B>(request: &Request<B>) -> bool {
    matches!(*request.method(), Method::GET | Method::HEAD)
        && matches!(request.uri().path(), "/healthz" | "/readyz" | "/metrics")
}

/// The process runs; shows its clock, because clients take theirs from it (protocol 3.3).
async fn health(State(app): State<Arc<App>>, request: Request<Body>) -> Response<Body> {
    let now_ms = app.clock.now_ms();
    let body =
        json!({ "status": "ok", "time": clock::date(now_ms), "timeMs": now_ms, "version": env!("CARGO_PKG_VERSION") });
    finish(&app, &request, Response::new(Full::from(body.to_string())))
}

/// The store answers, can be written as far as is known, and the server is not stopping.
async fn ready(State(app): State<Arc<App>>, request: Request<Body>) -> Response<Body> {
    let fault = if app.draining.load(Ordering::Relaxed) {
        Fault::unavailable("The server is shutting down.")
    } else {
        match reachable(app.service.store().ready(), PING_TIME).await {
            Ok(()) => {
                let body = json!({ "status": "ready" });
                return finish(&app, &request, Response::new(Full::from(body.to_string())));
            }
            Err(fault) => fault,
        }
    };
    finish(&app, &request, answer::failure(&fault, request.version()))
}

/// A store that answers later than this is not ready; those who ask wait seldom longer.
const PING_TIME: Duration = Duration::from_secs(2);

async fn reachable(ping: impl Future<Output = Result<(), store::Error>>, limit: Duration) -> Result<(), Fault> {
    match tokio::time::timeout(limit, ping).await {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready");
            return Err(Fault::unavailable(error.passing().unwrap_or("The store cannot be used.")));
        }
        Err(_) => tracing::warn!("not ready: the store does not answer"),
    }
    Err(Fault::unavailable("The store cannot be reached."))
}

async fn metrics(State(app): State<Arc<App>>, request: Request<Body>) -> Response<Body> {
    let mut answer: Answer = Response::new(Full::from(Bytes::from(app.metrics.text())));
    let kind = HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");
    answer.headers_mut().insert(CONTENT_TYPE, kind);
    finish(&app, &request, answer)
}

fn finish(app: &App, request: &Request<Body>, mut answer: Answer) -> Response<Body> {
    answer::complete(&mut answer, RequestId::new(), request.headers(), &app.http.cors);
    answer.map(Body::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_store_that_does_not_answer_is_not_ready() {
        let limit = Duration::from_millis(20);
        assert_eq!(reachable(std::future::pending(), limit).await.unwrap_err().status, 503);
        assert!(reachable(async { Ok(()) }, limit).await.is_ok());
    }
}
