//! The bare server: the HTTP library of the product with nothing behind it. It answers the same bytes to every
//! request, one port for each answer, and is what the product is measured against.

use std::convert::Infallible;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// Serves each file (a recorded answer: head, empty line, body) on a port of its own until killed. Prints the ports
/// in the files' order after the word `ready`.
///
/// # Errors
/// A file that is no answer, or a port that cannot be had.
pub(crate) fn serve(files: &[PathBuf]) -> Result<(), String> {
    let answers = files.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|e| format!("no runtime: {e}"))?;
    runtime.block_on(async {
        let mut line = String::from("ready");
        let mut servers = Vec::new();
        for answer in answers {
            let listener = TcpListener::bind("127.0.0.1:0").await.map_err(|e| format!("no port: {e}"))?;
            let port = listener.local_addr().map_err(|e| format!("no port: {e}"))?.port();
            line += &format!(" {port}");
            servers.push(tokio::spawn(accept(listener, answer)));
        }
        writeln!(std::io::stdout(), "{line}").map_err(|e| format!("cannot print: {e}"))?;
        for server in servers {
            server.await.map_err(|e| format!("a listener ended: {e}"))?;
        }
        Ok(())
    })
}

type Recorded = (HeaderMap, Bytes);

/// Reads a recorded answer; what hyper writes by itself (length, date) is left to it.
fn read(file: &Path) -> Result<Recorded, String> {
    let bytes = fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let end = memchr::memmem::find(&bytes, b"\r\n\r\n").ok_or_else(|| format!("{}: no head", file.display()))?;
    let mut headers = HeaderMap::new();
    for line in String::from_utf8_lossy(&bytes[..end]).lines().skip(1) {
        let (name, value) = line.split_once(':').ok_or_else(|| format!("not a header: {line}"))?;
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|e| format!("not a header: {line}: {e}"))?;
        let value = HeaderValue::from_str(value.trim()).map_err(|e| format!("not a header: {line}: {e}"))?;
        if name != "content-length" && name != "date" {
            headers.append(name, value);
        }
    }
    Ok((headers, Bytes::copy_from_slice(&bytes[end + 4..])))
}

async fn accept(listener: TcpListener, recorded: Recorded) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        if stream.set_nodelay(true).is_err() {
            continue;
        }
        let recorded = recorded.clone();
        let service = service_fn(move |request| answer(request, recorded.clone()));
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

async fn answer(request: Request<Incoming>, (headers, body): Recorded) -> Result<Response<Full<Bytes>>, Infallible> {
    let mut incoming = request.into_body();
    while let Some(Ok(_)) = incoming.frame().await {}
    let mut response = Response::new(Full::new(body));
    *response.headers_mut() = headers;
    Ok(response)
}
