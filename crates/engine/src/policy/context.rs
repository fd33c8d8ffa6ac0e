//! What a request is judged by, beside its action and its resource: the values of condition keys.

use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;

use jiff::Timestamp;

/// The values of condition keys of one request.
pub trait Context {
    /// The values of `key`; `None` when the request has no such key. Called for the keys that statements about the request's action
    /// name, possibly several times for one key.
    fn values(&self, key: &Key) -> Option<Values<'_>>;
}

/// A request without any key.
#[derive(Clone, Copy, Debug)]
pub struct NoContext;

impl Context for NoContext {
    fn values(&self, _: &Key) -> Option<Values<'_>> {
        None
    }
}

/// What a request has under one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Values<'a> {
    /// A key that has one value, such as `aws:SourceIp`.
    One(Value<'a>),
    /// A key that has a list of values, such as `aws:TagKeys`. An empty list is the same as no such key (protocol 4.2 (5)).
    Many(Vec<Value<'a>>),
}

/// One value, in the type that the server has it in, so that it need not be written out to be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// A whole number; `aws:EpochTime` is one, in seconds.
    Number(i64),
    /// A time, in milliseconds since 1970-01-01 UTC.
    Instant(i64),
    /// An address; one of IPv4 inside IPv6 is that of IPv4.
    Address(IpAddr),
    /// True or false.
    Flag(bool),
}

impl Value<'_> {
    /// The value as text, as string operators and variables see it. A time is written in UTC, as `2026-01-31T12:00:00Z`.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Instant(ms) => match Timestamp::from_millisecond(*ms) {
                Ok(time) => Cow::Owned(time.to_string()),
                // Beyond the year 9999: no time that a policy can name, but a number still.
                Err(_) => Cow::Owned(ms.to_string()),
            },
            Self::Address(address) => Cow::Owned(address.to_canonical().to_string()),
            Self::Flag(flag) => Cow::Borrowed(if *flag { "true" } else { "false" }),
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a str> for Values<'a> {
    fn from(text: &'a str) -> Self {
        Self::One(text.into())
    }
}

impl<'a> From<Value<'a>> for Values<'a> {
    fn from(value: Value<'a>) -> Self {
        Self::One(value)
    }
}

/// The name of a condition key, such as `aws:ResourceTag/team`. Names are compared without case, what is after the slash included
/// (protocol 4.2 (4)).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// As the policy has it.
    spelt: Box<str>,
    /// In lower case.
    lower: Box<str>,
}

impl Key {
    /// The key of that name: a service, a colon and a name, each of letters, digits, `-`, `_` and `.`, and for keys of tags a slash and
    /// the key of the tag.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, tag) = text.split_once('/').map_or((text, None), |(name, tag)| (name, Some(tag)));
        let (service, name) = name.split_once(':')?;
        let sound = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
        };
        if !sound(service) || !sound(name) || tag.is_some_and(str::is_empty) {
            return None;
        }
        Some(Self { spelt: text.into(), lower: text.to_lowercase().into() })
    }

    /// The whole name as the policy has it.
    pub fn spelt(&self) -> &str {
        &self.spelt
    }

    /// The whole name in lower case.
    pub fn lower(&self) -> &str {
        &self.lower
    }

    /// What follows `prefix`, which is in lower case and ends with the slash, as the policy has it: the key of a tag, to be compared
    /// with [`same_ignoring_case`].
    pub fn after(&self, prefix: &str) -> Option<&str> {
        // Before the slash both spellings are ASCII and equally long.
        self.lower.starts_with(prefix).then(|| self.spelt.get(prefix.len()..)).flatten()
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.spelt)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.spelt, f)
    }
}

/// Whether two texts are the same but for upper and lower case.
pub fn same_ignoring_case(a: &str, b: &str) -> bool {
    let lower = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<Vec<_>>();
    if a.is_ascii() && b.is_ascii() { a.eq_ignore_ascii_case(b) } else { lower(a) == lower(b) }
}
