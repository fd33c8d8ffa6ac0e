//! Row 12 of protocol 3.2, explained: for each thing that proxies and signers get wrong, what is said.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up must fail at that line")]

use proptest::prelude::*;
use sigv4::{Alternative, Alternatives, Credential, Diagnosis, Head, Part, Rules, Scratch, SigningKey};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const STAMP: &str = "20260115T120000Z";
const ARN: &str = "arn:aws:connect:us-east-1:1:instance/i/task-template/t";
const ENCODED: &str = "/tags/arn%3Aaws%3Aconnect%3Aus-east-1%3A1%3Ainstance%2Fi%2Ftask-template%2Ft";

#[derive(Clone)]
struct Sent {
    method: &'static str,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Sent {
    fn new(path: &str) -> Self {
        let headers = [("host", "api.example.com"), ("x-amz-date", STAMP), ("content-type", "application/json")];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        Self { method: "POST", path: path.to_owned(), query: String::new(), headers, body: b"{}".to_vec() }
    }

    fn header(mut self, name: &str, value: Option<&str>) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.extend(value.map(|value| (name.to_owned(), value.to_owned())));
        self
    }

    fn path(self, path: &str) -> Self {
        Self { path: path.to_owned(), ..self }
    }

    fn query(self, query: &str) -> Self {
        Self { query: query.to_owned(), ..self }
    }

    fn head(&self) -> Head<'_, Vec<(String, String)>> {
        Head { method: self.method, path: &self.path, query: &self.query, headers: &self.headers }
    }

    /// Signs with a key derived for this scope; the scope that is sent is always the right one.
    fn signed_with(self, secret: &str, date: &str, region: &str, service: &str) -> Self {
        let mut names: Vec<_> = self.headers.iter().map(|(name, _)| name.clone()).collect();
        names.sort();
        let key = SigningKey::derive(secret, date, region, service);
        let who = Credential { access_key_id: "AKIDEXAMPLE", region: "us-east-1", service: "connect", stamp: STAMP };
        let value = sigv4::sign_header(&self.head(), &self.body, &names.join(";"), &who, &key);
        self.header("authorization", Some(&value))
    }

    fn signed(self) -> Self {
        self.signed_with(SECRET, &STAMP[..8], "us-east-1", "connect")
    }

    fn diagnose(&self, others: &Alternatives) -> Diagnosis {
        let regions = ["us-east-1".to_owned()];
        let rules = Rules { services: &["connect"], regions: &regions, presigned: true, unsigned_payload: true };
        let head = self.head();
        let now_ms = sigv4::parse_stamp(STAMP).unwrap() * 1_000;
        let claim = sigv4::check(&head, &rules, now_ms).unwrap();
        let key = SigningKey::derive(SECRET, claim.date(), claim.region(), claim.service());
        let digest = claim.digest_of(&self.body);
        assert!(!claim.fits(&head, &digest, &key, &mut Scratch::default()), "there is nothing to explain");
        claim.diagnose(&head, &digest, &key, others, &mut Scratch::default())
    }

    #[track_caller]
    fn differs(&self, others: &Alternatives, parts: &[Part], text: &str) {
        let cause = self.diagnose(others).cause.unwrap();
        assert_eq!(cause.parts, parts, "{}", cause.text);
        assert!(cause.text.contains(text), "`{text}` in `{}`", cause.text);
    }
}

fn offered(value: &str) -> Alternative {
    Alternative { value: value.to_owned(), reason: "That is why.".to_owned() }
}

fn none() -> Alternatives {
    Alternatives::default()
}

#[test]
fn r3_2_row_12_a_proxy_changed_the_host() {
    let hosts = vec![offered("other.example.com"), offered("api.example.com")];
    let others = Alternatives { hosts, ..none() };
    let sent = Sent::new("/x").signed().header("host", Some("127.0.0.1:8484"));
    sent.differs(&others, &[Part::Host], "fits with the host 'api.example.com'. That is why.");
    assert_eq!(sent.diagnose(&none()).cause, None);
}

