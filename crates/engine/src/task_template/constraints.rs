//! Rules about the three constraint lists (task-templates 2.2.10–2.2.18).

use super::defaults::has_value;
use super::fields::{Index, unknown_field};
use super::problem::{At, Findings, Reason};
use super::{LIST_ENTRIES_MAX, TemplateContent, name_length_fault};
use crate::text::quoted;
use std::collections::HashSet;
use wire::shapes::{TaskTemplateConstraints, TaskTemplateFieldIdentifier};

const REQUIRED: &str = "Constraints.RequiredFields";
const READ_ONLY: &str = "Constraints.ReadOnlyFields";
const INVISIBLE: &str = "Constraints.InvisibleFields";

/// The names in one list; `None` for an entry without name.
type Names<'a> = Vec<Option<&'a str>>;

fn names<'a>(ids: impl Iterator<Item = &'a Option<TaskTemplateFieldIdentifier>>) -> Names<'a> {
    ids.map(|id| id.as_ref().and_then(|id| id.name.as_deref())).collect()
}

fn lists(constraints: &TaskTemplateConstraints) -> [(&'static str, Names<'_>); 3] {
    [
        (REQUIRED, names(constraints.required_fields.iter().flatten().map(|entry| &entry.id))),
        (READ_ONLY, names(constraints.read_only_fields.iter().flatten().map(|entry| &entry.id))),
        (INVISIBLE, names(constraints.invisible_fields.iter().flatten().map(|entry| &entry.id))),
    ]
}

pub(super) fn check(content: &TemplateContent, index: &Index<'_>, findings: &mut Findings) {
    let Some(constraints) = &content.constraints else {
        let message = format!("constraints are required: RequiredFields must list {}", name_field(index));
        findings.add("Constraints", Reason::RequiredPropertyMissing, message);
        return;
    };
    let lists = lists(constraints);
    let required: HashSet<&str> = lists[0].1.iter().flatten().copied().collect();
    check_required(&required, &lists[0].1, index, findings);
    for (list, names) in &lists {
        check_entries(list, names, index, findings);
    }
    for (list, names) in &lists[1..] {
        check_filled(list, names, &required, content, index, findings);
    }
}

/// How to speak of the field that must be required.
fn name_field(index: &Index<'_>) -> String {
    match index.name_fields.first() {
        Some(name) => format!("the field of type NAME ({})", quoted(name)),
        None => "the field of type NAME".to_owned(),
    }
}

/// 2.2.11, 2.2.12
fn check_required(required: &HashSet<&str>, names: &Names<'_>, index: &Index<'_>, findings: &mut Findings) {
    let listed = |name: &&str| required.contains(name);
    if names.is_empty() || (!index.name_fields.is_empty() && !index.name_fields.iter().any(listed)) {
        findings.add(REQUIRED, Reason::RequiredPropertyMissing, format!("the list must hold {}", name_field(index)));
    }
}

/// 2.2.13–2.2.15, 2.7.3
fn check_entries(list: &'static str, names: &Names<'_>, index: &Index<'_>, findings: &mut Findings) {
    if names.len() > LIST_ENTRIES_MAX {
        let message = format!("at most {LIST_ENTRIES_MAX} entries are possible, there are {}", names.len());
        findings.add(list, Reason::InvalidFormat, message);
        findings.cover(list);
    }
    let mut seen = HashSet::new();
    for (n, name) in names.iter().take(LIST_ENTRIES_MAX).enumerate() {
        let path = At { list, n, member: ".Id.Name" };
        let Some(name) = *name else {
            findings.add(path, Reason::RequiredPropertyMissing, "each entry needs the name of a field");
            continue;
        };
        let is_new = seen.insert(name);
        if let Some(fault) = name_length_fault(name) {
            findings.add(path, Reason::InvalidFormat, format!("the name of a field {fault}"));
        } else if index.any && index.get(name).is_none() {
            findings.add(path, Reason::ReferencedResourceNotFound, unknown_field(name, index));
        } else if !is_new {
            findings.add(path, Reason::UniqueConstraintViolated, format!("field {} is listed twice", quoted(name)));
        }
    }
}

/// 2.2.16, 2.2.17: what must be filled and cannot be filled by an agent needs a default.
fn check_filled(
    list: &str,
    names: &Names<'_>,
    required: &HashSet<&str>,
    content: &TemplateContent,
    index: &Index<'_>,
    findings: &mut Findings,
) {
    let what = if list == INVISIBLE { "invisible" } else { "read-only" };
    let mut seen = HashSet::new();
    for (n, name) in names.iter().take(LIST_ENTRIES_MAX).enumerate() {
        let Some(name) = *name else { continue };
        let known = index.get(name).is_some() && name_length_fault(name).is_none();
        if seen.insert(name) && known && required.contains(name) && !has_value(content, name) {
            let message =
                format!("field {} is required and {what}, so it needs a default that is not empty", quoted(name));
            findings.add(format!("{list}[{n}].Id.Name"), Reason::RequiredPropertyMissing, message);
        }
    }
}
