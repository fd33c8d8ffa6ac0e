//! From method and raw path to operation and labels (protocol 1.3).
//!
//! The path is split first and decoded after, each segment once, so that an encoded slash never splits and the signature sees the
//! same bytes as the router.

use crate::Op;
use crate::generated::routes;

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
    texts: [String; MAX_LABELS],
    len: usize,
}

impl Labels {
    /// The label at this position of the path, from 0.
    pub fn get(&self, index: usize) -> Option<&str> {
        self.texts[..self.len].get(index).map(String::as_str)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether the path has none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    fn push(&mut self, text: String) {
        self.texts[self.len] = text;
        self.len += 1;
    }
}

/// Makes labels of decoded texts; more than any route has are left out.
impl<'a> FromIterator<&'a str> for Labels {
    fn from_iter<T: IntoIterator<Item = &'a str>>(texts: T) -> Self {
        let mut labels = Self::default();
        texts.into_iter().take(MAX_LABELS).for_each(|text| labels.push(text.to_owned()));
        labels
    }
}

/// Why a request goes nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouteError {
    /// No operation has this method and path.
    NotFound,
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

/// One route behind its first segment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pattern {
    pub(crate) method: Method,
    pub(crate) segments: &'static [Segment],
    pub(crate) op: Op,
}

/// Finds the operation of a request. `raw_path` is as received, without query.
///
/// Slashes before the first segment are merged (W8.2). Later empty segments are empty labels (W1.3.6). A path with a raw `.` or `..`
/// goes nowhere (W1.3.5). `/tags/` takes the rest of the path as one label, as a raw ARN has slashes (task-templates 1.6.1).
///
/// # Errors
/// No such route, or a label that cannot be decoded.
pub fn resolve(method: &str, raw_path: &str) -> Result<Route, RouteError> {
    let method = Method::parse(method).ok_or(RouteError::NotFound)?;
    let path = raw_path.strip_prefix('/').ok_or(RouteError::NotFound)?.trim_start_matches('/');
    let (first, rest) = match path.split_once('/') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    };
    let mut segments = [""; MAX_SEGMENTS];
    let mut count = 0;
    for segment in rest.into_iter().flat_map(|rest| rest.split('/')) {
        if segment == "." || segment == ".." {
            return Err(RouteError::NotFound);
        }
        if let Some(slot) = segments.get_mut(count) {
            *slot = segment;
        }
        count += 1;
    }
    let fits = |pattern: &&Pattern| pattern.method == method && pattern.fits(&segments, count);
    let pattern = routes::under(first).iter().find(fits).ok_or(RouteError::NotFound)?;
    let labels = pattern.labels(&segments, rest.unwrap_or_default()).ok_or(RouteError::BadEncoding(pattern.op))?;
    Ok(Route { op: pattern.op, labels })
}

impl Pattern {
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
        let mut labels = Labels::default();
        for (pattern, segment) in self.segments.iter().zip(segments) {
            match pattern {
                Segment::Literal(_) => {}
                Segment::Label => labels.push(percent_decoded(segment)?),
                Segment::Rest => labels.push(percent_decoded(rest)?),
            }
        }
        Some(labels)
    }
}

/// The text in clear, decoded once; `None` for an invalid `%` sequence or bytes that are no UTF-8.
pub(crate) fn percent_decoded(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        out.push(if byte == b'%' { hex(bytes.next()?)? << 4 | hex(bytes.next()?)? } else { byte });
    }
    String::from_utf8(out).ok()
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
