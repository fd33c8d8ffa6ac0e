//! Kinds: how a member's value is read and which limits it has. The generated code holds one constant for each constrained shape
//! of the model and hands it to the walk.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use crate::check::{PathStep, Problem};
use crate::json::{Json, Number, Timestamp};
use crate::pattern::Pattern;
use crate::shape::{Cx, Enumeration, Shape};

/// Reads a value from JSON.
pub(crate) trait Kind {
    /// What it reads; the default stands in for what cannot be read.
    type Value: Default;
    /// Reads the value and records what is wrong with it. `json` is never `null`.
    fn json<'a>(&self, json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self::Value;
}

/// Reads a value from a label or query parameter.
pub(crate) trait Scalar: Kind {
    /// Reads the decoded text and records what is wrong with it.
    fn text(&self, text: String, cx: &mut Cx<'_>) -> Self::Value;
}

/// A text.
#[derive(Clone, Copy)]
pub(crate) struct Text {
    min: u64,
    max: u64,
    pattern: Option<&'static Pattern>,
    numbers: bool,
    empty: bool,
}

impl Text {
    /// Any text.
    pub(crate) const ANY: Self = Self { min: 0, max: u64::MAX, pattern: None, numbers: false, empty: false };

    pub(crate) const fn min(self, min: u64) -> Self {
        Self { min, ..self }
    }

    pub(crate) const fn max(self, max: u64) -> Self {
        Self { max, ..self }
    }

    pub(crate) const fn pattern(self, pattern: &'static Pattern) -> Self {
        Self { pattern: Some(pattern), ..self }
    }

    /// Takes a JSON number too, as its decimal text.
    pub(crate) const fn or_number(self) -> Self {
        Self { numbers: true, ..self }
    }

    /// Takes an empty text too, whatever length and pattern say.
    pub(crate) const fn or_empty(self) -> Self {
        Self { empty: true, ..self }
    }

    /// The first problem of a text. Length before pattern: a pattern then never meets a text longer than the limit.
    fn problem(&self, text: &str) -> Option<Problem> {
        if self.empty && text.is_empty() {
            None
        } else if is_shorter(text, self.min) {
            Some(Problem::TooShort { min: self.min })
        } else if is_longer(text, self.max) {
            Some(Problem::TooLong { max: self.max })
        } else if text.contains('\0') {
            Some(Problem::Nul)
        } else {
            let pattern = self.pattern.filter(|pattern| !pattern.found_in(text))?;
            Some(Problem::BadPattern { pattern: pattern.source })
        }
    }

    fn checked(&self, text: String, cx: &mut Cx<'_>) -> String {
        if cx.checks_constraints()
            && let Some(problem) = self.problem(&text)
        {
            cx.violate(problem);
        }
        text
    }
}

/// Whether the text has more characters than this; counts them only if its bytes leave a doubt.
fn is_longer(text: &str, max: u64) -> bool {
    text.len() as u64 > max && text.chars().count() as u64 > max
}

/// Whether the text has fewer characters than this.
fn is_shorter(text: &str, min: u64) -> bool {
    (text.len() as u64) < min.saturating_mul(4) && (text.chars().count() as u64) < min
}

impl Kind for Text {
    type Value = String;

    fn json<'a>(&self, json: &'a Json<'a>, cx: &mut Cx<'a>) -> String {
        match json {
            Json::String(text) => self.checked(text.clone().into_owned(), cx),
            Json::Number(number) if self.numbers => self.checked(number.to_string(), cx),
            _ => wrong_type(cx, "a string"),
        }
    }
}

impl Scalar for Text {
    fn text(&self, text: String, cx: &mut Cx<'_>) -> String {
        self.checked(text, cx)
    }
}

/// An enumeration.
pub(crate) struct OneOf<T>(PhantomData<T>);

/// An enumeration.
pub(crate) const fn one_of<T: Enumeration>() -> OneOf<T> {
    OneOf(PhantomData)
}

fn not_in_enum<T: Enumeration>(text: &str, cx: &Cx<'_>) -> Option<Problem> {
    (cx.checks_constraints() && !T::VALUES.contains(&text)).then_some(Problem::NotInEnum { allowed: T::VALUES })
}

impl<T: Enumeration> OneOf<T> {
    fn checked(text: &str, cx: &mut Cx<'_>) -> T {
        if let Some(problem) = not_in_enum::<T>(text, cx) {
            cx.violate(problem);
        }
        T::from_text(text)
    }
}

impl<T: Enumeration> Kind for OneOf<T> {
    type Value = T;

    fn json<'a>(&self, json: &'a Json<'a>, cx: &mut Cx<'a>) -> T {
        match json {
            Json::String(text) => Self::checked(text, cx),
            _ => wrong_type(cx, "a string"),
        }
    }
}