#[test]
fn r3_2_row_12_a_proxy_decoded_the_path() {
    let why = "A proxy decoded the path.";
    let sent = Sent::new(ENCODED).signed();
    sent.clone().path(&format!("/tags/{ARN}")).differs(&none(), &[Part::Path], why);
    sent.path(&ENCODED.replace("%3A", ":")).differs(&none(), &[Part::Path], &format!("'{ENCODED}'. {why}"));
    let behind = format!("{ENCODED}/versions");
    Sent::new(&behind).signed().path(&format!("/tags/{ARN}/versions")).differs(&none(), &[Part::Path], &behind);
    Sent::new("/a/x%20%C3%A9").signed().path("/a/x%20é").differs(&none(), &[Part::Path], why);
}

#[test]
fn r3_2_row_12_a_proxy_took_off_a_prefix() {
    let others = Alternatives { paths: vec![offered("/connect/x")], ..none() };
    Sent::new("/connect/x").signed().path("/x").differs(&others, &[Part::Path], "the path '/connect/x'. That is why.");
}

#[test]
fn r3_2_row_12_a_proxy_changed_all_of_it() {
    let paths = vec![offered(&format!("/connect/tags/{ARN}"))];
    let others = Alternatives { hosts: vec![offered("api.example.com")], paths, ..none() };
    let sent = Sent::new(&format!("/connect{ENCODED}")).signed();
    let arrived = sent.path(&format!("/tags/{ARN}")).header("host", Some("127.0.0.1:8484"));
    arrived.differs(&others, &[Part::Host, Part::Path], "That is why. A proxy decoded the path.");
}

#[test]
fn r3_2_row_12_what_signers_get_wrong() {
    let sent = Sent::new("/x").query("name=a%20b");
    sent.clone().signed().query("name=a+b").differs(&none(), &[Part::Query], "as '%20' where '+' arrived");
    sent.clone().query("name=a+b").signed().query("name=a%20b").differs(&none(), &[Part::Query], "'+' in the query");
    sent.clone().signed().query("name=a%2520b").differs(&none(), &[Part::Query], "encoded twice");
    sent.query("").signed().query("name=b").differs(&none(), &[Part::Query], "without a query");
    let other = Some("application/json;charset=UTF-8");
    let sent = Sent::new("/x").signed();
    sent.clone().header("content-type", other).differs(&none(), &[Part::Headers], "'Content-Type: application/json'");
    sent.clone().header("content-type", None).differs(
        &none(),
        &[Part::Headers],
        "'content-type' is signed and did not",
    );
    let empty = Sent { body: Vec::new(), ..Sent::new("/x") }.signed();
    Sent { body: b"{}".to_vec(), ..empty }.differs(&none(), &[Part::Body], "no body");
    let mut unsorted = sent;
    unsorted.headers.last_mut().unwrap().1 = unsorted.headers[3].1.replace("content-type;host", "host;content-type");
    unsorted.differs(&none(), &[Part::Headers], "in order");
}

#[test]
fn r3_2_row_12_a_path_that_was_encoded_once() {
    let path = "/tags/a%3Ab";
    let sent = Sent::new(path);
    // Signed as S3 is: the canonical request holds the path as it was sent.
    let names = "content-type;host;x-amz-date";
    let body = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    let headers = format!("content-type:application/json\nhost:api.example.com\nx-amz-date:{STAMP}\n");
    let canonical = format!("POST\n{path}\n\n{headers}\n{names}\n{body}");
    let scope = format!("{}/us-east-1/connect/aws4_request", &STAMP[..8]);
    let to_sign = format!("AWS4-HMAC-SHA256\n{STAMP}\n{scope}\n{}", sha256_hex(canonical.as_bytes()));
    let signature = mac_hex(&to_sign);
    let value =
        format!("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{scope}, SignedHeaders={names}, Signature={signature}");
    sent.header("authorization", Some(&value)).differs(&none(), &[Part::Path], "encoded once");
}

