//! The one outer error of an operation, and how the errors of the inner crates are converted to it.
//!
//! A client error is always written out where the rule is decided. Anything unexpected becomes
//! `InternalServiceException`: the client sees no detail, the cause travels beside it to the log. Which exception a broken
//! constraint becomes is decided here, once for all operations, because it follows from what the operation declares.

use std::fmt;

use engine::faults::{Faults, Refused};
use wire::{BodyError, Exception, ExceptionKind, Op, Problem, Violation, Violations};

use super::denial::Denial;

/// Anything that can be logged as the cause of an internal error.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The error of an operation.
#[derive(Debug)]
pub struct Error {
    /// What the client sees: name, status and body come from it, so they cannot disagree.
    pub exception: Exception,
    /// For the log; never part of a body.
    pub source: Option<BoxError>,
    /// When the same call may be tried again, in milliseconds from now.
    pub retry_after_ms: Option<u64>,
    /// Why access was denied: no behaviour ran.
    pub denied: Option<Box<Denial>>,
}

/// The result of an operation.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Whether it is about the request, so that a repeat of it fails alike; otherwise something failed here.
    pub(crate) fn is_refusal(&self) -> bool {
        self.source.is_none() && self.retry_after_ms.is_none()
    }

    /// A client error with a message.
    pub fn new(kind: ExceptionKind, message: impl Into<String>) -> Self {
        Self::from(Exception::with_message(kind, message))
    }

    /// `ResourceNotFoundException`.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(ExceptionKind::ResourceNotFoundException, message)
    }

    /// `InvalidRequestException`: a cross-field or state rule is broken (tasks 1.1.10).
    pub fn invalid_request(message: impl Into<String>) -> Self {
        Self::new(ExceptionKind::InvalidRequestException, message)
    }

    /// `InternalServiceException` with its cause for the log.
    pub fn internal(source: impl Into<BoxError>) -> Self {
        let exception = Exception::with_message(ExceptionKind::InternalServiceException, "Internal error");
        Self { source: Some(source.into()), ..Self::from(exception) }
    }

    /// A value that is invalid by itself: `InvalidParameterException` where the operation declares it, else
    /// `InvalidRequestException` (tasks 1.1.9).
    pub fn invalid_parameter(op: Op, message: impl Into<String>) -> Self {
        Self::new(invalid_parameter_kind(op), message)
    }

    /// An InstanceId that is neither a UUID nor the ARN of an instance: `InvalidRequestException` where declared, else
    /// `InvalidParameterException` (administration 1.1.3). Never `ResourceNotFoundException`, on which infrastructure tools
    /// forget what they manage.
    pub fn malformed_instance_id(op: Op, text: &str) -> Self {
        let kind = if op.declares(ExceptionKind::InvalidRequestException) {
            ExceptionKind::InvalidRequestException
        } else {
            invalid_parameter_kind(op)
        };
        Self::new(kind, format!("Invalid request: InstanceId {text:?} is neither a UUID nor the ARN of an instance"))
    }

    /// The resource already exists under that name (flows 1.8).
    pub fn duplicate(message: impl Into<String>) -> Self {
        Self::new(ExceptionKind::DuplicateResourceException, message)
    }

    /// A quota is used up: `LimitExceededException` where declared, else `ServiceQuotaExceededException` (tasks 2.16).
    pub fn quota(op: Op, message: impl Into<String>) -> Self {
        let kind = if op.declares(ExceptionKind::LimitExceededException) {
            ExceptionKind::LimitExceededException
        } else {
            ExceptionKind::ServiceQuotaExceededException
        };
        Self::new(kind, message)
    }

    /// Broken rules of a request, in the order of administration 1.1.1; no fault is no error.
    ///
    /// # Errors
    /// The exception that the operation declares for them.
    pub fn check(op: Op, faults: Faults) -> Result<()> {
        faults.check().map_err(|refused| match refused {
            Refused::Values(message) => Self::invalid_parameter(op, message),
            Refused::Request(message) => Self::invalid_request(message),
        })
    }

    /// The body could not be read at all (task-templates 0.5, protocol W9.2.2).
    pub fn bad_body(op: Op, error: &BodyError) -> Self {
        let kind = if op.declares(ExceptionKind::InvalidRequestException) {
            ExceptionKind::InvalidRequestException
        } else {
            ExceptionKind::InvalidParameterException
        };
        Self::new(kind, error.to_string())
    }

    /// Every broken constraint of a request, in one answer (protocol W9.2.3).
    pub fn violations(op: Op, violations: &Violations) -> Self {
        let messages: Vec<String> = violations.iter().map(|violation| message(op, violation)).collect();
        Self::new(invalid_parameter_kind(op), messages.join("; "))
    }
}

/// What is wrong with a member. Of a reference's types only those are named that the operation takes (tasks 2.3.10, 2.5.6).
fn message(op: Op, violation: &Violation) -> String {
    let types = match op {
        Op::StartTaskContact | Op::UpdateContact => "URL, NUMBER, STRING, DATE, EMAIL",
        Op::CreateContact => "URL, NUMBER, STRING, DATE, EMAIL, ATTACHMENT",
        _ => return violation.message(),
    };
    let path = &violation.path;
    let of_reference = path.starts_with("References[") && path.ends_with("].Type");
    match violation.problem {
        Problem::NotInEnum { .. } if of_reference => format!("{path} must be one of [{types}]"),
        _ => violation.message(),
    }
}

fn invalid_parameter_kind(op: Op) -> ExceptionKind {
    if op.declares(ExceptionKind::InvalidParameterException) {
        ExceptionKind::InvalidParameterException
    } else {
        ExceptionKind::InvalidRequestException
    }
}

impl From<Exception> for Error {
    fn from(exception: Exception) -> Self {
        Self { exception, source: None, retry_after_ms: None, denied: None }
    }
}

impl From<Denial> for Error {
    fn from(denial: Denial) -> Self {
        let error = Self::new(ExceptionKind::AccessDeniedException, denial.to_string());
        Self { denied: Some(Box::new(denial)), ..error }
    }
}

/// An unexpected storage error is internal unless the operation said otherwise by name.
impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        Self::internal(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.exception.name(), self.exception.message().unwrap_or_default())?;
        match &self.source {
            Some(source) => write!(f, " ({source})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}
