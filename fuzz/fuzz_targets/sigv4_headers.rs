//! Signatures of any form: reading one yields a claim or a refusal, nobody passes without the key, and the reason is
//! always given.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sigv4::{Alternatives, Head, Headers, Rules, Scratch, SigningKey};

/// Headers as lines `name: value`, in order.
struct Lines<'a>(Vec<(String, &'a [u8])>);

impl Headers for Lines<'_> {
    fn each<'a>(&'a self, name: &str, each: &mut dyn FnMut(&'a [u8])) {
        for (_, value) in self.0.iter().filter(|(found, _)| found == name) {
            each(value);
        }
    }
}

fuzz_target!(|input: (&str, &[u8], &[u8])| {
    let (target, headers, body) = input;
    let lines = headers.split(|byte| *byte == b'\n').filter_map(|line| {
        let colon = line.iter().position(|byte| *byte == b':')?;
        let name = String::from_utf8_lossy(&line[..colon]).to_ascii_lowercase();
        Some((name, line[colon + 1..].trim_ascii()))
    });
    let headers = Lines(lines.collect());
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let head = Head { method: "POST", path, query, headers: &headers };
    let regions = ["us-east-1".to_owned()];
    let rules = Rules { services: &["connect"], regions: &regions, presigned: true, unsigned_payload: true };
    // 2026-01-15T12:00:30Z, the clock of the seeds.
    if let Ok(claim) = sigv4::check(&head, &rules, 1_768_478_430_000) {
        let key = SigningKey::derive("a secret nobody knows", claim.date(), claim.region(), claim.service());
        assert!(claim.verify(&head, body, &key, &mut Scratch::default()).is_err(), "a forged signature passed");
        let (others, scratch) = (Alternatives::default(), &mut Scratch::default());
        let found = claim.diagnose(&head, &claim.digest_of(body), &key, &others, scratch);
        assert!(found.string_to_sign.starts_with("AWS4-HMAC-SHA256\n"));
    }
});
