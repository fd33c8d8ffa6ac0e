//! Where values come from: flag, then environment, then TOML file, then default.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use super::likeness::{distance, is_close};
use super::service_link;
use super::spec::{SPECS, Spec, by_key};
use super::value::list;
use crate::small_file;

/// Why the settings could not be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A TOML key that means nothing.
    #[error("{file}: unknown setting `{key}`{hint}")]
    UnknownKey {
        /// The file.
        file: String,
        /// Dotted key.
        key: String,
        /// A suggestion or nothing.
        hint: String,
    },
    /// A `TASKFORM_` variable that means nothing.
    #[error("unknown environment variable {name}{hint}")]
    UnknownVariable {
        /// The variable.
        name: String,
        /// A suggestion or nothing.
        hint: String,
    },
    /// A value of the wrong form.
    #[error("{place}: expected {expected}{got}")]
    Bad {
        /// Flag, variable or file and key.
        place: String,
        /// What fits.
        expected: String,
        /// What was given, unless it may hold a secret.
        got: String,
    },
    /// The file could not be read.
    #[error("cannot read the settings file {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is no TOML.
    #[error("{file}: {reason}")]
    Syntax {
        /// The file.
        file: String,
        /// Why and where.
        reason: String,
    },
    /// Settings that contradict each other.
    #[error("{0}")]
    Conflict(String),
}

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Command line.
    Flag,
    /// Environment.
    Variable,
    /// This file.
    File(String),
    /// What `--dev` says instead of the default.
    Dev,
    /// The built-in default.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str("flag"),
            Self::Variable => f.write_str("environment"),
            Self::File(file) => f.write_str(file),
            Self::Dev => f.write_str("--dev"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// What was given, before it has types.
#[derive(Debug, Default)]
pub struct Given {
    /// Values of flags by key.
    pub flags: BTreeMap<&'static str, String>,
    /// The whole environment.
    pub environment: BTreeMap<String, String>,
    /// `--config`, which wins over `TASKFORM_CONFIG`.
    pub file: Option<PathBuf>,
}

/// Variables that are no settings of the list.
const OTHER_VARIABLES: [&str; 2] = ["TASKFORM_CONFIG", "TASKFORM_MASTER_KEY"];

/// One value and where it came from; every setting has one.
#[derive(Debug)]
pub struct Values(BTreeMap<&'static str, (String, Source)>);

impl Values {
    /// Gathers every layer and checks each value's form.
    ///
    /// # Errors
    /// The first unknown name or bad value.
    pub fn gather(given: &Given) -> Result<Self, SettingsError> {
        let mut values = BTreeMap::new();
        for spec in SPECS {
            values.insert(spec.key, (spec.default.to_owned(), Source::Default));
        }
        let from_environment = environment(&given.environment)?;
        let named = given.environment.get("TASKFORM_CONFIG").filter(|v| !v.is_empty()).map(PathBuf::from);
        let file = match given.file.clone().or(named) {
            Some(path) => toml_file(&path)?,
            None => BTreeMap::new(),
        };
        let dev = [&given.flags.get("dev"), &from_environment.get("dev"), &file.get("dev").map(|v| &v.0)]
            .into_iter()
            .find_map(|v| *v)
            .is_some_and(|v| v == "true");
        if dev {
            values.insert("account", (super::DEV_ACCOUNT.to_owned(), Source::Dev));
            values.insert("region", ("us-east-1".to_owned(), Source::Dev));
        }
        for (key, (text, file)) in file {
            check(key, &text, || format!("{file}: {key}"))?;
            values.insert(key, (text, Source::File(file)));
        }
        for (key, text) in from_environment {
            check(key, &text, || by_key(key).map_or_else(String::new, Spec::variable))?;
            values.insert(key, (text, Source::Variable));
        }
        for (key, text) in &given.flags {
            check(key, text, || by_key(key).map_or_else(String::new, |s| format!("--{}", s.flag())))?;
            values.insert(key, (text.clone(), Source::Flag));
        }
        Ok(Self(values))
    }

    /// The text of a setting; empty for a key that is not in the list.
    #[must_use]
    pub fn text(&self, key: &str) -> &str {
        debug_assert!(self.0.contains_key(key), "{key} is not in the list of settings");
        self.0.get(key).map_or("", |v| &v.0)
    }

    /// Where the value of a setting comes from.
    #[must_use]
    pub fn source(&self, key: &str) -> &Source {
        debug_assert!(self.0.contains_key(key), "{key} is not in the list of settings");
        self.0.get(key).map_or(&Source::Default, |v| &v.1)
    }

    /// A number whose form was checked while gathering.
    #[must_use]
    pub fn whole(&self, key: &str) -> u64 {
        self.text(key).parse().unwrap_or_default()
    }

    /// A switch.
    #[must_use]
    pub fn on(&self, key: &str) -> bool {
        self.text(key) == "true"
    }

    /// A list; `none` is the empty one.
    #[must_use]
    pub fn list(&self, key: &str) -> Vec<String> {
        list(self.text(key))
    }

    /// Every setting as `taskform config` shows it: key, value without secrets, where it came from.
    pub fn shown(&self) -> impl Iterator<Item = (&'static Spec, String, &Source)> {
        SPECS.iter().filter_map(|spec| {
            let (text, source) = self.0.get(spec.key)?;
            Some((spec, spec.kind.show(text), source))
        })
    }
}

fn check(key: &str, text: &str, place: impl Fn() -> String) -> Result<(), SettingsError> {
    let Some(spec) = by_key(key) else { return Ok(()) };
    spec.kind.check(text).map_err(|expected| SettingsError::Bad {
        place: place(),
        expected,
        got: format!(", got `{}`{}", spec.kind.show(text), spec.kind.hint(text)),
    })
}

/// An empty variable counts as absent: container files set such ones.
fn environment(all: &BTreeMap<String, String>) -> Result<BTreeMap<&'static str, String>, SettingsError> {
    let mut found = BTreeMap::new();
    for (name, text) in all.iter().filter(|(n, _)| n.starts_with("TASKFORM_")) {
        if OTHER_VARIABLES.contains(&name.as_str()) {
            continue;
        }
        let Some(spec) = SPECS.iter().find(|s| s.variable() == *name) else {
            if service_link::is_name(name) {
                continue;
            }
            let names = SPECS.iter().map(Spec::variable).chain(OTHER_VARIABLES.map(str::to_owned));
            return Err(SettingsError::UnknownVariable { name: name.clone(), hint: hint(name, names) });
        };
        if !text.is_empty() {
            found.insert(spec.key, text.clone());
        }
    }
    Ok(found)
}

type FromFile = BTreeMap<&'static str, (String, String)>;

fn toml_file(path: &Path) -> Result<FromFile, SettingsError> {
    let text = small_file::read_text(path).map_err(|source| SettingsError::Read { path: path.to_owned(), source })?;
    toml_text(&path.display().to_string(), &text)
}

/// Reads TOML text; `file` is its name in messages.
pub(super) fn toml_text(file: &str, text: &str) -> Result<FromFile, SettingsError> {
    let table: toml::Table =
        text.parse().map_err(|error| SettingsError::Syntax { file: file.to_owned(), reason: syntax(text, &error) })?;
    let mut found = BTreeMap::new();
    flatten(file, "", &table, &mut found)?;
    Ok(found)
}

/// What is wrong in TOML text, and where. The library's own words repeat the line, which may hold a secret.
fn syntax(text: &str, error: &toml::de::Error) -> String {
    let at = error.span().map_or(0, |span| span.start).min(text.len());
    let before = &text.as_bytes()[..at];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
    format!("line {line}, column {column}: {}", error.message())
}

fn flatten(file: &str, prefix: &str, table: &toml::Table, found: &mut FromFile) -> Result<(), SettingsError> {
    for (name, value) in table {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        if let (toml::Value::Table(inner), None) = (value, by_key(&key))
            && SPECS.iter().any(|s| s.key.strip_prefix(&key).is_some_and(|rest| rest.starts_with('.')))
        {
            flatten(file, &key, inner, found)?;
            continue;
        }
        let Some(spec) = by_key(&key) else {
            let hint = if key == "master_key" {
                "; a key does not belong in this file: use master_key_file or TASKFORM_MASTER_KEY".to_owned()
            } else {
                hint(&key, SPECS.iter().map(|s| s.key.to_owned()))
            };
            return Err(SettingsError::UnknownKey { file: file.to_owned(), key, hint });
        };
        let Some(text) = scalar(value, spec.kind.is_list()) else {
            return Err(SettingsError::Bad {
                place: format!("{file}: {key}"),
                expected: if spec.kind.is_list() { "a list of texts" } else { "a single value" }.into(),
                got: String::new(),
            });
        };
        found.insert(spec.key, (text, file.to_owned()));
    }
    Ok(())
}

fn scalar(value: &toml::Value, list: bool) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(n) => Some(n.to_string()),
        toml::Value::Float(n) => Some(n.to_string()),
        toml::Value::Boolean(b) => Some(b.to_string()),
        toml::Value::Datetime(time) => Some(time.to_string()),
        toml::Value::Array(items) if list => {
            let items: Option<Vec<_>> = items.iter().map(toml::Value::as_str).collect();
            items.map(|i| i.join(","))
        }
        _ => None,
    }
}

/// `; did you mean …?` when a known name is close.
fn hint(name: &str, known: impl Iterator<Item = String>) -> String {
    let best = known.map(|k| (distance(name, &k), k)).min();
    match best {
        Some((d, known)) if is_close(name, d) => format!("; did you mean {known}?"),
        _ => "; `taskform config` lists the known ones".to_owned(),
    }
}
