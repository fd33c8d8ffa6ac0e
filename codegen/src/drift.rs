//! What another release of the model changes for the operations in scope.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use super::model::{Model, Operation, Reference, Shape};

/// The differences between two releases.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Drift {
    /// Of operations in scope: route, input, output, exceptions. One line each.
    pub(crate) operations: Vec<String>,
    /// Of shapes that they reach: by name, the changes, and the operations that reach the shape.
    pub(crate) shapes: BTreeMap<String, (Vec<String>, BTreeSet<String>)>,
    /// Operations of the service that are new.
    pub(crate) new: Vec<String>,
    /// Operations of the service that are gone.
    pub(crate) gone: Vec<String>,
}

impl Drift {
    /// Compares the model that is committed, `old`, with another release.
    pub(crate) fn between(old: &Model, new: &Model) -> Result<Self, Box<dyn Error>> {
        let mut drift = Self {
            new: names(new).filter(|name| !old.operations.contains_key(*name)).cloned().collect(),
            gone: names(old).filter(|name| !new.operations.contains_key(*name)).cloned().collect(),
            ..Self::default()
        };
        for name in old.in_scope() {
            let Some(theirs) = new.operations.get(name) else { continue };
            drift.operations.extend(operation(&old.operations[name], theirs).map(|change| format!("{name}: {change}")));
            let (before, after) = (old.reached(&[name])?, new.reached(&[name])?);
            for (shape_name, changes) in shapes(&before, &after) {
                drift.shapes.entry(shape_name).or_insert_with(|| (changes, BTreeSet::new())).1.insert(name.clone());
            }
        }
        for name in names(old).filter(|name| old.operations[*name].input.is_none()) {
            let route = new.operations.get(name).and_then(|theirs| changed_route(&old.operations[name], theirs));
            drift.operations.extend(route.map(|change| format!("{name} (out of scope): {change}")));
        }
        Ok(drift)
    }

    /// How many changes there are.
    pub(crate) fn count(&self) -> usize {
        let shapes: usize = self.shapes.values().map(|(changes, _)| changes.len()).sum();
        self.operations.len() + shapes + self.new.len() + self.gone.len()
    }

    /// For people.
    pub(crate) fn report(&self) -> String {
        let mut text = String::new();
        let mut section = |title: &str, lines: Vec<String>| {
            if !lines.is_empty() {
                text.push_str(&format!("\n{title}\n  {}\n", lines.join("\n  ")));
            }
        };
        section("Operations in scope:", self.operations.clone());
        let shapes = self.shapes.iter().flat_map(|(name, (changes, operations))| {
            let operations: Vec<&str> = operations.iter().map(String::as_str).collect();
            let reached = format!("    reached by {}", operations.join(", "));
            changes.iter().map(move |change| format!("{name}: {change}")).chain([reached])
        });
        section("Shapes that operations in scope reach:", shapes.collect());
        section("Operations of the service that are new:", self.new.clone());
        section("Operations of the service that are gone:", self.gone.clone());
        text
    }
}

fn names(model: &Model) -> impl Iterator<Item = &String> {
    model.operations.keys()
}

fn changed_route(old: &Operation, new: &Operation) -> Option<String> {
    let (before, after) = (&old.http, &new.http);
    let changed = before != after;
    changed.then(|| {
        format!("route {} {} is now {} {}", before.method, before.request_uri, after.method, after.request_uri)
    })
}

fn operation(old: &Operation, new: &Operation) -> impl Iterator<Item = String> {
    let mut changes = Vec::from_iter(changed_route(old, new));
    let shape = |reference: &Option<Reference>| reference.as_ref().map_or("none", |found| &found.shape).to_owned();
    for (what, before, after) in [("input", &old.input, &new.input), ("output", &old.output, &new.output)] {
        if shape(before) != shape(after) {
            changes.push(format!("{what} {} is now {}", shape(before), shape(after)));
        }
    }
    let errors = |of: &Operation| -> Vec<String> { of.errors.iter().map(|error| error.shape.clone()).collect() };
    changes.extend(added_and_removed("exception", &errors(old), &errors(new)));
    changes.into_iter()
}

/// The shapes that differ. A shape that is new or gone comes with the member that begins or ceases to use it, so it has no line.
fn shapes(old: &BTreeMap<String, Shape>, new: &BTreeMap<String, Shape>) -> BTreeMap<String, Vec<String>> {
    let both = old.iter().filter_map(|(name, before)| Some((name, before, new.get(name)?)));
    both.map(|(name, before, after)| (name.clone(), shape(before, after)))
        .filter(|(_, changes)| !changes.is_empty())
        .collect()
}

fn shape(old: &Shape, new: &Shape) -> Vec<String> {
    let mut changes = Vec::new();
    let names = |shape: &Shape| -> Vec<String> { shape.members.iter().map(|(name, _)| name.clone()).collect() };
    changes.extend(added_and_removed("member", &names(old), &names(new)));
    for (name, before) in &old.members {
        let after = new.members.iter().find(|(other, _)| other == name).map(|(_, after)| after);
        if let Some(after) = after.filter(|after| *after != before) {
            changes.push(format!("member {name}: {} is now {}", written(before), written(after)));
        }
    }
    for name in &old.required {
        if !new.required.contains(name) && new.members.iter().any(|(member, _)| member == name) {
            changes.push(format!("member {name} is no longer required: clients may leave it out"));
        }
    }
    for name in new.required.iter().filter(|name| !old.required.contains(name)) {
        changes.push(format!("member {name} is now required"));
    }
    changes.extend(added_and_removed("value", &old.values, &new.values));
    let number = |value: &Option<serde_json::Number>| value.as_ref().map_or_else(none, ToString::to_string);
    let part = |reference: &Option<Reference>| reference.as_ref().map_or_else(none, written);
    let facts = |shape: &Shape| {
        [
            ("type", written(&shape.kind)),
            ("min", number(&shape.min)),
            ("max", number(&shape.max)),
            ("pattern", shape.pattern.clone().unwrap_or_else(none)),
            ("status", shape.error.as_ref().map_or_else(none, |error| error.http_status_code.to_string())),
            ("list member", part(&shape.member)),
            ("map key", part(&shape.key)),
            ("map value", part(&shape.value)),
            ("union", shape.union.to_string()),
            ("exception", shape.exception.to_string()),
            ("box", shape.boxed.to_string()),
            ("sensitive", shape.sensitive.to_string()),
        ]
    };
    for ((what, before), (_, after)) in facts(old).into_iter().zip(facts(new)) {
        if before != after {
            changes.push(format!("{what} {before} is now {after}"));
        }
    }
    if changes.is_empty() && old != new {
        changes.push("the order of its members, required members or values".to_owned());
    }
    changes
}

fn none() -> String {
    "none".to_owned()
}

fn added_and_removed(what: &str, old: &[String], new: &[String]) -> Vec<String> {
    let added = new.iter().filter(|name| !old.contains(name)).map(|name| format!("{what} {name} added"));
    let removed = old.iter().filter(|name| !new.contains(name)).map(|name| format!("{what} {name} removed"));
    added.chain(removed).collect()
}

fn written(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("names, numbers and texts are written as JSON")
}
