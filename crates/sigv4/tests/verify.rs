//! The published vectors (protocol 10.1, 10.2), every row of 3.2, and properties.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up must fail at that line")]

use proptest::prelude::*;

use serde_json::Value;
use sigv4::{Credential, Head, Kind, Refusal, Rules, Scratch, SigningKey};

type Pairs = Vec<(String, String)>;

/// 2026-01-15T12:00:30Z, the server clock of the vectors.
const NOON_30: i64 = 1_768_478_430_000;

#[derive(Clone)]
struct Case {
    method: String,
    target: String,
    headers: Pairs,
    body: Vec<u8>,
    now_ms: i64,
    regions: Vec<String>,
    secret: String,
    unsigned_payload: bool,
    presigned: bool,
}

impl Case {
    /// The vector of that name.
    fn vector(name: &str) -> Self {
        let all: Value = serde_json::from_str(include_str!("vectors.json")).unwrap();
        let all = all.as_array().unwrap();
        let v = all.iter().find(|v| v["name"].as_str().unwrap().split(' ').next() == Some(name)).unwrap();
        let text = |v: &Value| v.as_str().unwrap().to_owned();
        Self {
            method: text(&v["method"]),
            target: text(&v["target"]),
            headers: v["headers"].as_array().unwrap().iter().map(|h| (text(&h[0]), text(&h[1]))).collect(),
            body: text(&v["body"]).into_bytes(),
            now_ms: NOON_30,
            regions: vec!["us-east-1".into(), "eu-west-2".into()],
            secret: text(&v["secret"]),
            unsigned_payload: true,
            presigned: true,
        }
    }

    fn replace(mut self, from: &str, to: &str) -> Self {
        assert!(self.target.contains(from), "{from} in {}", self.target);
        self.target = self.target.replace(from, to);
        self
    }

    fn header(mut self, name: &str, value: &str) -> Self {
        self = self.without(name);
        self.headers.push((name.into(), value.into()));
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(n, _)| !n.eq_ignore_ascii_case(name));
        self
    }

    fn body(mut self, body: &str) -> Self {
        self.body = body.into();
        self
    }

    fn at(mut self, stamp: &str) -> Self {
        self.now_ms = sigv4::parse_stamp(stamp).unwrap() * 1_000;
        self
    }

    fn head(&self) -> Head<'_, Pairs> {
        let (path, query) = self.target.split_once('?').unwrap_or((&self.target, ""));
        Head { method: &self.method, path, query, headers: &self.headers }
    }

    /// Signs anew what the case holds now.
    fn resigned(mut self, stamp: &str, scope_date: &str, region: &str, service: &str, signed: &str) -> Self {
        self = self.without("authorization").header("X-Amz-Date", stamp);
        let key = SigningKey::derive(&self.secret, scope_date, region, service);
        let who = Credential { access_key_id: "AKIDEXAMPLE", region, service, stamp };
        let value = sigv4::sign_header(&self.head(), &self.body, signed, &who, &key);
        self.header("Authorization", &value.replace(&format!("/{}/", &stamp[..8]), &format!("/{scope_date}/")))
    }

    fn run(&self) -> Result<(), Refusal> {
        let rules = Rules {
            services: &["connect"],
            regions: &self.regions,
            presigned: self.presigned,
            unsigned_payload: self.unsigned_payload,
        };
        let head = self.head();
        let claim = sigv4::check(&head, &rules, self.now_ms)?;
        if claim.access_key_id() != "AKIDEXAMPLE" {
            return Err(Refusal::unrecognized());
        }
        let key = SigningKey::derive(&self.secret, claim.date(), claim.region(), claim.service());
        claim.verify(&head, &self.body, &key, &mut Scratch::default())
    }

    #[track_caller]
    fn accepted(self) {
        assert_eq!(self.run(), Ok(()));
    }

    #[track_caller]
    fn refused(self, kind: Kind, text: &str) {
        let refusal = self.run().unwrap_err();
        assert_eq!((refusal.kind, refusal.message.as_str()), (kind, text));
    }

    #[track_caller]
    fn mismatch(self) {
        assert_eq!(self.run(), Err(Refusal::mismatch()));
    }
}

fn v(name: &str) -> Case {
    Case::vector(name)
}

/// protocol V1 to V12.
#[test]
fn protocol_v1_to_v12_are_accepted() {
    for n in 1..=12 {
        let case = v(&format!("V{n}"));
        assert_eq!(case.run(), Ok(()), "V{n}");
        assert_eq!(Case { secret: "other".into(), ..case }.run(), Err(Refusal::mismatch()), "V{n}");
    }
}

