//! Whether a document gives a value, and its text (flows 2.10, 2.11).

use std::borrow::Cow;

use wire::json::{Json, Object};

/// Is the member there, and no empty text (flows 2.11)?
pub(super) fn is_given(object: &Object<'_>, name: &str) -> bool {
    object.get(name).is_some_and(|value| !is_empty(value))
}

/// Is it an empty text, which is as good as nothing?
pub(super) fn is_empty(value: &Json<'_>) -> bool {
    value.as_str() == Some("")
}

/// The text of a scalar (flows 2.10), unless it is empty (flows 2.11).
pub(super) fn scalar<'a>(value: &'a Json<'_>) -> Option<Cow<'a, str>> {
    match value {
        Json::String(text) if text.is_empty() => None,
        Json::String(text) => Some(Cow::Borrowed(text)),
        Json::Number(number) => Some(Cow::Owned(number.to_string())),
        Json::Bool(value) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
        _ => None,
    }
}