impl<T: Enumeration> Scalar for OneOf<T> {
    fn text(&self, text: String, cx: &mut Cx<'_>) -> T {
        Self::checked(&text, cx)
    }
}

/// A whole number of 64 bits.
#[derive(Clone, Copy)]
pub(crate) struct Long {
    min: Option<i64>,
    max: Option<i64>,
}

impl Long {
    /// Any whole number of 64 bits.
    pub(crate) const ANY: Self = Self { min: None, max: None };

    pub(crate) const fn min(self, min: i64) -> Self {
        Self { min: Some(min), ..self }
    }

    pub(crate) const fn max(self, max: i64) -> Self {
        Self { max: Some(max), ..self }
    }

    /// A number too large for us is out of range like any other; `None` stands for such.
    fn checked(self, value: Option<i64>, cx: &mut Cx<'_>) -> i64 {
        let fits = |value: &i64| self.min.is_none_or(|min| min <= *value) && self.max.is_none_or(|max| *value <= max);
        match value {
            Some(value) if !cx.checks_constraints() || fits(&value) => value,
            _ => {
                cx.violate(Problem::OutOfRange { min: self.min, max: self.max });
                value.unwrap_or_default()
            }
        }
    }

    fn number(self, number: Number, cx: &mut Cx<'_>) -> i64 {
        match number {
            Number::Float(value) if value.fract() != 0.0 => wrong_type(cx, "an integer"),
            _ => self.checked(number.as_i64(), cx),
        }
    }
}

impl Kind for Long {
    type Value = i64;

    fn json<'a>(&self, json: &'a Json<'a>, cx: &mut Cx<'a>) -> i64 {
        match json {
            Json::Number(number) => self.number(*number, cx),
            _ => wrong_type(cx, "an integer"),
        }
    }
}

impl Scalar for Long {
    fn text(&self, text: String, cx: &mut Cx<'_>) -> i64 {
        let digits = text.strip_prefix('-').unwrap_or(&text);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return wrong_type(cx, "an integer");
        }
        self.checked(text.parse().ok(), cx)
    }
}

/// A whole number of 32 bits: a [`Long`] whose limits never leave them.
#[derive(Clone, Copy)]
pub(crate) struct Integer(Long);

impl Integer {
    /// Any whole number of 32 bits.
    pub(crate) const ANY: Self = Self(Long { min: Some(i32::MIN as i64), max: Some(i32::MAX as i64) });

    pub(crate) const fn min(self, min: i32) -> Self {
        Self(self.0.min(min as i64))
    }

    pub(crate) const fn max(self, max: i32) -> Self {
        Self(self.0.max(max as i64))
    }
}

/// The value, or zero for one outside 32 bits, which only our own stored text can still hold here.
fn narrowed(value: i64, cx: &mut Cx<'_>) -> i32 {
    i32::try_from(value).unwrap_or_else(|_| wrong_type(cx, "an integer of 32 bits"))
}

impl Kind for Integer {
    type Value = i32;

    fn json<'a>(&self, json: &'a Json<'a>, cx: &mut Cx<'a>) -> i32 {
        narrowed(self.0.json(json, cx), cx)
    }
}

impl Scalar for Integer {
    fn text(&self, text: String, cx: &mut Cx<'_>) -> i32 {
        narrowed(self.0.text(text, cx), cx)
    }
}

/// A number.
#[derive(Clone, Copy)]
pub(crate) struct Double {
    min: Option<i64>,
    max: Option<i64>,
}

impl Double {
    /// Any number.
    pub(crate) const ANY: Self = Self { min: None, max: None };

    pub(crate) const fn min(self, min: i64) -> Self {
        Self { min: Some(min), ..self }
    }

    pub(crate) const fn max(self, max: i64) -> Self {
        Self { max: Some(max), ..self }
    }
}

impl Kind for Double {
    type Value = f64;

    #[expect(clippy::cast_precision_loss, reason = "the limits of the model are small")]
    fn json<'a>(&self, json: &'a Json<'a>, cx: &mut Cx<'a>) -> f64 {
        let Json::Number(number) = json else { return wrong_type(cx, "a number") };
        let value = number.as_f64();
        let fits = self.min.is_none_or(|min| min as f64 <= value) && self.max.is_none_or(|max| value <= max as f64);
        if cx.checks_constraints() && !fits {
            cx.violate(Problem::OutOfRange { min: self.min, max: self.max });
        }
        value
    }
}

/// A boolean.
pub(crate) struct Bool;

impl Kind for Bool {
    type Value = bool;

    fn json<'a>(&self, json: &'a Json<'a>, cx: &mut Cx<'a>) -> bool {
        json.as_bool().unwrap_or_else(|| wrong_type(cx, "a boolean"))
    }
}

/// A point in time.
pub(crate) struct Time;

