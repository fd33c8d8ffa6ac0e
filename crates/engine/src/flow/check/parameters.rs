//! Judges `Parameters` by the table of actions (flows 2.10, 2.11, 3.2, section 7).

use std::borrow::Cow;

use wire::json::{Json, Object};

use super::actions::{Choice, Form, Need, Parameter, REFERENCE, Text, rule};
use super::reference::{has_reference, is_leaf, is_path};
use super::{Problems, Subject, World, modules, shown};
use crate::arn::{self, Arn, Kind};
use crate::flow::document::ActionType;

/// Most steps of routing criteria (flows 7.1.11).
const STEPS_MAX: usize = 5;

/// Everything about the parameters of one action.
pub(super) fn check(subject: &Subject<'_>, world: &World<'_>, problems: &mut Problems) {
    let rule = rule(subject.kind);
    let Some(known) = rule.parameters else { return };
    let path = format!("Actions[{}].Parameters", subject.n);
    members(known, subject.parameters, &path, problems);
    for choice in rule.choices {
        check_choice(choice, subject.parameters, problems);
    }
    match subject.kind {
        ActionType::InvokeFlowModule => modules::check_input(subject, &path, world, problems),
        ActionType::EndFlowModuleExecution => modules::check_result(subject, &path, world, problems),
        _ => {}
    }
}

/// An object with known names: what is there in document order, then what is missing.
fn members(known: &[Parameter], given: &Object<'_>, path: &str, problems: &mut Problems) {
    for (name, value) in given.iter() {
        let path = format!("{path}.{}", shown(name));
        match known.iter().find(|parameter| parameter.name == name) {
            None => problems.bad_name(&path),
            Some(_) if *value == Json::Null => {}
            Some(parameter) => check_form(&parameter.form, value, &path, problems),
        }
    }
    for parameter in known.iter().filter(|parameter| parameter.need == Need::Required) {
        if given.get(parameter.name).is_none() {
            problems.missing(&format!("{path}.{}", parameter.name));
        }
    }
}

fn check_choice(choice: &Choice, given: &Object<'_>, problems: &mut Problems) {
    let count = |names: &[&str]| names.iter().filter(|name| given.get(name).is_some()).count();
    let (names, least, most) = match choice {
        Choice::ExactlyOne(names) => (*names, 1, 1),
        Choice::AtMostOne(names) => (*names, 0, 1),
        Choice::Some(names) => (*names, 1, names.len()),
    };
    let set = count(names);
    if set < least {
        problems.add(format!("At least one of [{}] must be set", names.join(", ")));
    }
    if set > most {
        problems.add(format!("Only one of these properties may be defined. Properties: [{}]", names.join(", ")));
    }
}

