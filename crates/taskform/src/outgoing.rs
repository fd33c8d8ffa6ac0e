//! HTTP requests that this server makes: to webhooks and functions.
//!
//! A JSON body out by POST and a bounded answer back, over http or https, with a time for all of it. Redirects are not
//! followed: what is sent may be meant for that receiver alone. Proxies of the environment are not used. Some addresses are
//! never called ([`guard`]).

mod connect;
pub mod guard;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use http::{Method, Request, Uri};
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Incoming};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::{ClientConfig, RootCertStore};

use crate::settings::has_port;
use connect::Guarded;
pub use connect::{Lookup, Resolve, system_lookup};
pub use guard::Guard;

/// Connections to one host that are kept for the next request.
const KEPT_CONNECTIONS: usize = 16;

/// How long an unused connection is kept; shorter than most servers keep theirs.
const KEPT_TIME: Duration = Duration::from_secs(20);

/// Why there was no answer.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// Nobody answered in time.
    #[error("no answer within {} s", .0.as_secs_f64())]
    Late(Duration),
    /// The answer is longer than wanted.
    #[error("the answer is longer than {0} bytes")]
    Long(usize),
    /// The connection failed.
    #[error("{0}")]
    Failed(String),
}

/// An answer, whatever its status.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// The body, complete.
    pub body: Bytes,
}

/// A client for all requests of this process. Cheap to clone.
#[derive(Clone)]
pub struct Outgoing(Client<HttpsConnector<Guarded>, Full<Bytes>>);

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Outgoing(..)")
    }
}

/// What a body longer than its limit becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Longer {
    /// [`NoAnswer::Long`].
    Fails,
    /// Cut off: only its start matters.
    Cut,
}

impl Outgoing {
    /// Trusts the certificates that the system trusts; `SSL_CERT_FILE` and `SSL_CERT_DIR` name others.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub fn new(guard: Guard) -> Result<Self, rustls::Error> {
        let mut roots = RootCertStore::empty();
        // A system's store may hold certificates that are of no use here; the others count.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        Self::with(roots, guard, system_lookup())
    }

    /// Trusts these certificates, and looks names up in this way.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub fn with(roots: RootCertStore, guard: Guard, lookup: Lookup) -> Result<Self, rustls::Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(config)
            .https_or_http()
            .enable_http1()
            .wrap_connector(Guarded::new(guard, lookup));
        let mut client = Client::builder(TokioExecutor::new());
        client.pool_timer(TokioTimer::new()).pool_idle_timeout(KEPT_TIME).pool_max_idle_per_host(KEPT_CONNECTIONS);
        Ok(Self(client.build(connector)))
    }

    /// Posts `body` of the given content type and reads at most `most` bytes of the answer, all within `limit`.
    ///
    /// # Errors
    /// No complete answer came. An answer with a bad status is one.
    pub async fn post(
        &self,
        target: &Uri,
        kind: &'static str,
        headers: &[(HeaderName, HeaderValue)],
        body: Bytes,
        limit: Duration,
        (most, longer): (usize, Longer),
    ) -> Result<Answer, NoAnswer> {
        let mut request = Request::new(Full::new(body));
        *request.method_mut() = Method::POST;
        request.uri_mut().clone_from(target);
        let fields = request.headers_mut();
        fields.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        fields.insert(USER_AGENT, HeaderValue::from_static(concat!("taskform/", env!("CARGO_PKG_VERSION"))));
        fields.extend(headers.iter().cloned());
        let failed = |error: hyper_util::client::legacy::Error| match std::error::Error::source(&error) {
            Some(cause) if error.is_connect() => {
                NoAnswer::Failed(format!("cannot connect to {}: {}", address(target), causes(cause)))
            }
            _ => NoAnswer::Failed(causes(&error)),
        };
        let exchange = async {
            let (parts, body) = self.0.request(request).await.map_err(failed)?.into_parts();
            let body = read(body, most, longer).await?;
            Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, body })
        };
        tokio::time::timeout(limit, exchange).await.unwrap_or(Err(NoAnswer::Late(limit)))
    }
}

