//! What every shape can do, and the walk that decodes it.

use std::collections::BTreeMap;
use std::fmt;

use crate::check::{MemberLocation, PathStep, Problem, Target, Violation, Violations, path};
use crate::json::{Json, JsonWriter, Object, SyntaxError, Timestamp, parse};
use crate::kind::Kind;

/// Writes itself as one JSON value.
pub trait Encode {
    /// Appends the value.
    fn encode(&self, w: &mut JsonWriter);
}

/// A structure or union of the model.
pub trait Shape: Encode + Default + Sized {
    /// Reads the shape and records in `cx` what is wrong with it. A bad or missing required member is filled with a placeholder.
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self;
}

/// An enumeration of the model.
pub(crate) trait Enumeration: Default {
    /// Its values in model order.
    const VALUES: &'static [&'static str];
    /// The variant of this text; a text that is no value of the model is kept as it is.
    fn from_text(text: &str) -> Self;
}

/// The output of operations that have none: `{}` (W2.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Empty;

impl Encode for Empty {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.end_object();
    }
}

impl Shape for Empty {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        cx.object(json);
        Self
    }
}

/// The context of a decoding walk: the path to the current member and what was found wrong so far.
#[derive(Debug)]
pub struct Cx<'a> {
    location: MemberLocation,
    steps: Vec<PathStep<'a>>,
    constraints: bool,
    violations: Violations,
}

/// The members of an object; none when the value was no object, which is then already recorded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Members<'a>(Option<&'a Object<'a>>);

impl<'a> Members<'a> {
    pub(crate) fn of(object: &'a Object<'a>) -> Self {
        Self(Some(object))
    }

    fn get(self, name: &str) -> Option<&'a Json<'a>> {
        self.0.and_then(|object| object.get(name))
    }
}

impl<'a> Cx<'a> {
    /// For a request: every constraint is checked.
    pub(crate) fn checking() -> Self {
        Self { location: MemberLocation::Body, steps: Vec::new(), constraints: true, violations: Violations::default() }
    }

    /// For our own stored JSON: only types and required members count, as limits may have changed since.
    pub(crate) fn trusting() -> Self {
        Self { constraints: false, ..Self::checking() }
    }

    pub(crate) fn into_violations(self) -> Violations {
        self.violations
    }

    /// Whether limits, patterns and enumerations count.
    pub(crate) fn checks_constraints(&self) -> bool {
        self.constraints
    }

    /// Records what is wrong with the current value.
    pub(crate) fn violate(&mut self, problem: Problem) {
        self.push(Target::Value, problem);
    }

    /// Records what is wrong with the current key.
    pub(crate) fn violate_key(&mut self, problem: Problem) {
        self.push(Target::Key, problem);
    }

    /// Takes one step down, does `inside`, and steps back.
    pub(crate) fn at<R>(&mut self, step: PathStep<'a>, inside: impl FnOnce(&mut Self) -> R) -> R {
        self.steps.push(step);
        let result = inside(self);
        self.steps.pop();
        result
    }

    /// The same at the top of another part of the request.
    pub(crate) fn at_top<R>(
        &mut self,
        location: MemberLocation,
        name: &'static str,
        inside: impl FnOnce(&mut Self) -> R,
    ) -> R {
        self.location = location;
        let result = self.at(PathStep::Member(name), inside);
        self.location = MemberLocation::Body;
        result
    }

    /// The members of the current value.
    pub(crate) fn object(&mut self, json: &'a Json<'a>) -> Members<'a> {
        let object = json.as_object();
        if object.is_none() {
            self.violate(Problem::WrongType { expected: "an object" });
        }
        Members(object)
    }

    /// A member that must be there.
    pub(crate) fn required<K: Kind>(&mut self, members: Members<'a>, name: &'static str, kind: &K) -> K::Value {
        match members.get(name) {
            Some(json) => self.at(PathStep::Member(name), |cx| kind.json(json, cx)),
            None => {
                if members.0.is_some() {
                    self.at(PathStep::Member(name), |cx| cx.violate(Problem::Missing));
                }
                K::Value::default()
            }
        }
    }

    /// A member that may be there.
    pub(crate) fn optional<K: Kind>(&mut self, members: Members<'a>, name: &'static str, kind: &K) -> Option<K::Value> {
        members.get(name).map(|json| self.at(PathStep::Member(name), |cx| kind.json(json, cx)))
    }

    /// The one member of a union, with its name. `null` members and names the model does not know are passed over.
    pub(crate) fn union(&mut self, json: &'a Json<'a>, names: &[&'static str]) -> Option<(&'static str, &'a Json<'a>)> {
        let members = self.object(json);
        let mut present = names.iter().filter_map(|name| members.get(name).map(|json| (*name, json)));
        match (present.next(), present.next()) {
            (Some(one), None) => Some(one),
            _ => {
                if members.0.is_some() && self.constraints {
                    self.violate(Problem::UnionCount);
                }
                None
            }
        }
    }

    /// The value of a union's member.
    pub(crate) fn variant<K: Kind>(&mut self, name: &'static str, json: &'a Json<'a>, kind: &K) -> K::Value {
        self.at(PathStep::Member(name), |cx| kind.json(json, cx))
    }

    fn push(&mut self, target: Target, problem: Problem) {
        if self.violations.is_full() {
            return self.violations.omit();
        }
        let path = path(&self.steps);
        self.violations.push(Violation { location: self.location, path, target, problem });
    }
}

