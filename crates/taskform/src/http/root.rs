//! `/` for people: what a browser shows of a server that speaks an API.

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, Response};
use http_body_util::Full;

use crate::answer::{self, Answer, RequestId};
use crate::app::App;

/// Whether somebody looks at the server with a browser: an unsigned GET of the endpoint itself that takes HTML. Everything
/// else is the API's.
pub(super) fn is_asked<B>(app: &App, request: &Request<B>) -> bool {
    let path = request.uri().path().strip_prefix(app.http.base_path.as_str());
    let takes_html = || {
        let accepts = request.headers().get_all(ACCEPT).iter();
        accepts.filter_map(|value| value.to_str().ok()).any(|value| value.contains("text/html"))
    };
    matches!(path, Some("" | "/"))
        && matches!(*request.method(), Method::GET | Method::HEAD)
        && request.uri().query().is_none()
        && !request.headers().contains_key(AUTHORIZATION)
        && takes_html()
        && app.check_host(request.headers(), request.uri()).is_ok()
}

/// The page.
pub(super) fn answer<B>(app: &App, request: &Request<B>) -> Answer {
    let mut answer = Response::new(Full::from(Bytes::from(page(app))));
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    let policy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    answer::complete(&mut answer, RequestId::new(), request.headers(), &app.http.cors);
    answer
}

fn page(app: &App) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let region = &app.identity.region;
    let keys = if app.dev.is_some() {
        "This server runs with <code>--dev</code>: access key <code>test</code>, secret <code>test</code>."
    } else {
        "Its first start printed an access key; <code>taskform keys create</code> makes more."
    };
    format!(
        "<!doctype html>
<html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Taskform</title>
<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:40em;margin:3em auto;padding:0 1em}}</style>
<h1>Taskform {version}</h1>
<p>This is a server for task templates and tasks. It speaks Amazon Connect's API, which AWS SDKs and the AWS CLI speak too; it has
no pages of its own. {keys}</p>
<pre>export AWS_ENDPOINT_URL_CONNECT=<i>the address of this page, without a slash at its end</i>
export AWS_DEFAULT_REGION={region}
aws connect list-instances</pre>
<p>The AWS CLI before 1.29 and 2.13 does not read <code>AWS_ENDPOINT_URL_CONNECT</code>: give it <code>--endpoint-url</code>.</p>
<p>To watch it: <a href=\"/healthz\">/healthz</a>, <a href=\"/readyz\">/readyz</a>, <a href=\"/metrics\">/metrics</a>.</p>
"
    )
}
