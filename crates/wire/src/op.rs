//! What the model says of an operation.

use crate::generated::OPERATIONS;
use crate::json::JsonWriter;
use crate::{Encode, Exception, ExceptionKind, Op};

/// The facts of one operation.
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    pub(crate) method: &'static str,
    pub(crate) uri: &'static str,
    pub(crate) errors: &'static [ExceptionKind],
}

impl Op {
    /// Its position in [`Op::ALL`]: dense, from 0.
    pub fn index(self) -> usize {
        self as usize
    }

    /// Its name, e.g. `GetTaskTemplate`.
    pub fn name(self) -> &'static str {
        self.facts().name
    }

    /// The operation of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|op| op.name() == name)
    }

    /// Its HTTP method, in capitals.
    pub fn method(self) -> &'static str {
        self.facts().method
    }

    /// Its path with labels in braces, e.g. `/tags/{resourceArn}`.
    pub fn uri(self) -> &'static str {
        self.facts().uri
    }

    /// The exceptions it declares (protocol 9.1).
    pub fn errors(self) -> &'static [ExceptionKind] {
        self.facts().errors
    }

    /// Whether it declares this exception.
    pub fn declares(self, kind: ExceptionKind) -> bool {
        self.errors().contains(&kind)
    }

    fn facts(self) -> &'static Operation {
        &OPERATIONS[self.index()]
    }
}

impl std::fmt::Display for Op {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl Exception {
    /// The name on the wire.
    pub fn name(&self) -> &'static str {
        self.kind().name()
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.kind().status()
    }

    /// The body of the answer (protocol 2.3).
    pub fn to_json(&self) -> Vec<u8> {
        let mut w = JsonWriter::with_capacity(256);
        self.encode(&mut w);
        w.into_bytes()
    }
}

impl std::fmt::Display for Exception {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.message() {
            Some(message) => write!(f, "{}: {message}", self.name()),
            None => f.write_str(self.name()),
        }
    }
}

impl std::error::Error for Exception {}
