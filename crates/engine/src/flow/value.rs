//! Values of parameters: what becomes of the references in a text (flows 3.1 to 3.6). Where one begins and ends is in `path`, what the
//! paths mean in `view`, how results are compared in `compare`.

mod compare;
mod path;
#[cfg(test)]
mod tests;
mod view;

use serde_json::{Map, Value};

pub(super) use compare::holds;
pub use path::Path;
use path::Reader;
pub use view::View;
pub(super) use view::{initiation_method, length, segment_attributes};

/// Longest text that references may grow to, in bytes; what would go beyond is cut. Every member that takes such a text has a lower
/// limit of its own, so a cut text is refused there and never used.
pub const TEXT_BYTES_MAX: usize = 131_072;

/// Where references are looked up.
pub trait Source {
    /// The value behind the segments of a path; `None` if there is nothing (flows 3.5).
    fn find(&self, path: &[String]) -> Option<Value>;

    /// The same as text (flows 3.6), at most [`TEXT_BYTES_MAX`] bytes.
    fn find_text(&self, path: &[String]) -> Option<String> {
        self.find(path).and_then(|found| written(&found))
    }
}

/// Any JSON value is looked into member by member; what is `null` is absent.
impl Source for Value {
    fn find(&self, path: &[String]) -> Option<Value> {
        walk(self, path).cloned()
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
        Some(path) => path.text(source),
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
    read_text(&mut Reader::new(value), source)
}

fn read_text(reader: &mut Reader<'_>, source: &dyn Source) -> String {
    let mut out = String::new();
    loop {
        let before = reader.until_dollar();
        if let Some(path) = reader.path() {
            let unquoted = before.strip_suffix('`').filter(|_| reader.take('`'));
            out.push_str(unquoted.unwrap_or(before));
            out.push_str(&path.text(source).unwrap_or_default());
        } else {
            out.push_str(before);
            if !reader.take('$') {
                return storable(out);
            }
            out.push('$');
        }
        if out.len() > TEXT_BYTES_MAX {
            out.truncate(out.floor_char_boundary(TEXT_BYTES_MAX));
            return storable(out);
        }
    }
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

/// A found value as text: numbers and booleans as JSON writes them, objects and lists compact (flows 3.6), at most
/// [`TEXT_BYTES_MAX`] bytes.
pub(super) fn written(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(storable(text[..text.floor_char_boundary(TEXT_BYTES_MAX)].to_owned())),
        other => Some(compact(other)),
    }
}

/// JSON, cut at [`TEXT_BYTES_MAX`] bytes; nothing beyond is written anywhere.
fn compact(value: &impl serde::Serialize) -> String {
    struct Room(Vec<u8>);

    impl std::io::Write for Room {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            let fits = bytes.len().min(TEXT_BYTES_MAX - self.0.len());
            self.0.extend_from_slice(&bytes[..fits]);
            Ok(fits)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    let mut room = Room(Vec::new());
    // It fails when there is no more room: what fits is there then.
    let _ = serde_json::to_writer(&mut room, value);
    if let Err(error) = std::str::from_utf8(&room.0) {
        room.0.truncate(error.valid_up_to());
    }
    String::from_utf8(room.0).expect("it was cut where it stops being UTF-8")
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
