//! Members of objects: each once, and only known ones.

use crate::policy::json::{Member, Problem, nearest};
use crate::text::quoted;

/// The members of an object that are known, to be taken by name.
pub(super) struct Members<'t>(Vec<Member<'t>>);

impl<'t> Members<'t> {
    /// Refuses members that stand there twice, and those that `what` does not have.
    pub(super) fn new(members: Vec<Member<'t>>, what: &str, known: &[&str], problems: &mut Vec<Problem>) -> Self {
        let mut members = unique(members, problems);
        members.retain(|member| {
            let is_known = known.contains(&member.name.as_str());
            if !is_known {
                problems.push(Problem::new(member.at, unknown(&member.name, what, known)));
            }
            is_known
        });
        Self(members)
    }

    pub(super) fn take(&mut self, name: &str) -> Option<Member<'t>> {
        let at = self.0.iter().position(|member| member.name == name)?;
        Some(self.0.swap_remove(at))
    }
}

fn unknown(name: &str, what: &str, known: &[&str]) -> String {
    let shown = quoted(name);
    if name == "Principal" || name == "NotPrincipal" {
        return format!("{what} has no {name} here: it is about the caller that it is attached to; remove it");
    }
    let list = known.join(", ");
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("{what} has no {shown}; it may have {near}"),
        None => format!("{what} has no {shown}; it may have {list}"),
    }
}

/// The members, each name once: of doubled ones the first, and a problem.
pub(super) fn unique<'t>(members: Vec<Member<'t>>, problems: &mut Vec<Problem>) -> Vec<Member<'t>> {
    unique_by(members, str::to_owned, problems)
}

/// The same of condition keys, which are compared without case.
pub(super) fn unique_keys<'t>(members: Vec<Member<'t>>, problems: &mut Vec<Problem>) -> Vec<Member<'t>> {
    unique_by(members, str::to_lowercase, problems)
}

fn unique_by<'t>(
    members: Vec<Member<'t>>,
    as_compared: fn(&str) -> String,
    problems: &mut Vec<Problem>,
) -> Vec<Member<'t>> {
    let mut seen = std::collections::HashMap::new();
    let mut found = Vec::new();
    for member in members {
        if let Some(first) = seen.insert(as_compared(&member.name), member.at) {
            let message = format!(
                "{} is there twice, first at {first}: write it once, with a list of values",
                quoted(&member.name)
            );
            problems.push(Problem::new(member.at, message));
        } else {
            found.push(member);
        }
    }
    found
}
