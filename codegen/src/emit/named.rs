//! Which resources an input names, and which of its members are values of condition keys.

use std::error::Error;

use crate::actions::IsValue;
use crate::model::Shape;
use crate::names::field;
use crate::resources::{Names, innermost};
use crate::scope::Scope;

/// How a structure hands out the resources that it names and the values of condition keys that it has; nothing for one with
/// neither. `model` is its name in the model.
pub(super) fn naming(scope: &Scope<'_>, name: &str, model: &str, shape: &Shape) -> Result<String, Box<dyn Error>> {
    if !scope.named.has(model) && !scope.values.has(model) {
        return Ok(String::new());
    }
    if shape.union {
        return Err(format!("{name} is a union that names resources, which cannot be generated yet").into());
    }
    let values = valuing(scope, model, shape);
    let calls = shape.members.iter().filter_map(|(member, reference)| {
        let field = field(member);
        Some(match scope.named.by(&scope.shapes, model, member, reference)? {
            Names::Kind(kind) => format!("Ids::each_id(&self.{field}, ResourceKind::{kind}, each);\n"),
            Names::Below => format!("Named::each_named(&self.{field}, each);\n"),
        })
    });
    let calls: String = calls.collect();
    let each = if calls.is_empty() { "_each" } else { "each" };
    Ok(format!(
        "impl Named for {name} {{\nfn each_named<'s>(&'s self, {each}: &mut dyn FnMut(ResourceKind, &'s str)) {{\n{calls}}}\n{values}}}\n\n"
    ))
}

/// How it hands out values of condition keys; nothing for a structure that has none.
fn valuing(scope: &Scope<'_>, model: &str, shape: &Shape) -> String {
    let mut calls = String::new();
    if let Some((key, value)) = scope.values.pair(model) {
        let (key, value) = (field(key), field(value));
        calls.push_str(&format!("crate::named::search_tag(self.{key}.as_deref(), self.{value}.as_deref(), each);\n"));
    }
    for (member, reference) in &shape.members {
        let field = field(member);
        match scope.values.by(model, member, innermost(&scope.shapes, reference)) {
            Some(IsValue::Of(key)) => calls.push_str(&format!("Texts::each_text(&self.{field}, \"{key}\", each);\n")),
            Some(IsValue::Below) => calls.push_str(&format!("Named::each_value(&self.{field}, each);\n")),
            None => {}
        }
    }
    if calls.is_empty() {
        return calls;
    }
    format!("\nfn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {{\n{calls}}}\n")
}
