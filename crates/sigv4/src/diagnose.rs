//! Why a signature does not fit: what was calculated, and which one change of the request would make it fit.
//!
//! For the answer and the log, after the key is known and the comparison has failed (protocol 3.2 row 12). Nothing here
//! decides who may pass.

use std::fmt;

use crate::canonical::{Scratch, decode, push_encoded, write_request, write_request_with};
use crate::claim::{BodyDigest, EMPTY, UNSIGNED};
use crate::split::{once, parts};
use crate::{Claim, Head, Headers, SigningKey, WithHeader};

/// Longest canonical request that is shown, in bytes; the rest is cut off.
const SHOWN_MAX: usize = 4_096;

/// Longest canonical request for which causes are looked for, in bytes. Each try hashes it.
const TRIED_BYTES_MAX: usize = 8_192;

/// Tries for one request.
const TRIES_MAX: usize = 200;

/// Hosts and paths that are tried, of those that the caller offers.
const OFFERED_MAX: usize = 16;

/// What takes the place of a session token.
const MASK: &str = "***";

/// Something that the client may have signed in place of what arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The host or raw path.
    pub value: String,
    /// Where it comes from, and what to do about it: sentences for whoever runs the server.
    pub reason: String,
}

/// What else may have been signed, apart from what this crate knows by itself.
#[derive(Debug, Default)]
pub struct Alternatives {
    /// Hosts, with the port where there is one.
    pub hosts: Vec<Alternative>,
    /// Raw paths, without query.
    pub paths: Vec<Alternative>,
    /// Keys derived for another scope, each with the part of the scope and what is said of it.
    pub keys: Vec<(Part, String, SigningKey)>,
}

/// Which part of a request was signed differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The host, its port included.
    Host,
    /// The path.
    Path,
    /// The query.
    Query,
    /// Another header, or the list of signed headers.
    Headers,
    /// The body's digest.
    Body,
    /// The day that the key was derived for.
    Clock,
    /// The region that the key was derived for.
    Region,
    /// The service that the key was derived for.
    Service,
    /// The secret.
    Secret,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Host => "host",
            Self::Path => "path",
            Self::Query => "query",
            Self::Headers => "headers",
            Self::Body => "body",
            Self::Clock => "clock",
            Self::Region => "region",
            Self::Service => "service",
            Self::Secret => "secret",
        })
    }
}

/// A change with which the signature fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The parts that differ; two when a proxy changed host and path.
    pub parts: Vec<Part>,
    /// What differs and what to do about it, in sentences.
    pub text: String,
}

/// What is known about a signature that does not fit.
#[derive(Clone, Debug)]
pub struct Diagnosis {
    /// The canonical request as calculated here, with the session token masked; at most [`SHOWN_MAX`] bytes.
    pub canonical_request: String,
    /// The string to sign of the whole canonical request.
    pub string_to_sign: String,
    /// The change that makes it fit, if one was found.
    pub cause: Option<Cause>,
}

impl Claim<'_> {
    /// Says what was calculated for a request whose signature does not fit, and looks for what was signed instead.
    ///
    /// It costs up to some hundreds of hashes of the canonical request: bound how often it is called.
    pub fn diagnose<H: Headers + ?Sized>(
        &self,
        head: &Head<'_, H>,
        digest: &BodyDigest,
        key: &SigningKey,
        others: &Alternatives,
        scratch: &mut Scratch,
    ) -> Diagnosis {
        let complete = write_request(scratch, head, &self.signed_headers, self.presigned);
        scratch.out.extend_from_slice(digest.text());
        let is_short = scratch.out.len() <= TRIED_BYTES_MAX;
        let canonical_request = shown(&scratch.out);
        self.write_string_to_sign(scratch);
        let string_to_sign = String::from_utf8_lossy(&scratch.out).into_owned();
        let cause = match complete {
            false => Some(self.why_incomplete(head)),
            true if is_short => Search { claim: self, head, digest, key, scratch, tries: 0 }.run(others),
            true => None,
        };
        Diagnosis { canonical_request, string_to_sign, cause }
    }

    /// Why there is no canonical request at all.
    fn why_incomplete<H: Headers + ?Sized>(&self, head: &Head<'_, H>) -> Cause {
        let absent = parts(&self.signed_headers, b';').find(|name| {
            let mut found = false;
            head.headers.each(name, &mut |_| found = true);
            !found
        });
        let text = match absent {
            Some(name) => format!(
                "The header '{}' is signed and did not arrive. A proxy that takes headers off must let signed ones pass.",
                crate::refusal::echo(name)
            ),
            None => "SignedHeaders must be in small letters and in order, each name once.".to_owned(),
        };
        Cause { parts: vec![Part::Headers], text }
    }
}

/// One search for a cause.
struct Search<'s, 'c, 'r, H: ?Sized> {
    claim: &'s Claim<'c>,
    head: &'s Head<'r, H>,
    digest: &'s BodyDigest,
    key: &'s SigningKey,
    scratch: &'s mut Scratch,
    tries: usize,
}

