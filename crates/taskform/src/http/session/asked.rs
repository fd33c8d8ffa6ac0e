//! What a request to the session door says: its body, its cookie, where its page came from.
//!
//! A page of another origin may neither use the cookie nor sign anybody in. SameSite keeps most of them out; a server on another
//! port of the same host is the same site to a browser, so what changes something has to name this server's own origin, and to bear
//! a header that only a page of that origin can add.

use std::net::IpAddr;

use http::header::{CONTENT_TYPE, COOKIE, HOST, ORIGIN};
use http::request::Parts;
use http::{HeaderMap, HeaderName};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::answer::Fault;
use crate::app::App;
use crate::connection::{Connection, Transport};
use crate::keys::SESSION_TOKEN_CHARS;
use crate::settings::Cors;

use super::super::forwarded;

/// The header of ours that what uses the cookie has to bear; any value does.
pub(super) const OWN_HEADER: HeaderName = HeaderName::from_static("x-taskform-session");

/// Characters of a text in a body.
const TEXT_MAX: usize = 1_024;

/// The server as its client sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    /// Scheme, host and port, as browsers write an origin.
    pub(super) origin: String,
    /// The path before every route, without a trailing slash.
    pub(super) base_path: String,
}

impl Seen {
    fn new(scheme: &str, host: &str, base_path: String) -> Self {
        let host = host.to_ascii_lowercase();
        let own_port = if scheme == "https" { ":443" } else { ":80" };
        let host = if forwarded::has_port(&host) { host.strip_suffix(own_port).unwrap_or(&host) } else { &host };
        Self { origin: format!("{scheme}://{host}"), base_path }
    }

    /// How the server may be seen: by its public URL, by what a trusted proxy says, and as the request arrived.
    pub(super) fn all(app: &App, parts: &Parts, connection: &Connection) -> Vec<Self> {
        let (http, headers) = (&app.http, &parts.headers);
        let mut found = Vec::new();
        if let Some(url) = &http.public_url {
            let scheme = if url.url.starts_with("https://") { "https" } else { "http" };
            found.push(Self::new(scheme, &url.host, url.base_path.clone()));
        }
        let arrived = if connection.transport == Transport::Plain { "http" } else { "https" };
        let authority = parts.uri.authority().map(http::uri::Authority::as_str);
        let Some(host) = authority.or_else(|| headers.get(HOST)?.to_str().ok()) else { return found };
        if http.trusted_proxies.contains(connection.peer.ip()) {
            let proxied =
                forwarded::last(headers, "x-forwarded-proto").filter(|scheme| ["http", "https"].contains(scheme));
            let readings = forwarded::readings(http, headers, Some(host), "", connection.peer.ip());
            let reading = readings.first().filter(|_| readings.len() > usize::from(http.public_url.is_some()));
            let prefix = reading.and_then(|reading| reading.path.as_deref()).unwrap_or("");
            let name = reading.and_then(|reading| reading.host.as_deref()).unwrap_or(host);
            found.push(Self::new(proxied.unwrap_or(arrived), name, format!("{prefix}{}", http.base_path)));
        }
        found.push(Self::new(arrived, host, http.base_path.clone()));
        found
    }

    fn is_secure(&self) -> bool {
        self.origin.starts_with("https://")
    }

    /// The name of the cookie: browsers do not tell ports apart, so the name does.
    pub(super) fn cookie_name(&self) -> String {
        let host = self.origin.rsplit_once("://").map_or("", |(_, host)| host);
        let name = forwarded::without_port(host);
        let port = host[name.len()..].trim_start_matches(':');
        let port = if port.is_empty() { if self.is_secure() { "443" } else { "80" } } else { port };
        format!("taskform_session_{port}")
    }

    /// The header that sets the cookie, or that removes it where there is no token.
    pub(super) fn set_cookie(&self, token: Option<&str>, seconds: i64) -> String {
        let (token, seconds) = token.map_or(("", 0), |token| (token, seconds));
        let secure = if self.is_secure() { "; Secure" } else { "" };
        let (name, path) = (self.cookie_name(), &self.base_path);
        format!("{name}={token}; Path={path}/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
    }

    /// SHA-256 of the token in the cookie, if there is one of the right form.
    pub(super) fn cookie_sha256(&self, headers: &HeaderMap) -> Option<Vec<u8>> {
        let name = self.cookie_name();
        let pairs = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let token = pairs.flat_map(|value| value.split(';')).find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name).then_some(value)
        })?;
        let fits = token.len() == SESSION_TOKEN_CHARS && token.bytes().all(|b| b.is_ascii_alphanumeric());
        fits.then(|| Sha256::digest(token.as_bytes()).to_vec())
    }
}

