//! May a document be published (flows section 6)? The form of the document is checked here; what single actions may
//! hold is data in `actions`, checked by `parameters` and `transitions`; calls of modules in `modules`. All problems
//! are collected, in document order. Whether queues, flows and functions exist is not asked (flows 6.4).

use std::borrow::Cow;
use std::collections::HashMap;

use wire::json::{Json, Object, parse};
use wire::shapes::ContactFlowType;

use super::contract::ModuleContract;
use super::document::ActionType;

mod actions;
mod expected;
mod foreign;
mod given;
mod modules;
mod parameters;
mod reference;
mod rule;
#[cfg(test)]
mod tests;
mod transitions;

pub use expected::{Expected, expected};
pub use modules::referenced_modules;

/// The version of the language that a document must name (flows 2.1).
pub const LANGUAGE_VERSION: &str = "2019-10-30";
/// Most actions in a document (flows 2.4).
pub const ACTIONS_MAX: usize = 250;
/// Most problems that are reported (flows 6.1).
pub const PROBLEMS_MAX: usize = 50;
/// The message for a flow in the format from before the Flow language, as consoles exported it until 2022.
const OLD_EXPORT: &str = "The content is a flow in the old export format (modules at the top level), not in the Flow language. \
    Import it in a console and export it again there, or take the Content that DescribeContactFlow answers: \
    a document with Version 2019-10-30, StartAction and Actions.";
/// Longest identifier of an action, in characters (flows 2.5).
const IDENTIFIER_CHARS_MAX: usize = 50;
/// Longest part of a name from the document in a message, in characters.
const NAME_CHARS_MAX: usize = 64;
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

/// The problems of content that is to be published, in document order, at most [`PROBLEMS_MAX`]; none if it may be. `flow_type` is
/// the type of the flow, or `None` for the content of a module. `modules` answers the contract of a module by the text that names it
/// in the document (see [`referenced_modules`]); `None` for one that does not exist, whose calls are not checked (flows 6.5).
/// `contract` is the module's own.
pub(crate) fn check_with(
    content: &str,
    flow_type: Option<&ContactFlowType>,
    contract: Option<&ModuleContract>,
    modules: &dyn Fn(&str) -> Option<ModuleContract>,
) -> Vec<String> {
    let document = match parse(content.as_bytes()) {
        Ok(Json::Object(document)) => document,
        Ok(_) => return vec!["The content is not a JSON object.".to_owned()],
        Err(error) => return vec![format!("The content is not valid JSON: {error}.")],
    };
    if document.get("Actions").is_none() && document.get("modules").and_then(Json::as_array).is_some() {
        return vec![OLD_EXPORT.to_owned()];
    }
    let absent: Vec<&str> =
        ["Version", "StartAction", "Actions"].into_iter().filter(|member| document.get(member).is_none()).collect();
    if !absent.is_empty() {
        return vec![format!("The content is missing required members: {}.", absent.join(", "))];
    }
    let mut problems = Problems::default();
    let world = World { flow_type, contract, modules };
    check_document(&document, &world, &mut problems);
    problems.0
}

/// [`check_with`] for a flow of this type, or for a module without contract (flows 6.1, 6.3).
pub fn check(
    content: &str,
    flow_type: Option<&ContactFlowType>,
    modules: &dyn Fn(&str) -> Option<ModuleContract>,
) -> Vec<String> {
    check_with(content, flow_type, None, modules)
}

/// What is known about a document besides its content.
struct World<'a> {
    /// `None` for a module.
    flow_type: Option<&'a ContactFlowType>,
    /// Of the module itself.
    contract: Option<&'a ModuleContract>,
    modules: &'a dyn Fn(&str) -> Option<ModuleContract>,
}

/// One action, as the checks see it.
struct Subject<'a> {
    /// Index in the document.
    n: usize,
    kind: ActionType,
    rule: &'static rule::Rule,
    parameters: &'a Object<'a>,
    transitions: &'a Object<'a>,
}

/// The actions of a document by identifier; the first of two with the same name.
struct Actions<'a> {
    list: &'a [Json<'a>],
    by_identifier: HashMap<&'a str, usize>,
}

impl<'a> Actions<'a> {
    fn of(list: &'a [Json<'a>]) -> Self {
        let mut by_identifier = HashMap::new();
        for (n, action) in list.iter().enumerate().take(ACTIONS_MAX) {
            // An empty text is no target (flows 2.9).
            let identifier =
                action.get("Identifier").and_then(Json::as_str).filter(|identifier| !identifier.is_empty());
            if let Some(identifier) = identifier {
                by_identifier.entry(identifier).or_insert(n);
            }
        }
        Self { list, by_identifier }
    }

    fn index_of(&self, identifier: &Json<'_>) -> Option<usize> {
        self.by_identifier.get(identifier.as_str()?).copied()
    }
}

/// Collects problems up to the limit.
#[derive(Default)]
struct Problems(Vec<String>);

impl Problems {
    fn add(&mut self, text: String) {
        if self.0.len() < PROBLEMS_MAX {
            self.0.push(text);
        }
    }

    /// A member of the document itself (flows 6.3).
    fn bad_property(&mut self, path: &str) {
        self.add(format!("Invalid property value. Path: {path}"));
    }

