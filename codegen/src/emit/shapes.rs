//! Structures, unions and enumerations.

use std::error::Error;

use super::named::naming;
use super::{is_required, member_kind, rust_type, with_uses};
use crate::model::{Shape, Type};
use crate::names::{field, variant};
use crate::scope::Scope;

/// The file of one shape.
pub(super) fn shape(scope: &Scope<'_>, name: &str, shape: &Shape) -> Result<String, Box<dyn Error>> {
    let text = match shape.kind {
        Type::Structure if shape.union => union(scope, name, shape) + &naming(scope, name, name, shape)?,
        Type::Structure => format!(
            "{}{}{}{}",
            declaration(scope, name, shape),
            naming(scope, name, name, shape)?,
            encoding(name, shape),
            decoding(scope, name, name, shape)
        ),
        _ => enumeration(name, shape)?,
    };
    Ok(with_uses(scope, &[name], &text))
}

/// The structure.
pub(super) fn declaration(scope: &Scope<'_>, name: &str, shape: &Shape) -> String {
    let mut fields = String::new();
    for (member, reference) in &shape.members {
        let inner = rust_type(scope, &reference.shape);
        let outer = if is_required(shape, member) { inner } else { format!("Option<{inner}>") };
        fields.push_str(&format!("pub {}: {outer},\n", field(member)));
    }
    format!("#[derive(Clone, Debug, PartialEq, Default)]\npub struct {name} {{\n{fields}}}\n\n")
}

/// How it is written.
pub(super) fn encoding(name: &str, shape: &Shape) -> String {
    let mut calls = String::new();
    for (member, _) in &shape.members {
        let field = field(member);
        calls.push_str(&if is_required(shape, member) {
            format!("w.member(\"{member}\", &self.{field});\n")
        } else {
            format!("w.optional(\"{member}\", self.{field}.as_ref());\n")
        });
    }
    format!(
        "impl Encode for {name} {{\nfn encode(&self, w: &mut JsonWriter) {{\nw.begin_object();\n{calls}w.end_object();\n}}\n}}\n\n"
    )
}

/// How it is read; `model` is its name in the model.
pub(super) fn decoding(scope: &Scope<'_>, name: &str, model: &str, shape: &Shape) -> String {
    let mut calls = String::new();
    for (member, reference) in &shape.members {
        let how = if is_required(shape, member) { "required" } else { "optional" };
        let kind = member_kind(scope, model, member, &reference.shape);
        calls.push_str(&format!("{}: cx.{how}(members, \"{member}\", &{kind}),\n", field(member)));
    }
    let body = if calls.is_empty() {
        "cx.object(json);\nSelf {}".to_owned()
    } else {
        format!("let members = cx.object(json);\nSelf {{\n{calls}}}")
    };
    format!("impl Shape for {name} {{\nfn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {{\n{body}\n}}\n}}\n")
}

fn union(scope: &Scope<'_>, name: &str, shape: &Shape) -> String {
    let (mut variants, mut encode, mut names, mut decode) =
        (String::new(), String::new(), String::new(), String::new());
    for (member, reference) in &shape.members {
        let variant = variant(member);
        let kind = member_kind(scope, name, member, &reference.shape);
        variants.push_str(&format!("{variant}({}),\n", rust_type(scope, &reference.shape)));
        encode.push_str(&format!("Self::{variant}(value) => {{ w.member(\"{member}\", value); }}\n"));
        names.push_str(&format!("\"{member}\", "));
        decode.push_str(&format!(
            "Some((name @ \"{member}\", json)) => Self::{variant}(cx.variant(name, json, &{kind})),\n"
        ));
    }
    format!(
        "#[derive(Clone, Debug, PartialEq, Default)]
pub enum {name} {{
{variants}/// No member, several, or one that the model does not know.
#[default]
Unknown,
}}

impl Encode for {name} {{
fn encode(&self, w: &mut JsonWriter) {{
w.begin_object();
match self {{
{encode}Self::Unknown => {{}}
}}
w.end_object();
}}
}}

impl Shape for {name} {{
fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {{
match cx.union(json, &[{names}]) {{
{decode}_ => Self::Unknown,
}}
}}
}}
"
    )
}

fn enumeration(name: &str, shape: &Shape) -> Result<String, Box<dyn Error>> {
    let mut variants: Vec<String> = shape.values.iter().map(|value| variant(value)).collect();
    let lines: String = shape
        .values
        .iter()
        .zip(&variants)
        .map(|(value, variant)| format!("        {variant} = \"{value}\",\n"))
        .collect();
    variants.push("Unknown".to_owned());
    variants.sort();
    if variants.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(format!("two values of {name} would be one variant").into());
    }
    // A macro's body is left alone by rustfmt, so it is indented here.
    Ok(format!("enumeration! {{\n    {name} {{\n{lines}    }}\n}}\n"))
}
