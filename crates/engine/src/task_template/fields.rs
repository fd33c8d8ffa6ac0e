//! Rules about fields and their options (task-templates 2.2.1–2.2.9, 2.6), and what the other rules need to know of them.

use super::problem::{At, Findings, Reason};
use super::{LIST_ENTRIES_MAX, TemplateContent, name_fault};
use crate::text::{chars, quoted};
use std::collections::{HashMap, HashSet};
use wire::shapes::{TaskTemplateField, TaskTemplateFieldType as FieldType};

/// Most options of a SINGLE_SELECT field (2.6.4).
pub(super) const OPTIONS_MAX: usize = 50;
const DESCRIPTION_CHARS_MAX: usize = 255;

/// Is a field of this type a system field: one that stands for a member of the task, at most once (2.4)?
pub fn is_system(field_type: &FieldType) -> bool {
    matches!(
        field_type,
        FieldType::Name
            | FieldType::Description
            | FieldType::ScheduledTime
            | FieldType::QuickConnect
            | FieldType::SelfAssign
            | FieldType::ExpiryDuration
    )
}

/// The type of a field; omitted means TEXT (2.2.9).
pub(super) fn type_of(field: &TaskTemplateField) -> &FieldType {
    field.r#type.as_ref().unwrap_or(&FieldType::Text)
}

fn options_of(field: &TaskTemplateField) -> &[String] {
    field.single_select_options.as_deref().unwrap_or_default()
}

/// What other rules need to know of one field.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) field_type: &'a FieldType,
    pub(super) options: &'a [String],
    /// Can values be checked against it? Not with an unknown type or unusable options (0.9). A list that has an option
    /// twice still says what the options are.
    pub(super) checkable: bool,
}

/// The fields of a request by name. The first of several fields of one name counts.
pub(super) struct Index<'a> {
    by_name: HashMap<&'a str, Known<'a>>,
    /// Names of the fields of type NAME, as far as they have names.
    pub(super) name_fields: Vec<&'a str>,
    /// Is there a field of type QUICK_CONNECT?
    pub(super) has_quick_connect: bool,
    /// Are there fields at all? If not, rules that need them are silent (0.9).
    pub(super) any: bool,
}

impl<'a> Index<'a> {
    pub(super) fn new(content: &'a TemplateContent) -> Self {
        let fields = content.fields.as_deref().unwrap_or_default();
        let mut index = Self {
            by_name: HashMap::with_capacity(fields.len()),
            name_fields: Vec::new(),
            has_quick_connect: false,
            any: !fields.is_empty(),
        };
        for field in fields {
            let (field_type, options) = (type_of(field), options_of(field));
            index.has_quick_connect |= *field_type == FieldType::QuickConnect;
            let Some(name) = field.id.name.as_deref() else { continue };
            if *field_type == FieldType::Name {
                index.name_fields.push(name);
            }
            let checkable = match field_type {
                FieldType::Unknown(_) => false,
                FieldType::SingleSelect => {
                    let twice = |(_, reason, _): &(usize, Reason, String)| *reason == Reason::UniqueConstraintViolated;
                    (1..=OPTIONS_MAX).contains(&options.len()) && option_faults(options).iter().all(twice)
                }
                _ => true,
            };
            index.by_name.entry(name).or_insert(Known { field_type, options, checkable });
        }
        index
    }

    pub(super) fn get(&self, name: &str) -> Option<Known<'a>> {
        self.by_name.get(name).copied()
    }

    /// A name of the index that differs from `name` in case or outer white space only.
    pub(super) fn close_to(&self, name: &str) -> Option<&'a str> {
        if self.by_name.len() > LIST_ENTRIES_MAX {
            return None;
        }
        let folded = |text: &str| text.trim().to_lowercase();
        let wanted = folded(name);
        self.by_name.keys().copied().filter(|known| folded(known) == wanted).min()
    }
}

pub(super) fn check(content: &TemplateContent, findings: &mut Findings) {
    let fields = content.fields.as_deref().unwrap_or_default();
    if fields.is_empty() {
        findings.add(
            "Fields",
            Reason::RequiredPropertyMissing,
            "at least one field is required, and one of them must be of type NAME",
        );
        return;
    }
    if fields.len() > LIST_ENTRIES_MAX {
        let message = format!("at most {LIST_ENTRIES_MAX} fields are possible, there are {}", fields.len());
        findings.add("Fields", Reason::InvalidFormat, message);
        findings.cover("Fields");
    }
    if !fields.iter().any(|field| *type_of(field) == FieldType::Name) {
        findings.add("Fields", Reason::RequiredPropertyMissing, "one field must be of type NAME, there is none");
    }
    let mut names = HashSet::new();
    let mut system = Vec::new();
    for (n, field) in fields.iter().take(LIST_ENTRIES_MAX).enumerate() {
        check_name(at(n, ".Id.Name"), field, &mut names, findings);
        check_description(at(n, ".Description"), field, findings);
        check_type(at(n, ".Type"), field, &mut system, findings);
        check_options(at(n, ".SingleSelectOptions"), field, findings);
    }
}

