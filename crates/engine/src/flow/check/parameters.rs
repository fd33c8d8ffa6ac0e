//! Checks `Parameters` against the table of actions (flows 2.10, 2.11, 3.2, section 7).

use wire::json::{Json, Object};

use super::actions::REFERENCE;
use super::given::{is_empty, is_given, scalar};
use super::reference::{has_reference, is_leaf, is_path};
use super::rule::{Choice, Form, Need, Others, Parameter, Text, optional, required};
use super::{Problems, Subject, World, modules, shown};
use crate::arn::{self, Arn, Kind};
use crate::flow::document::ActionType;

/// Most steps of routing criteria (flows 7.1.11).
const STEPS_MAX: usize = 5;
/// Most tags of one action (flows 7.2.6).
const TAGS_MAX: usize = 6;

/// Everything about the parameters of one action.
pub(super) fn check(subject: &Subject<'_>, world: &World<'_>, problems: &mut Problems) {
    let rule = subject.rule;
    let path = format!("Actions[{}].Parameters", subject.n);
    let members = Members { known: rule.parameters, others: rule.others, choices: rule.choices };
    members.check(subject.parameters, &path, problems);
    match subject.kind {
        ActionType::InvokeFlowModule => modules::check_input(subject, &path, world, problems),
        ActionType::EndFlowModuleExecution => modules::check_result(subject, &path, world, problems),
        _ => {}
    }
}

/// What an object may hold.
struct Members {
    known: &'static [Parameter],
    others: Others,
    choices: &'static [Choice],
}

impl Members {
    /// These and no others.
    const fn only(known: &'static [Parameter]) -> Self {
        Self { known, others: Others::Refused, choices: &[] }
    }

    /// What is there in document order, then what is missing.
    fn check(&self, given: &Object<'_>, path: &str, problems: &mut Problems) {
        for (name, value) in given.iter() {
            let path = format!("{path}.{}", shown(name));
            match self.known.iter().find(|parameter| parameter.name == name) {
                None if self.others == Others::Unread => {}
                None => problems.bad_name(&path),
                Some(_) if *value == Json::Null => {}
                Some(parameter) if is_empty(value) => match parameter.need {
                    // An empty text is as good as nothing (flows 2.11): reported below.
                    Need::Required => {}
                    Need::Named => problems.missing(&path),
                    Need::Optional if self.is_lacking(name, given) => {}
                    Need::Optional => problems.bad_value(&path),
                },
                Some(parameter) => check_form(&parameter.form, value, &path, problems),
            }
        }
        for parameter in self.known.iter().filter(|parameter| parameter.need == Need::Required) {
            if !is_given(given, parameter.name) {
                problems.missing(&format!("{path}.{}", parameter.name));
            }
        }
        for choice in self.choices {
            check_choice(choice, given, path, problems);
        }
    }

    /// Is this one of alternatives of which one has to be there, and none is?
    fn is_lacking(&self, name: &str, given: &Object<'_>) -> bool {
        self.choices.iter().any(|choice| {
            choice.needs_one()
                && choice.names().contains(&name)
                && !choice.names().iter().any(|name| is_given(given, name))
        })
    }
}

/// Alternatives, all or those given, as problems name them (flows 6.3). `path` is that of the object that holds them.
fn check_choice(choice: &Choice, object: &Object<'_>, path: &str, problems: &mut Problems) {
    let names = choice.names();
    let given: Vec<&str> = names.iter().copied().filter(|name| is_given(object, name)).collect();
    if let Choice::OneElseBadValue(_) = choice {
        if given.len() != 1 {
            problems.bad_value(path);
        }
        return;
    }
    match (choice, given.len()) {
        (Choice::OneElseLast(_), 0) => {
            problems.missing(&format!("{path}.{}", names.last().copied().unwrap_or_default()));
        }
        (_, 0) if choice.needs_one() => {
            let (action, holder) = path.split_once('.').unwrap_or((path, ""));
            let all: Vec<String> = names.iter().map(|name| format!("{holder}.{name}")).collect();
            let all = all.join(", ");
            problems.add(format!(
                "At least one of the following properties must be set. Properties: [{all}], Path: {action}"
            ));
        }
        (Choice::Some(_), _) | (_, 0 | 1) => {}
        _ => {
            problems.add(format!("Only one of these properties may be defined. Properties: [{}]", given.join(", ")));
        }
    }
}

