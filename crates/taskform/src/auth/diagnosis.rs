//! Why a signature does not fit, for the answer and the log (protocol 3.2 row 12).
//!
//! The commonest cause is a proxy that changes `Host` or the path. What it and the settings say about the request is offered
//! to [`sigv4::Claim::diagnose`], which tries it out.

use std::fmt::Write as _;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use http::Version;
use http::request::Parts;
use sigv4::{Alternative, Alternatives, Diagnosis, Part, Refusal, SigningKey};
use zeroize::Zeroizing;

use crate::http::forwarded::{FORWARDED_BY, Reading, is_host, last, prefix, without_base, without_port};
use crate::per_address::PerAddress;
use crate::settings::{Http, Identity};

/// Diagnoses in one second, of all callers together; beyond it an answer has the plain sentence, and the log no line of it.
pub const DIAGNOSES_PER_SECOND: u32 = 20;

/// Longest text of a message, in characters, that is repeated from a header.
const HEADER_SHOWN_MAX: usize = 259;

/// Path prefixes that are tried where nothing names one.
const COMMON_PREFIXES: [&str; 4] = ["/connect", "/taskform", "/api", "/aws"];

/// Ports that are tried where a host arrives without one: proxies that pass on the bare name lose it.
const COMMON_PORTS: [u16; 8] = [8484, 8080, 8443, 8000, 8888, 9000, 9443, 3000];

/// Headers in which proxies name the host that they received.
const HOST_HEADERS: [&str; 3] = ["x-forwarded-host", "x-original-host", "x-forwarded-server"];

/// Headers in which proxies name the path, or the whole URL, that they received.
const PATH_HEADERS: [&str; 5] =
    ["x-original-uri", "x-original-url", "x-forwarded-uri", "x-replaced-path", "x-envoy-original-path"];

/// Of these, diagnoses for one address (B273).
pub const DIAGNOSES_PER_ADDRESS: u32 = 10;

/// Counts the diagnoses of the current second.
#[derive(Debug)]
pub struct Diagnoses {
    all: Mutex<(i64, u32)>,
    each: PerAddress,
}

impl Default for Diagnoses {
    fn default() -> Self {
        Self { all: Mutex::default(), each: PerAddress::new(DIAGNOSES_PER_ADDRESS) }
    }
}

impl Diagnoses {
    /// Whether one more may be made for this address now, in milliseconds since 1970.
    pub(crate) fn admit(&self, address: IpAddr, now_ms: i64) -> bool {
        if !self.each.admit(address, now_ms) {
            return false;
        }
        let mut counted = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let second = now_ms.div_euclid(1_000);
        if counted.0 != second {
            *counted = (second, 0);
        }
        counted.1 += 1;
        counted.1 <= DIAGNOSES_PER_SECOND
    }
}

/// A request whose signature does not fit.
#[derive(Clone, Copy)]
pub(crate) struct Suspect<'a> {
    /// The request as it arrived.
    pub(crate) parts: &'a Parts,
    /// The `Host` that arrived.
    pub(crate) host: Option<&'a str>,
    /// How it should have been signed, where that is not as it arrived.
    pub(crate) expected: Option<&'a Reading>,
}

impl Suspect<'_> {
    fn expected_host(&self) -> Option<&str> {
        self.expected.and_then(|reading| reading.host.as_deref()).or(self.host)
    }

    pub(super) fn expected_path(&self) -> &str {
        self.expected.and_then(|reading| reading.path.as_deref()).unwrap_or(self.parts.uri.path())
    }
}

/// What the client may have signed instead, as far as the request and the settings let one guess. The keys are added by who
/// knows the secret.
pub(super) fn alternatives(http: &Http, suspect: &Suspect<'_>) -> Alternatives {
    Alternatives { hosts: hosts(http, suspect), paths: paths(http, suspect), keys: Vec::new() }
}

