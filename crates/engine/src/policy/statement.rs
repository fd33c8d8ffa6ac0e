//! Policies as they are evaluated: statements with their actions, resources and conditions.

use super::arn_pattern::ArnPattern;
use super::condition::{Condition, Outcome};
use super::context::{Context, Key};
use super::json::Place;
use super::pattern::{self, Pattern};

/// A policy document, read and checked. [`Policy::parse`] makes one.
#[derive(Clone, Debug)]
pub struct Policy {
    pub(super) statements: Vec<Statement>,
    /// What the reading found strange, though it is no error.
    pub(super) remarks: Vec<(Place, String)>,
}

impl Policy {
    /// Number of statements.
    pub fn statements(&self) -> usize {
        self.statements.len()
    }
}

/// What a statement does to a request that it matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    Allow,
    Deny,
}

#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub(super) sid: Option<Box<str>>,
    pub(super) effect: Effect,
    pub(super) actions: Actions,
    pub(super) resources: Resources,
    pub(super) conditions: Vec<Condition>,
    /// Where it begins in the document.
    pub(super) at: Place,
}

/// `Action` or `NotAction`.
#[derive(Clone, Debug)]
pub(super) struct Actions {
    pub(super) negated: bool,
    pub(super) patterns: Vec<ActionPattern>,
}

#[derive(Clone, Debug)]
pub(super) struct ActionPattern {
    /// In lower case.
    pub(super) pattern: Pattern,
    /// As the document has it.
    pub(super) spelt: Box<str>,
    pub(super) at: Place,
}

/// `Resource` or `NotResource`.
#[derive(Clone, Debug)]
pub(super) struct Resources {
    pub(super) negated: bool,
    pub(super) patterns: Vec<ResourcePattern>,
}

#[derive(Clone, Debug)]
pub(super) struct ResourcePattern {
    pub(super) pattern: ArnPattern,
    /// As the document has it.
    pub(super) spelt: Box<str>,
    pub(super) at: Place,
}

impl Actions {
    /// Whether they include an action, which is in lower case.
    pub(super) fn include(&self, action: &str) -> bool {
        self.patterns.iter().any(|own| own.pattern.matches(&[], action)) != self.negated
    }
}

impl Resources {
    /// Whether they include a resource. With a variable without value they do not, negated or not (protocol 4.2 (6)).
    fn include(&self, resource: &str, context: &dyn Context) -> bool {
        let mut found = false;
        for own in &self.patterns {
            match own.pattern.matches(resource, context) {
                Some(matches) => found |= matches,
                None => return false,
            }
        }
        found != self.negated
    }
}

impl Statement {
    /// Whether it matches a request about an action that it includes.
    pub(super) fn matches(&self, resource: &str, context: &dyn Context) -> bool {
        if !self.resources.include(resource, context) {
            return false;
        }
        let mut error = false;
        for condition in &self.conditions {
            match condition.holds(context) {
                Outcome::Holds => {}
                Outcome::Fails => return false,
                Outcome::Error => error = true,
            }
        }
        !error || self.effect == Effect::Deny
    }

    /// Whether it matches every request about an action that it includes.
    pub(super) fn is_unconditional(&self) -> bool {
        self.conditions.is_empty()
            && !self.resources.negated
            // A variable without value keeps the statement from matching.
            && self.resources.patterns.iter().all(|own| own.pattern.variables().is_empty())
            && self.resources.patterns.iter().any(|own| own.pattern == ArnPattern::Any)
    }

    /// Every key that it asks a request for.
    pub(super) fn keys(&self) -> impl Iterator<Item = &Key> {
        let of_conditions = self.conditions.iter().map(|condition| &condition.key);
        let variables = self.conditions.iter().flat_map(|condition| condition.expected.variables());
        let variables = variables.chain(self.resources.patterns.iter().flat_map(|own| own.pattern.variables()));
        of_conditions.chain(variables.map(|variable: &pattern::Variable| &variable.key))
    }
}
