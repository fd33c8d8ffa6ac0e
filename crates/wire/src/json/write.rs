//! Values to JSON text.

use crate::shape::Encode;

/// Appends JSON to one buffer. Commas come by themselves; the caller balances brackets.
#[derive(Clone, Debug, Default)]
pub struct JsonWriter {
    out: Vec<u8>,
}

impl JsonWriter {
    /// An empty writer.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty writer with room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { out: Vec::with_capacity(bytes) }
    }

    /// What was written: UTF-8.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// What was written, as text.
    pub fn into_text(self) -> String {
        String::from_utf8(self.out).expect("only texts and ASCII are ever appended")
    }

    /// Opens an object.
    pub fn begin_object(&mut self) {
        self.separate();
        self.out.push(b'{');
    }

    /// Closes the object opened last.
    pub fn end_object(&mut self) {
        self.out.push(b'}');
    }

    /// Opens a list.
    pub fn begin_array(&mut self) {
        self.separate();
        self.out.push(b'[');
    }

    /// Closes the list opened last.
    pub fn end_array(&mut self) {
        self.out.push(b']');
    }

    /// Starts a member of the open object; its value must follow.
    pub fn key(&mut self, name: &str) {
        self.string(name);
        self.out.push(b':');
    }

    /// A member of the open object. The name is one of the model and holds nothing to escape; any other name goes through
    /// [`key`](Self::key).
    pub fn member<T: Encode + ?Sized>(&mut self, name: &'static str, value: &T) {
        debug_assert!(!name.bytes().any(needs_escape), "{name:?} is no member of the model");
        self.separate();
        self.out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
        value.encode(self);
    }

    /// A member of the open object, left out when there is no value (W2.1.5).
    pub fn optional<T: Encode>(&mut self, name: &'static str, value: Option<&T>) {
        if let Some(value) = value {
            self.member(name, value);
        }
    }

    /// A text.
    pub fn string(&mut self, text: &str) {
        self.separate();
        self.out.push(b'"');
        let mut rest = text.as_bytes();
        while let Some(at) = rest.iter().position(|byte| ESCAPED[usize::from(*byte)]) {
            self.out.extend_from_slice(&rest[..at]);
            self.escaped(rest[at]);
            rest = &rest[at + 1..];
        }
        self.out.extend_from_slice(rest);
        self.out.push(b'"');
    }

    /// A whole number.
    pub fn integer(&mut self, value: i64) {
        use std::io::Write as _;
        self.separate();
        write!(self.out, "{value}").expect("a Vec takes every write");
    }

    /// A number. JSON has no NaN and no infinity: they are written as `null`, which means absent.
    pub fn number(&mut self, value: f64) {
        use std::io::Write as _;
        self.separate();
        if value.is_finite() {
            write!(self.out, "{value}").expect("a Vec takes every write");
        } else {
            self.out.extend_from_slice(b"null");
        }
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, value: bool) {
        self.separate();
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
    }

    /// `null`.
    pub fn null(&mut self) {
        self.separate();
        self.out.extend_from_slice(b"null");
    }

    /// A number already in JSON's form.
    pub(crate) fn literal(&mut self, ascii: &str) {
        self.separate();
        self.out.extend_from_slice(ascii.as_bytes());
    }

    /// A comma, unless this is the first item or the value of a key. No value ends in one of these three bytes, so the last byte
    /// tells.
    fn separate(&mut self) {
        if !matches!(self.out.last(), None | Some(b'{' | b'[' | b':')) {
            self.out.push(b',');
        }
    }

    fn escaped(&mut self, byte: u8) {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        match byte {
            b'"' => self.out.extend_from_slice(br#"\""#),
            b'\\' => self.out.extend_from_slice(br"\\"),
            b'\n' => self.out.extend_from_slice(br"\n"),
            b'\r' => self.out.extend_from_slice(br"\r"),
            b'\t' => self.out.extend_from_slice(br"\t"),
            _ => {
                self.out.extend_from_slice(br"\u00");
                self.out.push(HEX[usize::from(byte >> 4)]);
                self.out.push(HEX[usize::from(byte & 0xf)]);
            }
        }
    }
}

/// What JSON cannot hold raw inside a text.
const fn needs_escape(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// The same as a table.
const ESCAPED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        #[expect(clippy::cast_possible_truncation, reason = "the table ends at 255")]
        let needed = needs_escape(byte as u8);
        table[byte] = needed;
        byte += 1;
    }
    table
};
