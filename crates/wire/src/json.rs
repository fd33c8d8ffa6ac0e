//! JSON as values: the tree of a received body, the writer of an answer, and time as the API writes it.
//!
//! The tree keeps the order of the document and refuses what the protocol refuses (W1.5.5: a repeated key), so everything above
//! can walk it without asking again.

mod parse;
#[cfg(test)]
mod tests;
mod time;
mod write;

use std::borrow::Cow;

pub use parse::{BODY_VALUES_MAX, SyntaxError, parse, parse_body};
pub use time::Timestamp;
pub use write::JsonWriter;

/// One JSON value. Texts without escapes are borrowed from the document.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Json<'a> {
    /// `null`, which the API treats as absent (task-templates 0.10).
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    String(Cow<'a, str>),
    /// A list.
    Array(Vec<Json<'a>>),
    /// An object.
    Object(Object<'a>),
}

/// A JSON number, as exact as the document allows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A whole number that fits 64 bits with sign.
    Int(i64),
    /// A whole number above [`i64::MAX`] that fits 64 bits.
    Big(u64),
    /// Any other number; always finite.
    Float(f64),
}

/// A JSON object: members in document order, no name twice.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Object<'a>(Vec<(Cow<'a, str>, Json<'a>)>);

impl<'a> Json<'a> {
    /// The text, if this is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The boolean, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, if this is one.
    pub fn as_number(&self) -> Option<Number> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The items, if this is a list.
    pub fn as_array(&self) -> Option<&[Json<'a>]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members, if this is an object.
    pub fn as_object(&self) -> Option<&Object<'a>> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The member of this name, if this is an object that has it with a value other than `null`.
    pub fn get(&self, name: &str) -> Option<&Json<'a>> {
        self.as_object()?.get(name)
    }
}

impl Number {
    /// The whole number, if this is one within 64 bits with sign; `5.0` and `5e0` are whole.
    pub fn as_i64(self) -> Option<i64> {
        /// 2^63: the first float above every `i64`.
        const LIMIT: f64 = 9_223_372_036_854_775_808.0;
        match self {
            Self::Int(value) => Some(value),
            Self::Big(_) => None,
            #[expect(clippy::cast_possible_truncation, reason = "whole and within range, checked on the left")]
            Self::Float(value) => (value.fract() == 0.0 && (-LIMIT..LIMIT).contains(&value)).then_some(value as i64),
        }
    }

    /// The nearest float.
    #[expect(clippy::cast_precision_loss, reason = "the nearest float is what is asked for")]
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Int(value) => value as f64,
            Self::Big(value) => value as f64,
            Self::Float(value) => value,
        }
    }
}

/// Decimal text without exponent: `5`, `-0.25`, `1000000`.
impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Int(value) => value.fmt(f),
            Self::Big(value) => value.fmt(f),
            Self::Float(value) => value.fmt(f),
        }
    }
}

impl<'a> Object<'a> {
    /// The member of this name, unless it is absent or `null` (task-templates 0.10).
    pub fn get(&self, name: &str) -> Option<&Json<'a>> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value).filter(|value| **value != Json::Null)
    }

    /// All members in document order, `null` included.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json<'a>)> {
        self.0.iter().map(|(key, value)| (key.as_ref(), value))
    }

    /// How many members there are, `null` included.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
