//! What a policy says that is no error and probably not meant: statements, or parts of them, that can never match.

mod overlap;

use super::arn_pattern::ArnPattern;
use super::condition::{Condition, Expected};
use super::context::Key;
use super::json::{Place, Problem, nearest};
use super::operator::Quantifier;
use super::statement::{ActionPattern, Effect, Policy, Statement};
use crate::text::quoted;

/// What the server knows of an action.
#[derive(Clone, Copy, Debug)]
pub struct ActionFacts<'a> {
    /// Its name, such as `connect:GetTaskTemplate`.
    pub name: &'a str,
    /// Patterns of the ARNs of its resources, such as `arn:*:connect:*:*:instance/*/task-template/*`, where `*` stands for what has no
    /// slash. Empty for an action that is about no resource: it is asked for as `*`.
    pub resources: &'a [&'a str],
    /// The condition keys that its requests have, beside those that all have. One that ends with a slash, such as `aws:ResourceTag/`,
    /// stands for all that begin so.
    pub keys: &'a [&'a str],
}

/// What the server knows of all actions.
pub trait Catalog {
    /// Every action.
    fn actions(&self) -> Vec<ActionFacts<'_>>;

    /// The condition keys that every request has, written as those of [`ActionFacts`].
    fn global_keys(&self) -> &[&str];
}

/// Everything strange in a policy, in the order of the document; `catalog` says which actions there are. Without it, what depends on
/// the actions is left out.
pub fn warnings(policy: &Policy, catalog: Option<&dyn Catalog>) -> Vec<Problem> {
    let actions = catalog.map(Catalog::actions);
    let mut found: Vec<Problem> =
        policy.remarks.iter().map(|(at, message)| Problem::new(*at, message.as_str())).collect();
    for statement in &policy.statements {
        at_all_values(statement, &mut found);
        at_variables(statement, &mut found);
        let Some((catalog, actions)) = catalog.zip(actions.as_deref()) else { continue };
        let facts: Vec<&ActionFacts<'_>> =
            actions.iter().filter(|facts| statement.actions.include(&facts.name.to_ascii_lowercase())).collect();
        let mut look = Look { statement, all: actions, facts, global: catalog.global_keys(), found: &mut found };
        look.at_actions();
        look.at_resources();
        look.at_conditions();
    }
    found.sort_by_key(|warning| (warning.line, warning.column));
    found
}

/// A look at one statement.
struct Look<'l> {
    statement: &'l Statement,
    all: &'l [ActionFacts<'l>],
    /// The actions that the statement includes.
    facts: Vec<&'l ActionFacts<'l>>,
    global: &'l [&'l str],
    found: &'l mut Vec<Problem>,
}