fn hosts(http: &Http, suspect: &Suspect<'_>) -> Vec<Alternative> {
    const CHANGED: &str = "A proxy changed Host. Let it pass on Host as it arrives (nginx: proxy_set_header Host \
                           $http_host), or set http.public_url or http.trusted_proxies.";
    const BARE: &str = "A proxy took the port off Host. Let it pass on Host as it arrives (nginx: proxy_set_header Host \
                        $http_host, which has the port, and not $host), or set http.public_url.";
    let (headers, received, expected) = (&suspect.parts.headers, suspect.host, suspect.expected_host());
    let mut found: Vec<Alternative> = Vec::new();
    let mut offer = |value: String, reason: String| {
        let is_new = Some(value.as_str()) != expected && !found.iter().any(|known| known.value == value);
        if is_new && is_host(&value) {
            found.push(Alternative { value, reason });
        }
    };
    let port = last(headers, "x-forwarded-port");
    for name in HOST_HEADERS {
        let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
        for host in values.flat_map(|value| value.split(',')).map(str::trim).take(2) {
            let reason = format!("It is in the header {name}. {CHANGED}");
            offer(host.to_owned(), reason.clone());
            offer(without_port(host).to_owned(), reason.clone());
            if let Some(port) = port {
                offer(format!("{}:{port}", without_port(host)), reason);
            }
        }
    }
    let in_forwarded = last(headers, "forwarded").into_iter().flat_map(|value| value.split(';'));
    if let Some(host) =
        in_forwarded.filter_map(|pair| pair.trim().split_once('=')).find(|(name, _)| name.eq_ignore_ascii_case("host"))
    {
        offer(host.1.trim_matches('"').to_owned(), format!("It is in the header forwarded. {CHANGED}"));
    }
    if let Some(url) = &http.public_url {
        offer(url.host.clone(), "It is that of http.public_url.".to_owned());
    }
    if let Some(received) = received {
        offer(
            received.to_owned(),
            "It is the one that arrived; http.public_url or a trusted proxy says another.".to_owned(),
        );
        let bare = without_port(received);
        if bare != received {
            offer(bare.to_owned(), "A proxy added the port. Let it pass on Host as it arrives.".to_owned());
        }
        for port in port.map(str::to_owned).into_iter().chain(COMMON_PORTS.map(|port| port.to_string())) {
            offer(format!("{bare}:{port}"), BARE.to_owned());
        }
    }
    found
}

fn paths(http: &Http, suspect: &Suspect<'_>) -> Vec<Alternative> {
    const CHANGED: &str = "Let it pass on the path as it arrives (nginx: proxy_pass without a slash or path behind the address) \
                           and set http.base_path, or set http.public_url.";
    let (headers, path, expected) = (&suspect.parts.headers, suspect.parts.uri.path(), suspect.expected_path());
    let mut found: Vec<Alternative> = Vec::new();
    let mut offer = |value: String, reason: String| {
        if value != expected && !found.iter().any(|known| known.value == value) {
            found.push(Alternative { value, reason });
        }
    };
    offer(path.to_owned(), "It is the one that arrived; http.public_url or a trusted proxy says another.".to_owned());
    for name in PATH_HEADERS {
        let original = last(headers, name).and_then(|value| value.parse::<http::Uri>().ok());
        if let Some(original) = original {
            offer(
                original.path().to_owned(),
                format!("It is in the header {name}: a proxy changed the path. {CHANGED}"),
            );
        }
    }
    let prefixed = |prefix: &str| format!("{prefix}{path}");
    if let Some(prefix) = last(headers, "x-forwarded-prefix").and_then(prefix) {
        let reason = format!(
            "A proxy took off '{prefix}', as its header x-forwarded-prefix says. Name its address in http.trusted_proxies, or \
             let it pass on the path as it arrives and set http.base_path."
        );
        offer(prefixed(prefix), reason);
    }
    let base = http.base_path.as_str();
    if !base.is_empty() {
        offer(prefixed(base), format!("A proxy took off the base path '{base}'. {CHANGED}"));
        let reason =
            "A proxy added the base path. Clients must have it in their endpoint URL, or http.public_url must be set.";
        offer(without_base(path, base).to_owned(), reason.to_owned());
    }
    for prefix in COMMON_PREFIXES {
        offer(prefixed(prefix), format!("A proxy took off '{prefix}'. {CHANGED}"));
    }
    found
}

/// Keys for other days, regions and services than the scope says, and of a secret with something around it.
pub(super) fn keys(
    secret: &str,
    date: &str,
    region: &str,
    service: &str,
    identity: &Identity,
) -> Vec<(Part, String, SigningKey)> {
    let mut found = Vec::new();
    let mut offer = |part, text: String, key| found.push((part, text, key));
    let days = sigv4::parse_stamp(&format!("{date}T000000Z")).map(|at| [at - 86_400, at + 86_400]);
    for day in days.into_iter().flatten().map(sigv4::format_stamp) {
        let day = &day[..8];
        let text = format!(
            "The signature fits with a key derived for the day {day}, and the scope says {date}. Derive it for the day of \
             X-Amz-Date, in UTC."
        );
        offer(Part::Clock, text, SigningKey::derive(secret, day, region, service));
    }
    let regions = identity.accepted_regions.iter().map(String::as_str).chain(["us-east-1"]);
    for other in regions.filter(|other| *other != region).take(4) {
        let text =
            format!("The signature fits with a key derived for the region '{other}', and the scope says '{region}'.");
        offer(Part::Region, text, SigningKey::derive(secret, date, other, service));
    }
    for other in ["execute-api", "Connect", "amazonconnect"].into_iter().filter(|other| *other != service) {
        let text =
            format!("The signature fits with a key derived for the service '{other}', and the scope says '{service}'.");
        offer(Part::Service, text, SigningKey::derive(secret, date, region, other));
    }
    for (around, what) in [
        (["", "\n"], "a line break at its end"),
        (["", "\r\n"], "a line break at its end"),
        (["", " "], "a space at its end"),
        (["\"", "\""], "quotation marks around it"),
    ] {
        let around = Zeroizing::new(format!("{}{secret}{}", around[0], around[1]));
        let text =
            format!("The signature fits with a secret access key that has {what}: the client's has it too much.");
        offer(Part::Secret, text, SigningKey::derive(&around, date, region, service));
    }
    found
}

