//! The decision: every statement of every policy of a caller, asked about one action on one resource (protocol 4.2 (1)).

use std::fmt;

use super::context::Context;
use super::statement::{Effect, Policy, Statement};

/// The policies of a caller, by name.
#[derive(Clone, Debug, Default)]
pub struct PolicySet {
    policies: Vec<(Box<str>, Policy)>,
    /// Policy and index of each statement that denies.
    denying: Vec<(usize, usize)>,
    /// The same of those that allow.
    allowing: Vec<(usize, usize)>,
}

/// What a caller wants to do.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The action, such as `connect:GetTaskTemplate`; compared without case.
    pub action: &'a str,
    /// ARN of the resource; `*` for an action that is about none. Compared exactly.
    pub resource: &'a str,
    /// The values of condition keys.
    pub context: &'a dyn Context,
}

/// Whether a request is allowed, and by which statement that was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision<'a> {
    /// It is.
    Allowed {
        /// The first one that allows it.
        statement: StatementName<'a>,
    },
    /// It is not.
    Denied {
        /// The first one that denies it; `None` if none allows it.
        statement: Option<StatementName<'a>>,
    },
}

impl Decision<'_> {
    /// Whether the request is allowed.
    pub fn is_allowed(self) -> bool {
        matches!(self, Self::Allowed { .. })
    }
}

/// How a statement is named to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementName<'a> {
    /// Name of its policy.
    pub policy: &'a str,
    /// Its number in the policy, from 0.
    pub index: usize,
    /// Its Sid, if it has one.
    pub sid: Option<&'a str>,
}

impl fmt::Display for StatementName<'_> {
    /// `statement ReadBlue of policy editors`, or `statement 2 of policy editors`, counted from 1, where it has no Sid.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.sid {
            Some(sid) => write!(f, "statement {sid} of policy {}", self.policy),
            None => write!(f, "statement {} of policy {}", self.index + 1, self.policy),
        }
    }
}

impl PolicySet {
    /// The set of these policies, each with the name it is to have in decisions. Their order decides which statement is named, never
    /// whether a request is allowed.
    pub fn new(policies: Vec<(String, Policy)>) -> Self {
        let policies: Vec<(Box<str>, Policy)> =
            policies.into_iter().map(|(name, policy)| (name.into(), policy)).collect();
        let of = |effect| {
            let each = policies.iter().enumerate().flat_map(|(n, (_, policy))| {
                policy.statements.iter().enumerate().map(move |(index, statement)| (n, index, statement.effect))
            });
            each.filter(|(.., own)| *own == effect).map(|(n, index, _)| (n, index)).collect()
        };
        Self { denying: of(Effect::Deny), allowing: of(Effect::Allow), policies }
    }

    /// Whether the request is allowed: if no statement denies it, and one allows it.
    pub fn decide(&self, request: &Request<'_>) -> Decision<'_> {
        let mut buffer = [0; ACTION_BYTES];
        let mut longer = String::new();
        let action = lowered(request.action, &mut buffer, &mut longer);
        let first = |places: &[(usize, usize)]| {
            let matches = |statement: &Statement| {
                statement.actions.include(action) && statement.matches(request.resource, request.context)
            };
            places.iter().copied().find(|place| self.statement(*place).is_some_and(matches))
        };
        if let Some(place) = first(&self.denying) {
            return Decision::Denied { statement: self.name(place) };
        }
        match first(&self.allowing).and_then(|place| self.name(place)) {
            Some(statement) => Decision::Allowed { statement },
            None => Decision::Denied { statement: None },
        }
    }

    /// Whether a request about `action` could be allowed: a statement allows the action for some resource and condition, and none
    /// denies it for all. Asked before a request is decoded.
    pub fn may_allow(&self, action: &str) -> bool {
        self.always_denies(action).is_none() && self.any(&self.allowing, action, |_| true).is_some()
    }

    /// The statement that denies every request about `action`, whatever its resource and context.
    pub fn always_denies(&self, action: &str) -> Option<StatementName<'_>> {
        self.any(&self.denying, action, Statement::is_unconditional)
    }

    /// Whether a statement about `action` asks for a key whose name in lower case begins with `prefix`, such as `aws:resourcetag/`.
    pub fn asks_for(&self, action: &str, prefix: &str) -> bool {
        let asks = |statement: &Statement| statement.keys().any(|key| key.lower().starts_with(prefix));
        self.any(&self.denying, action, asks).or_else(|| self.any(&self.allowing, action, asks)).is_some()
    }

    fn any(
        &self,
        places: &[(usize, usize)],
        action: &str,
        test: impl Fn(&Statement) -> bool,
    ) -> Option<StatementName<'_>> {
        let mut buffer = [0; ACTION_BYTES];
        let mut longer = String::new();
        let action = lowered(action, &mut buffer, &mut longer);
        let matches = |statement: &Statement| statement.actions.include(action) && test(statement);
        let found = places.iter().copied().find(|place| self.statement(*place).is_some_and(matches));
        found.and_then(|place| self.name(place))
    }

    fn statement(&self, (policy, index): (usize, usize)) -> Option<&Statement> {
        self.policies.get(policy)?.1.statements.get(index)
    }

    fn name(&self, (policy, index): (usize, usize)) -> Option<StatementName<'_>> {
        let (name, policy) = self.policies.get(policy)?;
        Some(StatementName { policy: name, index, sid: policy.statements.get(index)?.sid.as_deref() })
    }
}

/// Longest action that is brought into lower case without an allocation, in bytes.
const ACTION_BYTES: usize = 96;

/// The action in lower case.
fn lowered<'b>(action: &str, buffer: &'b mut [u8; ACTION_BYTES], longer: &'b mut String) -> &'b str {
    if let Some(room) = buffer.get_mut(..action.len()) {
        room.copy_from_slice(action.as_bytes());
        room.make_ascii_lowercase();
        if let Ok(lower) = std::str::from_utf8(room) {
            return lower;
        }
    }
    *longer = action.to_ascii_lowercase();
    longer
}
