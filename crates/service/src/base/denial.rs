//! A refusal, for the client and for the audit log (row 13 of protocol 3.2).

use std::fmt;

use super::caller::Caller;

/// Why a caller was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denial {
    /// ARN of the principal.
    pub principal: String,
    /// The action, such as `connect:GetTaskTemplate`.
    pub action: String,
    /// ARN of the resource that was refused; `*` before the request was decoded, and for actions about no resource.
    pub resource: String,
    /// The statement that denies it; `None` when none allows it.
    pub statement: Option<String>,
}

impl Denial {
    pub(crate) fn of(caller: &Caller, action: String, resource: String, statement: Option<String>) -> Self {
        Self { principal: caller.arn.clone(), action, resource, statement }
    }
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { principal, action, resource, statement } = self;
        write!(f, "User: {principal} is not authorized to perform: {action} on resource: {resource} ")?;
        match statement {
            Some(statement) => write!(f, "with an explicit deny in an identity-based policy: {statement}"),
            None => write!(f, "because no identity-based policy allows the {action} action"),
        }
    }
}
