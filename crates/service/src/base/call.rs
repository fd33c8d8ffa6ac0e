//! One request and its answer, free of HTTP.

use bytes::Bytes;
use wire::{Labels, Op, Output};

use super::caller::{Caller, Origin};

/// One request, after routing and authentication.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The operation.
    pub op: Op,
    /// Decoded path labels.
    pub labels: &'a Labels,
    /// Raw query, without `?`.
    pub query: &'a str,
    /// Body bytes as received.
    pub body: &'a [u8],
    /// The caller.
    pub caller: &'a Caller,
    /// Where it came from.
    pub origin: Origin<'a>,
    /// The time of the request, epoch milliseconds, read once.
    pub now_ms: i64,
    /// Id of the request, for logs.
    pub request_id: &'a str,
}

/// A successful answer: status 200, a JSON object (protocol W2.1.1).
#[derive(Clone, Debug)]
pub struct Reply {
    /// The JSON object.
    pub body: Bytes,
    /// Headers, for information that the API has no member for.
    pub headers: ReplyHeaders,
}

impl Reply {
    /// An answer of these bytes, without headers of its own.
    pub fn new(body: Bytes) -> Self {
        Self { body, headers: ReplyHeaders::default() }
    }

    /// An output of the model.
    pub(crate) fn of(output: &impl Output) -> Self {
        Self::new(output.to_json().into())
    }

    /// The same with the version of the task template that it is about, if it is about one (task-templates 1.2.6).
    pub(crate) fn with_template_version(mut self, version: Option<i64>) -> Self {
        if let Some(version) = version {
            self.headers.put(ReplyHeaders::TEMPLATE_VERSION, &version.to_string());
        }
        self
    }

    /// The same with a warning about parts of the accepted request that may not do what the client meant (B81).
    pub(crate) fn with_warnings(mut self, warnings: &[String]) -> Self {
        if !warnings.is_empty() {
            self.headers.put(ReplyHeaders::WARNING, &warnings.join("; "));
        }
        self
    }
}

/// Headers that an answer carries beside its body, by lower-case name: at most [`Self::COUNT_MAX`], each with a value of printable
/// ASCII of at most [`Self::VALUE_BYTES_MAX`] bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReplyHeaders(Vec<(&'static str, String)>);

impl ReplyHeaders {
    /// The version of the task template that the answer is about (task-templates 1.2.6).
    pub const TEMPLATE_VERSION: &'static str = "x-task-template-version";
    /// A warning about parts of the accepted request that may not do what the client meant (B81).
    pub const WARNING: &'static str = "x-taskform-warning";
    /// Maximum number of headers of one answer.
    pub const COUNT_MAX: usize = 4;
    /// Longest value, in bytes; a longer one ends in three dots.
    pub const VALUE_BYTES_MAX: usize = 1_000;

    /// Adds a header; beyond the maximum it is dropped. Characters that are not printable ASCII are written as `\u{…}`.
    pub fn put(&mut self, name: &'static str, value: &str) {
        if self.0.len() == Self::COUNT_MAX {
            return;
        }
        let mut text = String::with_capacity(value.len().min(Self::VALUE_BYTES_MAX));
        for c in value.chars() {
            let before = text.len();
            if c == ' ' || c.is_ascii_graphic() {
                text.push(c);
            } else {
                text.extend(c.escape_unicode());
            }
            if text.len() > Self::VALUE_BYTES_MAX - 3 {
                text.truncate(before);
                text.push_str("...");
                break;
            }
        }
        self.0.push((name, text));
    }

    /// The headers in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// The value of a header.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(found, _)| *found == name).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_few_short_and_printable() {
        let mut headers = ReplyHeaders::default();
        headers.put(ReplyHeaders::WARNING, "Größe\r\nx: y");
        assert_eq!(headers.get(ReplyHeaders::WARNING), Some(r"Gr\u{f6}\u{df}e\u{d}\u{a}x: y"));
        for _ in 0..9 {
            headers.put("x-long", &"é".repeat(2_000));
        }
        assert_eq!(headers.iter().count(), ReplyHeaders::COUNT_MAX);
        let longest = headers.get("x-long").expect("a value");
        assert!(longest.len() <= ReplyHeaders::VALUE_BYTES_MAX && longest.ends_with("}..."), "{longest}");
    }
}
