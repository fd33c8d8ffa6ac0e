//! From a request to a checked input: labels, query and body.

use std::fmt;

use crate::check::{MemberLocation, Problem, Violations};
use crate::json::{Json, JsonWriter, Object, SyntaxError, parse_body};
use crate::kind::{Kind, List, Scalar};
use crate::route::{Labels, percent_decoded};
use crate::shape::{Cx, Members, Shape};
use crate::{Named, Op};

/// What of a request an input is read from.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The labels of the route, decoded.
    pub labels: &'a Labels,
    /// The query as received, without `?`.
    pub query: &'a str,
    /// The body as received.
    pub body: &'a [u8],
}

/// The input of an operation.
pub trait Input: Named + Sized {
    /// The operation it belongs to.
    const OP: Op;
    /// Whether any member is in the body. If none is, the body is not read.
    const HAS_BODY: bool;
    /// What the operation answers with.
    type Output: Output;
    /// Reads every member from its place.
    fn read(reader: &mut Reader<'_>) -> Self;
    /// What the client gave as idempotency token; `None` also for operations that have none.
    fn idempotency_token(&self) -> Option<&str> {
        None
    }
}

/// The output of an operation.
pub trait Output: Shape {
    /// The body of the answer.
    fn to_json(&self) -> Vec<u8> {
        let mut w = JsonWriter::with_capacity(512);
        self.encode(&mut w);
        w.into_bytes()
    }
}

impl Output for crate::Empty {}

/// An input and everything that is wrong with it. Where something is wrong, the input holds a placeholder.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked<I> {
    /// What was read.
    pub input: I,
    /// What is wrong with it.
    pub violations: Violations,
}

/// Why a body could not be read at all (W9.2.2, first row).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyError {
    /// It is no JSON document, or has a key twice.
    Syntax(SyntaxError),
    /// It is JSON, but no object.
    NotAnObject,
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(error) => write!(f, "Invalid request body: {error}"),
            Self::NotAnObject => f.write_str("Invalid request body: expected an object at line 1 column 1"),
        }
    }
}

impl std::error::Error for BodyError {}

/// Reads the input of an operation and checks every constraint of the model. An empty body counts as `{}` (W1.5.2).
///
/// # Errors
/// The body is not a JSON object.
pub fn decode<I: Input>(request: &Request<'_>) -> Result<Checked<I>, BodyError> {
    decode_looking(request, |_input, _body| ()).map(|(checked, ())| checked)
}

/// The same, and what `look` makes of the input and of the body as it was sent.
///
/// # Errors
/// The body is not a JSON object.
pub fn decode_looking<I: Input, T>(
    request: &Request<'_>,
    look: impl FnOnce(&I, &Json<'_>) -> T,
) -> Result<(Checked<I>, T), BodyError> {
    let tree = if I::HAS_BODY && !request.body.is_empty() {
        parse_body(request.body).map_err(BodyError::Syntax)?
    } else {
        Json::Object(Object::default())
    };
    let Json::Object(body) = &tree else { return Err(BodyError::NotAnObject) };
    let mut reader =
        Reader { labels: request.labels, query: request.query, body: Members::of(body), cx: Cx::checking() };
    let input = I::read(&mut reader);
    let seen = look(&input, &tree);
    Ok((Checked { input, violations: reader.cx.into_violations() }, seen))
}

/// Reads members from where they travel. Labels and parameters have two names: their own, and the member's, which messages show.
#[derive(Debug)]
pub struct Reader<'a> {
    labels: &'a Labels,
    query: &'a str,
    body: Members<'a>,
    cx: Cx<'a>,
}

impl<'a> Reader<'a> {
    /// A label: always required, never empty (W1.3.6).
    pub(crate) fn label<K: Scalar>(&mut self, index: usize, member: &'static str, kind: &K) -> K::Value {
        let label = self.labels.get(index).unwrap_or_default();
        self.cx.at_top(MemberLocation::Uri, member, |cx| {
            if label.is_empty() {
                cx.violate(Problem::TooShort { min: 1 });
                return K::Value::default();
            }
            kind.text(label.to_owned(), cx)
        })
    }

    /// A query parameter that may be there.
    pub(crate) fn query<K: Scalar>(&mut self, name: &str, member: &'static str, kind: &K) -> Option<K::Value> {
        let mut found = parameters(self.query, name);
        let first = found.next()?;
        let again = found.next().is_some();
        Some(self.cx.at_top(MemberLocation::Query, member, |cx| {
            if again {
                cx.violate(Problem::WrongType { expected: "a single value" });
                return K::Value::default();
            }
            decoded(first, cx).map_or_else(K::Value::default, |text| kind.text(text, cx))
        }))
    }

    /// A query parameter that must be there.
    pub(crate) fn required_query<K: Scalar>(&mut self, name: &str, member: &'static str, kind: &K) -> K::Value {
        self.query(name, member, kind).unwrap_or_else(|| self.missing(member))
    }

    /// A repeated query parameter that may be there (W1.4.4).
    pub(crate) fn query_list<K: Scalar>(
        &mut self,
        name: &str,
        member: &'static str,
        kind: &List<K>,
    ) -> Option<Vec<K::Value>> {
        let mut found = parameters(self.query, name).peekable();
        found.peek()?;
        Some(self.cx.at_top(MemberLocation::Query, member, |cx| {
            let texts = found.map(|raw| decoded(raw, cx).unwrap_or_default()).collect();
            kind.texts(texts, cx)
        }))
    }

    /// A repeated query parameter that must be there (W1.4.7).
    pub(crate) fn required_query_list<K: Scalar>(
        &mut self,
        name: &str,
        member: &'static str,
        kind: &List<K>,
    ) -> Vec<K::Value> {
        self.query_list(name, member, kind).unwrap_or_else(|| self.missing(member))
    }

    /// A body member that must be there.
    pub(crate) fn required<K: Kind>(&mut self, name: &'static str, kind: &K) -> K::Value {
        self.cx.required(self.body, name, kind)
    }

    /// A body member that may be there.
    pub(crate) fn optional<K: Kind>(&mut self, name: &'static str, kind: &K) -> Option<K::Value> {
        self.cx.optional(self.body, name, kind)
    }

    fn missing<T: Default>(&mut self, member: &'static str) -> T {
        self.cx.at_top(MemberLocation::Query, member, |cx| cx.violate(Problem::Missing));
        T::default()
    }
}

/// The raw values of a parameter. A parameter without `=` has an empty value; a badly encoded name matches no
/// parameter.
fn parameters<'q>(query: &'q str, name: &str) -> impl Iterator<Item = &'q str> {
    query.split('&').filter_map(move |pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let same = if key.contains('%') { percent_decoded(key).is_some_and(|key| key == name) } else { key == name };
        same.then_some(value)
    })
}

/// The value in clear; `+` stays a plus (W1.4.2).
fn decoded(raw: &str, cx: &mut Cx<'_>) -> Option<String> {
    let text = percent_decoded(raw);
    if text.is_none() {
        cx.violate(Problem::WrongType { expected: "percent-encoded UTF-8" });
    }
    text
}

#[cfg(test)]
mod tests;
