//! The contract of a module (flows 8.3): what it takes, what it gives back, and the branches it can end in.

use wire::json::{Json, Object, parse};

#[cfg(test)]
mod tests;

/// Most branches that a contract may declare (flows 8.3).
pub const BRANCHES_MAX: usize = 8;

/// What a module promises its callers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModuleContract {
    /// The input it declares; without it no input may be checked.
    pub input: Option<Schema>,
    /// The data it declares to return.
    pub result_data: Option<Schema>,
    /// Names of its branches, each once, in the order of the contract.
    pub results: Vec<String>,
}

/// The part of JSON Schema (draft 4) that contracts use: types, and what they hold. Everything else is kept and not
/// read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// Which types a value may have; empty: any.
    types: Vec<Type>,
    /// Declared members of an object, by name; none: any member.
    properties: Option<Vec<(String, Schema)>>,
    /// What every item of a list must fit.
    items: Option<Box<Schema>>,
}

/// A type of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    String,
    Number,
    Integer,
    Boolean,
    Object,
    Array,
    Null,
}

impl ModuleContract {
    /// Reads the request member `Settings`. Members nobody knows are accepted.
    ///
    /// # Errors
    /// A sentence with the member's path: no JSON object, a schema that is none, a branch without name or named twice, more than
    /// [`BRANCHES_MAX`] branches.
    pub fn parse(settings: &str) -> Result<Self, String> {
        let json = parse(settings.as_bytes()).map_err(|error| format!("Settings is not valid JSON: {error}"))?;
        let Json::Object(contract) = &json else { return Err("Settings must be the text of a JSON object".to_owned()) };
        Ok(Self {
            input: root_schema(contract, "input")?,
            result_data: root_schema(contract, "resultData")?,
            results: branches(contract)?,
        })
    }

    /// Does it declare nothing at all? Calls of such a module are not checked (flows 6.5).
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Schema {
    /// The declared member of this name; for a schema that declares none, nothing is known.
    pub fn property(&self, name: &str) -> Option<&Self> {
        self.properties.as_ref()?.iter().find(|(known, _)| known == name).map(|(_, schema)| schema)
    }

    /// Does a value have a declared type, and all that is in it? A reference is a text, so it fits only where texts do (flows 8.5).
    pub fn fits(&self, value: &Json<'_>) -> bool {
        if !self.types.is_empty() && !self.types.iter().any(|wanted| wanted.is_of(value)) {
            return false;
        }
        match value {
            Json::Object(object) => object.iter().all(|(name, value)| self.takes(name, value)),
            Json::Array(items) => self.items.as_ref().is_none_or(|schema| items.iter().all(|item| schema.fits(item))),
            _ => true,
        }
    }

    /// May an object of this schema have this member?
    fn takes(&self, name: &str, value: &Json<'_>) -> bool {
        self.properties.is_none() || self.property(name).is_some_and(|schema| schema.fits(value))
    }

    fn read(json: &Json<'_>, path: &str) -> Result<Self, String> {
        let schema = json.as_object().ok_or_else(|| format!("Settings.{path} must be an object"))?;
        let types = match schema.get("type") {
            None => Vec::new(),
            Some(Json::Array(names)) => names.iter().map(|name| Type::read(name, path)).collect::<Result<_, _>>()?,
            Some(name) => vec![Type::read(name, path)?],
        };
        let properties = match schema.get("properties") {
            None => None,
            Some(Json::Object(properties)) => Some(
                (properties.iter())
                    .map(|(name, json)| Ok((name.to_owned(), Self::read(json, &format!("{path}.properties.{name}"))?)))
                    .collect::<Result<_, String>>()?,
            ),
            Some(_) => return Err(format!("Settings.{path}.properties must be an object")),
        };
        // A list of schemas, one for each place, is not read.
        let items = match schema.get("items") {
            Some(json @ Json::Object(_)) => Some(Box::new(Self::read(json, &format!("{path}.items"))?)),
            _ => None,
        };
        Ok(Self { types, properties, items })
    }
}

impl Type {
    fn read(json: &Json<'_>, path: &str) -> Result<Self, String> {
        Ok(match json.as_str() {
            Some("string") => Self::String,
            Some("number") => Self::Number,
            Some("integer") => Self::Integer,
            Some("boolean") => Self::Boolean,
            Some("object") => Self::Object,
            Some("array") => Self::Array,
            Some("null") => Self::Null,
            _ => {
                let words = "string, number, integer, boolean, object, array, null";
                return Err(format!("Settings.{path}.type must be one of {words}"));
            }
        })
    }

    fn is_of(self, value: &Json<'_>) -> bool {
        match self {
            Self::String => matches!(value, Json::String(_)),
            Self::Number => matches!(value, Json::Number(_)),
            Self::Integer => value.as_number().is_some_and(|number| number.as_f64().fract() == 0.0),
            Self::Boolean => matches!(value, Json::Bool(_)),
            Self::Object => matches!(value, Json::Object(_)),
            Self::Array => matches!(value, Json::Array(_)),
            Self::Null => matches!(value, Json::Null),
        }
    }
}

/// The schema of `input` or `resultData`: an object at the root (flows 8.3). Without properties it declares no member.
fn root_schema(contract: &Object<'_>, member: &str) -> Result<Option<Schema>, String> {
    let Some(holder) = contract.get(member) else { return Ok(None) };
    let holder = holder.as_object().ok_or_else(|| format!("Settings.{member} must be an object"))?;
    let Some(json) = holder.get("schema") else { return Ok(None) };
    let path = format!("{member}.schema");
    let mut schema = Schema::read(json, &path)?;
    if schema.types != [Type::Object] {
        return Err(format!("Settings.{path}.type must be object"));
    }
    schema.properties.get_or_insert_default();
    Ok(Some(schema))
}

fn branches(contract: &Object<'_>) -> Result<Vec<String>, String> {
    const PATH: &str = "Settings.transitions.results";
    let Some(transitions) = contract.get("transitions") else { return Ok(Vec::new()) };
    let transitions = transitions.as_object().ok_or("Settings.transitions must be an object")?;
    let Some(list) = transitions.get("results") else { return Ok(Vec::new()) };
    let list = list.as_array().ok_or_else(|| format!("{PATH} must be a list"))?;
    if list.len() > BRANCHES_MAX {
        return Err(format!("{PATH} must have at most {BRANCHES_MAX} members"));
    }
    let mut names: Vec<String> = Vec::new();
    for (n, branch) in list.iter().enumerate() {
        match branch.get("name").and_then(Json::as_str) {
            None | Some("") => return Err(format!("{PATH}[{n}].name must be a text of at least one character")),
            Some(name) if names.iter().any(|known| known == name) => {
                return Err(format!("{PATH}[{n}].name is the name of another branch"));
            }
            Some(name) => names.push(name.to_owned()),
        }
    }
    Ok(names)
}
