//! Where a reference begins and ends in a text (flows 3.1 to 3.4).

use super::Source;

/// Most digits of a list place: no list has more members.
const INDEX_DIGITS_MAX: usize = 9;

/// A path as it stands in a document (flows 3.3): `$.A.b`, `$['A']['b']`, list places as `[0]` or `.0`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path(Vec<String>);

impl Path {
    /// Reads a text that is one path and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader::new(text);
        reader.path().filter(|_| reader.rest.is_empty())
    }

    /// Its segments; never empty.
    pub fn segments(&self) -> &[String] {
        &self.0
    }

    /// The text of what it leads to.
    pub(super) fn text(&self, source: &dyn Source) -> Option<String> {
        source.find_text(&self.0)
    }
}

/// Reads a text from front to back. It counts the bytes it looks at, so that a test can tell that they are no more than a
/// constant times the length of the text: a flow's action is never interrupted.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    /// What was not read yet.
    pub(super) rest: &'a str,
    /// Bytes looked at, those that were looked at again included.
    pub(super) read: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text, read: 0 }
    }

    /// What comes before the next `$`, or all of it.
    pub(super) fn until_dollar(&mut self) -> &'a str {
        self.split(self.rest.find('$').unwrap_or(self.rest.len()))
    }

    /// Whether the next character is this one, which is read then.
    pub(super) fn take(&mut self, c: char) -> bool {
        self.read += 1;
        self.rest.strip_prefix(c).inspect(|rest| self.rest = rest).is_some()
    }

    /// The path that begins here (flows 3.3, 3.4). Without one, nothing is read.
    pub(super) fn path(&mut self) -> Option<Path> {
        let start = self.rest;
        if !self.take('$') {
            return None;
        }
        let mut segments = Vec::new();
        while let Some(segment) = self.segment() {
            segments.push(segment);
        }
        if segments.is_empty() {
            self.rest = start;
            return None;
        }
        Some(Path(segments))
    }

    /// `.name`, or what is in brackets, with or without a dot before them.
    fn segment(&mut self) -> Option<String> {
        let start = self.rest;
        let dotted = self.take('.');
        let found = self.bracketed().or_else(|| if dotted { self.name() } else { None });
        if found.is_none() {
            self.rest = start;
        }
        found
    }

    /// `['…']`, `["…"]` or `[0]`. A quote inside is written with a backslash.
    fn bracketed(&mut self) -> Option<String> {
        let start = self.rest;
        if !self.take('[') {
            return None;
        }
        let key = if self.take('\'') {
            self.quoted('\'')
        } else if self.take('"') {
            self.quoted('"')
        } else {
            self.index()
        };
        let found = key.filter(|_| self.take(']'));
        if found.is_none() {
            self.rest = start;
        }
        found
    }

    /// A key up to its closing quote; never empty. Reads no further than the next such quote, so that the many beginnings
    /// of a text do not each read to its end.
    fn quoted(&mut self, quote: char) -> Option<String> {
        let mut key = String::new();
        let mut chars = self.rest.char_indices();
        while let Some((at, c)) = chars.next() {
            if c == quote {
                self.split(at);
                self.rest = &self.rest[1..];
                return (!key.is_empty()).then_some(key);
            }
            match (c, chars.clone().next()) {
                ('\\', Some((_, escaped))) if escaped == quote || escaped == '\\' => {
                    key.push(escaped);
                    chars.next();
                }
                _ => key.push(c),
            }
        }
        self.read += self.rest.len();
        None
    }

    /// A place in a list, without leading zeros.
    fn index(&mut self) -> Option<String> {
        let digits = self.rest.bytes().take(INDEX_DIGITS_MAX).take_while(u8::is_ascii_digit).count();
        let index = self.split(digits);
        let plain = index.trim_start_matches('0');
        (digits > 0).then(|| if plain.is_empty() { "0".to_owned() } else { plain.to_owned() })
    }

    /// Letters, digits, `_` and `-`.
    fn name(&mut self) -> Option<String> {
        let end = self.rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-')));
        let name = self.split(end.unwrap_or(self.rest.len()));
        (!name.is_empty()).then(|| name.to_owned())
    }

    /// Reads `len` bytes, having looked at the one after them.
    fn split(&mut self, len: usize) -> &'a str {
        let (read, rest) = self.rest.split_at(len);
        self.read += len + 1;
        self.rest = rest;
        read
    }
}