/// The one `Origin` of a request; an error for more, or for one that is no text.
fn origin(headers: &HeaderMap) -> Result<Option<&str>, Fault> {
    let mut given = headers.get_all(ORIGIN).iter();
    match (given.next(), given.next()) {
        (None, _) => Ok(None),
        (Some(origin), None) => origin.to_str().map(Some).map_err(|_| foreign("?")),
        (Some(_), Some(_)) => Err(foreign("?")),
    }
}

fn foreign(origin: &str) -> Fault {
    let shown: String = origin.chars().take(200).collect();
    let text = format!(
        "Pages of {shown} may not use the session of this server. Call it from its own origin; behind a proxy, set \
         http.public_url"
    );
    Fault::new(403, "AccessDeniedException", &text)
}

/// What uses the cookie to change something comes from this server's own origin, and says so.
///
/// # Errors
/// `AccessDeniedException` that says what is missing.
pub(super) fn check_own(seen: &[Seen], headers: &HeaderMap) -> Result<(), Fault> {
    let Some(given) = origin(headers)? else {
        let text = "A request that uses the session's cookie needs an Origin header: this server's own.";
        return Err(Fault::new(403, "AccessDeniedException", text));
    };
    if !seen.iter().any(|own| own.origin == given) {
        return Err(foreign(given));
    }
    if !headers.contains_key(OWN_HEADER) {
        let text = "A request that uses the session's cookie needs the header x-taskform-session: 1.";
        return Err(Fault::new(403, "AccessDeniedException", text));
    }
    Ok(())
}

/// What comes with a password may come from programs, from this server's own pages, and from those that `http.cors_origins` names.
/// Answers whether it is a page of another origin, which gets no cookie.
///
/// # Errors
/// `AccessDeniedException` for any other page; 415 for a body that is not sent as JSON, as pages may send others anywhere.
pub(super) fn check_page(seen: &[Seen], headers: &HeaderMap, cors: &Cors) -> Result<bool, Fault> {
    let listed = |origin: &str| match cors {
        Cors::Any => true,
        Cors::Listed(origins) => origins.iter().any(|one| one == origin),
    };
    let is_other = match origin(headers)? {
        None => false,
        Some(given) if seen.iter().any(|own| own.origin == given) => false,
        Some(given) if listed(given) => true,
        Some(given) => return Err(foreign(given)),
    };
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
    if kind.split(';').next().unwrap_or("").trim().eq_ignore_ascii_case("application/json") {
        return Ok(is_other);
    }
    Err(Fault::new(415, "UnsupportedMediaTypeException", "Send Content-Type: application/json."))
}