#[test]
fn r3_2_row_12_keys_of_another_scope() {
    let day = &STAMP[..8];
    let key = |date: &str, region: &str, service: &str| SigningKey::derive(SECRET, date, region, service);
    let keys = vec![
        (Part::Clock, "the day".to_owned(), key("20260114", "us-east-1", "connect")),
        (Part::Region, "the region".to_owned(), key(day, "eu-west-2", "connect")),
        (Part::Service, "the service".to_owned(), key(day, "us-east-1", "execute-api")),
    ];
    let others = Alternatives { keys, ..none() };
    let sent = || Sent::new("/x");
    sent().signed_with(SECRET, "20260114", "us-east-1", "connect").differs(&others, &[Part::Clock], "the day");
    sent().signed_with(SECRET, day, "eu-west-2", "connect").differs(&others, &[Part::Region], "the region");
    sent().signed_with(SECRET, day, "us-east-1", "execute-api").differs(&others, &[Part::Service], "the service");
    assert_eq!(sent().signed_with("other", day, "us-east-1", "connect").diagnose(&others).cause, None);
}

#[test]
fn w3_1_6_what_was_calculated_is_shown_without_the_token() {
    let sent = Sent::new("/x").header("x-amz-security-token", Some("TOK/+=abc")).signed().path("/y");
    let found = sent.diagnose(&none());
    let headers = format!("host:api.example.com\nx-amz-date:{STAMP}\nx-amz-security-token:***\n");
    let names = "content-type;host;x-amz-date;x-amz-security-token";
    let body = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    let expected = format!("POST\n/y\n\ncontent-type:application/json\n{headers}\n{names}\n{body}");
    assert_eq!(found.canonical_request, expected);
    let scope = format!("{}/us-east-1/connect/aws4_request", &STAMP[..8]);
    assert!(found.string_to_sign.starts_with(&format!("AWS4-HMAC-SHA256\n{STAMP}\n{scope}\n")));
    assert!(!format!("{found:?}").contains("TOK/"));
}

#[test]
fn r3_2_row_12_long_requests_are_shown_in_part_and_not_searched() {
    let long = "v".repeat(9_000);
    let sent = Sent::new("/x").header("x-long", Some(&long)).signed().header("host", Some("other"));
    let found = sent.diagnose(&Alternatives { hosts: vec![offered("api.example.com")], ..none() });
    assert_eq!(found.cause, None);
    assert!(found.canonical_request.len() < 4_200 && found.canonical_request.ends_with('…'));
}

proptest! {
    /// Any request is explained or not, and neither panics nor shows a token.
    #[test]
    fn w3_1_6_any_request_can_be_diagnosed(
        path in "(/[a-z:%/é.A-F0-9]{0,12}){0,4}",
        query in "[a-z=&%+0-9A-Fé]{0,24}",
        host in "[a-z:\\[\\]0-9.]{0,12}",
        arrives in "(/[a-z:%/é.]{0,12}){0,4}",
    ) {
        let sent = Sent::new(&path).query(&query).header("x-amz-security-token", Some("TOKEN")).signed();
        let arrived = sent.path(&arrives).header("host", Some(&host)).header("content-type", Some("text/plain"));
        let others = Alternatives { hosts: vec![offered(&host)], paths: vec![offered(&path)], ..none() };
        let found = arrived.diagnose(&others);
        let shown = format!("{found:?}");
        prop_assert!(!shown.contains("TOKEN"), "{}", shown);
    }
}

fn sha256_hex(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

fn mac_hex(text: &str) -> String {
    use hmac::{KeyInit as _, Mac as _};
    let mac = |key: &[u8], text: &str| {
        let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(key).unwrap();
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().to_vec()
    };
    let mut key = format!("AWS4{SECRET}").into_bytes();
    for part in [&STAMP[..8], "us-east-1", "connect", "aws4_request"] {
        key = mac(&key, part);
    }
    mac(&key, text).iter().map(|b| format!("{b:02x}")).collect()
}
