//! The service model, as far as we use it. Anything else it may say about a shape makes reading fail, so that a new kind of binding is
//! noticed when the model is updated.

use std::collections::BTreeMap;
use std::error::Error;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

/// The model.
#[derive(Deserialize)]
pub(crate) struct Model {
    pub(crate) metadata: Metadata,
    pub(crate) operations: BTreeMap<String, Operation>,
    /// Kept unread: shapes out of scope may hold what we do not know, and a parsed value would lose the order of members.
    shapes: BTreeMap<String, Box<RawValue>>,
}

/// What service this is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Metadata {
    pub(crate) api_version: String,
    protocol: String,
}

/// One operation.
#[derive(Deserialize)]
pub(crate) struct Operation {
    pub(crate) http: Http,
    pub(crate) input: Option<Reference>,
    pub(crate) output: Option<Reference>,
    #[serde(default)]
    pub(crate) errors: Vec<Reference>,
}

/// Method and path.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Http {
    pub(crate) method: String,
    pub(crate) request_uri: String,
}

/// The use of a shape.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Reference {
    pub(crate) shape: String,
    pub(crate) location: Option<Location>,
    pub(crate) location_name: Option<String>,
    #[serde(default, rename = "box")]
    _box: bool,
    #[serde(default, rename = "idempotencyToken")]
    _idempotency_token: bool,
    #[serde(default, rename = "documentation")]
    _documentation: IgnoredAny,
}

/// Where a member travels when not in the body.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Location {
    Uri,
    Querystring,
}

/// One shape.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shape {
    #[serde(rename = "type")]
    pub(crate) kind: Type,
    #[serde(default, deserialize_with = "in_order")]
    pub(crate) members: Vec<(String, Reference)>,
    #[serde(default)]
    pub(crate) required: Vec<String>,
    #[serde(default)]
    pub(crate) union: bool,
    pub(crate) member: Option<Reference>,
    pub(crate) key: Option<Reference>,
    pub(crate) value: Option<Reference>,
    #[serde(default, rename = "enum")]
    pub(crate) values: Vec<String>,
    pub(crate) min: Option<serde_json::Number>,
    pub(crate) max: Option<serde_json::Number>,
    pub(crate) pattern: Option<String>,
    pub(crate) error: Option<Failure>,
    #[serde(default)]
    pub(crate) exception: bool,
    #[serde(default, rename = "box")]
    _box: bool,
    #[serde(default, rename = "sensitive")]
    _sensitive: bool,
    #[serde(default, rename = "documentation")]
    _documentation: IgnoredAny,
}

/// The type of a shape.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
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

/// How an exception travels.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Failure {
    pub(crate) http_status_code: u16,
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

    /// One shape of it.
    pub(crate) fn shape(&self, name: &str) -> Result<Shape, Box<dyn Error>> {
        let value = self.shapes.get(name).ok_or_else(|| format!("the model has no shape {name}"))?;
        Ok(serde_json::from_str(value.get()).map_err(|error| format!("shape {name}: {error}"))?)
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