#[test]
fn claim_shows_its_parts() {
    let case = v("V5");
    let rules = Rules { services: &["connect"], regions: &case.regions, presigned: true, unsigned_payload: false };
    let head = case.head();
    let claim = sigv4::check(&head, &rules, case.now_ms).unwrap();
    assert_eq!(
        (claim.access_key_id(), claim.date(), claim.region(), claim.service(), claim.token()),
        ("AKIDEXAMPLE", "20260115", "us-east-1", "connect", Some("TOK/+=abc"))
    );
    assert_eq!((claim.signed_at_ms(), claim.is_presigned()), (NOON_30 - 30_000, false));
    let shown = format!("{claim:?}");
    assert!(
        shown.contains("AKIDEXAMPLE/20260115") && !shown.contains("TOK/+=abc") && !shown.contains("Signature"),
        "{shown}"
    );
    let case = v("V12");
    let head = case.head();
    let claim = sigv4::check(&head, &rules, case.now_ms).unwrap();
    assert_eq!((claim.token(), claim.is_presigned()), (Some("TOK/+=abc"), true));
}

#[test]
fn protocol_n1_query_order_does_not_matter() {
    let mut case = v("V3");
    let (path, query) = case.target.split_once('?').unwrap();
    let parts: Vec<_> = query.split('&').rev().collect();
    case.target = format!("{path}?{}", parts.join("&"));
    case.accepted();
}

#[test]
fn protocol_n2_query_spelling_does_not_matter() {
    v("V3").replace("%C3%A9", "%c3%a9").accepted();
    v("V8").replace("snapshotVersion=", "snapshotVersion").accepted();
    v("V5").replace("?tagKeys=team&", "?").replace("a%26b%3Dc", "a%26b%3Dc&tagKeys=team").accepted();
}

#[test]
fn protocol_n3_plus_is_no_space() {
    v("V3").replace("x%20y", "x+y").mismatch();
}

#[test]
fn protocol_n4_path_is_taken_as_written() {
    v("V8").replace("%C3%A9", "%c3%a9").mismatch();
}

#[test]
fn protocol_n5_decoded_arn() {
    v("V4").replace("%3A", ":").mismatch();
    v("V4").replace("%3A", ":").replace("%2F", "/").mismatch();
}

#[test]
fn protocol_n6_other_body() {
    let body = String::from_utf8(v("V2").body).unwrap();
    v("V2").body(&body.replace("tok-1", "tok-2")).mismatch();
    v("V2").body(&body.replace("\\u00e9", "é")).mismatch();
}

#[test]
fn protocol_n7_other_method() {
    Case { method: "DELETE".into(), ..v("V1") }.mismatch();
}

#[test]
fn protocol_n8_other_host() {
    v("V1").header("Host", "127.0.0.1:9000").mismatch();
}

#[test]
fn protocol_n9_token_taken_away() {
    v("V5").without("X-Amz-Security-Token").mismatch();
}

#[test]
fn protocol_n10_unsigned_headers_are_ignored() {
    v("V1").header("amz-sdk-request", "attempt=1").header("X-Forwarded-For", "10.0.0.1").accepted();
}

#[test]
fn protocol_n11_presigned_query_is_bound() {
    v("V11").replace("maxResults=5", "maxResults=6").mismatch();
}

#[test]
fn protocol_n12_row_7_too_old() {
    v("V1").at("20260115T120500Z").accepted();
    v("V1").at("20260115T120501Z").refused(
        Kind::InvalidSignature,
        "Signature expired: 20260115T120000Z is now earlier than 20260115T120001Z (20260115T120501Z - 5 min.)",
    );
}

#[test]
fn protocol_n13_row_8_too_early() {
    v("V1").at("20260115T115500Z").accepted();
    v("V1").at("20260115T115459Z").refused(
        Kind::InvalidSignature,
        "Signature not yet current: 20260115T120000Z is still later than 20260115T115959Z (20260115T115459Z + 5 min.)",
    );
}

#[test]
fn protocol_n14_row_9_scope_of_another_day() {
    v("V1")
        .resigned("20260116T000010Z", "20260115", "us-east-1", "connect", "host;x-amz-date")
        .at("20260116T000020Z")
        .refused(
            Kind::InvalidSignature,
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260115' != \
         '20260116', from '20260116T000010Z'. ",
        );
}