/// Advice for when no single change makes the signature fit.
fn no_cause(suspect: &Suspect<'_>) -> String {
    const COMPARE: &str = "Compare the canonical string with that of the client (boto3: \
                           boto3.set_stream_logger('botocore.auth', 'DEBUG')).";
    let (parts, host) = (suspect.parts, suspect.host);
    let host: String = host.unwrap_or("").chars().take(HEADER_SHOWN_MAX).collect();
    let header =
        FORWARDED_BY.iter().find(|name| parts.headers.contains_key(*name)).map(|name| format!("its header {name}"));
    let sign = header.or_else(|| (parts.version == Version::HTTP_10).then(|| "HTTP/1.0".to_owned()));
    match sign {
        Some(sign) => format!(
            "No single change that was tried makes the signature fit. The request came through a proxy, as {sign} shows, with \
             the host '{host}': where clients use another name, let the proxy pass on Host as it arrives (nginx: \
             proxy_set_header Host $http_host) or set http.public_url; otherwise the secret access key is wrong. {COMPARE}"
        ),
        None => format!(
            "No single change that was tried makes the signature fit. Either the secret access key is not that of this key id, \
             or a proxy changed the request, which arrived with the host '{host}'. {COMPARE}"
        ),
    }
}

/// A diagnosis in words.
pub(crate) struct Words {
    /// The parts that differ, or `unknown`.
    pub(crate) differs: String,
    /// What differs and what to do about it.
    pub(crate) hint: String,
    /// The message of the answer: the sentence of row 12, the canonical string and the string to sign, in the words of the
    /// vendor's gateway.
    pub(crate) message: String,
}

/// Puts a diagnosis into words; the message has the hint if `with_hint`. `well_known` is the secret of the key of `--dev`.
pub(crate) fn words(diagnosis: &Diagnosis, suspect: &Suspect<'_>, with_hint: bool, well_known: Option<&str>) -> Words {
    let (differs, hint) = match &diagnosis.cause {
        Some(cause) => {
            let differs: Vec<_> = cause.parts.iter().map(ToString::to_string).collect();
            (differs.join(" and "), cause.text.clone())
        }
        None => {
            let secret = well_known.map(|secret| format!("The secret access key of the key {secret} is `{secret}`. "));
            ("unknown".to_owned(), secret.unwrap_or_default() + &no_cause(suspect))
        }
    };
    let mut message = Refusal::mismatch().message;
    // What matters to a person comes before what is long.
    if with_hint {
        let _ = write!(message, "\n\n{hint}");
    }
    let (request, to_sign) = (&diagnosis.canonical_request, &diagnosis.string_to_sign);
    // Writing into a String cannot fail.
    let _ = write!(message, "\n\nThe Canonical String for this request should have been\n'{request}'\n");
    let _ = write!(message, "\nThe String-to-Sign should have been\n'{to_sign}'\n");
    Words { differs, hint, message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_b66_diagnoses_have_a_bound_per_second() {
        let diagnoses = Diagnoses::default();
        let of = |last, now_ms| (0..30).filter(|_| diagnoses.admit([192, 0, 2, last].into(), now_ms)).count();
        let admitted = |now_ms| (0..10).map(|last| of(last, now_ms)).sum::<usize>();
        let bound = DIAGNOSES_PER_SECOND as usize;
        assert_eq!((admitted(5_000), admitted(5_999), admitted(6_000)), (bound, 0, bound));
        assert_eq!(admitted(1_000), bound, "a clock that was set back");
        // B273: one address leaves some to others.
        assert_eq!(
            (of(1, 7_000), of(2, 7_000)),
            (DIAGNOSES_PER_ADDRESS as usize, bound - DIAGNOSES_PER_ADDRESS as usize)
        );
    }
}
