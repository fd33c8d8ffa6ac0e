//! Flow documents: the form every published document must have (flows 2, 6.1–6.3), its hash (flows 1.7), and in which types of
//! flow a task can start. What single actions demand of their parameters and transitions goes into a file of its own and is
//! called from [`check`] behind the form.

use crate::text::hex;
use sha2::{Digest as _, Sha256};
use std::collections::HashSet;
use wire::json::{Json, Object, parse};
use wire::shapes::{ContactFlowType, InvalidContactFlowException, ProblemDetail};

#[cfg(test)]
mod tests;

/// The version of the language that a document must name (flows 2.1).
pub const LANGUAGE_VERSION: &str = "2019-10-30";
/// Most actions in a document (flows 2.4).
pub const ACTIONS_MAX: usize = 250;
/// Most problems that are reported (flows 6.1).
pub const PROBLEMS_MAX: usize = 50;
/// Longest identifier of an action, in characters (flows 2.5).
const IDENTIFIER_CHARS_MAX: usize = 50;
/// Characters that an identifier must not hold (flows 2.5).
const IDENTIFIER_REFUSED_CHARS: &str = "%:(\\/)=$,;[]{}";
/// Texts that an identifier must not hold (flows 2.5).
const IDENTIFIER_REFUSED_TEXTS: &[&str] = &[
    "__proto__",
    "constructor",
    "__defineGetter__",
    "__defineSetter__",
    "toString",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "valueOf",
];

/// Can a task start in a flow of this type (task-templates 2.3.6)?
pub fn task_can_start(flow_type: &ContactFlowType) -> bool {
    matches!(flow_type, ContactFlowType::ContactFlow | ContactFlowType::AgentTransfer | ContactFlowType::QueueTransfer)
}

/// The hash of a published content: SHA-256 of the bytes as they were sent, 64 hexadecimal digits (flows 1.7).
pub fn sha256_hex(content: &str) -> String {
    hex(&Sha256::digest(content.as_bytes()))
}

/// The problems of a document that is to be published, in document order, at most [`PROBLEMS_MAX`]; none if it may be. Saved
/// drafts are not checked (flows 1.3).
pub fn check(content: &str) -> Vec<String> {
    let document = match parse(content.as_bytes()) {
        Ok(Json::Object(document)) => document,
        Ok(_) => return vec!["The content is not a JSON object.".to_owned()],
        Err(error) => return vec![format!("The content is not valid JSON: {error}.")],
    };
    let absent: Vec<&str> =
        ["Version", "StartAction", "Actions"].into_iter().filter(|member| document.get(member).is_none()).collect();
    if !absent.is_empty() {
        return vec![format!("The content is missing required members: {}.", absent.join(", "))];
    }
    let mut problems = Problems::default();
    check_document(&document, &mut problems);
    problems.0
}

/// The exception for a document that may not be published (flows 6.1). It has a list and no message.
pub fn exception(problems: Vec<String>) -> wire::Exception {
    let details = problems.into_iter().take(PROBLEMS_MAX).map(|text| ProblemDetail { message: Some(text) });
    wire::Exception::InvalidContactFlowException(InvalidContactFlowException { problems: Some(details.collect()) })
}

/// Gathers problems up to the limit.
#[derive(Default)]
struct Problems(Vec<String>);

impl Problems {
    fn add(&mut self, text: String) {
        if self.0.len() < PROBLEMS_MAX {
            self.0.push(text);
        }
    }

    fn bad_value(&mut self, path: &str) {
        self.add(format!("Invalid property value. Path: {path}"));
    }

    fn missing(&mut self, path: &str) {
        self.add(format!("Action is missing required property. Path: {path}"));
    }
}

fn check_document(document: &Object, problems: &mut Problems) {
    if document.get("Version").and_then(Json::as_str) != Some(LANGUAGE_VERSION) {
        problems.bad_value("Version");
    }
    let actions = document.get("Actions").and_then(Json::as_array).unwrap_or_default();
    let identifiers: HashSet<&str> =
        actions.iter().take(ACTIONS_MAX).filter_map(|action| action.get("Identifier")?.as_str()).collect();
    let start = document.get("StartAction").and_then(Json::as_str);
    let usable = (1..=ACTIONS_MAX).contains(&actions.len());
    if start.is_none() || (usable && start.is_some_and(|start| !identifiers.contains(start))) {
        problems.bad_value("StartAction");
    }
    if !usable {
        problems.bad_value("Actions");
    }
    let mut seen = HashSet::new();
    for (n, action) in actions.iter().take(ACTIONS_MAX).enumerate() {
        check_action(&format!("Actions[{n}]"), action, &identifiers, &mut seen, problems);
    }
}

fn check_action<'a>(
    path: &str,
    action: &'a Json,
    identifiers: &HashSet<&str>,
    seen: &mut HashSet<&'a str>,
    problems: &mut Problems,
) {
    let Some(action) = action.as_object() else { return problems.bad_value(path) };
    match action.get("Identifier") {
        None => problems.missing(&format!("{path}.Identifier")),
        Some(Json::String(text)) if is_identifier(text) && seen.insert(text) => {}
        Some(_) => problems.bad_value(&format!("{path}.Identifier")),
    }
    match action.get("Type") {
        None => problems.missing(&format!("{path}.Type")),
        Some(Json::String(text)) if !text.is_empty() => {}
        Some(_) => problems.add(format!("Invalid Action type. Path: {path}.Type")),
    }
    if action.get("Parameters").is_some_and(|parameters| parameters.as_object().is_none()) {
        problems.add(format!("Invalid Action property value. Path: {path}.Parameters"));
    }
    let path = format!("{path}.Transitions");
    match action.get("Transitions") {
        None => problems.missing(&path),
        Some(Json::Object(transitions)) => check_transitions(&path, transitions, identifiers, problems),
        Some(_) => problems.add(format!("Invalid Action property value. Path: {path}")),
    }
}

/// Targets exist (flows 2.9), wherever they stand.
fn check_transitions(path: &str, transitions: &Object, identifiers: &HashSet<&str>, problems: &mut Problems) {
    if let Some(target) = transitions.get("NextAction") {
        check_target(&format!("{path}.NextAction"), target, identifiers, problems);
    }
    for list in ["Errors", "Conditions"] {
        let Some(entries) = transitions.get(list) else { continue };
        let Some(entries) = entries.as_array() else {
            problems.add(format!("Invalid Action property value. Path: {path}.{list}"));
            continue;
        };
        for (n, entry) in entries.iter().enumerate() {
            let path = format!("{path}.{list}[{n}]");
            match entry.as_object() {
                None => problems.add(format!("Invalid Action property value. Path: {path}")),
                Some(entry) => match entry.get("NextAction") {
                    None => problems.missing(&format!("{path}.NextAction")),
                    Some(target) => check_target(&format!("{path}.NextAction"), target, identifiers, problems),
                },
            }
        }
    }
}

fn check_target(path: &str, target: &Json, identifiers: &HashSet<&str>, problems: &mut Problems) {
    if !target.as_str().is_some_and(|target| identifiers.contains(target)) {
        problems.add(format!("Invalid NextAction. Path: {path}"));
    }
}

fn is_identifier(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= IDENTIFIER_CHARS_MAX
        && !text.contains(|c| IDENTIFIER_REFUSED_CHARS.contains(c))
        && !IDENTIFIER_REFUSED_TEXTS.iter().any(|refused| text.contains(refused))
}