fn at(n: usize, member: &'static str) -> At {
    At { list: "Fields", n, member }
}

fn check_name<'a>(path: At, field: &'a TaskTemplateField, names: &mut HashSet<&'a str>, findings: &mut Findings) {
    let Some(name) = field.id.name.as_deref() else {
        findings.add(path, Reason::RequiredPropertyMissing, "each field needs a name");
        return;
    };
    let is_new = names.insert(name);
    if let Some(fault) = name_fault(name) {
        findings.add(path, Reason::InvalidFormat, format!("the name of a field {fault}"));
    } else if !is_new {
        findings.add(path, Reason::UniqueConstraintViolated, format!("another field is named {} too", quoted(name)));
    }
}

fn check_description(path: At, field: &TaskTemplateField, findings: &mut Findings) {
    let Some(description) = field.description.as_deref() else { return };
    if let Some(fault) = super::description_fault(description, DESCRIPTION_CHARS_MAX) {
        findings.add(path, Reason::InvalidFormat, format!("the description of a field {fault}"));
    }
}

fn check_type(path: At, field: &TaskTemplateField, system: &mut Vec<FieldType>, findings: &mut Findings) {
    let field_type = type_of(field);
    if let FieldType::Unknown(text) = field_type {
        let known = FieldType::ALL_VALUES;
        let hint = match known.iter().find(|value| value.eq_ignore_ascii_case(text.trim())) {
            Some(value) => format!("the type must be written {value}"),
            None => format!("the type must be one of {}", known.join(", ")),
        };
        findings.add(path, Reason::InvalidFormat, hint);
    } else if is_system(field_type) {
        if system.contains(field_type) {
            let message = format!("only one field of type {} is possible", field_type.as_str());
            findings.add(path, Reason::UniqueConstraintViolated, message);
        } else {
            system.push(field_type.clone());
        }
    }
}

fn check_options(path: At, field: &TaskTemplateField, findings: &mut Findings) {
    let (field_type, options) = (type_of(field), options_of(field));
    match field_type {
        FieldType::SingleSelect if options.is_empty() => {
            findings.add(
                path,
                Reason::RequiredPropertyMissing,
                "a field of type SINGLE_SELECT needs at least one option",
            );
            return;
        }
        FieldType::SingleSelect | FieldType::Unknown(_) => {}
        _ if options.is_empty() => return,
        _ => {
            let message =
                format!("options are for fields of type SINGLE_SELECT, this field has type {}", field_type.as_str());
            findings.add(path, Reason::NotSupported, message);
            findings.cover(path);
            return;
        }
    }
    if options.len() > OPTIONS_MAX {
        let message = format!("at most {OPTIONS_MAX} options are possible, there are {}", options.len());
        findings.add(path, Reason::InvalidFormat, message);
        findings.cover(path);
    }
    for (n, reason, message) in option_faults(options) {
        findings.add(format!("{}[{n}]", String::from(path)), reason, message);
    }
}

/// What is wrong with single options (2.6.2, 2.6.3, 2.1.8), as far as the list may be long.
fn option_faults(options: &[String]) -> Vec<(usize, Reason, String)> {
    let mut faults = Vec::new();
    let mut seen = HashSet::new();
    for (n, option) in options.iter().take(OPTIONS_MAX).enumerate() {
        if let Some(fault) = name_fault(option) {
            faults.push((n, Reason::InvalidFormat, format!("an option {fault}")));
        } else if !seen.insert(option.as_str()) {
            faults.push((n, Reason::UniqueConstraintViolated, format!("option {} is listed twice", quoted(option))));
        }
    }
    faults
}

/// How many fields of the custom class there are (2.7.2).
pub(super) fn custom(content: &TemplateContent) -> usize {
    content.fields.iter().flatten().filter(|field| !is_system(type_of(field))).count()
}

/// Says how many characters a text has, for messages.
pub(super) fn has_chars(text: &str) -> String {
    match chars(text) {
        0 => "it is empty".to_owned(),
        len => format!("it has {len}"),
    }
}

/// The message about a name that no field has, with the nearest field when only case or blanks differ.
pub(super) fn unknown_field(name: &str, index: &Index<'_>) -> String {
    match index.close_to(name) {
        Some(close) => {
            format!("no field is named {}, but one is named {}: names must agree exactly", quoted(name), quoted(close))
        }
        None => format!("no field of this template is named {}", quoted(name)),
    }
}