/// The members of a body, in the order of their names; each is a text, and wiped when it is no longer needed.
///
/// # Errors
/// 400 for anything but a JSON object of these texts. It repeats no value.
pub(super) fn members<const N: usize>(
    body: &[u8],
    names: [&'static str; N],
) -> Result<[Option<Zeroizing<String>>; N], Fault> {
    let expected = || invalid(&format!("Expected a JSON object of texts with {}.", names.join(", ")));
    let json = wire::json::parse(body).map_err(|_| expected())?;
    let object = json.as_object().ok_or_else(expected)?;
    if let Some((name, _)) = object.iter().find(|(name, _)| !names.contains(name)) {
        let shown: String = name.chars().take(100).collect();
        return Err(invalid(&format!("Unknown member {shown}. Known are {}.", names.join(", "))));
    }
    let mut found = [const { None }; N];
    for (place, name) in found.iter_mut().zip(names) {
        let Some(value) = json.get(name) else { continue };
        let text = value.as_str().ok_or_else(|| invalid(&format!("{name} must be a text.")))?;
        if text.chars().count() > TEXT_MAX {
            return Err(invalid(&format!("{name} is longer than {TEXT_MAX} characters.")));
        }
        *place = Some(Zeroizing::new(text.to_owned()));
    }
    Ok(found)
}

pub(super) fn invalid(text: &str) -> Fault {
    Fault { by_shell: false, ..Fault::new(400, "InvalidRequestException", text) }
}

/// What counts as one place for waits: an IPv4 address, or the first 64 bits of an IPv6 address, as one host may use all below.
pub(super) fn place(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("{:x}", address.to_bits() >> 64),
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn headers(of: &[(&'static str, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in of {
            map.append(*name, HeaderValue::from_str(value).unwrap());
        }
        map
    }

    #[test]
    fn b235_the_cookie_names_its_port_and_covers_the_base_path() {
        for (scheme, host, base, name, path, secure) in [
            ("http", "127.0.0.1:8484", "", "taskform_session_8484", "Path=/;", false),
            ("http", "LOCALHOST", "/x", "taskform_session_80", "Path=/x/;", false),
            ("https", "h.example:443", "", "taskform_session_443", "Path=/;", true),
            ("https", "[::1]:9", "/a/b", "taskform_session_9", "Path=/a/b/;", true),
            ("https", "[::1]", "", "taskform_session_443", "Path=/;", true),
        ] {
            let seen = Seen::new(scheme, host, base.to_owned());
            let cookie = seen.set_cookie(Some("t"), 60);
            assert!(cookie.starts_with(&format!("{name}=t; ")) && cookie.contains(path), "{cookie}");
            assert!(cookie.contains("HttpOnly; SameSite=Strict") && cookie.contains("Max-Age=60;"), "{cookie}");
            assert_eq!(cookie.ends_with("; Secure"), secure, "{cookie}");
            assert!(seen.set_cookie(None, 60).starts_with(&format!("{name}=; ")));
            assert!(seen.set_cookie(None, 60).contains("Max-Age=0;"));
        }
        assert_eq!(Seen::new("https", "H.Example:443", String::new()).origin, "https://h.example");
        assert_eq!(Seen::new("http", "h:443", String::new()).origin, "http://h:443");
    }

    #[test]
    fn b235_the_cookie_is_found_among_others() {
        let seen = Seen::new("http", "h:1", String::new());
        let token = "a".repeat(SESSION_TOKEN_CHARS);
        let good = format!("taskform_session_1={token}");
        let digest = Some(Sha256::digest(token.as_bytes()).to_vec());
        for value in
            [good.clone(), format!("x=y; {good}"), format!("taskform_session_2=b;{good} ; z"), format!(";;{good}")]
        {
            assert_eq!(seen.cookie_sha256(&headers(&[("cookie", &value)])), digest, "{value}");
        }
        assert_eq!(seen.cookie_sha256(&headers(&[("cookie", "a=b"), ("cookie", &good)])), digest);
        for value in ["", "taskform_session_1", "taskform_session_1=", "taskform_session_1=short", &format!("{good}x")]
        {
            assert_eq!(seen.cookie_sha256(&headers(&[("cookie", value)])), None, "{value}");
        }
    }

    #[test]
    fn b236_only_pages_of_the_own_origin_use_the_cookie() {
        let seen = [Seen::new("https", "h", String::new()), Seen::new("http", "127.0.0.1:1", String::new())];
        let own = ("x-taskform-session", "1");
        for (sent, good) in [
            (&[("origin", "https://h"), own][..], true),
            (&[("origin", "http://127.0.0.1:1"), own], true),
            (&[("origin", "https://h")], false),
            (&[own], false),
            (&[("origin", "http://h"), own], false),
            (&[("origin", "https://h:444"), own], false),
            (&[("origin", "https://h.evil.example"), own], false),
            (&[("origin", "null"), own], false),
            (&[("origin", "https://h"), ("origin", "https://h"), own], false),
        ] {
            assert_eq!(check_own(&seen, &headers(sent)).is_ok(), good, "{sent:?}");
        }
    }

    #[test]
    fn b236_pages_that_sign_in() {
        let seen = [Seen::new("https", "h", String::new())];
        let json = ("content-type", "application/json; charset=utf-8");
        let listed = Cors::Listed(vec!["https://desk.example".to_owned()]);
        for (sent, cors, outcome) in [
            (&[json][..], &listed, Some(false)),
            (&[json, ("origin", "https://h")], &listed, Some(false)),
            (&[json, ("origin", "https://desk.example")], &listed, Some(true)),
            (&[json, ("origin", "https://evil.example")], &listed, None),
            (&[json, ("origin", "https://evil.example")], &Cors::Any, Some(true)),
            (&[("content-type", "text/plain")], &listed, None),
            (&[], &listed, None),
        ] {
            assert_eq!(check_page(&seen, &headers(sent), cors).ok(), outcome, "{sent:?}");
        }
    }

    #[test]
    fn members_are_texts_and_values_are_not_repeated() {
        let names = ["Username", "Password"];
        let [name, password] = members(br#"{"Username":"ada"}"#, names).unwrap();
        assert_eq!((name.unwrap().as_str(), password.is_none()), ("ada", true));
        let long = format!(r#"{{"Password":"hush{}"}}"#, "x".repeat(TEXT_MAX));
        for bad in [
            "",
            "[]",
            "hush",
            r#"{"Password":"hush","Password":"hush"}"#,
            r#"{"Password":["hush"]}"#,
            r#"{"Secret":"hush"}"#,
            &long,
        ] {
            let fault = members(bad.as_bytes(), names).unwrap_err();
            let said = String::from_utf8_lossy(&fault.body).into_owned();
            assert!(fault.status == 400 && !said.contains("hush"), "{bad}: {said}");
        }
    }

    #[test]
    fn b231_a_place_is_an_address_or_a_network_of_64_bits() {
        let of = |text: &str| place(text.parse().unwrap());
        assert_eq!(of("192.0.2.1"), "192.0.2.1");
        assert_eq!(of("::ffff:192.0.2.1"), "192.0.2.1");
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:0:0:2"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
    }
}
