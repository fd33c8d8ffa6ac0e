//! Who may speak to a server of `--dev`: it serves a well-known key, so names and web pages from elsewhere are kept out.
//!
//! A page that a developer visits can send requests to loopback addresses, and by DNS rebinding under a name of its own.
//! Outside of `--dev` every request is signed with a secret that no page knows.

use std::net::IpAddr;

use http::header::{CONTENT_TYPE, HOST, ORIGIN};
use http::request::Parts;
use http::{HeaderMap, Method, Uri};

use crate::answer::Fault;
use crate::settings::{Cors, Http};

use super::forwarded::{is_host, without_port};

/// Headers of which a browser sends at least one with every request that can change something.
const OF_BROWSERS: [&str; 6] =
    ["origin", "referer", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest", "sec-fetch-user"];

/// The name of this machine, or that of the public URL. A request without `Host` is of no browser.
///
/// # Errors
/// `AccessDeniedException` that says what would be right.
pub(crate) fn check_host(http: &Http, headers: &HeaderMap, uri: &Uri) -> Result<(), Fault> {
    let in_headers = headers.get_all(HOST).iter().map(|host| host.to_str().unwrap_or(""));
    let in_target = uri.authority().map(|authority| authority.as_str());
    let public = http.public_url.as_ref().map(|url| url.host.as_str());
    let foreign = in_headers.chain(in_target).find(|host| !is_loopback(host) && Some(*host) != public);
    let Some(host) = foreign else { return Ok(()) };
    let shown = if is_host(host) { host } else { "?" };
    let text = format!(
        "A server with --dev answers to loopback hosts only (localhost, 127.0.0.1, [::1]), not to '{shown}'. Use one of \
         them, name the address of the clients with --http-public-url, or add --dev-allow-remote"
    );
    Err(Fault::new(403, "AccessDeniedException", &text))
}

/// Whether a `Host` names this machine, whatever the port.
fn is_loopback(host: &str) -> bool {
    let name = without_port(host).to_ascii_lowercase();
    let name = name.strip_suffix('.').unwrap_or(&name);
    let address = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(name);
    name == "localhost"
        || name.ends_with(".localhost")
        || address.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
}

/// Keeps web pages of other origins from what needs no signature. Programs that are no browsers pass as they are.
///
/// # Errors
/// `AccessDeniedException` for another origin that `http.cors_origins` does not name; 415 for a body that a browser sends
/// without asking first.
pub(crate) fn check_page(http: &Http, parts: &Parts) -> Result<(), Fault> {
    let headers = &parts.headers;
    if !OF_BROWSERS.iter().any(|name| headers.contains_key(*name)) {
        return Ok(());
    }
    let origins = headers.get_all(ORIGIN);
    let allowed = |origin: &str| match &http.cors {
        Cors::Any => true,
        Cors::Listed(listed) => listed.iter().any(|one| one == origin),
    };
    let known = |origin: &str| allowed(origin) || is_same(origin, headers);
    let from_origin = origins.iter().all(|origin| origin.to_str().is_ok_and(known));
    let site = headers.get("sec-fetch-site").map_or("none", |site| site.to_str().unwrap_or("cross-site"));
    // Without an origin, only this header shows that another page sent it.
    let named = origins.iter().next().is_some();
    if !from_origin || !named && !matches!(site, "same-origin" | "none") {
        let text = "Web pages of other origins may not move the test clock; http.cors_origins names those that may.";
        return Err(Fault::new(403, "AccessDeniedException", text));
    }
    if parts.method == Method::POST && !is_json(headers) {
        let text = "From a browser, send Content-Type: application/json.";
        return Err(Fault::new(415, "UnsupportedMediaTypeException", text));
    }
    Ok(())
}

/// Whether a page came from the host that it speaks to.
fn is_same(origin: &str, headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    origin.split_once("://").is_some_and(|(_, name)| host.is_some_and(|host| host.eq_ignore_ascii_case(name)))
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
    kind.split(';').next().unwrap_or("").trim().eq_ignore_ascii_case("application/json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_b67_hosts_of_this_machine() {
        for host in
            ["localhost", "LOCALHOST:1", "a.localhost", "localhost.", "127.0.0.1:8484", "127.9.9.9", "[::1]:1", "[::1]"]
        {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "10.0.0.1",
            "0.0.0.0",
            "[::]",
            "[::2]:1",
            "notlocalhost",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
