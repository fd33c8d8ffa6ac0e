//! What proxies say about a request: which address its client used, and where it came from.
//!
//! Only peers in `http.trusted_proxies` are trusted. A signature is compared with each reading; none of them weakens
//! it, as every reading is signed as a whole.

use std::net::IpAddr;

use http::{HeaderMap, HeaderName};

use crate::settings::{Http, Networks};

/// The headers by which a proxy shows that it passes on somebody else's request.
pub(crate) const FORWARDED_BY: [HeaderName; 5] = [
    http::header::FORWARDED,
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-real-ip"),
    HeaderName::from_static("x-forwarded-host"),
    http::header::VIA,
];

/// Longest path prefix that is taken from a proxy, in bytes.
const PREFIX_MAX: usize = 1_024;

/// Longest host that is taken from a proxy, in bytes: a name of 253, a colon and a port.
const HOST_MAX: usize = 259;

/// A request as its client may have signed it, where that is not what arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    /// The `Host`; `None` when the one that arrived stands.
    pub(crate) host: Option<String>,
    /// The path; `None` when the one that arrived stands.
    pub(crate) path: Option<String>,
}

/// How the settings say that a request may have been signed, besides as it arrived: what a trusted proxy forwards, then the
/// public URL. At most two.
pub(crate) fn readings(http: &Http, headers: &HeaderMap, host: Option<&str>, path: &str, peer: IpAddr) -> Vec<Reading> {
    let mut found = Vec::new();
    if http.trusted_proxies.contains(peer) {
        found.extend(forwarded(headers, host, path));
    }
    if let Some(url) = &http.public_url {
        let path = Some(format!("{}{}", url.base_path, without_base(path, &http.base_path)));
        found.push(Reading { host: Some(url.host.clone()), path });
    }
    found
}

/// `X-Forwarded-Host`, `-Port`, `-Proto` and `-Prefix`; `None` when none of them changes anything.
fn forwarded(headers: &HeaderMap, received_host: Option<&str>, path: &str) -> Option<Reading> {
    let name = last(headers, "x-forwarded-host").filter(|host| is_host(host)).or(received_host)?;
    let port = last(headers, "x-forwarded-port").filter(|port| is_port(port));
    let own_port = match last(headers, "x-forwarded-proto") {
        Some(proto) if proto.eq_ignore_ascii_case("http") => &["80"][..],
        Some(proto) if proto.eq_ignore_ascii_case("https") => &["443"],
        _ => &["80", "443"],
    };
    let host = match port {
        Some(port) if !own_port.contains(&port) && !has_port(name) => format!("{name}:{port}"),
        _ => name.to_owned(),
    };
    let prefix = last(headers, "x-forwarded-prefix").and_then(prefix);
    let reading = Reading {
        host: Some(host).filter(|host| Some(host.as_str()) != received_host),
        path: prefix.map(|prefix| format!("{prefix}{path}")),
    };
    (reading.host.is_some() || reading.path.is_some()).then_some(reading)
}

/// The address that a request came from; `None` when proxies passed it on and it is not known, or not to be believed.
pub(crate) fn client(trusted: &Networks, headers: &HeaderMap, peer: IpAddr) -> Option<IpAddr> {
    let peer = peer.to_canonical();
    if !FORWARDED_BY.iter().any(|name| headers.contains_key(name)) {
        return Some(peer);
    }
    if !trusted.contains(peer) {
        return None;
    }
    // Each proxy adds the peer that it saw at the end: the last one that is no trusted proxy is the client.
    let mut addresses: Vec<&str> = Vec::new();
    for value in headers.get_all("x-forwarded-for") {
        addresses.extend(value.to_str().ok()?.split(',').map(str::trim));
    }
    let mut client = None;
    for address in addresses.iter().rev() {
        let address = address.parse::<IpAddr>().ok()?.to_canonical();
        client = Some(address);
        if !trusted.contains(address) {
            break;
        }
    }
    client
}

/// Whether a trusted proxy says that its client spoke TLS with it.
pub(crate) fn over_tls(http: &Http, headers: &HeaderMap, peer: IpAddr) -> bool {
    let proto = last(headers, "x-forwarded-proto");
    proto.is_some_and(|proto| proto.eq_ignore_ascii_case("https")) && http.trusted_proxies.contains(peer.to_canonical())
}

/// The last item of a list in headers: what the proxy in front of us wrote.
pub(crate) fn last<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let value = headers.get_all(name).iter().next_back()?.to_str().ok()?;
    value.rsplit(',').map(str::trim).next().filter(|item| !item.is_empty())
}

/// A prefix without a trailing slash, if it has the form of one.
pub(crate) fn prefix(text: &str) -> Option<&str> {
    let text = text.trim_end_matches('/');
    let fits = text.starts_with('/') && text.len() <= PREFIX_MAX && text.bytes().all(|b| b.is_ascii_graphic());
    fits.then_some(text)
}

/// What follows the base path; a path outside of it stays.
pub(crate) fn without_base<'a>(path: &'a str, base: &str) -> &'a str {
    path.strip_prefix(base).filter(|rest| rest.starts_with('/')).unwrap_or(path)
}

/// Whether a text may be a `Host`.
pub(crate) fn is_host(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._:[]".contains(&b);
    !text.is_empty() && text.len() <= HOST_MAX && text.bytes().all(plain)
}

fn is_port(text: &str) -> bool {
    text.parse::<u16>().is_ok_and(|port| port > 0)
}

/// Whether a host names a port; the colons of an address in brackets are none.
pub(crate) fn has_port(host: &str) -> bool {
    without_port(host) != host
}

