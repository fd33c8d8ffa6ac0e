//! Rules about default values (task-templates 2.5).

use super::fields::{Index, unknown_field};
use super::problem::{At, Findings, Reason};
use super::values::check_value;
use super::{LIST_ENTRIES_MAX, References, TemplateContent, name_length_fault};
use crate::arn::{Kind, Scope, id_or_arn};
use crate::text::{chars, quoted};
use std::collections::{BTreeSet, HashSet};
use wire::shapes::{TaskTemplateDefaultFieldValue as Default, TaskTemplateFieldType as FieldType};

const LIST: &str = "Defaults.DefaultFieldValues";
const VALUE_CHARS_MAX: usize = 4096;

pub(super) fn entries(content: &TemplateContent) -> &[Default] {
    content.defaults.as_ref().and_then(|defaults| defaults.default_field_values.as_deref()).unwrap_or_default()
}

fn name(entry: &Default) -> Option<&str> {
    entry.id.as_ref().and_then(|id| id.name.as_deref())
}

/// Has the field a default that counts as a value (2.5.7)? One whose value was forgotten is reported as such and counts.
pub(super) fn has_value(content: &TemplateContent, field: &str) -> bool {
    let filled = |entry: &Default| entry.default_value.as_deref() != Some("");
    entries(content).iter().any(|entry| name(entry) == Some(field) && filled(entry))
}

/// The quick connects that defaults name (2.5.8).
pub(super) fn quick_connects(content: &TemplateContent, index: &Index<'_>, scope: Scope<'_>) -> BTreeSet<String> {
    let named = |entry: &Default| {
        let is_one = *index.get(name(entry)?)?.field_type == FieldType::QuickConnect;
        let value = entry.default_value.as_deref().filter(|_| is_one)?;
        id_or_arn(Kind::QuickConnect, value, scope).id()
    };
    entries(content).iter().take(LIST_ENTRIES_MAX).filter_map(named).collect()
}

pub(super) fn check(
    content: &TemplateContent,
    index: &Index<'_>,
    scope: Scope<'_>,
    references: &References,
    findings: &mut Findings,
) {
    let entries = entries(content);
    if entries.len() > LIST_ENTRIES_MAX {
        let message = format!("at most {LIST_ENTRIES_MAX} defaults are possible, there are {}", entries.len());
        findings.add(LIST, Reason::InvalidFormat, message);
        findings.cover(LIST);
    }
    let mut seen = HashSet::new();
    for (n, entry) in entries.iter().take(LIST_ENTRIES_MAX).enumerate() {
        let at = |member| At { list: LIST, n, member };
        check_name(at(".Id.Name"), entry, index, &mut seen, findings);
        check_default(at(".DefaultValue"), entry, index, scope, references, findings);
    }
}

/// 2.5.1–2.5.3
fn check_name<'a>(
    path: At,
    entry: &'a Default,
    index: &Index<'_>,
    seen: &mut HashSet<&'a str>,
    findings: &mut Findings,
) {
    let Some(name) = name(entry) else {
        findings.add(path, Reason::RequiredPropertyMissing, "each default needs the name of a field");
        return;
    };
    let is_new = seen.insert(name);
    if let Some(fault) = name_length_fault(name) {
        findings.add(path, Reason::InvalidFormat, format!("the name of a field {fault}"));
    } else if index.any && index.get(name).is_none() {
        findings.add(path, Reason::ReferencedResourceNotFound, unknown_field(name, index));
    } else if !is_new {
        findings.add(path, Reason::UniqueConstraintViolated, format!("field {} has a default already", quoted(name)));
    }
}

/// 2.5.4–2.5.8, 2.1.8
fn check_default(
    path: At,
    entry: &Default,
    index: &Index<'_>,
    scope: Scope<'_>,
    references: &References,
    findings: &mut Findings,
) {
    let Some(value) = entry.default_value.as_deref() else {
        findings.add(path, Reason::RequiredPropertyMissing, "each default needs a value");
        return;
    };
    if chars(value) > VALUE_CHARS_MAX {
        let message = format!("a default must be at most {VALUE_CHARS_MAX} characters, it has {}", chars(value));
        findings.add(path, Reason::InvalidFormat, message);
        return;
    }
    let Some((name, field)) =
        name(entry).and_then(|name| Some((name, index.get(name)?))).filter(|(_, field)| field.checkable)
    else {
        if value.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) {
            findings.add(
                path,
                Reason::InvalidFormat,
                "a default must not hold control characters other than tab and line breaks",
            );
        }
        return;
    };
    if let Err(problem) = check_value(field.field_type, field.options, value) {
        let message = format!("the default of {} ({}) {problem}", quoted(name), field.field_type.as_str());
        findings.add(path, Reason::InvalidFormat, message);
    } else if *field.field_type == FieldType::QuickConnect {
        let id = id_or_arn(Kind::QuickConnect, value, scope).id();
        if !id.is_some_and(|id| references.quick_connects.contains(&id)) {
            let message = format!("no quick connect {} exists in this instance", quoted(value));
            findings.add(path, Reason::ReferencedResourceNotFound, message);
        }
    }
}
