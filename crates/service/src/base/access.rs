//! What decides about one call of somebody who is no administrator. How it is judged is in [`crate::access`].

use std::sync::OnceLock;

use engine::access::{self, Asked};
use engine::arn::Home;
use engine::policy::PolicySet;
use wire::Op;

use super::caller::{Caller, Origin, Policies};
use super::denial::Denial;

/// What decides about one call of somebody who is no administrator.
#[derive(Debug)]
pub(crate) struct Access<'a> {
    pub(crate) caller: &'a Caller,
    pub(crate) origin: Origin<'a>,
    pub(crate) policies: &'a PolicySet,
    /// The operation, or the one whose condition keys a door shares.
    pub(crate) op: Op,
    /// `connect:` and the operation, or the action of a door.
    pub(crate) action: String,
    /// The time of the request, epoch milliseconds.
    pub(crate) now_ms: i64,
    /// The statement that allowed the first resource.
    pub(crate) allowed_by: OnceLock<String>,
    /// What the request is judged on, with its values of condition keys, for what is judged later.
    pub(crate) asked: OnceLock<Asked>,
}

impl<'a> Access<'a> {
    /// What decides about this caller: `None` for an administrator of this home. Whoever may not do the action at all is refused here,
    /// before the request is decoded.
    ///
    /// # Errors
    /// The refusal.
    pub(crate) fn open(
        caller: &'a Caller,
        origin: Origin<'a>,
        home: Home<'_>,
        op: Op,
        action: impl FnOnce() -> String,
        now_ms: i64,
    ) -> Result<Option<Self>, Denial> {
        let set = match &caller.policies {
            Policies::Administrator if caller.account == home.account => return Ok(None),
            Policies::Set(set) if caller.account == home.account => set,
            _ => return Err(Denial::of(caller, action(), access::NO_RESOURCE.to_owned(), None)),
        };
        let action = action();
        if !set.may_allow(&action) {
            let statement = set.always_denies(&action).map(|name| name.to_string());
            return Err(Denial::of(caller, action, access::NO_RESOURCE.to_owned(), statement));
        }
        let (allowed_by, asked) = (OnceLock::new(), OnceLock::new());
        Ok(Some(Self { caller, origin, policies: set, op, action, now_ms, allowed_by, asked }))
    }

    /// Whether a statement about the action asks for a condition key that begins with this, in lower case.
    pub(crate) fn asks_for(&self, prefix: &str) -> bool {
        self.policies.asks_for(&self.action, prefix)
    }
}
