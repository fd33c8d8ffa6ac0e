//! Values of parameters: where a reference begins and ends in a text, and what becomes of it (flows 3.1 to 3.6). What the paths mean
//! is in `view`; how results are compared in `compare`.

mod compare;
#[cfg(test)]
mod tests;
mod view;

use serde_json::{Map, Value};

pub(super) use compare::holds;
pub use view::View;
pub(super) use view::{initiation_method, segment_attributes};

/// Longest text that references may grow to, in bytes; what would go beyond is cut. Every member that takes such a text has a lower
/// limit of its own, so a cut text is refused there and never used.
pub const TEXT_BYTES_MAX: usize = 131_072;

/// Where references are looked up.
pub trait Source {
    /// The value behind the segments of a path; `None` if there is nothing (flows 3.5).
    fn find(&self, path: &[String]) -> Option<Value>;
}

/// Any JSON value is looked into member by member; what is `null` is absent.
impl Source for Value {
    fn find(&self, path: &[String]) -> Option<Value> {
        walk(self, path).cloned()
    }
}

/// A path as it stands in a document (flows 3.3): `$.A.b`, `$['A']['b']`, list places as `[0]` or `.0`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path(Vec<String>);

impl Path {
    /// Reads a text that is one path and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        reference(text).filter(|(_, len)| *len == text.len()).map(|(path, _)| path)
    }

    /// Its segments; never empty.
    pub fn segments(&self) -> &[String] {
        &self.0
    }
}

/// The text of a scalar of a document (flows 2.10); lists, objects and `null` have none.
pub fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(storable(text.clone())),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A value that is static or one path (flows 3.2). `None` if the path leads to nothing (flows 3.5).
pub fn whole(value: &str, source: &dyn Source) -> Option<String> {
    match Path::parse(value) {
        Some(path) => source.find(path.segments()).and_then(|found| written(&found)),
        None => Some(storable(value.to_owned())),
    }
}

/// A value that is static, one path, or a text with references (flows 3.1). `None` if it is one path that leads to nothing (flows 3.5).
pub fn dynamic(value: &str, source: &dyn Source) -> Option<String> {
    match Path::parse(value) {
        Some(_) => whole(value, source),
        None => Some(text(value, source)),
    }
}

/// A text with references inside (flows 3.1, 3.4): each is replaced by what it leads to, or by nothing. At most
/// [`TEXT_BYTES_MAX`] bytes, unless the text without references is longer.
pub fn text(value: &str, source: &dyn Source) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some(at) = rest.find('$') {
        let (before, from) = rest.split_at(at);
        if let Some((path, len)) = reference(from) {
            let after = &from[len..];
            let quoted = before.strip_suffix('`').zip(after.strip_prefix('`'));
            let (before, after) = quoted.unwrap_or((before, after));
            out.push_str(before);
            out.push_str(&source.find(path.segments()).and_then(|found| written(&found)).unwrap_or_default());
            rest = after;
        } else {
            out.push_str(before);
            out.push('$');
            rest = &from[1..];
        }
        if out.len() > TEXT_BYTES_MAX {
            out.truncate(out.floor_char_boundary(TEXT_BYTES_MAX));
            return storable(out);
        }
    }
    out.push_str(rest);
    storable(out)
}

/// Without the character U+0000, which not every store can keep (decision B8).
fn storable(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "") } else { text }
}

/// A value of any shape whose texts may hold references, JSON types kept (flows 2.10, 8.5). A path that leads to nothing is `null`
/// where it stands alone. `None` when the texts in it grow beyond [`TEXT_BYTES_MAX`] bytes together.
pub fn resolved(value: &Value, source: &dyn Source) -> Option<Value> {
    let mut room = TEXT_BYTES_MAX;
    resolve(value, source, &mut room)
}

fn resolve(value: &Value, source: &dyn Source, room: &mut usize) -> Option<Value> {
    Some(match value {
        Value::String(written) => {
            let found = dynamic(written, source).map_or(Value::Null, Value::String);
            *room = room.checked_sub(found.as_str().map_or(0, str::len))?;
            found
        }
        Value::Array(list) => list.iter().map(|item| resolve(item, source, room)).collect::<Option<_>>()?,
        Value::Object(members) => {
            let mut out = Map::new();
            for (key, value) in members {
                out.insert(key.clone(), resolve(value, source, room)?);
            }
            Value::Object(out)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    })
}

/// A found value as text: numbers and booleans as JSON writes them, objects and lists compact (flows 3.6).
pub(super) fn written(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(storable(text.clone())),
        other => Some(other.to_string()),
    }
}

/// Looks into a value segment by segment.
pub(super) fn walk<'a>(value: &'a Value, path: &[String]) -> Option<&'a Value> {
    let found = path.iter().try_fold(value, |value, segment| match value {
        Value::Object(members) => members.get(segment),
        Value::Array(list) => list.get(segment.parse::<usize>().ok()?),
        _ => None,
    });
    found.filter(|value| !value.is_null())
}

/// Reads the reference at the start of `text`: the path and its length in bytes (flows 3.3, 3.4).
fn reference(text: &str) -> Option<(Path, usize)> {
    let mut rest = text.strip_prefix('$')?;
    let mut segments = Vec::new();
    loop {
        let dotted = rest.strip_prefix('.');
        let group = bracketed(dotted.unwrap_or(rest)).or_else(|| dotted.and_then(named));
        let Some((segment, after)) = group else { break };
        segments.push(segment);
        rest = after;
    }
    (!segments.is_empty()).then(|| (Path(segments), text.len() - rest.len()))
}

/// `['…']`, `["…"]` or `[0]`, and what follows. A quote inside is written with a backslash.
fn bracketed(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('[')?;
    let Some(quote) = inner.chars().next().filter(|c| matches!(c, '\'' | '"')) else {
        let (index, after) = inner.split_once(']')?;
        let digits = !index.is_empty() && index.len() <= 9 && index.bytes().all(|b| b.is_ascii_digit());
        return digits
            .then(|| (index.trim_start_matches('0'), after))
            .map(|(index, after)| (if index.is_empty() { "0".to_owned() } else { index.to_owned() }, after));
    };
    let mut key = String::new();
    let mut chars = inner[1..].char_indices();
    while let Some((at, c)) = chars.next() {
        if c == quote {
            return inner[1 + at + 1..].strip_prefix(']').filter(|_| !key.is_empty()).map(|after| (key, after));
        }
        match (c, chars.clone().next()) {
            ('\\', Some((_, escaped))) if escaped == quote || escaped == '\\' => {
                key.push(escaped);
                chars.next();
            }
            _ => key.push(c),
        }
    }
    None
}

/// Letters, digits, `_` and `-`, and what follows.
fn named(text: &str) -> Option<(String, &str)> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(text.len());
    (end > 0).then(|| (text[..end].to_owned(), &text[end..]))
}
