//! Connections to receivers: a name is looked up once, its addresses are checked, and the connection goes to those that were
//! checked. Another answer of the DNS in between changes nothing.

use std::future::Ready;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower::{Service, ServiceExt};

use super::guard::{Guard, literal};
use super::port;

/// The addresses of a name, being looked up.
pub type Resolve = Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>>;

/// How a host and a port become addresses.
pub type Lookup = Arc<dyn Fn(String, u16) -> Resolve + Send + Sync>;

/// The lookup of the system.
#[must_use]
pub fn system_lookup() -> Lookup {
    Arc::new(|host, port| Box::pin(async move { Ok(tokio::net::lookup_host((host, port)).await?.collect()) }))
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Connects to what its guard allows.
#[derive(Clone)]
pub(super) struct Guarded {
    guard: Arc<Guard>,
    lookup: Lookup,
}

impl Guarded {
    pub(super) fn new(guard: Guard, lookup: Lookup) -> Self {
        Self { guard: Arc::new(guard), lookup }
    }
}

impl Service<Uri> for Guarded {
    type Response = TokioIo<TcpStream>;
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Failure>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        let Self { guard, lookup } = self.clone();
        Box::pin(async move {
            let (host, port) = (target.host().unwrap_or_default().to_owned(), port(&target));
            guard.check_named(&host, port)?;
            let found = match literal(&host) {
                Some(address) => vec![SocketAddr::new(address, port)],
                None => lookup(host.clone(), port).await?,
            };
            let chosen = guard.choose(&host, found)?;
            let mut http = HttpConnector::new_with_resolver(Pinned(chosen));
            http.enforce_http(false);
            http.set_nodelay(true);
            Ok(http.oneshot(target).await?)
        })
    }
}

/// Answers every name with the addresses that were checked. A host that is an address is not asked for, and was checked too.
#[derive(Clone)]
struct Pinned(Vec<SocketAddr>);

impl Service<Name> for Pinned {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Ready<io::Result<Self::Response>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Name) -> Self::Future {
        std::future::ready(Ok(self.0.clone().into_iter()))
    }
}