impl<H: Headers + ?Sized> Search<'_, '_, '_, H> {
    fn run(&mut self, others: &Alternatives) -> Option<Cause> {
        self.proxies(others)
            .or_else(|| self.encodings())
            .or_else(|| self.content_type())
            .or_else(|| self.bodies())
            .or_else(|| self.keys(&others.keys))
    }

    fn fits(&mut self, host: Option<&str>, path: &str, query: &str) -> bool {
        self.tries += 1;
        if self.tries > TRIES_MAX {
            return false;
        }
        let headers = WithHeader { headers: self.head.headers, name: "host", value: host };
        let head = Head { method: self.head.method, path, query, headers: &headers };
        self.claim.fits(&head, self.digest, self.key, self.scratch)
    }

    /// What proxies change: host, path, or both.
    fn proxies(&mut self, others: &Alternatives) -> Option<Cause> {
        let decoded = |path| recoded(path).into_iter().map(|path| (path, Some(DECODED.to_owned())));
        let mut paths = vec![(self.head.path.to_owned(), None)];
        paths.extend(decoded(self.head.path));
        for offered in others.paths.iter().take(OFFERED_MAX) {
            paths.push((offered.value.clone(), Some(offered.reason.clone())));
            let both = format!("{} {DECODED}", offered.reason);
            paths.extend(recoded(&offered.value).into_iter().map(|path| (path, Some(both.clone()))));
        }
        for (path, why_path) in &paths {
            for host in std::iter::once(None).chain(others.hosts.iter().take(OFFERED_MAX).map(Some)) {
                if !self.fits(host.map(|h| h.value.as_str()), path, self.head.query) {
                    continue;
                }
                let (mut parts, mut texts) = (Vec::new(), Vec::new());
                if let Some(host) = host {
                    parts.push(Part::Host);
                    texts.push(format!("The signature fits with the host '{}'. {}", host.value, host.reason));
                }
                if let Some(why) = why_path {
                    parts.push(Part::Path);
                    texts.push(format!("The signature fits with the path '{path}'. {why}"));
                }
                return Some(Cause { parts, text: texts.join(" ") });
            }
        }
        None
    }

    /// What signers do by themselves: encoding once, spaces as plus, encoding twice.
    fn encodings(&mut self) -> Option<Cause> {
        let (claim, head) = (self.claim, self.head);
        let write_once = |out: &mut Vec<u8>, path: &[u8]| out.extend_from_slice(path);
        if write_request_with(write_once, self.scratch, head, &claim.signed_headers, claim.presigned) {
            self.scratch.out.extend_from_slice(self.digest.text());
            if claim.is_of(self.key, self.scratch) {
                let text = "The signature fits with a path that is encoded once. Only S3 is signed so: encode each part \
                            of the path that was sent once more in the canonical request.";
                return Some(Cause { parts: vec![Part::Path], text: text.to_owned() });
            }
        }
        for (from, to, text) in [
            ("+", "%20", "The signature fits with spaces in the query as '%20' where '+' arrived."),
            ("%20", "+", "The signature fits with '+' in the query where '%20' arrived."),
            ("%25", "%", "The signature fits with a query that was encoded once; what arrived is encoded twice."),
            ("%", "%25", "The signature fits with a query that was encoded twice; what arrived is encoded once."),
        ] {
            if head.query.contains(from) && self.fits(None, head.path, &head.query.replace(from, to)) {
                return Some(Cause { parts: vec![Part::Query], text: text.to_owned() });
            }
        }
        if !head.query.is_empty() && !self.claim.presigned && self.fits(None, head.path, "") {
            let text = "The signature fits without a query: sign the query too.".to_owned();
            return Some(Cause { parts: vec![Part::Query], text });
        }
        None
    }

    fn content_type(&mut self) -> Option<Cause> {
        const NAME: &str = "content-type";
        if !parts(&self.claim.signed_headers, b';').any(|name| name == NAME) {
            return None;
        }
        for value in ["application/json", "application/json; charset=utf-8", "application/x-amz-json-1.1"] {
            let headers = WithHeader { headers: self.head.headers, name: NAME, value: Some(value) };
            let head =
                Head { method: self.head.method, path: self.head.path, query: self.head.query, headers: &headers };
            if self.claim.fits(&head, self.digest, self.key, self.scratch) {
                let text = format!(
                    "The signature fits with 'Content-Type: {value}', and another one arrived. A proxy must let signed \
                     headers pass unchanged."
                );
                return Some(Cause { parts: vec![Part::Headers], text });
            }
        }
        None
    }

    fn bodies(&mut self) -> Option<Cause> {
        for (digest, what) in [(EMPTY, "no body"), (UNSIGNED, "the payload 'UNSIGNED-PAYLOAD'")] {
            let digest = BodyDigest::new(digest.as_bytes(), true);
            if self.claim.fits(self.head, &digest, self.key, self.scratch) {
                let text = format!("The signature fits with {what}: sign the digest of the body that is sent.");
                return Some(Cause { parts: vec![Part::Body], text });
            }
        }
        None
    }

    fn keys(&mut self, keys: &[(Part, String, SigningKey)]) -> Option<Cause> {
        for (part, text, key) in keys.iter().take(OFFERED_MAX) {
            if self.claim.fits(self.head, self.digest, key, self.scratch) {
                return Some(Cause { parts: vec![*part], text: text.clone() });
            }
        }
        None
    }
}