impl Kind for Time {
    type Value = Timestamp;

    fn json<'a>(&self, json: &'a Json<'a>, cx: &mut Cx<'a>) -> Timestamp {
        Timestamp::from_json(json).unwrap_or_else(|| wrong_type(cx, "a timestamp"))
    }
}

/// A structure or union.
pub(crate) struct Of<T>(PhantomData<T>);

/// A structure or union.
pub(crate) const fn of<T: Shape>() -> Of<T> {
    Of(PhantomData)
}

impl<T: Shape> Kind for Of<T> {
    type Value = T;

    fn json<'a>(&self, json: &'a Json<'a>, cx: &mut Cx<'a>) -> T {
        T::decode(json, cx)
    }
}

/// The limits of a list's or map's size.
#[derive(Clone, Copy)]
struct Size {
    min: u64,
    max: u64,
}

impl Size {
    const ANY: Self = Self { min: 0, max: u64::MAX };

    fn check(self, len: usize, cx: &mut Cx<'_>) {
        if !cx.checks_constraints() {
        } else if (len as u64) < self.min {
            cx.violate(Problem::TooFew { min: self.min });
        } else if len as u64 > self.max {
            cx.violate(Problem::TooMany { max: self.max });
        }
    }
}

/// A list. `null` items are dropped (W1.5.3).
pub(crate) struct List<K> {
    item: K,
    size: Size,
}

impl<K> List<K> {
    pub(crate) const fn new(item: K) -> Self {
        Self { item, size: Size::ANY }
    }

    pub(crate) const fn min(mut self, min: u64) -> Self {
        self.size.min = min;
        self
    }

    pub(crate) const fn max(mut self, max: u64) -> Self {
        self.size.max = max;
        self
    }
}

impl<K: Kind> Kind for List<K> {
    type Value = Vec<K::Value>;

    fn json<'a>(&self, json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self::Value {
        let Json::Array(items) = json else { return wrong_type(cx, "a list") };
        self.size.check(items.iter().filter(|item| **item != Json::Null).count(), cx);
        let mut values = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate().filter(|(_, item)| **item != Json::Null) {
            values.push(cx.at(PathStep::Index(index), |cx| self.item.json(item, cx)));
        }
        values
    }
}

impl<K: Scalar> List<K> {
    /// A query parameter that came once or more: in the caller's order (W1.4.4).
    pub(crate) fn texts(&self, texts: Vec<String>, cx: &mut Cx<'_>) -> Vec<K::Value> {
        self.size.check(texts.len(), cx);
        let item = |(index, text)| cx.at(PathStep::Index(index), |cx| self.item.text(text, cx));
        texts.into_iter().enumerate().map(item).collect()
    }
}

/// The keys of a map.
pub(crate) trait Key {
    /// What is wrong with a key.
    fn problem(&self, key: &str, cx: &Cx<'_>) -> Option<Problem>;
}

impl Key for Text {
    fn problem(&self, key: &str, cx: &Cx<'_>) -> Option<Problem> {
        if cx.checks_constraints() { Text::problem(self, key) } else { None }
    }
}

impl<T: Enumeration> Key for OneOf<T> {
    fn problem(&self, key: &str, cx: &Cx<'_>) -> Option<Problem> {
        not_in_enum::<T>(key, cx)
    }
}

/// A map. Entries whose value is `null` are dropped (W1.5.3).
pub(crate) struct Map<K, V> {
    key: K,
    value: V,
    size: Size,
}

impl<K, V> Map<K, V> {
    pub(crate) const fn new(key: K, value: V) -> Self {
        Self { key, value, size: Size::ANY }
    }

    pub(crate) const fn min(mut self, min: u64) -> Self {
        self.size.min = min;
        self
    }

    pub(crate) const fn max(mut self, max: u64) -> Self {
        self.size.max = max;
        self
    }
}

impl<K: Key, V: Kind> Kind for Map<K, V> {
    type Value = BTreeMap<String, V::Value>;

    fn json<'a>(&self, json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self::Value {
        let Json::Object(object) = json else { return wrong_type(cx, "an object") };
        self.size.check(object.iter().filter(|(_, value)| **value != Json::Null).count(), cx);
        let mut values = BTreeMap::new();
        for (key, json) in object.iter().filter(|(_, value)| **value != Json::Null) {
            let value = cx.at(PathStep::Key(key), |cx| {
                if let Some(problem) = self.key.problem(key, cx) {
                    cx.violate_key(problem);
                }
                self.value.json(json, cx)
            });
            values.insert(key.to_owned(), value);
        }
        values
    }
}

/// Records that the current value has another type, and stands in for it.
fn wrong_type<T: Default>(cx: &mut Cx<'_>, expected: &'static str) -> T {
    cx.violate(Problem::WrongType { expected });
    T::default()
}
