//! From method and raw path to operation and labels (protocol 1.3).
//!
//! The path is split first and decoded after, each segment once, so that an encoded slash never splits and the signature sees the
//! same bytes as the router.

use crate::Op;
use crate::generated::{outside, routes};

/// No route has more segments.
pub(crate) const MAX_SEGMENTS: usize = 8;

/// No route has more labels.
pub(crate) const MAX_LABELS: usize = 3;

/// Where a request goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The operation.
    pub op: Op,
    /// The labels of its path.
    pub labels: Labels,
}

/// The labels of a path, decoded, in the order of the path.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Labels {
    /// One behind the other.
    text: String,
    /// Where each ends.
    ends: [usize; MAX_LABELS],
    len: usize,
}

impl Labels {
    /// The label at this position of the path, from 0.
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends[..self.len].get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.text[start..end])
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether the path has none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds a label as it is.
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.end();
    }

    /// Adds a label of a path; `None` when it cannot be decoded.
    fn push_raw(&mut self, raw: &str) -> Option<()> {
        if is_encoded(raw) {
            self.text = decode_behind(std::mem::take(&mut self.text), raw)?;
        } else {
            self.text.push_str(raw);
        }
        self.end();
        Some(())
    }

    /// The label added last ends here.
    fn end(&mut self) {
        self.ends[self.len] = self.text.len();
        self.len += 1;
    }
}

/// Makes labels of decoded texts; more than any route has are left out.
impl<'a> FromIterator<&'a str> for Labels {
    fn from_iter<T: IntoIterator<Item = &'a str>>(texts: T) -> Self {
        let mut labels = Self::default();
        texts.into_iter().take(MAX_LABELS).for_each(|text| labels.push(text));
        labels
    }
}

/// Why a request matches no route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouteError {
    /// No operation of the service has this method and path.
    NotFound,
    /// An operation of the service that is not in scope, by name.
    OutOfScope(&'static str),
    /// A label of this operation has an invalid `%` sequence or is no UTF-8 (W1.3.4).
    BadEncoding(Op),
}

/// A method the API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Put,
    Post,
    Delete,
}

impl Method {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "GET" => Some(Self::Get),
            "PUT" => Some(Self::Put),
            "POST" => Some(Self::Post),
            "DELETE" => Some(Self::Delete),
            _ => None,
        }
    }
}

/// One segment of a route behind its first.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Segment {
    /// This text.
    Literal(&'static str),
    /// Any one segment.
    Label,
    /// All that is left of the path.
    Rest,
}

/// One route behind its first segment, and the operation that it leads to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pattern<T> {
    pub(crate) method: Method,
    pub(crate) segments: &'static [Segment],
    pub(crate) op: T,
}

/// Finds the operation of a request. `raw_path` is as received, without query.
///
/// Slashes before the first segment are merged (W8.2). Later empty segments are empty labels (W1.3.6). A path with a
/// raw `.` or `..` matches no route (W1.3.5). `/tags/` takes the rest of the path as one label, as a raw ARN has
/// slashes (task-templates 1.6.1).
///
/// # Errors
/// No such route, an operation out of scope, or a label that cannot be decoded.
pub fn resolve(method: &str, raw_path: &str) -> Result<Route, RouteError> {
    let method = Method::parse(method).ok_or(RouteError::NotFound)?;
    let start = raw_path.bytes().position(|b| b != b'/').unwrap_or(raw_path.len());
    if start == 0 {
        return Err(RouteError::NotFound);
    }
    let path = &raw_path[start..];
    let first_end = path.bytes().position(|b| b == b'/').unwrap_or(path.len());
    let first = &path[..first_end];
    let rest = path.get(first_end + 1..);
    let mut segments = [""; MAX_SEGMENTS];
    let count = rest.map_or(Some(0), |rest| split(rest, &mut segments)).ok_or(RouteError::NotFound)?;
    let Some(pattern) = fitting(routes::under(first), method, &segments, count) else {
        let outside = fitting(outside::under(first), method, &segments, count);
        return Err(outside.map_or(RouteError::NotFound, |pattern| RouteError::OutOfScope(pattern.op)));
    };
    let labels = pattern.labels(&segments, rest.unwrap_or_default()).ok_or(RouteError::BadEncoding(pattern.op))?;
    Ok(Route { op: pattern.op, labels })
}

/// The first route that takes a path of `count` segments, the first of which are here.
fn fitting<T>(
    patterns: &'static [Pattern<T>],
    method: Method,
    segments: &[&str; MAX_SEGMENTS],
    count: usize,
) -> Option<&'static Pattern<T>> {
    patterns.iter().find(|pattern| pattern.method == method && pattern.fits(segments, count))
}

/// Finds the segments of `rest` and says how many there are, also when not all have room; `None` when one is `.` or `..`.
fn split<'p>(rest: &'p str, segments: &mut [&'p str; MAX_SEGMENTS]) -> Option<usize> {
    let (mut start, mut count) = (0, 0);
    let mut add = |segment: &'p str| {
        if let Some(slot) = segments.get_mut(count) {
            *slot = segment;
        }
        count += 1;
        !matches!(segment, "." | "..")
    };
    for (at, b) in rest.bytes().enumerate() {
        if b == b'/' {
            if !add(&rest[start..at]) {
                return None;
            }
            start = at + 1;
        }
    }
    add(&rest[start..]).then_some(count)
}

impl<T> Pattern<T> {
    /// Whether a path of `count` segments, the first of which are here, is one of this route.
    fn fits(&self, segments: &[&str; MAX_SEGMENTS], count: usize) -> bool {
        if let [Segment::Rest] = self.segments {
            return count > 0;
        }
        self.segments.len() == count
            && self.segments.iter().zip(segments).all(|(pattern, segment)| match pattern {
                Segment::Literal(literal) => literal == segment,
                Segment::Label | Segment::Rest => true,
            })
    }

    /// The decoded labels of a path that fits.
    fn labels(&self, segments: &[&str; MAX_SEGMENTS], rest: &str) -> Option<Labels> {
        let mut labels = Labels { text: String::with_capacity(rest.len()), ..Labels::default() };
        for (pattern, segment) in self.segments.iter().zip(segments) {
            match pattern {
                Segment::Literal(_) => {}
                Segment::Label => labels.push_raw(segment)?,
                Segment::Rest => labels.push_raw(rest)?,
            }
        }
        Some(labels)
    }
}

/// The text in clear, decoded once; `None` for an invalid `%` sequence or bytes that are no UTF-8.
pub fn percent_decoded(text: &str) -> Option<String> {
    if !is_encoded(text) {
        return Some(text.to_owned());
    }
    decode_behind(String::with_capacity(text.len()), text)
}

/// Adds the decoded `text` to `before`.
fn decode_behind(before: String, text: &str) -> Option<String> {
    let mut out = before.into_bytes();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        out.push(if byte == b'%' { hex(bytes.next()?)? << 4 | hex(bytes.next()?)? } else { byte });
    }
    // What was there is text, so the whole is text only if what was added is.
    String::from_utf8(out).ok()
}

/// Without branches, so that many bytes are taken at once.
fn is_encoded(text: &str) -> bool {
    text.bytes().fold(false, |found, b| found | (b == b'%'))
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
