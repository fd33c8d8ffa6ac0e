//! The canonical request (protocol 3.1, steps 2 to 6), written into one reusable buffer.

use std::borrow::Cow;
use std::ops::Range;

use crate::split::{once, parts};
use crate::{Head, Headers};

/// Buffers that one verification fills and the next reuses; keep one per thread.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(crate) out: Vec<u8>,
    params: Vec<(Range<usize>, Range<usize>)>,
    encoded: Vec<u8>,
}

/// A buffer larger than this is given back after use, in bytes.
const KEEP: usize = 64 * 1024;

impl Scratch {
    /// Clears the buffers and gives oversized ones back.
    pub(crate) fn reset(&mut self) {
        self.out.clear();
        self.params.clear();
        self.encoded.clear();
        self.out.shrink_to(KEEP);
        self.params.shrink_to(KEEP / size_of::<(Range<usize>, Range<usize>)>());
        self.encoded.shrink_to(KEEP);
    }
}

/// Writes everything before the payload hash. `false` when a listed header is absent, or the list is not lower-case
/// and in strict order: no client signs such a list, and two readings of one request must not be possible.
pub(crate) fn write_request<H: Headers + ?Sized>(
    scratch: &mut Scratch,
    head: &Head<'_, H>,
    signed_headers: &str,
    presigned: bool,
) -> bool {
    write_request_with(write_path, scratch, head, signed_headers, presigned)
}

/// The same with a path that is written in another way.
pub(crate) fn write_request_with<H: Headers + ?Sized>(
    write_path: impl FnOnce(&mut Vec<u8>, &[u8]),
    scratch: &mut Scratch,
    head: &Head<'_, H>,
    signed_headers: &str,
    presigned: bool,
) -> bool {
    scratch.reset();
    scratch.out.extend_from_slice(head.method.as_bytes());
    scratch.out.push(b'\n');
    write_path(&mut scratch.out, head.path.as_bytes());
    scratch.out.push(b'\n');
    write_query(scratch, head.query, presigned);
    scratch.out.push(b'\n');
    let out = &mut scratch.out;
    if signed_headers.bytes().fold(false, |found, b| found | b.is_ascii_uppercase()) {
        return false;
    }
    let mut before = "";
    for name in parts(signed_headers, b';') {
        if name <= before {
            return false;
        }
        before = name;
        out.extend_from_slice(name.as_bytes());
        out.push(b':');
        let mut found = false;
        head.headers.each(name, &mut |value| {
            if found {
                out.push(b',');
            }
            found = true;
            push_collapsed(out, value);
        });
        if !found {
            return false;
        }
        out.push(b'\n');
    }
    out.push(b'\n');
    out.extend_from_slice(signed_headers.as_bytes());
    out.push(b'\n');
    true
}

/// Step 3: drop empty and `.` segments, resolve `..`, keep a trailing slash, encode what is left once more.
fn write_path(out: &mut Vec<u8>, path: &[u8]) {
    if is_canonical(path) {
        out.extend_from_slice(path);
    } else {
        write_normalised(out, path);
    }
}

fn write_normalised(out: &mut Vec<u8>, path: &[u8]) {
    let start = out.len();
    for segment in path.split(|b| *b == b'/') {
        match segment {
            b"" | b"." => {}
            b".." => {
                let cut = out[start..].iter().rposition(|b| *b == b'/').unwrap_or(0);
                out.truncate(start + cut);
            }
            _ => {
                out.push(b'/');
                push_encoded(out, segment);
            }
        }
    }
    if out.len() == start || path.ends_with(b"/") {
        out.push(b'/');
    }
}

/// Whether step 3 leaves the path as it is; `false` may be wrong. Without branches, so that many bytes are checked at
/// once.
fn is_canonical(path: &[u8]) -> bool {
    let Some((b'/', rest)) = path.split_first() else { return false };
    let kept = rest.iter().fold(true, |kept, b| kept & (is_unreserved(*b) | (*b == b'/')));
    let bare = |(before, b): (&u8, &u8)| (*before == b'/') & ((*b == b'/') | (*b == b'.'));
    kept && !path.iter().zip(rest).fold(false, |found, pair| found | bare(pair))
}

/// Step 4: decode, encode again, sort by name and then value. A presigned query leaves its signature out.
fn write_query(scratch: &mut Scratch, query: &str, presigned: bool) {
    let Scratch { out, params, encoded } = scratch;
    // No query has no parts; an empty part of one is a nameless parameter without value, as clients sign it.
    if query.is_empty() {
        return;
    }
    for part in parts(query, b'&') {
        let (name, value) = once(part, b'=').unwrap_or((part, ""));
        if presigned && &*decode(name) == b"X-Amz-Signature" {
            continue;
        }
        let start = encoded.len();
        push_encoded(encoded, &decode(name));
        let middle = encoded.len();
        push_encoded(encoded, &decode(value));
        params.push((start..middle, middle..encoded.len()));
    }
    params.sort_by(|a, b| {
        (&encoded[a.0.clone()], &encoded[a.1.clone()]).cmp(&(&encoded[b.0.clone()], &encoded[b.1.clone()]))
    });
    for (i, (name, value)) in params.iter().enumerate() {
        if i > 0 {
            out.push(b'&');
        }
        out.extend_from_slice(&encoded[name.clone()]);
        out.push(b'=');
        out.extend_from_slice(&encoded[value.clone()]);
    }
}

