//! Writes the generated files.

mod actions;
mod errors;
mod kinds;
mod named;
mod ops;
mod routes;
mod shapes;

use std::collections::BTreeSet;
use std::error::Error;
use std::path::PathBuf;

use super::Files;
use super::model::{Shape, Type};
use super::names::{screaming, snake};
use super::scope::Scope;

/// What the codec offers to generated files, by module.
const CODEC: &[(&str, &[&str])] = &[
    (
        "crate",
        &["AccessLevel", "Empty", "Encode", "ExceptionKind", "Input", "Named", "Op", "Output", "ResourceKind", "Shape"],
    ),
    ("crate::action", &["Action", "ActionResource"]),
    ("crate::check", &["MemberLocation"]),
    ("crate::json", &["Json", "JsonWriter", "Timestamp"]),
    (
        "crate::kind",
        &["Bool", "Double", "Integer", "List", "Long", "Map", "Of", "OneOf", "Text", "Time", "of", "one_of"],
    ),
    ("crate::named", &["EachValue", "Ids", "Texts"]),
    ("crate::op", &["Operation"]),
    ("crate::pattern", &["Pattern", "pattern"]),
    ("crate::request", &["Reader"]),
    ("crate::route", &["Method", "Segment"]),
    ("crate::shape", &["Cx", "Enumeration", "enumeration"]),
];

/// All files of the generated folder, not yet formatted.
pub(crate) fn files(scope: &Scope<'_>) -> Result<Files, Box<dyn Error>> {
    let mut files = Files::new();
    let head = format!(
        "// Machine-made by cargo xtask codegen from the published service model, API version {}. Do not edit.\n\n",
        scope.api_version
    );
    let mut add = |path: String, text: String| files.insert(PathBuf::from(path), format!("{head}{text}"));
    add("mod.rs".to_owned(), MODULES.to_owned());
    add("kinds.rs".to_owned(), kinds::kinds(scope)?);
    add("patterns.rs".to_owned(), kinds::patterns(scope));
    add("errors.rs".to_owned(), errors::errors(scope));
    add("routes.rs".to_owned(), routes::routes(scope)?);
    add("outside.rs".to_owned(), routes::outside(scope)?);
    add("operations.rs".to_owned(), ops::operations(scope));
    add("actions.rs".to_owned(), actions::actions(scope)?);
    let mut names = Vec::new();
    for (name, shape) in scope.types() {
        add(format!("shapes/{}.rs", snake(name)), shapes::shape(scope, name, shape)?);
        names.push((snake(name), vec![name.clone()]));
    }
    add("shapes/mod.rs".to_owned(), reexports("Structures, unions and enumerations of the model.", &names));
    names.clear();
    for (name, operation) in &scope.operations {
        add(format!("ops/{}.rs", snake(name)), ops::operation(scope, name, operation)?);
        let output = operation.output.as_ref().map(|_| format!("{name}Output"));
        names.push((snake(name), [format!("{name}Input")].into_iter().chain(output).collect()));
    }
    names.sort();
    add("ops/mod.rs".to_owned(), reexports("Inputs and outputs of the operations.", &names));
    Ok(files)
}

const MODULES: &str = "//! The generated half of this crate.

mod actions;
mod errors;
pub(crate) mod kinds;
mod operations;
pub mod ops;
pub(crate) mod outside;
pub(crate) mod patterns;
pub(crate) mod routes;
pub mod shapes;

pub use errors::{Exception, ExceptionKind};
pub(crate) use actions::{ACTIONS, ARN_PATTERNS};
pub use operations::Op;
pub(crate) use operations::OPERATIONS;
";

/// A folder's `mod.rs`: its files, and the types in them.
fn reexports(doc: &str, names: &[(String, Vec<String>)]) -> String {
    let modules: String = names.iter().map(|(module, _)| format!("pub(crate) mod {module};\n")).collect();
    let uses: String =
        names.iter().map(|(module, types)| format!("pub use {module}::{{{}}};\n", types.join(", "))).collect();
    format!("//! {doc}\n\n{modules}\n{uses}")
}

