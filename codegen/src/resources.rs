//! `codegen/resources.toml`: which members of inputs name which resources.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::model::{Reference, Shape, Type};

/// The tables.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Resources {
    /// Kind of resource by the shape of a text.
    #[serde(default)]
    shape: BTreeMap<String, String>,
    /// Kind by name of the member and shape, with a space between.
    #[serde(default)]
    member: BTreeMap<String, String>,
    /// The reason why a member of that name and shape names nothing.
    #[serde(default)]
    nothing: BTreeMap<String, String>,
}

/// What the inputs of a scope name.
#[derive(Default)]
pub(crate) struct Named {
    /// Structures that name something themselves or below them.
    structures: BTreeSet<String>,
    /// Kind of resource, by structure and member.
    kinds: BTreeMap<(String, String), String>,
}

/// The relation of a member to resources.
pub(crate) enum Names<'n> {
    /// It is the id or ARN of one, or a list of them.
    Kind(&'n str),
    /// Something below it names some.
    Below,
}

impl Resources {
    /// Reads the file.
    pub(crate) fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?)
    }

    /// What these inputs name. Fails when a member that looks like an id is in no table, or a line of a table is about none.
    pub(crate) fn named<'s>(
        &self,
        shapes: &'s BTreeMap<String, Shape>,
        inputs: impl Iterator<Item = &'s str>,
    ) -> Result<Named, Box<dyn Error>> {
        let mut named = Named::default();
        let (mut used, mut missing) = (BTreeSet::new(), BTreeSet::new());
        let reached = reached(shapes, inputs);
        for owner in &reached {
            for (member, reference) in &shapes[*owner].members {
                let leaf = innermost(shapes, reference);
                if shapes[leaf].kind != Type::String || !shapes[leaf].values.is_empty() {
                    continue;
                }
                let both = format!("{member} {leaf}");
                if let Some(kind) = self.member.get(&both).or_else(|| self.shape.get(leaf)) {
                    named.kinds.insert((owner.to_string(), member.clone()), kind.clone());
                    used.insert(if self.member.contains_key(&both) { both } else { leaf.to_owned() });
                } else if self.nothing.contains_key(&both) {
                    used.insert(both);
                } else if looks_like_id(member) || looks_like_id(leaf) {
                    missing.insert(both);
                }
            }
        }
        let stale = self.shape.keys().chain(self.member.keys()).chain(self.nothing.keys()).find(|k| !used.contains(*k));
        match (missing.first(), stale) {
            (Some(both), _) => return Err(format!("codegen/resources.toml: what does `{both}` name?").into()),
            (None, Some(line)) => return Err(format!("codegen/resources.toml: no input has `{line}`").into()),
            (None, None) => {}
        }
        named.structures = named.kinds.keys().map(|(owner, _)| owner.clone()).collect();
        while let Some(more) = reached.iter().find(|owner| {
            let below = |(_, reference): &(String, Reference)| named.structures.contains(innermost(shapes, reference));
            !named.structures.contains(**owner) && shapes[**owner].members.iter().any(below)
        }) {
            named.structures.insert((*more).to_owned());
        }
        Ok(named)
    }
}

impl Named {
    /// Whether this structure names something, itself or below.
    pub(crate) fn has(&self, structure: &str) -> bool {
        self.structures.contains(structure)
    }

    /// The kinds that members of this structure name.
    pub(crate) fn kinds_of<'n>(&'n self, structure: &str) -> impl Iterator<Item = &'n str> {
        let of =
            move |((owner, _), kind): (&'n (String, String), &'n String)| (owner == structure).then_some(kind.as_str());
        self.kinds.iter().filter_map(of)
    }

    /// The relation of a member to resources, if there is one.
    pub(crate) fn by(
        &self,
        shapes: &BTreeMap<String, Shape>,
        owner: &str,
        member: &str,
        reference: &Reference,
    ) -> Option<Names<'_>> {
        if let Some(kind) = self.kinds.get(&(owner.to_owned(), member.to_owned())) {
            return Some(Names::Kind(kind));
        }
        self.structures.contains(innermost(shapes, reference)).then_some(Names::Below)
    }
}

/// The structures that inputs are made of, themselves included.
pub(crate) fn reached<'s>(
    shapes: &'s BTreeMap<String, Shape>,
    inputs: impl Iterator<Item = &'s str>,
) -> BTreeSet<&'s str> {
    let (mut reached, mut open) = (BTreeSet::new(), inputs.collect::<Vec<_>>());
    while let Some(name) = open.pop() {
        if shapes[name].kind == Type::Structure && reached.insert(name) {
            open.extend(shapes[name].members.iter().map(|(_, reference)| innermost(shapes, reference)));
        }
    }
    reached
}

/// The shape of the items of a list or the values of a map, however deep; else the shape itself.
pub(crate) fn innermost<'s>(shapes: &'s BTreeMap<String, Shape>, reference: &'s Reference) -> &'s str {
    let shape = &shapes[&reference.shape];
    match shape.member.as_ref().or(shape.value.as_ref()) {
        Some(below) => innermost(shapes, below),
        None => &reference.shape,
    }
}

fn looks_like_id(name: &str) -> bool {
    ["Id", "Ids", "Arn", "Arns", "ARN", "ARNs"].iter().any(|end| name.ends_with(end))
}