fn check_form(form: &Form, value: &Json<'_>, path: &str, problems: &mut Problems) {
    let good = match form {
        Form::Static(text) => scalar(value).is_some_and(|given| is_static(text, &given)),
        Form::OrPath(text) => scalar(value).is_some_and(|given| is_path(&given) || is_static(text, &given)),
        Form::Dynamic => scalar(value).is_some(),
        Form::Leaf => value.as_str().is_some_and(is_leaf),
        Form::Free | Form::Typed => return check_free(value, path, problems),
        Form::Attributes => return check_attributes(value, path, problems),
        Form::Steps => return check_steps(value, path, problems),
        Form::Map(form) => match value {
            Json::Object(object) => return check_map(form, object, path, problems),
            _ => false,
        },
        Form::Members(known) => match value {
            Json::Object(object) => return members(known, object, path, problems),
            _ => false,
        },
        Form::Reference => match value {
            Json::Object(object) => return members(REFERENCE, object, path, problems),
            value => scalar(value).is_some(),
        },
        Form::List(form) => match value {
            Json::Array(items) => {
                for (n, item) in items.iter().enumerate() {
                    check_form(form, item, &format!("{path}[{n}]"), problems);
                }
                return;
            }
            _ => false,
        },
    };
    if !good {
        problems.bad_value(path);
    }
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

/// Is it text without references that the action understands?
fn is_static(text: &Text, given: &str) -> bool {
    match text {
        Text::OneOf(words) => words.contains(&given),
        Text::Flag(words) => words.iter().any(|word| word.eq_ignore_ascii_case(given)),
        Text::Whole(least, most) => given.parse().is_ok_and(|number: i64| (*least..=*most).contains(&number)),
        Text::Any => !has_reference(given),
        Text::Id(kind) => is_id_of(*kind, given),
    }
}

/// An id, with a qualifier where flows and modules have them, or an ARN of this kind (flows 6.4: the form only).
fn is_id_of(kind: Kind, given: &str) -> bool {
    if given.starts_with("arn:") {
        return Arn::parse(given).is_ok_and(|arn| arn.kind == kind);
    }
    let (plain, qualifier) = match kind {
        Kind::Flow | Kind::FlowModule => arn::flow_id(given),
        _ => (given.to_owned(), None),
    };
    let letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    // A run meets published content only (flows 1.11).
    let runs = !matches!(qualifier, Some(arn::Qualifier::Saved));
    runs && !plain.is_empty() && plain.len() <= arn::ID_LEN_MAX && letters(&plain)
}

fn check_map(form: &Form, object: &Object<'_>, path: &str, problems: &mut Problems) {
    for (name, value) in object.iter() {
        let path = format!("{path}.{}", shown(name));
        if name.is_empty() {
            problems.bad_value(&path);
        } else {
            check_form(form, value, &path, problems);
        }
    }
}

/// An attribute without value has a text of its own (flows 6.3).
fn check_attributes(value: &Json<'_>, path: &str, problems: &mut Problems) {
    let Json::Object(attributes) = value else { return problems.bad_value(path) };
    for (name, value) in attributes.iter() {
        if value.as_str() == Some("") {
            problems.add("Empty value in Parameters.Attributes".to_owned());
        } else if name.is_empty() || scalar(value).is_none() {
            problems.bad_value(&format!("{path}.{}", shown(name)));
        }
    }
}

/// No empty text at any depth (flows 2.11).
pub(super) fn check_free(value: &Json<'_>, path: &str, problems: &mut Problems) {
    match value {
        Json::String(text) if text.is_empty() => problems.bad_value(path),
        Json::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                check_free(item, &format!("{path}[{n}]"), problems);
            }
        }
        Json::Object(object) => {
            for (name, value) in object.iter() {
                check_free(value, &format!("{path}.{}", shown(name)), problems);
            }
        }
        _ => {}
    }
}

/// One to five steps, each with an expression and the time it lasts (flows 7.1.11).
fn check_steps(value: &Json<'_>, path: &str, problems: &mut Problems) {
    const EXPIRY: &[Parameter] =
        &[Parameter { name: "DurationInSeconds", form: Form::OrPath(Text::Whole(0, i64::MAX)), need: Need::Required }];
    const STEP: &[Parameter] = &[
        Parameter { name: "Expression", form: Form::Free, need: Need::Required },
        Parameter { name: "Expiry", form: Form::Members(EXPIRY), need: Need::Optional },
    ];
    let steps = value.as_array().filter(|steps| (1..=STEPS_MAX).contains(&steps.len()));
    let Some(steps) = steps else { return problems.bad_value(path) };
    for (n, step) in steps.iter().enumerate() {
        let path = format!("{path}[{n}]");
        let Json::Object(step) = step else {
            problems.bad_value(&path);
            continue;
        };
        members(STEP, step, &path, problems);
        if let Some(expression) = step.get("Expression") {
            check_expression(expression, &format!("{path}.Expression"), problems);
        }
    }
}

/// One condition, or a list of expressions that are joined.
fn check_expression(value: &Json<'_>, path: &str, problems: &mut Problems) {
    let only = value.as_object().filter(|object| object.len() == 1).and_then(|object| object.iter().next());
    match only {
        Some((name @ ("AttributeCondition" | "NotAttributeCondition"), Json::Object(condition))) => {
            if condition.get("Name").is_none() {
                problems.missing(&format!("{path}.{name}.Name"));
            }
        }
        Some((name @ ("AndExpression" | "OrExpression"), Json::Array(parts))) if !parts.is_empty() => {
            for (n, part) in parts.iter().enumerate() {
                check_expression(part, &format!("{path}.{name}[{n}]"), problems);
            }
        }
        _ => problems.bad_value(path),
    }
}