/// Percent-decodes once; `+` stays a plus (W1.4.2) and a broken sequence stays as it is.
pub(crate) fn decode(text: &str) -> Cow<'_, [u8]> {
    percent_encoding::percent_decode_str(text).into()
}

/// Every byte but the unreserved ones becomes `%XX`.
pub(crate) fn push_encoded(out: &mut Vec<u8>, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|b| !UNRESERVED[usize::from(*b)]) {
        let b = rest[at];
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(&[b'%', DIGITS[usize::from(b >> 4)], DIGITS[usize::from(b & 15)]]);
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
}

const fn is_unreserved(b: u8) -> bool {
    b.is_ascii_alphanumeric() | (b == b'-') | (b == b'_') | (b == b'.') | (b == b'~')
}

const UNRESERVED: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0;
    while b < 128 {
        table[b as usize] = is_unreserved(b);
        b += 1;
    }
    table
};

/// Step 5: trimmed, inner runs of white space as one space.
fn push_collapsed(out: &mut Vec<u8>, value: &[u8]) {
    if !value.iter().fold(false, |found, b| found | b.is_ascii_whitespace()) {
        out.extend_from_slice(value);
        return;
    }
    let mut first = true;
    for word in value.split(|b| b.is_ascii_whitespace()).filter(|w| !w.is_empty()) {
        if !first {
            out.push(b' ');
        }
        first = false;
        out.extend_from_slice(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn w3_1_3_path_is_normalised_and_encoded_twice() {
        for (raw, canonical) in [
            ("", "/"),
            ("/", "/"),
            ("//", "/"),
            ("/..", "/"),
            ("/../..", "/"),
            ("/a/../../b", "/b"),
            ("/a/b/..", "/a"),
            ("/a/b/../", "/a/"),
            ("/instance//task/./template/x/../y/", "/instance/task/template/y/"),
            ("/a%2Fb", "/a%252Fb"),
            ("/a:b~c", "/a%3Ab~c"),
            ("/é", "/%C3%A9"),
        ] {
            let mut out = b"x/".to_vec();
            write_path(&mut out, raw.as_bytes());
            assert_eq!(String::from_utf8(out).unwrap(), format!("x/{canonical}"), "{raw}");
        }
    }

    proptest! {
        #[test]
        fn w3_1_3_a_canonical_path_stays(path in "[/.a~%é]{0,8}|(/[.a-z]{0,3}){0,4}") {
            let mut out = Vec::new();
            write_normalised(&mut out, path.as_bytes());
            prop_assert!(!is_canonical(path.as_bytes()) || out == path.as_bytes());
        }

        #[test]
        fn w3_1_4_all_but_unreserved_bytes_are_escaped(bytes: Vec<u8>) {
            let mut out = Vec::new();
            push_encoded(&mut out, &bytes);
            let each = |b: &u8| match *b {
                b if b.is_ascii_alphanumeric() || b"-._~".contains(&b) => char::from(b).to_string(),
                b => format!("%{b:02X}"),
            };
            prop_assert_eq!(String::from_utf8(out).unwrap(), bytes.iter().map(each).collect::<String>());
        }
    }

    #[test]
    fn w3_1_4_query_is_sorted_by_name_then_value() {
        for (raw, canonical) in [
            ("", ""),
            ("&&", "=&=&="),
            ("maxResults=5&&", "=&=&maxResults=5"),
            ("b=1&a=2", "a=2&b=1"),
            ("a=2&a=1&a", "a=&a=1&a=2"),
            ("a-b=1&a=1", "a=1&a-b=1"),
            ("x=a+b", "x=a%2Bb"),
            ("x=%c3%a9", "x=%C3%A9"),
            ("x=%zz%4", "x=%25zz%254"),
            ("x=a=b", "x=a%3Db"),
            ("=v", "=v"),
        ] {
            let mut scratch = Scratch::default();
            write_query(&mut scratch, raw, false);
            assert_eq!(String::from_utf8(scratch.out).unwrap(), canonical, "{raw}");
        }
    }

    #[test]
    fn w3_1_5_white_space_collapses() {
        let mut out = Vec::new();
        push_collapsed(&mut out, b"  a   b \t c ");
        assert_eq!(out, b"a b c");
    }
}
