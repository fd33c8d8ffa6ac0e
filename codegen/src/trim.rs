//! `codegen/model.json`: what of the published model is committed, so that nothing needs the network but bringing in a newer one.
//!
//! It has the form of the published model: names, types, limits and bindings of the operations in scope and of every shape they
//! reach; method and path of all others; no text of the documentation. One operation, shape or member a line, in the order of names
//! (members in the order of the model), so that a newer model reads well as a difference.

use std::collections::BTreeMap;
use std::error::Error;

use serde::Serialize;

use super::model::{Model, Operation, Shape};

/// The text of the trimmed model.
pub(crate) fn trimmed(model: &Model, botocore: &str, names: &[String]) -> Result<String, Box<dyn Error>> {
    let shapes = model.reached(names)?;
    let mut metadata = model.metadata.clone();
    metadata.botocore = Some(botocore.to_owned());
    let operations: BTreeMap<&String, Operation> = model
        .operations
        .iter()
        .map(|(name, operation)| {
            let in_scope = names.contains(name);
            (name, if in_scope { operation.clone() } else { operation.route_only() })
        })
        .collect();
    let operations =
        operations.iter().map(|(name, operation)| entry(name, operation)).collect::<Result<Vec<_>, _>>()?;
    let shapes = shapes.iter().map(|(name, shape)| shape_entry(name, shape)).collect::<Result<Vec<_>, _>>()?;
    Ok(format!(
        "{{\n\"metadata\": {},\n\"operations\": {{\n{}\n}},\n\"shapes\": {{\n{}\n}}\n}}\n",
        serde_json::to_string(&metadata)?,
        operations.join(",\n"),
        shapes.join(",\n")
    ))
}

fn entry(name: &str, value: &impl Serialize) -> serde_json::Result<String> {
    Ok(format!("{}: {}", serde_json::to_string(name)?, serde_json::to_string(value)?))
}

fn shape_entry(name: &str, shape: &Shape) -> serde_json::Result<String> {
    let head = entry(name, shape)?;
    if shape.members.is_empty() {
        return Ok(head);
    }
    let members = shape.members.iter().map(|(member, reference)| Ok(format!("  {}", entry(member, reference)?)));
    let members = members.collect::<serde_json::Result<Vec<_>>>()?.join(",\n");
    let head = head.strip_suffix('}').expect("a shape is an object");
    Ok(format!("{head},\"members\":{{\n{members}\n}}}}"))
}
