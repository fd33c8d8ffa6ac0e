//! Exceptions.

use super::{is_required, with_uses};
use crate::model::Shape;
use crate::scope::Scope;

/// The file of exceptions.
pub(super) fn errors(scope: &Scope<'_>) -> String {
    let text = format!("{}\n{}", kinds(scope), exceptions(scope));
    let uses = with_uses(scope, &["Exception", "ExceptionKind"], &text);
    format!("//! Exceptions, with their names and statuses.\n\n{uses}")
}

/// One line for each exception.
fn lines(scope: &Scope<'_>, line: impl Fn(&str, &Shape) -> String) -> String {
    scope.exceptions().map(|(name, shape)| line(name, shape)).collect()
}

/// The fieldless enumeration.
fn kinds(scope: &Scope<'_>) -> String {
    let variants = lines(scope, |name, _| format!("{name},\n"));
    let all = lines(scope, |name, _| format!("Self::{name},\n"));
    let names = lines(scope, |name, _| format!("Self::{name} => \"{name}\",\n"));
    let statuses = lines(scope, |name, shape| {
        let status = shape.error.as_ref().map_or(500, |error| error.http_status_code);
        format!("Self::{name} => {status},\n")
    });
    format!(
        "#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ExceptionKind {{
{variants}}}

impl ExceptionKind {{
/// Every exception, by name.
pub const ALL: &'static [Self] = &[
{all}];

/// The name on the wire.
pub fn name(self) -> &'static str {{
match self {{
{names}}}
}}

/// The HTTP status.
pub fn status(self) -> u16 {{
match self {{
{statuses}}}
}}
}}
"
    )
}

/// The enumeration of the exceptions' structures.
fn exceptions(scope: &Scope<'_>) -> String {
    let variants = lines(scope, |name, _| format!("{name}({name}),\n"));
    let kind = lines(scope, |name, _| format!("Self::{name}(_) => ExceptionKind::{name},\n"));
    let message = lines(scope, |name, shape| match message_member(shape) {
        Some(true) => format!("Self::{name}(shape) => Some(shape.message.as_str()),\n"),
        Some(false) => format!("Self::{name}(shape) => shape.message.as_deref(),\n"),
        None => format!("Self::{name}(_) => None,\n"),
    });
    let with_message = lines(scope, |name, shape| {
        let value = match message_member(shape) {
            Some(true) => "message: message.into(), ",
            Some(false) => "message: Some(message.into()), ",
            None => "",
        };
        let rest = if shape.members.len() > 1 || value.is_empty() { "..Default::default()" } else { "" };
        format!("ExceptionKind::{name} => Self::{name}({name} {{ {value}{rest} }}),\n")
    });
    let encode = lines(scope, |name, _| format!("Self::{name}(shape) => shape.encode(w),\n"));
    format!(
        "#[derive(Clone, Debug, PartialEq)]
pub enum Exception {{
{variants}}}

impl Exception {{
/// Which exception it is.
pub fn kind(&self) -> ExceptionKind {{
match self {{
{kind}}}
}}

/// Its message; some exceptions have no member for one.
pub fn message(&self) -> Option<&str> {{
match self {{
{message}}}
}}

/// An exception with nothing but this message; the message is dropped where there is no member for one.
pub fn with_message(kind: ExceptionKind, message: impl Into<String>) -> Self {{
match kind {{
{with_message}}}
}}
}}

impl Encode for Exception {{
fn encode(&self, w: &mut JsonWriter) {{
match self {{
{encode}}}
}}
}}
"
    )
}

/// Whether there is a message and, if so, whether it is required.
fn message_member(shape: &Shape) -> Option<bool> {
    let (name, _) = shape.members.iter().find(|(name, _)| name == "Message")?;
    Some(is_required(shape, name))
}
