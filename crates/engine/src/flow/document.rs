//! A flow document as a run needs it: actions with their targets resolved to indexes. The reader is lenient, for it reads content that
//! was checked when it was published (perhaps by an earlier release); `check` decides what may be published.

use serde_json::{Map, Value};
use std::fmt;

mod names;
#[cfg(test)]
mod tests;

pub use names::{ActionType, ErrorType, Operator};

/// A flow or the content of a module, ready to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Index of the action that runs first (flows 2.2).
    pub start: usize,
    /// In document order; never empty.
    pub actions: Vec<Action>,
}

/// One step of a document (flows 2.6).
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// Unique within the document (flows 2.5).
    pub identifier: String,
    /// What it does.
    pub kind: ActionType,
    /// As they stand in the document; scalars may be texts, numbers or booleans (flows 2.10).
    pub parameters: Map<String, Value>,
    /// Index of the action after this one, unless it is terminal (flows 2.7).
    pub next: Option<usize>,
    /// Where each error leads (flows 2.8, 4.7). Errors of unknown name are left out.
    pub errors: Vec<(ErrorType, usize)>,
    /// Where the first entry of its errors leads, whatever the name of the error: the error branch of what tasks cannot do (flows 7.6).
    pub first_error: Option<usize>,
    /// In the order in which they are tried (flows 4.1).
    pub conditions: Vec<Condition>,
}

/// A branch of an action (flows 4.2).
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// How the action's result is compared.
    pub operator: Operator,
    /// What with: static text, or one path in a comparison (flows 4.4).
    pub operand: String,
    /// Index of the action that runs if this is true.
    pub next: usize,
}

/// Why content cannot be run: the member and the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentError(String);

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DocumentError {}

impl Document {
    /// Reads published content. Members nobody needs, errors and operators nobody knows are skipped.
    ///
    /// # Errors
    /// Content that is no JSON object with actions; an action without identifier or of an unknown type; a target that is no action.
    pub fn parse(content: &str) -> Result<Self, DocumentError> {
        let json: Value = serde_json::from_str(content).map_err(|error| DocumentError(format!("no JSON: {error}")))?;
        let list = json.get("Actions").and_then(Value::as_array).ok_or_else(|| refused("Actions", "no list"))?;
        let identifiers: Vec<&str> = (list.iter().enumerate())
            .map(|(n, action)| text(action, "Identifier").ok_or_else(|| refused(&at(n, "Identifier"), "no text")))
            .collect::<Result<_, _>>()?;
        let targets = Targets(&identifiers);
        let start = targets.of(&json, "StartAction", "")?.ok_or_else(|| refused("StartAction", "missing"))?;
        let actions = list.iter().enumerate().map(|(n, json)| action(n, json, &targets)).collect::<Result<_, _>>()?;
        Ok(Self { start, actions })
    }

    /// Index of the action with this identifier.
    pub fn index_of(&self, identifier: &str) -> Option<usize> {
        self.actions.iter().position(|action| action.identifier == identifier)
    }
}

impl Action {
    /// The parameter of this name, unless it is absent or `null`.
    pub fn parameter(&self, name: &str) -> Option<&Value> {
        self.parameters.get(name).filter(|value| !value.is_null())
    }

    /// Where this error leads by its own entry (flows 4.7).
    pub fn target_of(&self, error: ErrorType) -> Option<usize> {
        self.errors.iter().find(|(known, _)| *known == error).map(|(_, target)| *target)
    }
}

/// The identifiers of a document, by index.
struct Targets<'a>(&'a [&'a str]);

impl Targets<'_> {
    /// The index that the member names, if it is there.
    fn of(&self, json: &Value, member: &str, path: &str) -> Result<Option<usize>, DocumentError> {
        let Some(value) = json.get(member).filter(|value| !value.is_null()) else { return Ok(None) };
        let found = value.as_str().and_then(|wanted| self.0.iter().position(|known| *known == wanted));
        found.map(Some).ok_or_else(|| refused(&format!("{path}{member}"), "no action has this identifier"))
    }

    fn required(&self, json: &Value, path: &str) -> Result<usize, DocumentError> {
        self.of(json, "NextAction", path)?.ok_or_else(|| refused(&format!("{path}NextAction"), "missing"))
    }
}

fn action(n: usize, json: &Value, targets: &Targets<'_>) -> Result<Action, DocumentError> {
    let identifier = text(json, "Identifier").unwrap_or_default().to_owned();
    let kind = text(json, "Type").and_then(ActionType::parse).ok_or_else(|| refused(&at(n, "Type"), "unknown"))?;
    let parameters = json.get("Parameters").and_then(Value::as_object).cloned().unwrap_or_default();
    let transitions = json.get("Transitions").unwrap_or(&Value::Null);
    let next = targets.of(transitions, "NextAction", &at(n, "Transitions."))?;
    let mut errors = Vec::new();
    let first_error =
        entries(transitions, "Errors").iter().find_map(|entry| targets.of(entry, "NextAction", "").ok()?);
    for (m, entry) in entries(transitions, "Errors").iter().enumerate() {
        if let Some(error) = text(entry, "ErrorType").and_then(ErrorType::parse) {
            errors.push((error, targets.required(entry, &at(n, &format!("Transitions.Errors[{m}].")))?));
        }
    }
    let mut conditions = Vec::new();
    for (m, entry) in entries(transitions, "Conditions").iter().enumerate() {
        if let Some((operator, operand)) = entry.get("Condition").and_then(comparison) {
            let next = targets.required(entry, &at(n, &format!("Transitions.Conditions[{m}].")))?;
            conditions.push(Condition { operator, operand, next });
        }
    }
    Ok(Action { identifier, kind, parameters, next, errors, first_error, conditions })
}

fn comparison(condition: &Value) -> Option<(Operator, String)> {
    let operator = text(condition, "Operator").and_then(Operator::parse)?;
    let operand = match condition.get("Operands")?.as_array()?.as_slice() {
        [Value::String(text)] => text.clone(),
        [scalar @ (Value::Number(_) | Value::Bool(_))] => scalar.to_string(),
        _ => return None,
    };
    Some((operator, operand))
}

fn entries<'a>(transitions: &'a Value, list: &str) -> &'a [Value] {
    transitions.get(list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn text<'a>(json: &'a Value, member: &str) -> Option<&'a str> {
    json.get(member)?.as_str()
}

fn at(n: usize, member: &str) -> String {
    format!("Actions[{n}].{member}")
}

fn refused(path: &str, reason: &str) -> DocumentError {
    DocumentError(format!("{path}: {reason}"))
}
