//! What policies can say about the operations.

use std::error::Error;

use super::with_uses;
use crate::actions::{Action, ActionResource};
use crate::scope::Scope;

/// The table of actions, in the order of the operations, and the published patterns of ARNs.
pub(super) fn actions(scope: &Scope<'_>) -> Result<String, Box<dyn Error>> {
    let mut rows = String::new();
    for (name, _) in &scope.operations {
        rows.push_str(&row(name, &scope.actions[*name])?);
    }
    let count = scope.operations.len();
    let arns = scope.arns.iter().map(|(kind, arn)| format!("(ResourceKind::{kind}, \"{arn}\"),\n"));
    let arns: String = arns.collect();
    let text = format!(
        "pub(crate) static ACTIONS: [Action; {count}] = [\n{rows}];\n\npub(crate) static ARN_PATTERNS: &[(ResourceKind, &str)] = &[\n{arns}];\n"
    );
    Ok(format!("//! Resources and condition keys of the operations, for policies.\n\n{}", with_uses(scope, &[], &text)))
}

fn row(name: &str, action: &Action) -> Result<String, Box<dyn Error>> {
    if !["List", "Read", "Write", "Tagging"].contains(&action.access.as_str()) {
        return Err(format!("{name} has the access level {}, which is new", action.access).into());
    }
    let resources: Vec<String> = action.resources.iter().map(resource).collect();
    let keys: Vec<String> = action.keys.iter().map(|key| format!("\"{key}\"")).collect();
    let (access, resources, keys) = (&action.access, resources.join(", "), keys.join(", "));
    Ok(format!("// {name}\nAction {{ access: AccessLevel::{access}, resources: &[{resources}], keys: &[{keys}] }},\n"))
}

fn resource(resource: &ActionResource) -> String {
    let ActionResource { named, kind, required, tags } = resource;
    format!("ActionResource {{ kind: ResourceKind::{kind}, named: {named}, required: {required}, tags: {tags} }}")
}