/// Host and port of a target, without anything else that its URL holds.
fn address(target: &Uri) -> String {
    format!("{}:{}", target.host().unwrap_or_default(), port(target))
}

/// The port of a target.
fn port(target: &Uri) -> u16 {
    target.port_u16().unwrap_or(if target.scheme_str() == Some("https") { 443 } else { 80 })
}

async fn read(body: Incoming, most: usize, longer: Longer) -> Result<Bytes, NoAnswer> {
    let too_long = |len: usize| len > most && longer == Longer::Fails;
    if too_long(usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX)) {
        return Err(NoAnswer::Long(most));
    }
    let (mut body, mut whole) = (body, BytesMut::new());
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|e| NoAnswer::Failed(causes(&e)))?.into_data() else { continue };
        whole.extend_from_slice(&data);
        if too_long(whole.len()) {
            return Err(NoAnswer::Long(most));
        } else if whole.len() >= most && longer == Longer::Cut {
            whole.truncate(most);
            break;
        }
    }
    Ok(whole.freeze())
}

/// Whether a target may be called, as far as it can be said without looking its name up.
///
/// # Errors
/// Why not, and which setting would allow it.
pub fn check(target: &Uri, guard: &Guard) -> Result<(), guard::Forbidden> {
    guard.check_named(target.host().unwrap_or_default(), port(target))
}

/// A target as settings give it.
///
/// # Errors
/// What a target looks like.
pub fn target(text: &str) -> Result<Target, &'static str> {
    const EXPECTED: &str =
        "an address that starts with http:// or https:// and names a host, without user and password";
    let uri: Uri = text.parse().map_err(|_| EXPECTED)?;
    let scheme = matches!(uri.scheme_str(), Some("http" | "https"));
    let authority = uri.authority().is_some_and(|a| !a.host().is_empty() && !a.as_str().contains('@') && has_port(a));
    if scheme && authority { Ok(Target(uri)) } else { Err(EXPECTED) }
}

/// The URL of a receiver. Its path and query may hold a secret: `Debug` shows host and port.
#[derive(Clone)]
pub struct Target(Uri);

impl std::ops::Deref for Target {
    type Target = Uri;

    fn deref(&self) -> &Uri {
        &self.0
    }
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Target({})", address(&self.0))
    }
}

/// An error with what caused it, outermost first: the library's own text says only which step failed.
fn causes(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_failed_connection_names_its_address_and_no_more_of_the_url() {
        let client = Outgoing::with(RootCertStore::empty(), Guard::default(), system_lookup()).unwrap();
        // Port 1 is nobody's.
        let target: Uri = "http://127.0.0.1:1/secret/path?token=secret".parse().unwrap();
        let (limit, most) = (Duration::from_secs(10), (1, Longer::Cut));
        let error = client.post(&target, "application/json", &[], Bytes::new(), limit, most).await.unwrap_err();
        let text = error.to_string();
        assert!(text.starts_with("cannot connect to 127.0.0.1:1: ") && text.contains("refused"), "{text}");
        assert!(!text.contains("secret"), "{text}");
        for (target, shown) in [("https://example.com/", "example.com:443"), ("http://[::1]/", "[::1]:80")] {
            assert_eq!(address(&target.parse().unwrap()), shown);
        }
    }

    #[test]
    fn targets() {
        for good in ["http://localhost:1/a?b=c", "https://example.com", "http://[::1]:80/"] {
            assert!(target(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "/a",
            "example.com",
            "ftp://a/b",
            "http://",
            "https://u:p@host/",
            "http://a b/",
            "http://h:x/",
            "http://h:/",
            "http://h:99999/",
        ] {
            assert!(target(bad).is_err(), "{bad}");
        }
    }
}