    fn bad_value(&mut self, path: &str) {
        self.add(format!("Invalid Action property value. Path: {path}"));
    }

    fn bad_name(&mut self, path: &str) {
        self.add(format!("Invalid Action property name. Path: {path}"));
    }

    /// A branch on nothing, of the action at index `n` (flows 2.11, 7.3.16).
    fn no_branch(&mut self, n: usize) {
        self.add(format!("Invalid branch. Path: {n}.Evaluate"));
    }

    fn missing(&mut self, path: &str) {
        self.add(format!("Action is missing required property. Path: {path}"));
    }
}

/// A name from the document, short enough for a message.
fn shown(name: &str) -> Cow<'_, str> {
    match name.char_indices().nth(NAME_CHARS_MAX) {
        None => Cow::Borrowed(name),
        Some((end, _)) => Cow::Owned(format!("{}…", &name[..end])),
    }
}

fn check_document(document: &Object<'_>, world: &World<'_>, problems: &mut Problems) {
    if document.get("Version").and_then(Json::as_str) != Some(LANGUAGE_VERSION) {
        problems.bad_property("Version");
    }
    let list = document.get("Actions").and_then(Json::as_array).unwrap_or_default();
    let actions = Actions::of(list);
    let start = document.get("StartAction").filter(|start| start.as_str().is_some());
    let usable = (1..=ACTIONS_MAX).contains(&list.len());
    if start.is_none() || (usable && start.and_then(|start| actions.index_of(start)).is_none()) {
        problems.bad_property("StartAction");
    }
    if !usable {
        problems.bad_property("Actions");
    }
    for (n, action) in list.iter().enumerate().take(ACTIONS_MAX) {
        check_action(n, action, &actions, world, problems);
    }
}

/// The members that every action has (flows 2.5–2.7), then what its type asks for.
fn check_action(n: usize, json: &Json<'_>, actions: &Actions<'_>, world: &World<'_>, problems: &mut Problems) {
    let path = format!("Actions[{n}]");
    let Some(action) = json.as_object() else { return problems.bad_property(&path) };
    match action.get("Identifier") {
        None => problems.missing(&format!("{path}.Identifier")),
        Some(identifier) => {
            let good = identifier.as_str().is_some_and(is_identifier) && actions.index_of(identifier) == Some(n);
            if !good {
                problems.bad_property(&format!("{path}.Identifier"));
            }
        }
    }
    let none = Object::default();
    let parameters = match action.get("Parameters") {
        // The member may be absent where nothing is required in it (flows 2.6); otherwise what is missing in it is
        // reported.
        None => Some(&none),
        Some(Json::Object(parameters)) => Some(parameters),
        Some(_) => None,
    };
    let kind = check_type(action, parameters.unwrap_or(&none), &path, world, problems);
    if parameters.is_none() {
        problems.bad_value(&format!("{path}.Parameters"));
    }
    let transitions = match action.get("Transitions") {
        // Of a terminal action the member may be absent (flows 2.6).
        None => {
            if kind.is_some_and(|kind| !kind.is_terminal()) {
                problems.missing(&format!("{path}.Transitions"));
            }
            None
        }
        Some(Json::Object(transitions)) => Some(transitions),
        Some(_) => {
            problems.bad_value(&format!("{path}.Transitions"));
            None
        }
    };
    let Some(kind) = kind else {
        return transitions.into_iter().for_each(|t| transitions::check_targets(n, t, actions, problems));
    };
    let given = parameters.unwrap_or(&none);
    let rule = actions::rule(kind, given);
    let subject = Subject { n, kind, rule, parameters: given, transitions: transitions.unwrap_or(&none) };
    if parameters.is_some() {
        parameters::check(&subject, world, problems);
    }
    if transitions.is_some() {
        transitions::check(&subject, actions, world, problems);
    }
}

/// The type of an action, if there is one; an unknown one, and one whose flags are JSON booleans, is a problem and
/// checked no further (flows 2.10, 6.3). One that the flow does not take is checked all the same.
fn check_type(
    action: &Object<'_>,
    parameters: &Object<'_>,
    path: &str,
    world: &World<'_>,
    problems: &mut Problems,
) -> Option<ActionType> {
    let Some(written) = action.get("Type") else {
        problems.missing(&format!("{path}.Type"));
        return None;
    };
    let known = written.as_str().and_then(ActionType::parse);
    let Some(kind) = known.filter(|kind| !foreign::has_boolean_word(*kind, parameters)) else {
        let text = given::scalar(written).unwrap_or_default();
        problems.add(format!("Invalid Action type. Type: {}, Path: {path}.Type", shown(&text)));
        return None;
    };
    if !actions::rule(kind, parameters).allowed_in(world.flow_type) {
        problems.add(format!("Action is not supported in this flow type. Path: {path}.Type"));
    }
    Some(kind)
}

fn is_identifier(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= IDENTIFIER_CHARS_MAX
        && !text.contains(|c| IDENTIFIER_REFUSED_CHARS.contains(c))
        && !IDENTIFIER_REFUSED_TEXTS.iter().any(|refused| text.contains(refused))
}
