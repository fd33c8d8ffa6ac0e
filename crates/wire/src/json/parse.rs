//! Bytes to [`Json`].

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{Json, Number, Object};

/// Objects with more members than this look their keys up in a set while they are read; smaller ones are scanned.
const SCANNED_KEYS: usize = 16;

/// Why bytes are not an acceptable JSON document, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// A short reason in lower case, e.g. `expected value`.
    pub reason: String,
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1, in bytes; 0 when the document ended before the first byte of the line.
    pub column: usize,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at line {} column {}", self.reason, self.line, self.column)
    }
}

impl std::error::Error for SyntaxError {}

/// Values in the body of a request, those within others included; many times more than any operation takes. A value takes
/// far more memory than the two bytes it can be written in.
pub const BODY_VALUES_MAX: usize = 100_000;

/// Reads one JSON document that was checked when it came.
///
/// # Errors
/// Anything RFC 8259 refuses, and besides: a key twice in one object (W1.5.5), a lone surrogate, bytes that are no UTF-8, a number
/// beyond a 64-bit float, nesting deeper than 127.
pub fn parse(bytes: &[u8]) -> Result<Json<'_>, SyntaxError> {
    parse_bounded(bytes, usize::MAX)
}

/// Reads the body of a request, which may hold [`BODY_VALUES_MAX`] values.
///
/// # Errors
/// As for [`parse`], and when there are more values; what is beyond them is not read.
pub fn parse_body(bytes: &[u8]) -> Result<Json<'_>, SyntaxError> {
    parse_bounded(bytes, BODY_VALUES_MAX)
}

fn parse_bounded(bytes: &[u8], values_max: usize) -> Result<Json<'_>, SyntaxError> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let left = Cell::new(values_max);
    let tree = Tree { left: &left, max: values_max };
    tree.deserialize(&mut reader).and_then(|json| reader.end().map(|()| json)).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let text = error.to_string();
        let reason = text.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&text).to_owned();
        SyntaxError { reason, line, column }
    })
}

/// Builds the tree.
#[derive(Clone, Copy)]
struct Tree<'c> {
    /// Values that may still come.
    left: &'c Cell<usize>,
    max: usize,
}

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Json<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json<'de>, D::Error> {
        let Some(left) = self.left.get().checked_sub(1) else {
            return Err(D::Error::custom(format_args!("more than {} values", self.max)));
        };
        self.left.set(left);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(Number::Int(value)))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(i64::try_from(value).map_or(Number::Big(value), Number::Int)))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json<'de>, E> {
        Ok(Json::Number(Number::Float(value)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Json<'de>, E> {
        Ok(Json::String(Cow::Owned(value.to_owned())))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::String(Cow::Borrowed(value)))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Json<'de>, E> {
        Ok(Json::String(Cow::Owned(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json<'de>, A::Error> {
        let mut members: Vec<(Cow<'de, str>, Json<'de>)> = Vec::new();
        let mut seen = BTreeSet::new();
        while let Some(Key(key)) = map.next_key()? {
            let twice = if members.len() < SCANNED_KEYS {
                members.iter().any(|(known, _)| *known == key)
            } else {
                if seen.is_empty() {
                    seen.extend(members.iter().map(|(known, _)| known.clone()));
                }
                !seen.insert(key.clone())
            };
            if twice {
                return Err(A::Error::custom(format_args!("duplicate key {:?}", shortened(&key))));
            }
            members.push((key, map.next_value_seed(self)?));
        }
        Ok(Json::Object(Object(members)))
    }
}

/// The name of a member, borrowed where it can be.
struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl<'de> Visitor<'de> for Name {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_str<E: Error>(self, value: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(value.to_owned())))
            }

            fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(value)))
            }
        }
        deserializer.deserialize_str(Name)
    }
}

/// At most 64 characters of a key, so that a message stays short.
fn shortened(key: &str) -> &str {
    key.char_indices().nth(64).map_or(key, |(end, _)| &key[..end])
}