/// Why stored JSON does not hold the shape it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoredError {
    /// It is no JSON.
    Syntax(SyntaxError),
    /// A member is missing or has another type.
    Shape(Violation),
}

impl fmt::Display for StoredError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(error) => error.fmt(f),
            Self::Shape(violation) => f.write_str(&violation.message()),
        }
    }
}

impl std::error::Error for StoredError {}

/// Reads a shape back that [`to_stored`] wrote. Limits are not checked again: they may have changed since.
///
/// # Errors
/// The text is no JSON, or does not hold the shape's types and required members.
pub fn from_stored<T: Shape>(json: &[u8]) -> Result<T, StoredError> {
    let tree = parse(json).map_err(StoredError::Syntax)?;
    let mut cx = Cx::trusting();
    let value = T::decode(&tree, &mut cx);
    match cx.into_violations().into_iter().next() {
        None => Ok(value),
        Some(violation) => Err(StoredError::Shape(violation)),
    }
}

/// The shape as JSON text, for keeping.
pub fn to_stored<T: Encode>(value: &T) -> String {
    let mut w = JsonWriter::new();
    value.encode(&mut w);
    w.into_text()
}

impl Encode for str {
    fn encode(&self, w: &mut JsonWriter) {
        w.string(self);
    }
}

impl Encode for String {
    fn encode(&self, w: &mut JsonWriter) {
        w.string(self);
    }
}

impl Encode for i32 {
    fn encode(&self, w: &mut JsonWriter) {
        w.integer(i64::from(*self));
    }
}

impl Encode for i64 {
    fn encode(&self, w: &mut JsonWriter) {
        w.integer(*self);
    }
}

impl Encode for f64 {
    fn encode(&self, w: &mut JsonWriter) {
        w.number(*self);
    }
}

impl Encode for bool {
    fn encode(&self, w: &mut JsonWriter) {
        w.boolean(*self);
    }
}

impl Encode for Timestamp {
    fn encode(&self, w: &mut JsonWriter) {
        self.write(w);
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_array();
        for item in self {
            item.encode(w);
        }
        w.end_array();
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, w: &mut JsonWriter) {
        self.as_slice().encode(w);
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        for (key, value) in self {
            w.key(key);
            value.encode(w);
        }
        w.end_object();
    }
}

impl Encode for Json<'_> {
    fn encode(&self, w: &mut JsonWriter) {
        match self {
            Self::Null => w.null(),
            Self::Bool(value) => w.boolean(*value),
            Self::Number(number) => w.literal(&number.to_string()),
            Self::String(text) => w.string(text),
            Self::Array(items) => items.encode(w),
            Self::Object(object) => {
                w.begin_object();
                for (key, value) in object.iter() {
                    w.key(key);
                    value.encode(w);
                }
                w.end_object();
            }
        }
    }
}

/// An enumeration: its variants and their texts, in model order, and `Unknown` for any other text.
macro_rules! enumeration {
    ($name:ident { $($variant:ident = $text:literal,)+ }) => {
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($variant,)+
            /// A text that is no value of the model.
            Unknown(String),
        }

        impl $name {
            /// The values of the model, in its order.
            pub const ALL_VALUES: &'static [&'static str] = &[$($text),+];

            /// The variant of this text.
            pub fn parse(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    _ => Self::Unknown(text.to_owned()),
                }
            }

            /// The text on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Unknown(text) => text,
                }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::Unknown(String::new())
            }
        }

        impl $crate::shape::Enumeration for $name {
            const VALUES: &'static [&'static str] = Self::ALL_VALUES;

            fn from_text(text: &str) -> Self {
                Self::parse(text)
            }
        }

        impl $crate::shape::Encode for $name {
            fn encode(&self, w: &mut $crate::json::JsonWriter) {
                w.string(self.as_str());
            }
        }

        impl $crate::named::Texts for $name {
            fn each_text<'s>(&'s self, key: &'static str, each: &mut $crate::EachValue<'_, 's>) {
                each(key, None, self.as_str());
            }
        }
    };
}
pub(crate) use enumeration;