impl Look<'_> {
    fn warn(&mut self, at: Place, message: impl Into<String>) {
        self.found.push(Problem::new(at, message));
    }

    /// Names of actions that there are not.
    fn at_actions(&mut self) {
        for own in &self.statement.actions.patterns {
            if self.all.iter().any(|facts| own.pattern.matches(&[], &facts.name.to_ascii_lowercase())) {
                continue;
            }
            let near = nearest(&own.spelt, self.all.iter().map(|facts| facts.name));
            let near = near.map_or_else(String::new, |near| format!("; {near} is one"));
            self.warn(own.at, format!("this server has no action {}{near}", quoted(&own.spelt)));
        }
        if self.statement.actions.negated && self.facts.is_empty() {
            self.warn(self.statement.at, "NotAction leaves no action: the statement never matches");
        }
    }

    /// Resources that none of the actions has, and actions that none of the resources is for.
    fn at_resources(&mut self) {
        let resources = &self.statement.resources;
        if resources.negated || self.facts.is_empty() {
            return;
        }
        let is_for = |pattern: &ArnPattern, facts: &ActionFacts<'_>| match pattern {
            ArnPattern::Any => true,
            ArnPattern::Whole(_) => !facts.resources.is_empty(),
            ArnPattern::Parts { parts, .. } => facts.resources.iter().any(|kind| overlap::arns(parts, kind)),
        };
        let mut all_useless = true;
        for own in &resources.patterns {
            if self.facts.iter().any(|facts| is_for(&own.pattern, facts)) {
                all_useless = false;
                continue;
            }
            let about = self.facts.first().map_or_else(String::new, |facts| about(facts));
            let message = format!("no action of the statement is about a resource {}{about}", quoted(&own.spelt));
            self.found.push(Problem::new(own.at, message));
        }
        if all_useless || self.statement.actions.negated {
            return;
        }
        for own in &self.statement.actions.patterns {
            let Some(facts) = exact(own, &self.facts) else { continue };
            if !resources.patterns.iter().any(|resource| is_for(&resource.pattern, facts)) {
                let message = format!("no resource of the statement is one of this action{}", about(facts));
                self.found.push(Problem::new(own.at, message));
            }
        }
    }

    /// Condition keys that the actions do not have.
    fn at_conditions(&mut self) {
        for condition in &self.statement.conditions {
            let key = &condition.key;
            let has = |facts: &ActionFacts<'_>| facts.keys.iter().any(|known| is_key(known, key));
            if self.facts.is_empty() || self.global.iter().any(|known| is_key(known, key)) {
                continue;
            }
            let outcome = if condition.passes_without_key() { "always passes" } else { "never passes" };
            if !self.facts.iter().any(|facts| has(facts)) {
                let known = self.facts.iter().flat_map(|facts| facts.keys).chain(self.global).copied();
                let near = nearest(key.spelt(), known);
                let near = near.map_or_else(String::new, |near| format!("; perhaps {near} is meant"));
                let message = format!("no action of the statement has the key {key}: the condition {outcome}{near}");
                self.warn(condition.at, message);
                continue;
            }
            let named = self.statement.actions.patterns.iter().filter_map(|own| exact(own, &self.facts));
            let lacking: Vec<&str> = named.filter(|facts| !has(facts)).map(|facts| facts.name).collect();
            if !lacking.is_empty() {
                let message = format!("{} has no key {key}: there the condition {outcome}", lacking.join(", "));
                self.warn(condition.at, message);
            }
        }
    }
}

/// `ForAllValues:` allows requests without the key, which is seldom meant.
fn at_all_values(statement: &Statement, found: &mut Vec<Problem>) {
    for condition in &statement.conditions {
        let is_asked_for = |other: &Condition| {
            other.key.lower() == condition.key.lower()
                && matches!(&other.expected, Expected::Missing(wanted) if !wanted.contains(&true))
        };
        let passes = condition.operator.quantifier == Quantifier::All && statement.effect == Effect::Allow;
        if passes && !statement.conditions.iter().any(is_asked_for) {
            let key = &condition.key;
            let message = format!(
                "ForAllValues: passes where {key} is missing: add \"Null\": {{\"{key}\": \"false\"}} if it is to be there"
            );
            found.push(Problem::new(condition.at, message));
        }
    }
}

/// A statement that denies does not match while a variable has no value.
fn at_variables(statement: &Statement, found: &mut Vec<Problem>) {
    if statement.effect == Effect::Allow {
        return;
    }
    let of_resources = statement
        .resources
        .patterns
        .iter()
        .flat_map(|own| own.pattern.variables().iter().map(move |variable| (own.at, variable)));
    let of_conditions = statement
        .conditions
        .iter()
        .flat_map(|condition| condition.expected.variables().map(move |variable| (condition.at, variable)));
    for (at, variable) in of_resources.chain(of_conditions).filter(|(_, variable)| variable.default.is_none()) {
        let key = &variable.key;
        let message = format!(
            "the statement denies nothing where {key} is missing: give the variable a default, ${{{key}, 'none'}}"
        );
        found.push(Problem::new(at, message));
    }
}

/// The action of a pattern without wildcards.
fn exact<'f>(own: &ActionPattern, facts: &[&'f ActionFacts<'f>]) -> Option<&'f ActionFacts<'f>> {
    facts.iter().copied().find(|facts| own.spelt.eq_ignore_ascii_case(facts.name))
}

/// What an action is about, for the end of a sentence.
fn about(facts: &ActionFacts<'_>) -> String {
    match facts.resources {
        [] => format!("; {} is about none: only the resource * includes it", facts.name),
        kinds => format!("; {} is about {}", facts.name, kinds.join(", ")),
    }
}

/// Whether a key is the one that the catalog names, or one of those that it names together.
fn is_key(known: &str, key: &Key) -> bool {
    let known = known.to_ascii_lowercase();
    if known.ends_with('/') { key.lower().starts_with(&known) } else { key.lower() == known }
}
