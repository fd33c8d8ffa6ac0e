//! What stands in front of the server: the address that clients sign for, and the proxies that are trusted.

use std::net::IpAddr;

use http::uri::Authority;
use ipnet::IpNet;

/// The endpoint URL that clients have (`http.public_url`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    /// The URL without a trailing slash.
    pub url: String,
    /// What clients send as `Host`: with the port unless it is the scheme's own.
    pub host: String,
    /// Path before every route, without a trailing slash; empty for none.
    pub base_path: String,
}

impl PublicUrl {
    /// Reads `http://` or `https://`, host, and perhaps port and path; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_suffix('/').unwrap_or(text);
        let uri: http::Uri = text.parse().ok()?;
        let own_port = match uri.scheme_str()? {
            "http" => 80,
            "https" => 443,
            _ => return None,
        };
        let authority = uri.authority()?;
        let base_path = uri.path().strip_suffix('/').unwrap_or(uri.path()).to_owned();
        let is_plain = !authority.as_str().contains('@') && has_port(authority);
        if !is_plain || uri.query().is_some() || text.contains('#') || !is_base_path(&base_path) {
            return None;
        }
        let name = authority.host().to_ascii_lowercase();
        let host = match authority.port() {
            Some(port) if port.as_u16() != own_port => format!("{name}:{}", port.as_u16()),
            Some(_) | None => name,
        };
        Some(Self { url: text.to_owned(), host, base_path })
    }
}

/// Addresses and networks in CIDR form (`http.trusted_proxies`, `outgoing.allowed_networks`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Networks(Vec<IpNet>);

impl Networks {
    /// Reads a list.
    ///
    /// # Errors
    /// The first item that is neither an address nor a network.
    pub(crate) fn parse(items: &[String]) -> Result<Self, &str> {
        items.iter().map(|item| network(item).ok_or(item.as_str())).collect::<Result<_, _>>().map(Self)
    }

    /// Whether one of them holds `address`.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// An address or a network; a single address is a network of one.
pub(super) fn network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}

/// Whether what follows a host is a port, or nothing: the library takes other text for none.
pub(crate) fn has_port(authority: &Authority) -> bool {
    authority.as_str() == authority.host() || authority.port_u16().is_some()
}

/// Empty, or `/` and segments without a trailing slash.
pub(super) fn is_base_path(text: &str) -> bool {
    text.is_empty() || text.starts_with('/') && text[1..].split('/').all(|s| !matches!(s, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_urls() {
        for (text, host, base_path) in [
            ("https://connect.example.com", "connect.example.com", ""),
            ("https://Connect.example.com:443/", "connect.example.com", ""),
            ("http://h:80", "h", ""),
            ("https://h:80", "h:80", ""),
            ("http://h:8484/connect", "h:8484", "/connect"),
            ("https://h/a/b/", "h", "/a/b"),
            ("http://[::1]:9", "[::1]:9", ""),
        ] {
            let url = PublicUrl::parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((url.host.as_str(), url.base_path.as_str()), (host, base_path), "{text}");
            assert!(!url.url.ends_with('/'));
        }
        for bad in [
            "",
            "h",
            "h:80",
            "ftp://h",
            "https://",
            "https://u:p@h",
            "http://h:x",
            "http://h:99999",
            "https://h/?a=b",
            "https://h/a//b",
            "/a",
        ] {
            assert_eq!(PublicUrl::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn networks() {
        let all = Networks(["10.0.0.0/8", "192.0.2.7", "fd00::/8"].map(|text| network(text).unwrap()).to_vec());
        for (address, is_in) in [
            ("10.255.0.1", true),
            ("::ffff:10.0.0.1", true),
            ("192.0.2.7", true),
            ("192.0.2.8", false),
            ("fd12::1", true),
            ("::1", false),
        ] {
            assert_eq!(all.contains(address.parse().unwrap()), is_in, "{address}");
        }
        assert!(!Networks::default().contains("127.0.0.1".parse().unwrap()) && Networks::default().is_empty());
        for bad in ["", "10.0.0.0/33", "localhost", "10.0.0"] {
            assert_eq!(network(bad), None, "{bad}");
        }
    }
}
