//! Task templates: what a valid one is (task-templates sections 0 and 2), how it is stored and returned (1.1–1.4), its
//! version numbers (3.4) and the fingerprint of a request (1.1.5). Whether something exists is a fact that the caller
//! brings; what it means is decided here. A rule about the values of fields belongs in `values`, as tasks obey it too.

mod constraints;
mod defaults;
mod fields;
mod flows;
mod problem;
mod stored;
pub mod values;
mod version;

#[cfg(test)]
mod tests;

pub use fields::is_system;
pub use problem::{MESSAGE_CHARS_MAX, PROPERTY_LIST_MAX, PropertyProblem, Reason, exception, message, request_problem};
pub use stored::{Stamps, Template, get_output, normalise, summary, update_output};
pub use version::{BadVersion, parse_snapshot_version, request_fingerprint};

use crate::arn::{Kind, Scope};
use crate::text::{blank, chars, quoted};
use fields::{Index, has_chars};
use problem::Findings;
use std::collections::{BTreeMap, BTreeSet};
use wire::ops::{CreateTaskTemplateInput, UpdateTaskTemplateInput};
use wire::shapes::{
    ContactFlowType, TaskTemplateConstraints, TaskTemplateContactHooks, TaskTemplateDefaults, TaskTemplateField,
    TaskTemplateStatus,
};
use wire::{MemberLocation, Problem, Violations};

/// Task templates per instance, unless set otherwise (2.7.1).
pub const DEFAULT_TEMPLATES: u64 = 50;
/// Custom fields per template, unless set otherwise (2.7.2).
pub const DEFAULT_CUSTOM_FIELDS: u64 = 50;
/// Most entries in each list of a template (2.7.3): the custom fields and one of each system type.
pub(crate) const LIST_ENTRIES_MAX: usize = 56;
const NAME_CHARS_MAX: usize = 100;
const DESCRIPTION_CHARS_MAX: usize = 255;

/// What a content is for: a few members are required of one and not of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new template.
    Create,
    /// The whole new content of an existing one (1.4.1).
    Update,
}

/// The content of a template as a request gives it, in the shapes of the wire.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the members are those of the request")]
pub struct TemplateContent {
    pub purpose: Purpose,
    pub name: Option<String>,
    pub description: Option<String>,
    pub contact_flow_id: Option<String>,
    pub self_assign_flow_id: Option<String>,
    pub contact_hooks: Option<TaskTemplateContactHooks>,
    pub constraints: Option<TaskTemplateConstraints>,
    pub defaults: Option<TaskTemplateDefaults>,
    pub status: Option<TaskTemplateStatus>,
    pub fields: Option<Vec<TaskTemplateField>>,
}

impl From<CreateTaskTemplateInput> for TemplateContent {
    fn from(input: CreateTaskTemplateInput) -> Self {
        Self {
            purpose: Purpose::Create,
            name: Some(input.name),
            description: input.description,
            contact_flow_id: input.contact_flow_id,
            self_assign_flow_id: input.self_assign_flow_id,
            contact_hooks: input.contact_hooks,
            constraints: input.constraints,
            defaults: input.defaults,
            status: input.status,
            fields: Some(input.fields),
        }
    }
}

impl From<&UpdateTaskTemplateInput> for TemplateContent {
    fn from(input: &UpdateTaskTemplateInput) -> Self {
        Self {
            purpose: Purpose::Update,
            name: input.name.clone(),
            description: input.description.clone(),
            contact_flow_id: input.contact_flow_id.clone(),
            self_assign_flow_id: input.self_assign_flow_id.clone(),
            contact_hooks: input.contact_hooks.clone(),
            constraints: input.constraints.clone(),
            defaults: input.defaults.clone(),
            status: input.status.clone(),
            fields: input.fields.clone(),
        }
    }
}

/// What must be looked up before a content can be checked. All ids are bare.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReferencesWanted {
    /// The name whose use by another template of the instance matters (2.1.3); none if the name is faulty anyway.
    pub name: Option<String>,
    /// Flows by id; a version or alias stays behind a colon.
    pub flows: BTreeSet<String>,
    /// Flow modules by id, the same way.
    pub modules: BTreeSet<String>,
    /// Quick connects by id.
    pub quick_connects: BTreeSet<String>,
}

/// What was found of [`ReferencesWanted`]. What is not in here does not exist.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct References {
    /// Has another template of the instance the name (2.1.3; on update, the template itself does not count: 1.4.5)?
    pub name_taken: bool,
    /// The flows that exist.
    pub flows: BTreeMap<String, FlowFact>,
    /// The flow modules that exist.
    pub modules: BTreeSet<String>,
    /// The quick connects that exist.
    pub quick_connects: BTreeSet<String>,
}

/// What matters about a flow (2.3.5, 2.3.6).
#[derive(Clone, Debug, PartialEq)]
pub struct FlowFact {
    /// Its type.
    pub flow_type: ContactFlowType,
    /// Has it a published content?
    pub published: bool,
    /// Is it archived?
    pub archived: bool,
}

