//! What the model says of an operation.

use crate::generated::OPERATIONS;
use crate::json::JsonWriter;
use crate::{Encode, Exception, ExceptionKind, Op};

/// The facts of one operation.
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    pub(crate) method: &'static str,
    pub(crate) uri: &'static str,
    pub(crate) token: Option<&'static str>,
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

    /// The member that makes a call idempotent, as it is named in body or query.
    pub fn idempotency_token(self) -> Option<&'static str> {
        self.facts().token
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

    /// The body of the answer (protocol 2.3). It always has a `Message`, also where the model has no member for one: clients
    /// show that member and nothing else.
    pub fn to_json(&self) -> Vec<u8> {
        let mut w = JsonWriter::with_capacity(256);
        self.encode(&mut w);
        let body = w.into_bytes();
        match self.listed_problems() {
            None => body,
            Some(problems) => with_message(&body, &problems),
        }
    }

    /// The problems of the exceptions that have a list in place of a message, in one line.
    fn listed_problems(&self) -> Option<String> {
        let problems = match self {
            Self::InvalidContactFlowException(shape) => &shape.problems,
            Self::InvalidContactFlowModuleException(shape) => &shape.problems,
            _ => return None,
        };
        let texts: Vec<&str> = problems.iter().flatten().filter_map(|problem| problem.message.as_deref()).collect();
        Some(match texts.len() {
            0 => "The content is not valid".to_owned(),
            1 => format!("The content has 1 problem: {}", texts[0]),
            count => format!("The content has {count} problems: {}", texts.join("; ")),
        })
    }
}

/// Adds a `Message` in front of the members of a JSON object.
fn with_message(body: &[u8], message: &str) -> Vec<u8> {
    let mut w = JsonWriter::with_capacity(body.len() + message.len() + 16);
    w.begin_object();
    w.member("Message", message);
    w.end_object();
    let mut with = w.into_bytes();
    if let Some(members) = body.strip_prefix(b"{").filter(|members| members.len() > 1) {
        with.pop();
        with.push(b',');
        with.extend_from_slice(members);
    }
    with
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

#[cfg(test)]
mod tests {
    use crate::shapes::{InvalidContactFlowException, ProblemDetail};
    use crate::{Exception, Json, json};

    #[test]
    fn r0_2_a_list_of_problems_has_a_message_too() {
        let problem = |text: &str| ProblemDetail { message: Some(text.to_owned()) };
        let problems = Some(vec![problem("one"), problem("\"two\"")]);
        let exception = Exception::InvalidContactFlowException(InvalidContactFlowException { problems });
        let text = exception.to_json();
        let body = json::parse(&text).expect("an object");
        let message = body.get("Message").and_then(Json::as_str);
        assert_eq!(message, Some("The content has 2 problems: one; \"two\""));
        assert_eq!(body.get("problems").and_then(Json::as_array).map(<[Json]>::len), Some(2));
        let empty = Exception::InvalidContactFlowException(InvalidContactFlowException::default());
        assert!(json::parse(&empty.to_json()).expect("an object").get("Message").is_some());
    }
}
