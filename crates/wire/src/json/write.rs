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

    /// A member of the open object.
    pub fn member<T: Encode + ?Sized>(&mut self, name: &str, value: &T) {
        self.key(name);
        value.encode(self);
    }

    /// A member of the open object, left out when there is no value (W2.1.5).
    pub fn optional<T: Encode>(&mut self, name: &str, value: Option<&T>) {
        if let Some(value) = value {
            self.member(name, value);
        }
    }

    /// A text.
    pub fn string(&mut self, text: &str) {
        self.separate();
        self.out.push(b'"');
        let mut rest = text.as_bytes();
        while let Some(at) = rest.iter().position(|byte| needs_escape(*byte)) {
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
fn needs_escape(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}