/// A host without its port.
pub(crate) fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') && port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Given, Settings, Values};

    fn http(flags: &[(&'static str, &str)]) -> Http {
        let mut given = Given::default();
        given.flags.extend(flags.iter().map(|(key, value)| (*key, (*value).to_owned())));
        Settings::build(&Values::gather(&given).unwrap(), &given).unwrap().http
    }

    fn headers(of: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in of {
            map.append(*name, http::HeaderValue::from_static(value));
        }
        map
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn test_b66_only_trusted_proxies_say_which_host_was_signed() {
        let host = "X-Forwarded-Host";
        for (sent, reading) in [
            (&[(host, "api.example.com")][..], Some(("api.example.com", None))),
            (&[(host, "spoofed.example, api.example.com:9")], Some(("api.example.com:9", None))),
            (&[(host, "h"), ("x-forwarded-port", "8443")], Some(("h:8443", None))),
            (&[(host, "h"), ("x-forwarded-port", "443"), ("x-forwarded-proto", "https")], Some(("h", None))),
            (&[(host, "h"), ("x-forwarded-port", "443"), ("x-forwarded-proto", "http")], Some(("h:443", None))),
            (&[(host, "h:1"), ("x-forwarded-port", "2")], Some(("h:1", None))),
            (&[(host, "[::1]"), ("x-forwarded-port", "2")], Some(("[::1]:2", None))),
            (&[(host, "h"), ("x-forwarded-prefix", "/connect/")], Some(("h", Some("/connect/x")))),
            (&[("x-forwarded-port", "8443")], Some(("inner:8443", None))),
            (&[(host, "a b")], None),
            (&[(host, "inner")], None),
            (&[("x-forwarded-prefix", "connect")], None),
            (&[], None),
        ] {
            let lower: Vec<_> =
                sent.iter().map(|(n, v)| (if *n == host { "x-forwarded-host" } else { n }, *v)).collect();
            let sent = headers(&lower);
            let trusting = http(&[("http.trusted_proxies", "10.0.0.0/8")]);
            let found = readings(&trusting, &sent, Some("inner"), "/x", ip("10.1.2.3"));
            let expected: Vec<_> = reading
                .iter()
                .map(|(h, path)| Reading { host: Some((*h).to_owned()), path: path.map(str::to_owned) })
                .collect();
            assert_eq!(found, expected, "{lower:?}");
            assert_eq!(readings(&trusting, &sent, Some("inner"), "/x", ip("192.0.2.1")), [], "{lower:?}");
            assert_eq!(readings(&http(&[]), &sent, Some("inner"), "/x", ip("10.1.2.3")), [], "{lower:?}");
        }
    }

    #[test]
    fn test_b66_the_public_url_stands_for_host_and_base_path() {
        for (base, arrives, signed) in [
            ("", "/contact/task", "/connect/contact/task"),
            ("/connect", "/connect/contact/task", "/connect/contact/task"),
            ("/inner", "/inner/contact/task", "/connect/contact/task"),
            ("/inner", "/innermost", "/connect/innermost"),
        ] {
            let http = http(&[("http.public_url", "https://Api.example.com:443/connect/"), ("http.base_path", base)]);
            let found = readings(&http, &HeaderMap::new(), Some("127.0.0.1:8484"), arrives, ip("192.0.2.1"));
            let expected = Reading { host: Some("api.example.com".to_owned()), path: Some(signed.to_owned()) };
            assert_eq!(found, [expected], "{base} {arrives}");
        }
    }

    #[test]
    fn test_b52_the_client_behind_proxies() {
        let trusted = http(&[("http.trusted_proxies", "127.0.0.1, 10.0.0.0/8")]).trusted_proxies;
        for (peer, sent, client_is) in [
            ("127.0.0.1", &[][..], Some("127.0.0.1")),
            ("::ffff:127.0.0.1", &[], Some("127.0.0.1")),
            ("192.0.2.1", &[], Some("192.0.2.1")),
            ("192.0.2.1", &[("x-forwarded-for", "127.0.0.1")], None),
            ("192.0.2.1", &[("forwarded", "for=127.0.0.1")], None),
            ("127.0.0.1", &[("x-forwarded-for", "203.0.113.9")], Some("203.0.113.9")),
            ("127.0.0.1", &[("x-forwarded-for", "127.0.0.1, 203.0.113.9")], Some("203.0.113.9")),
            ("127.0.0.1", &[("x-forwarded-for", "203.0.113.9, 10.0.0.1")], Some("203.0.113.9")),
            ("127.0.0.1", &[("x-forwarded-for", "203.0.113.9"), ("x-forwarded-for", "10.0.0.1")], Some("203.0.113.9")),
            ("127.0.0.1", &[("x-forwarded-for", "127.0.0.1")], Some("127.0.0.1")),
            ("127.0.0.1", &[("x-forwarded-for", "unknown")], None),
            ("127.0.0.1", &[("forwarded", "for=127.0.0.1")], None),
            ("127.0.0.1", &[("x-forwarded-host", "h")], None),
        ] {
            let found = client(&trusted, &headers(sent), ip(peer));
            assert_eq!(found, client_is.map(ip), "{peer} {sent:?}");
        }
        let none = Networks::default();
        assert_eq!(client(&none, &headers(&[("x-forwarded-for", "127.0.0.1")]), ip("127.0.0.1")), None);
        assert_eq!(client(&none, &HeaderMap::new(), ip("127.0.0.1")), Some(ip("127.0.0.1")));
    }

    #[test]
    fn hosts_and_ports() {
        for (host, name) in
            [("h", "h"), ("h:1", "h"), ("[::1]", "[::1]"), ("[::1]:1", "[::1]"), ("h:", "h"), ("a:b", "a:b")]
        {
            assert_eq!(without_port(host), name);
        }
    }
}