/// What is said of a path that fits once its labels are encoded again.
const DECODED: &str = "A proxy decoded the path. It must pass on the path as it arrives (nginx: proxy_pass without a slash or \
                       path behind the address).";

/// A path as a client sent it, after a proxy has decoded it: labels encoded anew. Where an ARN ends is not seen any more
/// once its slashes are bare, so each length that an ARN can have is offered.
fn recoded(path: &str) -> Vec<String> {
    let segments: Vec<&str> = path.split('/').collect();
    let encoded = |label: &[&str]| {
        let decoded: Vec<_> = label.iter().map(|segment| decode(segment)).collect();
        let mut out = Vec::new();
        push_encoded(&mut out, &decoded.join(&b'/'));
        String::from_utf8(out).expect("percent-encoded text is ASCII")
    };
    let each: Vec<String> = segments.iter().map(|segment| encoded(&[segment])).collect();
    let mut found = vec![each.join("/")];
    if let Some(at) = segments.iter().position(|segment| decode(segment).starts_with(b"arn:")) {
        let rest = segments.len() - at;
        // The resource of an ARN has two segments for each level: kind and id.
        for len in [rest, 2, 4, 6].into_iter().filter(|len| *len > 1 && *len <= rest) {
            let arn = encoded(&segments[at..at + len]);
            let whole = each[..at].iter().chain([&arn]).chain(&each[at + len..]);
            found.push(whole.map(String::as_str).collect::<Vec<_>>().join("/"));
        }
    }
    found.retain(|offered| offered != path);
    found
}

/// The canonical request as it may be shown: no session token, and not endless.
fn shown(canonical: &[u8]) -> String {
    let text = String::from_utf8_lossy(canonical);
    let mut out = String::with_capacity(text.len().min(SHOWN_MAX));
    for (at, line) in parts(&text, b'\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        match (at, once(line, b':')) {
            // The query (line 3).
            (2, _) => out.push_str(&masked_query(line)),
            (3.., Some(("x-amz-security-token", _))) => out.push_str(&format!("x-amz-security-token:{MASK}")),
            (3.., Some(("cookie", _))) => out.push_str(&format!("cookie:{MASK}")),
            _ => out.push_str(line),
        }
    }
    if out.len() > SHOWN_MAX {
        let cut = (0..=SHOWN_MAX).rev().find(|at| out.is_char_boundary(*at)).unwrap_or(0);
        out.truncate(cut);
        out.push('…');
    }
    out
}

fn masked_query(query: &str) -> String {
    const TOKEN: &str = "X-Amz-Security-Token=";
    let masked = |part| if str::starts_with(part, TOKEN) { format!("{TOKEN}{MASK}") } else { part.to_owned() };
    parts(query, b'&').map(masked).collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w3_1_4_a_decoded_path_is_offered_as_clients_encode_it() {
        assert_eq!(recoded("/instance/a-b/task/template"), Vec::<String>::new());
        assert_eq!(recoded("/a:b"), ["/a%3Ab"]);
        let arn = "/tags/arn:aws:connect:us-east-1:1:instance/i/task-template/t";
        let whole = "/tags/arn%3Aaws%3Aconnect%3Aus-east-1%3A1%3Ainstance%2Fi%2Ftask-template%2Ft";
        assert!(recoded(arn).contains(&whole.to_owned()), "{:?}", recoded(arn));
        let more = recoded(&format!("{arn}/versions"));
        assert!(more.contains(&format!("{whole}/versions")), "{more:?}");
    }

    #[test]
    fn w3_1_6_what_is_shown_holds_no_token_and_has_an_end() {
        let canonical =
            "GET\n/x\nX-Amz-Security-Token=secret&a=b\nhost:h\nx-amz-security-token:secret\ncookie:secret\n\nhost\ne3";
        let text = shown(canonical.as_bytes());
        assert!(!text.contains("secret"), "{text}");
        assert!(
            text.contains("X-Amz-Security-Token=***&a=b") && text.contains("\nx-amz-security-token:***\n"),
            "{text}"
        );
        let long = shown(format!("GET\n/{}", "é".repeat(SHOWN_MAX)).as_bytes());
        assert!(long.ends_with('…') && long.len() <= SHOWN_MAX + '…'.len_utf8());
    }
}
