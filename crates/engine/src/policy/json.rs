//! JSON with the place of everything in it. The reading is serde_json's; a place follows from where a value's text begins. Nothing
//! recurses: a level is read when the policy's rules ask for it, and they ask for seven.

use std::fmt;

use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// A place in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// Why a document is refused: where, what is wrong, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl Problem {
    pub(super) fn new(at: Place, message: impl Into<String>) -> Self {
        Self { line: at.line, column: at.column, message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.message)
    }
}

/// A document's text.
#[derive(Debug)]
pub(super) struct Source<'t> {
    text: &'t str,
    /// Where each line begins, in bytes.
    lines: Vec<usize>,
}

/// A value, not read yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'t> {
    source: &'t Source<'t>,
    raw: &'t str,
    at: usize,
}

/// A member of an object.
#[derive(Debug)]
pub(super) struct Member<'t> {
    pub(super) name: String,
    pub(super) at: Place,
    pub(super) value: Node<'t>,
}

/// A value as it was read.
#[derive(Debug)]
pub(super) enum Read<'t> {
    Text(String),
    /// As it is written.
    Number(&'t str),
    Flag(bool),
    Null,
    List(Vec<Node<'t>>),
    Object(Vec<Member<'t>>),
}

impl<'t> Source<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, lines }
    }

    /// The document as a whole.
    ///
    /// # Errors
    /// The text is not JSON.
    pub(super) fn root(&'t self) -> Result<Node<'t>, Problem> {
        match serde_json::from_str::<&RawValue>(self.text) {
            Ok(raw) => Ok(self.node(raw)),
            Err(error) => Err(self.syntax(0, &error)),
        }
    }

    fn node(&'t self, raw: &'t RawValue) -> Node<'t> {
        let raw = raw.get();
        Node { source: self, raw, at: raw.as_ptr().addr() - self.text.as_ptr().addr() }
    }

    fn place(&self, at: usize) -> Place {
        let line = self.lines.partition_point(|start| *start <= at);
        let start = self.lines[line - 1];
        Place { line, column: 1 + self.text.get(start..at).map_or(0, |before| before.chars().count()) }
    }

    /// What serde_json says of the text from `from` on. Its columns are bytes, and 0 after a line's end.
    fn syntax(&self, from: usize, error: &serde_json::Error) -> Problem {
        let before =
            self.text.get(from..).unwrap_or_default().split_inclusive('\n').take(error.line().saturating_sub(1));
        let mut at = from + before.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
        at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let said = error.to_string();
        let said = said.split_once(" at line ").map_or(said.as_str(), |(said, _)| said);
        let (before, after) = self.text.split_at(at);
        let is_after_comma = after.starts_with(['}', ']']) && before.trim_end().ends_with(',');
        let said = match said {
            "expected value" | "trailing comma" | "key must be a string" if is_after_comma => {
                "a comma before the end of an object or list"
            }
            "expected value" => "a value is missing here",
            "trailing characters" => "something follows the end of the document",
            "key must be a string" => "the name of a member stands in double quotes",
            "EOF while parsing a value" if self.text.trim().is_empty() => "there is nothing in it",
            said if said.starts_with("EOF while parsing") => "the document ends too early",
            said => said,
        };
        Problem::new(self.place(at), format!("not valid JSON: {said}"))
    }
}

impl<'t> Node<'t> {
    pub(super) fn place(&self) -> Place {
        self.source.place(self.at)
    }

    /// Reads the value, one level deep.
    ///
    /// # Errors
    /// A text in it is none, such as half of a surrogate pair.
    pub(super) fn read(self) -> Result<Read<'t>, Problem> {
        let failed = |error: serde_json::Error| self.source.syntax(self.at, &error);
        let mut reader = serde_json::Deserializer::from_str(self.raw);
        match self.raw.bytes().next() {
            Some(b'"') => serde_json::from_str(self.raw).map(Read::Text).map_err(failed),
            Some(b'[') => reader.deserialize_seq(Items(self.source)).map(Read::List).map_err(failed),
            Some(b'{') => {
                reader.deserialize_map(Members { source: self.source, at: self.at }).map(Read::Object).map_err(failed)
            }
            Some(b't') => Ok(Read::Flag(true)),
            Some(b'f') => Ok(Read::Flag(false)),
            Some(b'n') => Ok(Read::Null),
            _ => Ok(Read::Number(self.raw)),
        }
    }
}

struct Items<'t>(&'t Source<'t>);

impl<'t> Visitor<'t> for Items<'t> {
    type Value = Vec<Node<'t>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(raw) = list.next_element::<&'t RawValue>()? {
            items.push(self.0.node(raw));
        }
        Ok(items)
    }
}

struct Members<'t> {
    source: &'t Source<'t>,
    /// Where the object begins.
    at: usize,
}

impl<'t> Visitor<'t> for Members<'t> {
    type Value = Vec<Member<'t>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        // A name begins at the next quote after the brace, or after the value before.
        let mut end = self.at + 1;
        while let Some(name) = map.next_key::<String>()? {
            let at = end + self.source.text.get(end..).and_then(|rest| rest.find('"')).unwrap_or(0);
            let value = self.source.node(map.next_value()?);
            end = value.at + value.raw.len();
            members.push(Member { name, at: self.source.place(at), value });
        }
        Ok(members)
    }
}

/// Most characters that differ between a misspelt name and the one that was meant.
const MISSPELT_MAX: usize = 3;

/// The name that `given` was probably to be.
pub(super) fn nearest<'n>(given: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    // No known name is longer than this.
    if given.len() > 80 {
        return None;
    }
    let given = given.to_lowercase();
    let distance = |name: &str| strsim::osa_distance(&given, &name.to_lowercase());
    let near = names.map(|name| (distance(name), name)).min_by_key(|(distance, _)| *distance)?;
    (near.0 <= MISSPELT_MAX && near.0 * 2 < given.chars().count()).then_some(near.1)
}
