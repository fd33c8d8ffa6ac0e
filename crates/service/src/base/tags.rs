//! Tags as they are stored and answered (task-templates 4).

use std::collections::BTreeMap;

use wire::Op;

use crate::{Error, Result};

/// Tags by key.
pub(crate) type Tags = BTreeMap<String, String>;

/// Tags of a create request, checked beyond the model and ready to be stored.
pub(crate) fn of_new(op: Op, tags: Option<&Tags>) -> Result<String> {
    let Some(tags) = tags else { return Ok(String::new()) };
    engine::tag::check(tags).map_err(|bad| Error::invalid_parameter(op, bad.to_string()))?;
    Ok(to_text(tags))
}

/// Tags as stored: a JSON object, or nothing when there are none.
pub(crate) fn to_text(tags: &Tags) -> String {
    if tags.is_empty() { String::new() } else { wire::to_stored(tags) }
}

/// Tags from their stored form.
pub(crate) fn from_text(text: &str) -> Result<Tags> {
    if text.is_empty() {
        return Ok(Tags::new());
    }
    let broken = || Error::internal("stored tags are not a JSON object of strings");
    let json = wire::json::parse(text.as_bytes()).map_err(Error::internal)?;
    let members = json.as_object().ok_or_else(broken)?;
    members.iter().map(|(key, value)| Ok((key.to_owned(), value.as_str().ok_or_else(broken)?.to_owned()))).collect()
}

/// Tags of an answer: absent when there are none (protocol W2.1.6).
pub(crate) fn of_answer(text: &str) -> Result<Option<Tags>> {
    let tags = from_text(text)?;
    Ok((!tags.is_empty()).then_some(tags))
}
