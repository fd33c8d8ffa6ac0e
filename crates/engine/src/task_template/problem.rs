//! What is reported about an invalid template: one entry for each broken thing, in document order, and one message that
//! holds them all (task-templates 0.2, 0.4, 0.6–0.8).

use crate::text::chars;
use std::collections::HashSet;
use wire::shapes::{
    PropertyValidationException, PropertyValidationExceptionProperty, PropertyValidationExceptionReason,
};
use wire::{MemberLocation, Problem, Violations};

/// Most entries in a PropertyList (0.8).
pub const PROPERTY_LIST_MAX: usize = 100;
/// Most characters of the top-level message (0.8).
pub const MESSAGE_CHARS_MAX: usize = 1000;

/// The kinds of property problems (0.4). TYPE_MISMATCH is for re-templating contacts only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of the wire, in our spelling")]
pub enum Reason {
    InvalidFormat,
    UniqueConstraintViolated,
    ReferencedResourceNotFound,
    ResourceNameAlreadyExists,
    RequiredPropertyMissing,
    NotSupported,
    TypeMismatch,
}

impl Reason {
    /// The spelling of the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidFormat => "INVALID_FORMAT",
            Self::UniqueConstraintViolated => "UNIQUE_CONSTRAINT_VIOLATED",
            Self::ReferencedResourceNotFound => "REFERENCED_RESOURCE_NOT_FOUND",
            Self::ResourceNameAlreadyExists => "RESOURCE_NAME_ALREADY_EXISTS",
            Self::RequiredPropertyMissing => "REQUIRED_PROPERTY_MISSING",
            Self::NotSupported => "NOT_SUPPORTED",
            Self::TypeMismatch => "TYPE_MISMATCH",
        }
    }
}

/// One broken thing in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyProblem {
    /// Where, by the grammar of 0.7.
    pub path: String,
    /// What sort of problem.
    pub reason: Reason,
    /// What is wrong and what would be right, a sentence.
    pub message: String,
}

/// The top-level message: how many, then each `path: message` (0.8). Never empty, never above [`MESSAGE_CHARS_MAX`].
pub fn message(problems: &[PropertyProblem]) -> String {
    let total = problems.len();
    let mut out = match total {
        1 => "1 property is not valid: ".to_owned(),
        _ => format!("{total} properties are not valid: "),
    };
    let mut used = chars(&out);
    for (n, problem) in problems.iter().enumerate() {
        let sentence = problem.message.strip_suffix('.').unwrap_or(&problem.message);
        let entry = format!("{}{}: {sentence}", if n == 0 { "" } else { "; " }, problem.path);
        let rest = total - n - 1;
        let tail = if rest == 0 { 1 } else { chars(&more(rest)) };
        let len = chars(&entry);
        if used + len + tail > MESSAGE_CHARS_MAX {
            if n > 0 {
                out.push_str(&more(total - n));
                return out;
            }
            let room = MESSAGE_CHARS_MAX - used - tail - 1;
            out.extend(entry.chars().take(room));
            out.push('…');
        } else {
            out.push_str(&entry);
        }
        used = chars(&out);
    }
    out.push('.');
    out
}

fn more(count: usize) -> String {
    format!("; and {count} more.")
}

/// The exception for a template that is not valid (0.2, 0.8). `problems` must not be empty.
pub fn exception(problems: &[PropertyProblem]) -> wire::Exception {
    let list = problems.iter().take(PROPERTY_LIST_MAX).map(|problem| PropertyValidationExceptionProperty {
        property_path: problem.path.clone(),
        reason: PropertyValidationExceptionReason::parse(problem.reason.as_str()),
        message: problem.message.clone(),
    });
    wire::Exception::PropertyValidationException(PropertyValidationException {
        message: message(problems),
        property_list: Some(list.collect()),
    })
}

/// The message of InvalidParameterException for what is wrong with the request as such and not with the template in it: members
/// of the path and the query, JSON values of the wrong type, the client token (0.5). `None`: go on.
pub fn request_problem(violations: &Violations) -> Option<String> {
    let messages: Vec<String> = violations
        .iter()
        .filter(|violation| {
            violation.location != MemberLocation::Body
                || matches!(violation.problem, Problem::WrongType { .. })
                || violation.path == "ClientToken"
        })
        .map(|violation| violation.message())
        .collect();
    if messages.is_empty() { None } else { Some(messages.join("; ")) }
}

/// The path of a member of a list's element. It is put together only when there is a problem to report.
#[derive(Clone, Copy)]
pub(super) struct At {
    pub(super) list: &'static str,
    pub(super) n: usize,
    /// Behind the element, beginning with a dot.
    pub(super) member: &'static str,
}

impl From<At> for String {
    fn from(At { list, n, member }: At) -> Self {
        format!("{list}[{n}]{member}")
    }
}

/// Collects problems while the rules run.
#[derive(Default)]
pub(super) struct Findings {
    problems: Vec<PropertyProblem>,
    covered: Vec<String>,
}

impl Findings {
    /// Records a problem. `message` is a sentence without its full stop.
    pub(super) fn add(&mut self, path: impl Into<String>, reason: Reason, message: impl AsRef<str>) {
        let message = format!("{}.", message.as_ref());
        self.problems.push(PropertyProblem { path: path.into(), reason, message });
    }

    /// From here on, constraints broken below `path` are consequences of what was reported and are not reported (0.9).
    pub(super) fn cover(&mut self, path: impl Into<String>) {
        self.covered.push(path.into());
    }

    /// Adds the model constraints that no rule has reported, and puts all into document order (0.6).
    pub(super) fn finish(mut self, violations: &Violations) -> Vec<PropertyProblem> {
        let said: HashSet<String> = self.problems.iter().map(|problem| problem.path.clone()).collect();
        for violation in violations.iter().filter(|violation| violation.location == MemberLocation::Body) {
            let path = violation.path.as_str();
            let elsewhere = matches!(violation.problem, Problem::Missing) || path == "ClientToken";
            if !elsewhere && !said.contains(path) && !self.covered.iter().any(|above| lies_in(path, above)) {
                self.add(path, Reason::InvalidFormat, violation.message());
            }
        }
        self.problems.sort_by_cached_key(|problem| document_position(&problem.path));
        self.problems
    }
}

/// Is `path` the member `above` or something inside it?
fn lies_in(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// Where a path stands in the document: the rank of each member and the index of each element, outermost first.
fn document_position(path: &str) -> Vec<usize> {
    path.split(['.', '['])
        .map(|part| part.strip_suffix(']').map_or_else(|| rank(part), |n| n.parse().unwrap_or(usize::MAX)))
        .collect()
}

/// The place of a member among its neighbours.
fn rank(member: &str) -> usize {
    const ORDER: &[&[&str]] = &[
        &["Name", "Id", "RequiredFields", "DefaultFieldValues", "WrapUpFlowId"],
        &["Description", "ReadOnlyFields", "DefaultValue"],
        &["ContactFlowId", "Type", "InvisibleFields"],
        &["SelfAssignFlowId", "SingleSelectOptions"],
        &["ContactHooks"],
        &["Constraints"],
        &["Defaults"],
        &["Status"],
        &["Fields"],
    ];
    ORDER.iter().position(|members| members.contains(&member)).unwrap_or(ORDER.len())
}