/// What to look up for `content`. Safe for any content, good or bad.
pub fn references(content: &TemplateContent, scope: Scope<'_>) -> ReferencesWanted {
    let flow_members = [content.contact_flow_id.as_ref(), content.self_assign_flow_id.as_ref()];
    let flows = flow_members.into_iter().filter_map(flows::given).filter_map(|text| flows::id(Kind::Flow, text, scope));
    let modules = flows::wrap_up(content).and_then(|text| flows::id(Kind::FlowModule, text, scope));
    ReferencesWanted {
        name: content.name.clone().filter(|name| name_fault(name).is_none()),
        flows: flows.collect(),
        modules: modules.into_iter().collect(),
        quick_connects: defaults::quick_connects(content, &Index::new(content), scope),
    }
}

/// Every rule of section 2 except the quotas: one entry for each broken thing, in document order (0.6), none that only follows
/// from another (0.9). Constraints of the model that no rule speaks about are taken over from `violations`.
pub fn check(
    content: &TemplateContent,
    violations: &Violations,
    scope: Scope<'_>,
    references: &References,
) -> Vec<PropertyProblem> {
    let mut findings = Findings::default();
    let index = Index::new(content);
    check_name(content, violations, references, &mut findings);
    if let Some(fault) = content.description.as_deref().and_then(|text| description_fault(text, DESCRIPTION_CHARS_MAX))
    {
        findings.add("Description", Reason::InvalidFormat, format!("the description {fault}"));
    }
    flows::check(content, &index, scope, references, &mut findings);
    constraints::check(content, &index, &mut findings);
    defaults::check(content, &index, scope, references, &mut findings);
    check_status(content, &mut findings);
    fields::check(content, &mut findings);
    let problems = findings.finish(violations);
    if content.purpose == Purpose::Update { problems.into_iter().map(of_update).collect() } else { problems }
}

/// A member that an update does not give is perhaps meant to stay as it is (1.4.1): the message says that it would not.
fn of_update(mut problem: PropertyProblem) -> PropertyProblem {
    let is_member = !problem.path.contains(['.', '[']);
    if is_member && problem.reason == Reason::RequiredPropertyMissing && !problem.message.starts_with(REPLACES) {
        let sentence = problem.message.trim_end_matches('.');
        problem.message = format!("{sentence}; {REPLACES}.");
    }
    problem
}

const REPLACES: &str = "an update replaces the whole template";

/// How many fields count against the quota of 2.7.2. To be compared only when [`check`] found nothing (0.6).
pub fn custom_fields(content: &TemplateContent) -> usize {
    fields::custom(content)
}

/// 2.1.1–2.1.3
fn check_name(content: &TemplateContent, violations: &Violations, references: &References, findings: &mut Findings) {
    let missing = violations.iter().any(|violation| {
        violation.location == MemberLocation::Body && violation.path == "Name" && violation.problem == Problem::Missing
    });
    let Some(name) = content.name.as_deref().filter(|_| !missing) else {
        findings.add("Name", Reason::RequiredPropertyMissing, "a name is required");
        return;
    };
    if let Some(fault) = name_fault(name) {
        findings.add("Name", Reason::InvalidFormat, format!("the name {fault}"));
    } else if references.name_taken {
        let message = format!("another task template of this instance is named {}", quoted(name));
        findings.add("Name", Reason::ResourceNameAlreadyExists, message);
    }
}

/// 2.1.5, 1.4.2
fn check_status(content: &TemplateContent, findings: &mut Findings) {
    match &content.status {
        None if content.purpose == Purpose::Update => {
            let message = "an update replaces the whole template and needs a status, ACTIVE or INACTIVE";
            findings.add("Status", Reason::RequiredPropertyMissing, message);
        }
        Some(TaskTemplateStatus::Unknown(text)) => {
            let upper = TaskTemplateStatus::ALL_VALUES.iter().find(|value| value.eq_ignore_ascii_case(text.trim()));
            let message = match upper {
                Some(value) => format!("the status must be written {value}"),
                None => format!("the status must be one of {}", TaskTemplateStatus::ALL_VALUES.join(", ")),
            };
            findings.add("Status", Reason::InvalidFormat, message);
        }
        _ => {}
    }
}

/// What is wrong with the length of a name (2.1.2, 2.2.6), to follow a subject.
fn name_length_fault(name: &str) -> Option<String> {
    let len = chars(name);
    (len == 0 || len > NAME_CHARS_MAX).then(|| format!("must be 1 to {NAME_CHARS_MAX} characters, {}", has_chars(name)))
}

/// What is wrong with a name or option (2.1.2, 2.1.8, 2.2.6, 2.6.2), to follow a subject.
fn name_fault(name: &str) -> Option<String> {
    name_length_fault(name).or_else(|| {
        if blank(name) {
            Some("must hold more than white space".to_owned())
        } else if name.chars().any(char::is_control) {
            Some("must not hold control characters".to_owned())
        } else {
            None
        }
    })
}

/// What is wrong with a description (2.1.4, 2.1.8, 2.2.8), to follow a subject.
fn description_fault(text: &str, max: usize) -> Option<String> {
    let len = chars(text);
    if len == 0 {
        Some(format!("must be 1 to {max} characters; leave it out instead of giving an empty one"))
    } else if len > max {
        Some(format!("must be 1 to {max} characters, it has {len}"))
    } else if text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) {
        Some("must not hold control characters other than tab and line breaks".to_owned())
    } else {
        None
    }
}
