//! Which resources an input names.

use std::error::Error;

use crate::model::Shape;
use crate::names::field;
use crate::resources::Names;
use crate::scope::Scope;

/// How a structure hands out the resources that it names; nothing for one that names none. `model` is its name in the model.
pub(super) fn naming(scope: &Scope<'_>, name: &str, model: &str, shape: &Shape) -> Result<String, Box<dyn Error>> {
    if !scope.named.has(model) {
        return Ok(String::new());
    }
    if shape.union {
        return Err(format!("{name} is a union that names resources, which cannot be generated yet").into());
    }
    let calls = shape.members.iter().filter_map(|(member, reference)| {
        let field = field(member);
        Some(match scope.named.by(&scope.shapes, model, member, reference)? {
            Names::Kind(kind) => format!("Ids::each_id(&self.{field}, ResourceKind::{kind}, each);\n"),
            Names::Below => format!("Named::each_named(&self.{field}, each);\n"),
        })
    });
    let calls: String = calls.collect();
    Ok(format!(
        "impl Named for {name} {{\nfn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {{\n{calls}}}\n}}\n\n"
    ))
}
