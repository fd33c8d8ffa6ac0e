//! The service model, as far as we use it. Anything else it may say about a shape makes reading fail, so that a new kind of binding is
//! noticed when the model is updated.

use std::collections::BTreeMap;
use std::error::Error;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The model: whole as it is published, or trimmed as it is committed (`codegen/model.json`).
#[derive(Deserialize)]
pub(crate) struct Model {
    pub(crate) metadata: Metadata,
    pub(crate) operations: BTreeMap<String, Operation>,
    /// Kept unread: shapes out of scope may hold what we do not know, and a parsed value would lose the order of members.
    shapes: BTreeMap<String, Box<RawValue>>,
}

/// What service this is.
#[derive(Clone, Deserialize, Serialize, PartialEq, Eq, Debug)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Metadata {
    pub(crate) api_version: String,
    protocol: String,
    /// The release of botocore that a trimmed model was taken from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) botocore: Option<String>,
}

/// One operation. Those out of scope have method and path only in a trimmed model.
#[derive(Clone, Deserialize, Serialize, PartialEq, Eq, Debug)]
pub(crate) struct Operation {
    pub(crate) http: Http,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) input: Option<Reference>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) output: Option<Reference>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) errors: Vec<Reference>,
}

/// Method and path.
#[derive(Clone, Deserialize, Serialize, PartialEq, Eq, Debug)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Http {
    pub(crate) method: String,
    pub(crate) request_uri: String,
}

/// The use of a shape.
#[derive(Clone, Deserialize, Serialize, PartialEq, Eq, Debug)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Reference {
    pub(crate) shape: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) location: Option<Location>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) location_name: Option<String>,
    #[serde(default, rename = "box", skip_serializing_if = "is_false")]
    pub(crate) boxed: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) idempotency_token: bool,
    #[serde(default, rename = "documentation", skip_serializing)]
    documentation: Prose,
}

/// The location of a member that is not in the body.
#[derive(Clone, Copy, Deserialize, Serialize, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Location {
    Uri,
    Querystring,
}

/// One shape.
#[derive(Clone, Deserialize, Serialize, PartialEq, Eq, Debug)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shape {
    #[serde(rename = "type")]
    pub(crate) kind: Type,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) union: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<Failure>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) exception: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) required: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) member: Option<Reference>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) key: Option<Reference>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) value: Option<Reference>,
    #[serde(default, rename = "enum", skip_serializing_if = "Vec::is_empty")]
    pub(crate) values: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) min: Option<serde_json::Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) max: Option<serde_json::Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pattern: Option<String>,
    #[serde(default, rename = "box", skip_serializing_if = "is_false")]
    pub(crate) boxed: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) sensitive: bool,
    #[serde(default, rename = "documentation", skip_serializing)]
    documentation: Prose,
    /// Written by hand where a model is written, one a line.
    #[serde(default, deserialize_with = "in_order", skip_serializing)]
    pub(crate) members: Vec<(String, Reference)>,
}

/// Text that is skipped.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
struct Prose;

impl<'de> Deserialize<'de> for Prose {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

/// The type of a shape.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Type {
    Structure,
    List,
    Map,
    String,
    Integer,
    Long,
    Float,
    Double,
    Boolean,
    Timestamp,
}

/// The HTTP form of an exception.
#[derive(Clone, Deserialize, Serialize, PartialEq, Eq, Debug)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Failure {
    pub(crate) http_status_code: u16,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

impl Model {
    /// Reads the model.
    pub(crate) fn read(text: &str) -> Result<Self, Box<dyn Error>> {
        let model: Self = serde_json::from_str(text)?;
        if model.metadata.protocol != "rest-json" {
            return Err(format!("the model speaks {}, not rest-json", model.metadata.protocol).into());
        }
        Ok(model)
    }

    /// The operations in scope of a trimmed model: the others have no input there.
    pub(crate) fn in_scope(&self) -> impl Iterator<Item = &String> {
        self.operations.iter().filter(|(_, operation)| operation.input.is_some()).map(|(name, _)| name)
    }

    /// One operation of it.
    pub(crate) fn operation(&self, name: &str) -> Result<(&String, &Operation), Box<dyn Error>> {
        self.operations.get_key_value(name).ok_or_else(|| format!("the model has no operation {name}").into())
    }

    /// Every shape that these operations reach, as the model has it.
    pub(crate) fn reached<S: AsRef<str>>(&self, names: &[S]) -> Result<BTreeMap<String, Shape>, Box<dyn Error>> {
        let mut reached = BTreeMap::new();
        let mut open = Vec::new();
        for name in names {
            let (_, operation) = self.operation(name.as_ref())?;
            open.extend(operation.references().map(|reference| reference.shape.clone()));
        }
        while let Some(name) = open.pop() {
            if reached.contains_key(&name) {
                continue;
            }
            let shape = self.shape(&name)?;
            open.extend(shape.references().map(|reference| reference.shape.clone()));
            reached.insert(name, shape);
        }
        Ok(reached)
    }

    /// One shape of it.
    pub(crate) fn shape(&self, name: &str) -> Result<Shape, Box<dyn Error>> {
        let value = self.shapes.get(name).ok_or_else(|| format!("the model has no shape {name}"))?;
        Ok(serde_json::from_str(value.get()).map_err(|error| format!("shape {name}: {error}"))?)
    }
}

impl Operation {
    /// Its input, output and exceptions.
    pub(crate) fn references(&self) -> impl Iterator<Item = &Reference> {
        self.input.iter().chain(&self.output).chain(&self.errors)
    }

    /// Method and path, without shapes.
    pub(crate) fn route_only(&self) -> Self {
        Self { http: self.http.clone(), input: None, output: None, errors: Vec::new() }
    }
}

impl Shape {
    /// What it is made of.
    pub(crate) fn references(&self) -> impl Iterator<Item = &Reference> {
        let members = self.members.iter().map(|(_, member)| member);
        members.chain(&self.member).chain(&self.key).chain(&self.value)
    }
}

/// Members in the order of the model.
fn in_order<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<(String, Reference)>, D::Error> {
    struct Members;
    impl<'de> serde::de::Visitor<'de> for Members {
        type Value = Vec<(String, Reference)>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("members")
        }

        fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut members = Vec::new();
            while let Some(member) = map.next_entry()? {
                members.push(member);
            }
            Ok(members)
        }
    }
    deserializer.deserialize_map(Members)
}
