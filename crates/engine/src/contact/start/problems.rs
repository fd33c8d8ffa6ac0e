//! All that is wrong with a request, in one refusal.

use wire::ExceptionKind;

use crate::contact::{Refusal, Refused};

/// Longest message, in characters: past it only the number of further problems is given.
const MESSAGE_CHARS_MAX: usize = 2_000;

/// Collects problems while the rules run.
#[derive(Debug, Default)]
pub struct Problems(Vec<(ExceptionKind, String)>);

impl Problems {
    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Records a problem: its exception when it is the only one, its path, and a clause without full stop.
    pub fn add(&mut self, kind: ExceptionKind, path: &str, message: impl AsRef<str>) {
        self.0.push((kind, format!("{path}: {}", message.as_ref())));
    }

    /// A rule is broken: InvalidRequestException.
    pub fn rule(&mut self, path: &str, message: impl AsRef<str>) {
        self.add(ExceptionKind::InvalidRequestException, path, message);
    }

    /// A value is not of its form: InvalidParameterException.
    pub fn parameter(&mut self, path: &str, message: impl AsRef<str>) {
        self.add(ExceptionKind::InvalidParameterException, path, message);
    }

    /// A segment attribute cannot be set, or not to this value.
    pub fn refused(&mut self, path: &str, refused: Refused) {
        if refused.value { self.parameter(path, refused.why) } else { self.rule(path, refused.why) }
    }

    /// Something named does not exist: ResourceNotFoundException.
    pub fn unknown(&mut self, path: &str, message: &str) {
        self.add(ExceptionKind::ResourceNotFoundException, path, message);
    }

    /// One refusal with all problems. What comes first in the order of checks names the exception: what is missing, then
    /// values, then rules (tasks 1.1.8).
    pub fn refusal(self) -> Refusal {
        let order = [ExceptionKind::ResourceNotFoundException, ExceptionKind::InvalidParameterException];
        let has = |kind: &ExceptionKind| self.0.iter().any(|(found, _)| found == kind);
        let kind = order.into_iter().find(has).unwrap_or(ExceptionKind::InvalidRequestException);
        let mut message = String::new();
        let total = self.0.len();
        for (n, (_, problem)) in self.0.iter().enumerate() {
            if n > 0 && message.chars().count() + problem.chars().count() > MESSAGE_CHARS_MAX {
                message.push_str(&format!("; and {} more", total - n));
                break;
            }
            if n > 0 {
                message.push_str("; ");
            }
            message.push_str(problem);
        }
        message.push('.');
        Refusal { kind, message }
    }
}