#[test]
fn protocol_n15_row_9_region() {
    let case = Case { regions: vec!["us-east-1".into()], ..v("V6") };
    let text =
        "Credential should be scoped to a valid region, not 'eu-west-2'. This server takes the region 'us-east-1'. ";
    case.refused(Kind::InvalidSignature, text);
}

#[test]
fn protocol_n16_row_9_service() {
    let case = v("V1").resigned("20260115T120000Z", "20260115", "us-east-1", "execute-api", "host;x-amz-date");
    case.refused(Kind::InvalidSignature, "Credential should be scoped to correct service: 'connect'. ");
}

#[test]
fn row_9_sentences_are_joined() {
    let mut case = v("V1");
    let header = &mut case.headers.last_mut().unwrap().1;
    *header = header.replace("20260115/us-east-1/connect/aws4_request", "20260114/mars/s3/aws5");
    let text = case.run().unwrap_err().message;
    assert_eq!(
        text,
        "Credential should be scoped to a valid region, not 'mars'. Credential should be scoped to correct service: \
         'connect'. Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5'. Date in Credential \
         scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260114' != '20260115', from \
         '20260115T120000Z'. This server takes the region 'us-east-1' and 'eu-west-2'. "
    );
}

#[test]
fn protocol_n17_row_10_unknown_key() {
    let mut case = v("V1");
    let header = &mut case.headers.last_mut().unwrap().1;
    *header = header.replace("AKIDEXAMPLE", "AKIDOTHER");
    case.refused(Kind::UnrecognizedClient, "The security token included in the request is invalid.");
}

#[test]
fn protocol_n18_presigned_expires() {
    v("V11").at("20260115T120500Z").accepted();
    v("V11").at("20260115T120501Z").refused(
        Kind::InvalidSignature,
        "Signature expired: 20260115T120000Z is now earlier than 20260115T120001Z (20260115T120501Z - 5 min.)",
    );
    v("V12").at("20260115T121500Z").accepted();
    let text = v("V12").at("20260115T121501Z").run().unwrap_err().message;
    assert!(text.ends_with("(20260115T121501Z - 15 min.)"), "{text}");
}

#[test]
fn protocol_n19_digest_of_another_body() {
    let text = "The value of 'X-Amz-Content-Sha256' is not the SHA-256 digest of the received body.";
    v("V7").body("{ }").refused(Kind::InvalidSignature, text);
}