/// The `use` lines that a text needs, and the text. `own` are the names it defines itself.
fn with_uses(scope: &Scope<'_>, own: &[&str], text: &str) -> String {
    let words = used_words(text);
    let needed = |name: &str| words.contains(name) && !own.contains(&name);
    let mut uses = if needed("BTreeMap") { "use std::collections::BTreeMap;\n\n".to_owned() } else { String::new() };
    for (module, names) in CODEC {
        let names: Vec<&str> = names.iter().copied().filter(|name| needed(name)).collect();
        if !names.is_empty() {
            uses.push_str(&format!("use {module}::{{{}}};\n", names.join(", ")));
        }
    }
    for module in ["kinds", "ops", "patterns"].into_iter().filter(|module| needed(module)) {
        uses.push_str(&format!("use crate::generated::{module};\n"));
    }
    let shapes: Vec<&str> = scope.types().map(|(name, _)| name.as_str()).filter(|name| needed(name)).collect();
    if !shapes.is_empty() {
        uses.push_str(&format!("use crate::shapes::{{{}}};\n", shapes.join(", ")));
    }
    format!("{uses}\n{text}")
}

/// The words that name something from outside: not in a comment or text, not behind `::` or `.`, and not the variant or associated
/// type that a line declares.
fn used_words(text: &str) -> BTreeSet<&str> {
    let mut words = BTreeSet::new();
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with("//")) {
        for code in line.split('"').step_by(2) {
            for word in code.split(|char: char| !char.is_alphanumeric() && char != '_').filter(|word| !word.is_empty())
            {
                let start = word.as_ptr() as usize - line.as_ptr() as usize;
                let (before, after) = (&line[..start], &line[start + word.len()..]);
                let declared = before.is_empty() && (after.starts_with('(') || after.starts_with(" ="));
                if !before.ends_with("::") && !before.ends_with('.') && before != "type " && !declared {
                    words.insert(word);
                }
            }
        }
    }
    words
}

/// The Rust type of a shape.
fn rust_type(scope: &Scope<'_>, name: &str) -> String {
    let shape = scope.shape(name);
    let below = |reference: &Option<super::model::Reference>| {
        rust_type(scope, &reference.as_ref().expect("lists and maps have items").shape)
    };
    match shape.kind {
        Type::Structure => name.to_owned(),
        Type::String if !shape.values.is_empty() => name.to_owned(),
        Type::String => "String".to_owned(),
        Type::Integer => "i32".to_owned(),
        Type::Long => "i64".to_owned(),
        Type::Float | Type::Double => "f64".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Timestamp => "Timestamp".to_owned(),
        Type::List => format!("Vec<{}>", below(&shape.member)),
        Type::Map => format!("BTreeMap<String, {}>", below(&shape.value)),
    }
}

/// The expression for a shape's kind, as the argument of a call.
fn kind(scope: &Scope<'_>, name: &str) -> String {
    let shape = scope.shape(name);
    match shape.kind {
        Type::Structure => format!("of::<{name}>()"),
        Type::String if !shape.values.is_empty() => format!("one_of::<{name}>()"),
        Type::Boolean => "Bool".to_owned(),
        Type::Timestamp => "Time".to_owned(),
        _ if kinds::is_named(shape) => format!("kinds::{}", screaming(name)),
        Type::String => "Text::ANY".to_owned(),
        Type::Integer => "Integer::ANY".to_owned(),
        Type::Long => "Long::ANY".to_owned(),
        Type::Float | Type::Double => "Double::ANY".to_owned(),
        Type::List | Type::Map => unreachable!("lists and maps are named"),
    }
}

/// The expression for a member's kind.
fn member_kind(scope: &Scope<'_>, owner: &str, member: &str, shape: &str) -> String {
    let kind = kind(scope, shape);
    let kind = if scope.deviations.takes_number(owner, member) { format!("{kind}.or_number()") } else { kind };
    if scope.deviations.takes_empty(owner, member) { format!("{kind}.or_empty()") } else { kind }
}

/// Whether a member must be there.
fn is_required(shape: &Shape, member: &str) -> bool {
    shape.required.iter().any(|required| required == member)
}