fn check_form(form: &Form, value: &Json<'_>, path: &str, problems: &mut Problems) {
    let good = match form {
        Form::Static(text) => scalar(value).is_some_and(|given| is_static(text, &given)),
        Form::OrPath(text) => scalar(value).is_some_and(|given| is_path(&given) || is_static(text, &given)),
        Form::Path => value.as_str().is_some_and(is_path),
        Form::Dynamic => scalar(value).is_some(),
        Form::Leaf => value.as_str().is_some_and(is_leaf),
        Form::Free | Form::Typed => return check_free(value, path, problems),
        Form::Attributes => return check_attributes(value, path, problems),
        Form::Tags => return check_tags(value, path, problems),
        Form::Steps => return check_steps(value, path, problems),
        Form::Expression => return check_expression(value, path, problems),
        Form::ViewData => return check_view_data(value, path, problems),
        Form::Map(form) => match value {
            Json::Object(object) => return check_map(form, object, path, problems),
            _ => false,
        },
        Form::Members(known) => return check_members(&Members::only(known), value, path, problems),
        Form::Holding(known) => {
            return check_members(&Members { others: Others::Unread, ..Members::only(known) }, value, path, problems);
        }
        Form::OneOf(choices) => {
            return check_members(&Members { known: &[], others: Others::Unread, choices }, value, path, problems);
        }
        Form::Reference => match value {
            Json::Object(_) => return check_members(&Members::only(REFERENCE), value, path, problems),
            value => scalar(value).is_some(),
        },
        list @ (Form::List(form) | Form::SomeOf(form)) => match value {
            Json::Array(items) if items.is_empty() => matches!(*list, Form::List(_)),
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

fn check_members(members: &Members, value: &Json<'_>, path: &str, problems: &mut Problems) {
    match value {
        Json::Object(object) => members.check(object, path, problems),
        _ => problems.bad_value(path),
    }
}

/// Is it text without references that the action understands?
fn is_static(text: &Text, given: &str) -> bool {
    match text {
        Text::OneOf(words) => words.contains(&given),
        Text::Flag(words) => words.iter().any(|word| word.eq_ignore_ascii_case(given)),
        Text::Whole(least, most) => given.parse().is_ok_and(|number: i64| (*least..=*most).contains(&number)),
        Text::Decimal(least, most) => given.parse().is_ok_and(|number: f64| (*least..=*most).contains(&number)),
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

/// A map of tags, of which a contact can have so many (flows 7.2.6).
fn check_tags(value: &Json<'_>, path: &str, problems: &mut Problems) {
    let Json::Object(tags) = value else { return problems.bad_value(path) };
    if tags.len() > TAGS_MAX {
        problems.add(format!("More than {TAGS_MAX} tags in Parameters.Tags"));
    }
    check_map(&Form::Dynamic, tags, path, problems);
}

/// Data of a view: its direct values are not empty, deeper ones may be (flows 2.11). The service's text names no path.
fn check_view_data(value: &Json<'_>, path: &str, problems: &mut Problems) {
    let empty = value.as_object().is_some_and(|data| data.iter().any(|(_, value)| is_empty(value)));
    if empty {
        let (action, _) = path.split_once('.').unwrap_or((path, ""));
        let n = action.trim_start_matches("Actions[").trim_end_matches(']');
        problems.bad_value(&format!("{n}.Parameter"));
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

/// One to five steps, each with an expression and the time it lasts; the last may last for ever (flows 7.1.11, 7.1.13).
fn check_steps(value: &Json<'_>, path: &str, problems: &mut Problems) {
    const EXPIRY: Form = Form::Members(&[required("DurationInSeconds", Form::OrPath(Text::Whole(0, i64::MAX)))]);
    const STEP: &[Parameter] = &[required("Expression", Form::Expression), required("Expiry", EXPIRY)];
    const LAST: &[Parameter] = &[required("Expression", Form::Expression), optional("Expiry", EXPIRY)];
    let steps = value.as_array().filter(|steps| (1..=STEPS_MAX).contains(&steps.len()));
    let Some(steps) = steps else { return problems.bad_value(path) };
    for (n, step) in steps.iter().enumerate() {
        let known = if n + 1 == steps.len() { LAST } else { STEP };
        check_members(&Members::only(known), step, &format!("{path}[{n}]"), problems);
    }
}

/// One condition, or a list of expressions that are joined.
fn check_expression(value: &Json<'_>, path: &str, problems: &mut Problems) {
    let only = value.as_object().filter(|object| object.len() == 1).and_then(|object| object.iter().next());
    match only {
        Some((name @ ("AttributeCondition" | "NotAttributeCondition"), Json::Object(condition))) => {
            attribute_condition(condition).check(condition, &format!("{path}.{name}"), problems);
        }
        Some((name @ ("AndExpression" | "OrExpression"), Json::Array(parts))) if !parts.is_empty() => {
            for (n, part) in parts.iter().enumerate() {
                check_expression(part, &format!("{path}.{name}[{n}]"), problems);
            }
        }
        _ => problems.bad_value(path),
    }
}

/// What a condition on agents may hold: a proficiency, or a list of agents (flows 7.1.13).
fn attribute_condition(condition: &Object<'_>) -> Members {
    const LEVEL: Form = Form::OrPath(Text::Decimal(1.0, 5.0));
    const PROFICIENCY: &[Parameter] = &[
        required("Name", Form::Dynamic),
        optional("Value", Form::Dynamic),
        optional("ProficiencyLevel", LEVEL),
        optional("Range", Form::Free),
        optional("ComparisonOperator", Form::Static(Text::OneOf(&["NumberGreaterOrEqualTo", "Range"]))),
    ];
    const AGENTS: &[Parameter] = &[required("AgentIds", Form::SomeOf(&Form::OrPath(Text::Id(Kind::User))))];
    const MATCH: &[Parameter] = &[
        required("ComparisonOperator", Form::Static(Text::OneOf(&["Match"]))),
        required("MatchCriteria", Form::Members(&[required("AgentsCriteria", Form::Members(AGENTS))])),
    ];
    let matches = condition.get("ComparisonOperator").and_then(Json::as_str) == Some("Match")
        || condition.get("MatchCriteria").is_some();
    Members::only(if matches { MATCH } else { PROFICIENCY })
}
