//! What is wrong with a request: places, problems and their messages (protocol 9.2).

use std::fmt::{self, Write as _};

/// So many violations of one request are kept; the others are only counted.
pub const KEPT_VIOLATIONS: usize = 200;

/// A map key is shown in a path up to so many characters.
const SHOWN_KEY: usize = 128;

/// The location of a member in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MemberLocation {
    /// In the path.
    Uri,
    /// In the query.
    Query,
    /// In the body.
    Body,
}

/// Whether a violation is about the value at a path or about the map key that ends the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// The value at the path.
    Value,
    /// The last key of the path.
    Key,
}

/// What is wrong. Lengths count Unicode scalar values (task-templates 0.11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A required member is absent or `null`.
    Missing,
    /// Another type was expected.
    WrongType {
        /// With its article: `a string`.
        expected: &'static str,
    },
    /// A text with too few characters.
    TooShort {
        /// The fewest allowed.
        min: u64,
    },
    /// A text with too many characters.
    TooLong {
        /// The most allowed.
        max: u64,
    },
    /// A list or map with too few items.
    TooFew {
        /// The fewest allowed.
        min: u64,
    },
    /// A list or map with too many items.
    TooMany {
        /// The most allowed.
        max: u64,
    },
    /// A number outside its range.
    OutOfRange {
        /// The smallest allowed.
        min: Option<i64>,
        /// The greatest allowed.
        max: Option<i64>,
    },
    /// Not one of the values of the enumeration.
    NotInEnum {
        /// The values, in model order.
        allowed: &'static [&'static str],
    },
    /// The pattern is not found in the text.
    BadPattern {
        /// As the model writes it.
        pattern: &'static str,
    },
    /// A text with the character U+0000, which not every engine can keep (decision B8).
    Nul,
    /// A union with no member, or with more than one.
    UnionCount,
}

/// One broken constraint of the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The location of the member.
    pub location: MemberLocation,
    /// The member's path: `Fields[3].Type`, `tags["a b"]` (task-templates 0.7).
    pub path: String,
    /// Value or key.
    pub target: Target,
    /// What is wrong.
    pub problem: Problem,
}

impl Violation {
    /// The text for the client (W9.2.2). It never repeats a value, as values may be sensitive (W9.2.3).
    pub fn message(&self) -> String {
        let subject = self.subject();
        match &self.problem {
            Problem::Missing => format!("{subject} is required"),
            Problem::WrongType { expected } => format!("{subject} must be {expected}"),
            Problem::TooShort { min } => format!("{subject} must be at least {}", counted(*min, "character")),
            Problem::TooLong { max } => format!("{subject} must be at most {}", counted(*max, "character")),
            Problem::TooFew { min } => format!("{subject} must include at least {}", counted(*min, "item")),
            Problem::TooMany { max } => format!("{subject} must include at most {}", counted(*max, "item")),
            Problem::OutOfRange { min: Some(min), max: Some(max) } => {
                format!("{subject} must be between {min} and {max}")
            }
            Problem::OutOfRange { min: Some(min), max: None } => format!("{subject} must be at least {min}"),
            Problem::OutOfRange { min: None, max: Some(max) } => format!("{subject} must be at most {max}"),
            Problem::OutOfRange { min: None, max: None } => format!("{subject} is out of range"),
            Problem::NotInEnum { allowed } => format!("{subject} must be one of [{}]", allowed.join(", ")),
            Problem::BadPattern { pattern } if self.target == Target::Key => {
                let reserved = self.key().get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:"));
                let reason = if reserved {
                    "keys that begin with aws: are reserved".to_owned()
                } else {
                    format!("it must match the pattern {pattern}")
                };
                format!("{subject} is invalid: {reason}")
            }
            Problem::BadPattern { pattern } => format!("{subject} must match the pattern {pattern}"),
            Problem::Nul => format!("{subject} must not hold the character U+0000"),
            Problem::UnionCount => format!("{subject} must have exactly one member"),
        }
    }

    /// The last key of the path.
    fn key(&self) -> &str {
        let (_, key) = self.path.rsplit_once("[\"").unwrap_or_default();
        key.strip_suffix("\"]").unwrap_or(key)
    }

    /// The path, or `Tag key 'k'` where a key is meant.
    fn subject(&self) -> String {
        if self.target == Target::Value {
            return self.path.clone();
        }
        let (map, key) = (self.path.rsplit_once("[\"").map_or(self.path.as_str(), |(map, _)| map), self.key());
        if map.eq_ignore_ascii_case("tags") { format!("Tag key '{key}'") } else { format!("{map} key '{key}'") }
    }
}

/// `1 item`, `2 items`.
fn counted(count: u64, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// All broken constraints of one request: members in model order, lists and maps in document order inside (W9.2.3). At most one
/// per path, at most [`KEPT_VIOLATIONS`].
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Violations {
    kept: Vec<Violation>,
    omitted: usize,
}

impl Violations {
    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// How many more there were than are kept.
    pub fn omitted(&self) -> usize {
        self.omitted
    }

    /// The kept ones, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.kept.iter()
    }

    /// The first one.
    pub fn first(&self) -> Option<&Violation> {
        self.kept.first()
    }

    /// All messages joined by `; ` (W9.2.3).
    pub fn message(&self) -> String {
        self.kept.iter().map(Violation::message).collect::<Vec<_>>().join("; ")
    }

    /// Adds one. Of several in a row under one path the first counts.
    pub(crate) fn push(&mut self, violation: Violation) {
        if self.kept.last().is_none_or(|last| last.location != violation.location || last.path != violation.path) {
            self.kept.push(violation);
        }
    }

    /// Whether no more are kept.
    pub(crate) fn is_full(&self) -> bool {
        self.kept.len() >= KEPT_VIOLATIONS
    }

    /// Counts one that is not kept.
    pub(crate) fn omit(&mut self) {
        self.omitted += 1;
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.kept.into_iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.kept.iter()
    }
}

/// One step of the way from the request to a member.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PathStep<'a> {
    Member(&'static str),
    Index(usize),
    Key(&'a str),
}

/// The path in its written form.
pub(crate) fn path(steps: &[PathStep<'_>]) -> String {
    let mut out = String::new();
    for step in steps {
        push_step(&mut out, *step).expect("a String takes every write");
    }
    out
}

fn push_step(out: &mut String, step: PathStep<'_>) -> fmt::Result {
    match step {
        PathStep::Member(name) => {
            let dot = if out.is_empty() { "" } else { "." };
            write!(out, "{dot}{name}")
        }
        PathStep::Index(index) => write!(out, "[{index}]"),
        PathStep::Key(key) => {
            let mut w = crate::JsonWriter::new();
            match key.char_indices().nth(SHOWN_KEY) {
                Some((end, _)) => w.string(&format!("{}…", &key[..end])),
                None => w.string(key),
            }
            write!(out, "[{}]", w.into_text())
        }
    }
}

#[cfg(test)]
mod tests;
