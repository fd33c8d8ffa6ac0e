//! The HTTP shell: the routes beside the API, and the API as what remains.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::routing::get;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Request, Response};
use http_body_util::Full;
use serde_json::json;

use crate::answer::{self, Answer, Fault, RequestId};
use crate::api::{self, App};
use crate::clock;

/// The routes, ready to be called.
pub type Shell = Router;

/// The body of the shell's answers.
pub type ShellBody = Body;

/// `/healthz`, `/readyz` and `/metrics`; everything else is the API.
pub fn shell(app: Arc<App>) -> Shell {
    Router::new()
        .route("/healthz", get(health))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .method_not_allowed_fallback(api)
        .fallback(api)
        .with_state(app)
}

async fn api(State(app): State<Arc<App>>, request: Request<Body>) -> Response<Body> {
    api::answer(&app, request).await.map(Body::new)
}

/// The process runs; shows its clock, because clients take theirs from it (protocol 3.3).
async fn health(State(app): State<Arc<App>>, request: Request<Body>) -> Response<Body> {
    let now_ms = app.clock.now_ms();
    let body =
        json!({ "status": "ok", "time": clock::date(now_ms), "timeMs": now_ms, "version": env!("CARGO_PKG_VERSION") });
    finish(&app, &request, Response::new(Full::from(body.to_string())))
}

/// The store answers and the server is not stopping.
async fn ready(State(app): State<Arc<App>>, request: Request<Body>) -> Response<Body> {
    let fault = if app.draining.load(Ordering::Relaxed) {
        Fault::unavailable("The server is shutting down.")
    } else {
        match app.service.store().ping().await {
            Ok(()) => {
                let body = json!({ "status": "ready" });
                return finish(&app, &request, Response::new(Full::from(body.to_string())));
            }
            Err(error) => {
                tracing::warn!(%error, "not ready");
                Fault::unavailable("The store cannot be reached.")
            }
        }
    };
    finish(&app, &request, answer::failure(&fault, request.version()))
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
