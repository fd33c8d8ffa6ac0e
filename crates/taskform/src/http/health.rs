//! Monitoring: `/healthz`, `/readyz` and `/metrics`, unsigned and for any host.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::routing::get;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, Request, Response};
use http_body_util::Full;
use serde_json::json;
use service::Readiness;

use crate::answer::{self, Answer, Fault, RequestId};
use crate::app::App;
use crate::clock;

/// Its routes.
pub(super) fn routes(app: Arc<App>) -> Router {
    Router::new()
        .route("/healthz", get(health))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(app)
}

/// Whether the request is for one of them; they take nothing from its headers or body.
pub(crate) fn is_asked<B>(request: &Request<B>) -> bool {
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

/// The store answers, can be written as far as is known, the server is not stopping, and all parts of its background
/// work run without which tasks would stand still (B127).
async fn ready(State(app): State<Arc<App>>, request: Request<Body>) -> Response<Body> {
    match readiness(&app).await {
        Ok(body) => finish(&app, &request, Response::new(Full::from(body.to_string()))),
        Err(fault) => finish(&app, &request, answer::failure(&fault, request.version())),
    }
}

async fn readiness(app: &App) -> Result<serde_json::Value, Fault> {
    if app.is_draining() {
        return Err(Fault::unavailable("The server is shutting down."));
    }
    let store = app.service.store();
    app.probe.verdict(async || reachable(store.ready(), PING_TIME).await).await.map_err(Fault::unavailable)?;
    let failing: Vec<_> = app.service.parts().into_iter().filter(|part| part.failing).collect();
    if let Some(part) = failing.iter().find(|part| part.readiness == Readiness::Required) {
        return Err(Fault::unavailable(&format!("The background work `{}` failed and is started again.", part.name)));
    }
    let names: Vec<&str> = failing.iter().map(|part| part.name.as_str()).collect();
    Ok(if names.is_empty() { json!({ "status": "ready" }) } else { json!({ "status": "ready", "failing": names }) })
}

/// A store that answers later than this is not ready; probes seldom wait longer.
const PING_TIME: Duration = Duration::from_secs(2);

async fn reachable(ping: impl Future<Output = Result<(), store::Error>>, limit: Duration) -> Result<(), &'static str> {
    match tokio::time::timeout(limit, ping).await {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready");
            return Err(error.passing().unwrap_or("The store cannot be used."));
        }
        Err(_) => tracing::warn!("not ready: the store does not answer"),
    }
    Err("The store cannot be reached.")
}

async fn metrics(State(app): State<Arc<App>>, request: Request<Body>) -> Response<Body> {
    let mut answer: Answer = Response::new(Full::from(app.metrics.shared_text()));
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
        assert_eq!(reachable(std::future::pending(), limit).await, Err("The store cannot be reached."));
        assert!(reachable(async { Ok(()) }, limit).await.is_ok());
    }
}