#[test]
fn protocol_n20_rows_1_2_3_6() {
    v("V1").without("Authorization").refused(Kind::MissingAuthenticationToken, "Missing Authentication Token");
    v("V1").header("Authorization", "Bearer x").refused(
        Kind::IncompleteSignature,
        "'x' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer x'.",
    );
    let missing = "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' \
                   parameter. Authorization header requires 'SignedHeaders' parameter. ";
    let text = format!("{missing}Authorization=AWS4-HMAC-SHA256");
    v("V1").header("Authorization", "AWS4-HMAC-SHA256").refused(Kind::IncompleteSignature, &text);
    let no_date = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
    let text = format!("{missing}{no_date}Authorization=AWS4-HMAC-SHA256");
    let case = v("V1").without("X-Amz-Date").header("Authorization", "AWS4-HMAC-SHA256");
    case.refused(Kind::IncompleteSignature, &text);
    let case = v("V1").resigned("20260115T120000Z", "20260115", "us-east-1", "connect", "x-amz-date");
    case.refused(Kind::InvalidSignature, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
}

#[test]
fn row_3_other_forms() {
    let refused =
        |value: &str, text: &str| v("V1").header("Authorization", value).refused(Kind::IncompleteSignature, text);
    refused(
        "AWS4-HMAC-SHA256 Credential=a, Signature=b",
        "Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4-HMAC-SHA256",
    );
    refused(
        "AWS4-HMAC-SHA512 Credential=a, Signature=b, SignedHeaders=host",
        "Authorization header requires the algorithm 'AWS4-HMAC-SHA256'. Authorization=AWS4-HMAC-SHA512",
    );
    refused(
        "AWS4-HMAC-SHA256 Credential=a, Credential=b",
        "Authorization header has more than one 'Credential' parameter.",
    );
    let mut case = v("V1");
    case.headers.push(case.headers.last().unwrap().clone());
    case.refused(Kind::IncompleteSignature, "Authorization header must be given once and as text.");
}

#[test]
fn w3_1_1_parts_in_any_order_and_spacing() {
    let mut case = v("V1");
    let value = case.headers.pop().unwrap().1;
    let mut parts: Vec<_> = value.strip_prefix("AWS4-HMAC-SHA256 ").unwrap().split(", ").collect();
    parts.reverse();
    case.clone().header("Authorization", &format!("AWS4-HMAC-SHA256 {}", parts.join(","))).accepted();
    case.header("Authorization", &format!("AWS4-HMAC-SHA256   {}", parts.join(" ,  "))).accepted();
}

#[test]
fn row_4_date() {
    let text = "Date must be in ISO-8601 'basic format'. Got 'zzz'. See http://en.wikipedia.org/wiki/ISO_8601";
    v("V1").header("X-Amz-Date", "zzz").refused(Kind::IncompleteSignature, text);
}

#[test]
fn w3_1_3_date_header_is_the_second_choice() {
    let case = v("V1").resigned("20260115T120000Z", "20260115", "us-east-1", "connect", "host;x-amz-date");
    case.clone().header("Date", "Thu, 15 Jan 2026 12:00:00 GMT").accepted();
    let case = case.without("X-Amz-Date").header("Date", "20260115T120000Z");
    let key = SigningKey::derive(&case.secret, "20260115", "us-east-1", "connect");
    let who =
        Credential { access_key_id: "AKIDEXAMPLE", region: "us-east-1", service: "connect", stamp: "20260115T120000Z" };
    let value = sigv4::sign_header(&case.head(), b"", "date;host", &who, &key);
    case.header("Authorization", &value).accepted();
}

#[test]
fn row_5_credential() {
    for credential in ["AKIDEXAMPLE", "a/b/c/d", "a/b/c/d/e/f", ""] {
        let value = format!("AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature=00");
        let text = format!(
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got \
             '{credential}'"
        );
        v("V1").header("Authorization", &value).refused(Kind::IncompleteSignature, &text);
    }
}

#[test]
fn w3_1_1_sent_token_and_digest_must_be_signed() {
    let text = |name: &str| format!("{name} must be a 'SignedHeader' in the AWS Authorization.");
    v("V1").header("X-Amz-Security-Token", "t").refused(Kind::InvalidSignature, &text("'X-Amz-Security-Token'"));
    v("V1").header("X-Amz-Content-Sha256", "t").refused(Kind::InvalidSignature, &text("'X-Amz-Content-Sha256'"));
    let case = v("V1").resigned("20260115T120000Z", "20260115", "us-east-1", "connect", "host");
    case.refused(Kind::InvalidSignature, &text("'X-Amz-Date' or 'Date'"));
}

#[test]
fn w3_1_2_other_digests() {
    let case = Case { unsigned_payload: false, ..v("V10") };
    case.refused(Kind::InvalidRequest, "X-Amz-Content-Sha256: UNSIGNED-PAYLOAD is taken over TLS only.");
    let case = v("V10").header("X-Amz-Content-SHA256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
    case.refused(Kind::InvalidRequest, "X-Amz-Content-Sha256: streaming signatures are not supported.");
    let case = v("V10").header("X-Amz-Content-SHA256", "abc");
    case.refused(Kind::InvalidRequest, "X-Amz-Content-Sha256 must be the SHA-256 digest of the body in hex.");
}

#[test]
fn w3_4_2_expires_range() {
    for bad in ["0", "604801", "", "-1", "1.5", "9999999999999999999999"] {
        let refusal = v("V11").replace("X-Amz-Expires=300", &format!("X-Amz-Expires={bad}")).run().unwrap_err();
        assert_eq!(refusal.kind, Kind::IncompleteSignature, "{bad}");
    }
    v("V11").replace("X-Amz-Expires=300", "X-Amz-Expires=604800").mismatch();
}

#[test]
fn w3_4_3_presigned_get_only_and_can_be_off() {
    let missing = "Missing Authentication Token";
    Case { method: "PUT".into(), ..v("V11") }.refused(Kind::MissingAuthenticationToken, missing);
    Case { presigned: false, ..v("V11") }.refused(Kind::MissingAuthenticationToken, missing);
}

#[test]
fn w3_4_4_both_forms() {
    let text = "Use either the Authorization header or query-string authentication, not both.";
    v("V11").header("Authorization", "AWS4-HMAC-SHA256").refused(Kind::InvalidRequest, text);
}

#[test]
fn w3_4_1_missing_and_repeated_parameters() {
    let text = "AWS query-string parameters must include 'X-Amz-Expires'. Re-examine the query-string parameters.";
    v("V11").replace("X-Amz-Expires=300&", "").refused(Kind::IncompleteSignature, text);
    let text = "Query-string parameter 'X-Amz-Expires' must be given once and as text.";
    v("V11")
        .replace("X-Amz-Expires=300&", "X-Amz-Expires=300&X-Amz-Expires=300&")
        .refused(Kind::IncompleteSignature, text);
    let text = "Query-string parameter 'X-Amz-Algorithm' must be 'AWS4-HMAC-SHA256'.";
    v("V11").replace("AWS4-HMAC-SHA256", "X").refused(Kind::IncompleteSignature, text);
}

#[test]
fn signed_headers_are_lower_case_and_in_strict_order() {
    for list in [
        "x-amz-date;host",
        "host;host;x-amz-date",
        "Host;host;x-amz-date",
        ";host;x-amz-date",
        "host;x-amz-date;x-none",
    ] {
        v("V1").resigned("20260115T120000Z", "20260115", "us-east-1", "connect", list).mismatch();
    }
}

#[test]
fn signature_is_64_lower_case_digits() {
    for change in
        [str::to_uppercase as fn(&str) -> String, |s| s[1..].to_owned(), |s| format!("{s}0"), |_| String::new()]
    {
        let mut case = v("V1");
        let header = &mut case.headers.last_mut().unwrap().1;
        let (start, signature) = header.split_once("Signature=").unwrap();
        *header = format!("{start}Signature={}", change(signature));
        case.mismatch();
    }
}

#[test]
fn huge_header_is_not_repeated_whole() {
    let refusal = v("V1").header("Authorization", &format!("Bearer {}", "é".repeat(10_000))).run().unwrap_err();
    assert!(refusal.message.chars().count() < 700);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn arbitrary_bytes_never_panic(
        authorization in prop_oneof![
            ".*",
            "AWS4-HMAC-SHA256 (Credential=[a-z/]{0,12}|Signature=[0-9a-f]{64}|SignedHeaders=[a-z;-]{0,20}|[=,é ]{0,5}){0,5}"
        ],
        date in prop_oneof![Just("20260115T120000Z".to_owned()), ".*"],
        path in "/?.*",
        query in prop_oneof![".*", "(X-Amz-(Algorithm|Date|Expires|Credential|Signature|SignedHeaders)=?[%0-9a-zA-Z/é]{0,20}&){0,8}"],
        body in proptest::collection::vec(any::<u8>(), 0..64),
    ) {
        let mut case = v("V1").header("X-Amz-Date", &date).header("Authorization", &authorization);
        case.target = format!("{path}?{query}");
        case.body = body;
        let _ = case.run();
        let _ = case.without("Authorization").run();
    }

    #[test]
    fn what_is_signed_verifies_and_any_change_does_not(
        path in "(/[a-zA-Z0-9%:~é.-]{0,6}){1,5}",
        query in "([a-z%+é-]{0,4}(=[a-z0-9%+é]{0,6})?&?){0,5}",
        body in proptest::collection::vec(any::<u8>(), 0..64),
        value in "[ -~]{0,20}",
        flip in any::<prop::sample::Index>(),
    ) {
        let mut case = v("V1").header("x-test", &value);
        case.target = format!("{path}?{query}");
        case.body = body;
        let mut case = case.resigned("20260115T120000Z", "20260115", "us-east-1", "connect", "host;x-amz-date;x-test");
        prop_assert_eq!(case.run(), Ok(()));
        let header = &mut case.headers.last_mut().unwrap().1;
        let at = header.len() - 64 + flip.index(64);
        let other = if &header[at..=at] == "0" { "1" } else { "0" };
        header.replace_range(at..=at, other);
        prop_assert_eq!(case.run(), Err(Refusal::mismatch()));
    }

    #[test]
    fn what_is_presigned_verifies(query in "([a-z]{1,4}=[a-z0-9%+é]{0,6}&){0,4}", token in proptest::option::of(".{1,20}")) {
        let mut case = v("V1").without("authorization").without("x-amz-date");
        case.target = format!("/instance/I?{query}");
        let who = Credential { access_key_id: "AKIDEXAMPLE", region: "us-east-1", service: "connect", stamp: "20260115T120000Z" };
        let key = SigningKey::derive(&case.secret, "20260115", "us-east-1", "connect");
        let signed = sigv4::sign_query(&case.head(), 60, token.as_deref(), &who, &key);
        case.target = format!("/instance/I?{signed}");
        prop_assert_eq!(case.run(), Ok(()));
    }
}
