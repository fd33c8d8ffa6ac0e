//! Patterns of ARNs: each of the six parts is matched by itself, and only in the last one does `*` cross `/` and `:` (protocol
//! 4.2 (3)).

use std::borrow::Cow;

use super::context::Context;
use super::pattern::{self, Part, Pattern, Syntax, Variable};

/// Parts of an ARN: `arn`, partition, service, region, account, resource.
const ARN_PARTS: usize = 6;

/// A pattern of ARNs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ArnPattern {
    /// `*`: everything, also what is no ARN.
    Any,
    /// One variable, whose value is the whole ARN.
    Whole(Pattern),
    /// Part by part.
    Parts { parts: [Vec<Part>; ARN_PARTS], variables: Vec<Variable> },
}

impl ArnPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// It is neither `*` nor like an ARN, with what is wrong.
    pub(super) fn parse(text: &str, variables: bool) -> Result<Self, String> {
        if text == "*" {
            return Ok(Self::Any);
        }
        let read = Pattern::parse(text, Syntax { wildcards: true, variables })?;
        if matches!(read.parts.as_slice(), [Part::Variable(_)]) {
            return Ok(Self::Whole(read));
        }
        let parts = split(read.parts);
        match parts {
            Some(parts) if parts[0] == [Part::Text("arn".into())] => {
                Ok(Self::Parts { parts, variables: read.variables })
            }
            _ => Err(format!(
                "{} is no ARN: write * for everything, or the six parts arn:partition:service:region:account:resource, each of which \
                 may have wildcards, such as arn:aws:connect:*:*:instance/*/task-template/*",
                crate::text::quoted(text)
            )),
        }
    }

    pub(super) fn variables(&self) -> &[Variable] {
        match self {
            Self::Any => &[],
            Self::Whole(whole) => &whole.variables,
            Self::Parts { variables, .. } => variables,
        }
    }

    /// Whether it stands for `arn`; `None` if a variable has no value.
    pub(super) fn matches(&self, arn: &str, context: &dyn Context) -> Option<bool> {
        let filled = pattern::fill(self.variables(), context)?;
        Some(match self {
            Self::Any => true,
            Self::Whole(whole) => whole.matches(&filled, arn),
            Self::Parts { parts, .. } => matches_parts(parts, &filled, arn),
        })
    }
}

fn matches_parts(parts: &[Vec<Part>; ARN_PARTS], filled: &[Cow<'_, str>], arn: &str) -> bool {
    let mut given = arn.splitn(ARN_PARTS, ':');
    parts.iter().all(|part| given.next().is_some_and(|given| pattern::matches(part, filled, given)))
}

/// Whether a text has the form of an ARN.
pub(super) fn is_arn(text: &str) -> bool {
    text.starts_with("arn:") && text.splitn(ARN_PARTS, ':').count() == ARN_PARTS
}

/// Divides parts at the first five colons that the policy itself has.
fn split(parts: Vec<Part>) -> Option<[Vec<Part>; ARN_PARTS]> {
    let mut found: Vec<Vec<Part>> = vec![Vec::new()];
    for part in parts {
        let Part::Text(text) = part else {
            found.last_mut()?.push(part);
            continue;
        };
        let colons_left = ARN_PARTS - found.len();
        for (n, piece) in text.splitn(colons_left + 1, ':').enumerate() {
            if n > 0 {
                found.push(Vec::new());
            }
            if !piece.is_empty() {
                found.last_mut()?.push(Part::Text(piece.into()));
            }
        }
    }
    found.try_into().ok()
}
