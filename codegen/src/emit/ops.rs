//! Operations with their inputs and outputs.

use std::error::Error;

use super::named::naming;
use super::shapes::{declaration, decoding, encoding};
use super::{is_required, member_kind, with_uses};
use crate::model::{Location, Operation, Reference, Shape, Type};
use crate::names::{field, snake};
use crate::scope::Scope;

/// The file of one operation.
pub(super) fn operation(scope: &Scope<'_>, name: &str, operation: &Operation) -> Result<String, Box<dyn Error>> {
    let input = operation.input.as_ref().ok_or("an operation without input")?;
    let shape = scope.shape(&input.shape);
    let (input_name, output_name) = (format!("{name}Input"), format!("{name}Output"));
    let mut text = facts(name, operation, shape);
    text.push_str(&declaration(scope, &input_name, shape));
    text.push_str(&reading(scope, name, operation, &input.shape, shape)?);
    text.push_str(&match naming(scope, &input_name, &input.shape, shape)? {
        none if none.is_empty() => format!(
            "impl Named for {input_name} {{\nfn each_named<'s>(&'s self, _each: &mut dyn FnMut(ResourceKind, &'s str)) {{}}\n}}\n\n"
        ),
        some => some,
    });
    text.push_str(&encoding(&input_name, shape));
    if let Some(output) = &operation.output {
        let shape = scope.shape(&output.shape);
        text.push_str(&declaration(scope, &output_name, shape));
        text.push_str(&format!("impl Output for {output_name} {{}}\n\n"));
        text.push_str(&encoding(&output_name, shape));
        text.push_str(&decoding(scope, &output_name, &output.shape, shape));
    }
    Ok(with_uses(scope, &[&input_name, &output_name], &text))
}

/// Name, method, path, idempotency token and declared errors.
fn facts(name: &str, operation: &Operation, input: &Shape) -> String {
    let errors: Vec<String> = operation.errors.iter().map(|error| format!("ExceptionKind::{}", error.shape)).collect();
    let (method, uri, errors) = (&operation.http.method, &operation.http.request_uri, errors.join(", "));
    let on_the_wire =
        |(name, member): &(String, Reference)| format!("Some(\"{}\")", member.location_name.as_ref().unwrap_or(name));
    let token = token(input).map_or_else(|| "None".to_owned(), on_the_wire);
    format!(
        "pub(crate) const OPERATION: Operation = Operation {{\nname: \"{name}\",\nmethod: \"{method}\",\nuri: \"{uri}\",\ntoken: {token},\nerrors: &[{errors}],\n}};\n\n"
    )
}

/// The member that makes a call idempotent.
fn token(input: &Shape) -> Option<&(String, Reference)> {
    input.members.iter().find(|(_, member)| member.idempotency_token)
}

/// How the input is read from a request.
fn reading(
    scope: &Scope<'_>,
    name: &str,
    operation: &Operation,
    model: &str,
    shape: &Shape,
) -> Result<String, Box<dyn Error>> {
    let mut calls = String::new();
    for (member, reference) in &shape.members {
        let kind = member_kind(scope, model, member, &reference.shape);
        let required = is_required(shape, member);
        let call = match reference.location {
            None => format!("{}(\"{member}\", &{kind})", if required { "required" } else { "optional" }),
            Some(Location::Uri) => {
                let index = label_index(&operation.http.request_uri, reference);
                format!("label({index}, \"{member}\", &{kind})")
            }
            Some(Location::Querystring) => {
                let parameter = reference.location_name.as_deref().ok_or("a parameter without name")?;
                format!("{}(\"{parameter}\", \"{member}\", &{kind})", query_call(scope, reference, required))
            }
        };
        calls.push_str(&format!("{}: reader.{call},\n", field(member)));
    }
    let has_body = shape.members.iter().any(|(_, member)| member.location.is_none());
    let output = if operation.output.is_some() { format!("{name}Output") } else { "Empty".to_owned() };
    let token = token(shape).map_or_else(String::new, |(member, _)| {
        let field = field(member);
        let value = if is_required(shape, member) {
            format!("Some(self.{field}.as_str())")
        } else {
            format!("self.{field}.as_deref()")
        };
        format!("\nfn idempotency_token(&self) -> Option<&str> {{\n{value}\n}}\n")
    });
    Ok(format!(
        "impl Input for {name}Input {{
const OP: Op = Op::{name};
const HAS_BODY: bool = {has_body};
type Output = {output};

fn read(reader: &mut Reader<'_>) -> Self {{
Self {{
{calls}}}
}}
{token}}}

"
    ))
}

fn query_call(scope: &Scope<'_>, reference: &Reference, required: bool) -> &'static str {
    match (scope.shape(&reference.shape).kind == Type::List, required) {
        (false, false) => "query",
        (false, true) => "required_query",
        (true, false) => "query_list",
        (true, true) => "required_query_list",
    }
}

/// The label's position among the labels of the path.
fn label_index(uri: &str, reference: &Reference) -> usize {
    let label = format!("{{{}}}", reference.location_name.as_deref().unwrap_or_default());
    let mut labels = uri.split('/').filter(|segment| segment.starts_with('{'));
    labels.position(|segment| segment == label).expect("checked when the scope was made")
}

/// The file with the list of operations.
pub(super) fn operations(scope: &Scope<'_>) -> String {
    let count = scope.operations.len();
    let names = |line: &dyn Fn(&str) -> String| scope.operations.iter().map(|(name, _)| line(name)).collect::<String>();
    let variants = names(&|name| format!("{name},\n"));
    let all = names(&|name| format!("Self::{name},\n"));
    let table = names(&|name| format!("ops::{}::OPERATION,\n", snake(name)));
    let text = format!(
        "#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Op {{
{variants}}}

impl Op {{
/// Every operation, in the order of its index.
pub const ALL: &'static [Self] = &[
{all}];
}}

/// What the model says of each operation, by index.
pub(crate) static OPERATIONS: [Operation; {count}] = [
{table}];
"
    );
    format!("//! The operations in scope.\n\n{}", with_uses(scope, &["Op"], &text))
}
