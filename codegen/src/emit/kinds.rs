//! One constant for each shape with limits, each list and each map; one static for each distinct pattern.

use std::collections::BTreeMap;
use std::error::Error;

use serde_json::Number;

use super::{kind, with_uses};
use crate::model::{Reference, Shape, Type};
use crate::names::{dialect, raw_literal, screaming};
use crate::scope::Scope;

/// Whether the shape's kind is a constant of its own.
pub(super) fn is_named(shape: &Shape) -> bool {
    match shape.kind {
        Type::List | Type::Map => true,
        Type::String => shape.values.is_empty() && (limited(shape) || shape.pattern.is_some()),
        Type::Integer | Type::Long | Type::Float | Type::Double => limited(shape),
        Type::Structure | Type::Boolean | Type::Timestamp => false,
    }
}

fn limited(shape: &Shape) -> bool {
    shape.min.is_some() || shape.max.is_some()
}

/// The file of kinds.
pub(super) fn kinds(scope: &Scope<'_>) -> Result<String, Box<dyn Error>> {
    let patterns = distinct(scope);
    let mut text = String::new();
    for (name, shape) in scope.shapes.iter().filter(|(_, shape)| is_named(shape)) {
        let value = match shape.kind {
            Type::List => format!("List::new({})", inner(scope, shape.member.as_ref())),
            Type::Map => {
                format!("Map::new({}, {})", inner(scope, shape.key.as_ref()), inner(scope, shape.value.as_ref()))
            }
            _ => format!("{}::ANY", kind_type(scope, name)),
        };
        let pattern = shape.pattern.as_ref().map(|pattern| format!(".pattern(&patterns::{})", patterns[pattern]));
        let limits =
            format!("{}{}", limit(shape, "min", shape.min.as_ref())?, limit(shape, "max", shape.max.as_ref())?);
        let (constant, kind_type) = (screaming(name), kind_type(scope, name));
        let pattern = pattern.unwrap_or_default();
        text.push_str(&format!("pub(crate) const {constant}: {kind_type} = {value}{limits}{pattern};\n"));
    }
    Ok(format!("//! How values are read, and their limits.\n\n{}", with_uses(scope, &[], &text.replace("kinds::", ""))))
}

/// A call that sets a limit. A length of at least none is no limit.
fn limit(shape: &Shape, name: &str, value: Option<&Number>) -> Result<String, Box<dyn Error>> {
    let Some(value) = value else { return Ok(String::new()) };
    let whole =
        value.as_i64().or_else(|| value.as_f64().filter(|value| value.fract() == 0.0).map(|value| value as i64));
    let whole = whole.ok_or_else(|| format!("the limit {value} is not whole"))?;
    let sized = matches!(shape.kind, Type::String | Type::List | Type::Map);
    if sized && whole < 0 {
        return Err(format!("the size limit {value} is negative").into());
    }
    Ok(if sized && name == "min" && whole == 0 { String::new() } else { format!(".{name}({whole})") })
}

/// The type of a shape's kind.
fn kind_type(scope: &Scope<'_>, name: &str) -> String {
    let shape = scope.shape(name);
    let below =
        |reference: &Option<Reference>| kind_type(scope, &reference.as_ref().expect("lists and maps have items").shape);
    match shape.kind {
        Type::Structure => format!("Of<{name}>"),
        Type::String if !shape.values.is_empty() => format!("OneOf<{name}>"),
        Type::String => "Text".to_owned(),
        Type::Integer => "Integer".to_owned(),
        Type::Long => "Long".to_owned(),
        Type::Float | Type::Double => "Double".to_owned(),
        Type::Boolean => "Bool".to_owned(),
        Type::Timestamp => "Time".to_owned(),
        Type::List => format!("List<{}>", below(&shape.member)),
        Type::Map => format!("Map<{}, {}>", below(&shape.key), below(&shape.value)),
    }
}

fn inner(scope: &Scope<'_>, reference: Option<&Reference>) -> String {
    kind(scope, &reference.expect("lists and maps have items").shape)
}

/// The distinct patterns, each with the name of its static: that of the first shape that has it.
fn distinct<'s>(scope: &'s Scope<'_>) -> BTreeMap<&'s String, String> {
    let mut patterns = BTreeMap::new();
    for (name, shape) in &scope.shapes {
        if let Some(pattern) = &shape.pattern {
            patterns.entry(pattern).or_insert_with(|| screaming(name));
        }
    }
    patterns
}

/// The file of patterns.
pub(super) fn patterns(scope: &Scope<'_>) -> String {
    let mut patterns: Vec<(String, &String)> =
        distinct(scope).into_iter().map(|(pattern, name)| (name, pattern)).collect();
    patterns.sort();
    let statics: String = patterns
        .iter()
        .map(|(name, pattern)| {
            let (source, ours) = (raw_literal(pattern), raw_literal(&dialect(pattern)));
            let ours = if ours == source { String::new() } else { format!(", {ours}") };
            format!("pub(crate) static {name}: Pattern = pattern!({source}{ours});\n")
        })
        .collect();
    let all: String = patterns.iter().map(|(name, _)| format!("&{name}, ")).collect();
    let all = format!("#[cfg(test)]\npub(crate) static ALL: &[&Pattern] = &[{all}];\n");
    format!("//! Patterns.\n\n{}", with_uses(scope, &[], &format!("{statics}\n{all}")))
}
