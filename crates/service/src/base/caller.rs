//! Who calls, and from where.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use engine::policy::{Key, PolicySet, Value, Values, same_ignoring_case};

/// The authenticated caller.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The account that the access key belongs to, 12 digits.
    pub account: String,
    /// The id of the access key.
    pub access_key_id: String,
    /// ARN of the principal, for access-denied messages and `aws:PrincipalArn`.
    pub arn: String,
    /// Whom the access key stands for.
    pub principal: Principal,
    /// The principal's tags (`aws:PrincipalTag/…`).
    pub tags: BTreeMap<String, String>,
    /// What the principal may do.
    pub policies: Policies,
    /// When temporary credentials were made, epoch milliseconds; `None` for others.
    pub issued_ms: Option<i64>,
}

/// Whom an access key stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principal {
    /// Itself.
    AccessKey,
    /// A user who signed in.
    User {
        /// Bare id of the user's instance.
        instance_id: String,
        /// Bare id.
        user_id: String,
        /// Username.
        username: String,
    },
}

/// What a caller may do.
#[derive(Clone, Debug)]
pub enum Policies {
    /// Everything in the own account.
    Administrator,
    /// What these policies allow; nothing when there are none.
    Set(Arc<PolicySet>),
}

impl Caller {
    /// An administrator's access key.
    pub fn administrator(account: &str, access_key_id: &str, arn: &str) -> Self {
        Self {
            account: account.to_owned(),
            access_key_id: access_key_id.to_owned(),
            arn: arn.to_owned(),
            principal: Principal::AccessKey,
            tags: BTreeMap::new(),
            policies: Policies::Administrator,
            issued_ms: None,
        }
    }

    /// The value of a condition key that is about the caller; `None` for other keys and those that the caller does not have.
    pub fn value(&self, key: &Key) -> Option<Values<'_>> {
        if let Some(tag) = key.after("aws:principaltag/") {
            let found = self.tags.iter().find(|(own, _)| same_ignoring_case(own, tag));
            return found.map(|(_, value)| value.as_str().into());
        }
        Some(match (key.lower(), &self.principal) {
            ("aws:username", _) => self.username().into(),
            ("aws:userid", Principal::AccessKey) => self.access_key_id.as_str().into(),
            ("aws:userid", Principal::User { user_id, .. }) => user_id.as_str().into(),
            ("aws:principalarn", _) => self.arn.as_str().into(),
            ("aws:principalaccount", _) => self.account.as_str().into(),
            ("aws:principaltype", Principal::AccessKey) => "User".into(),
            ("aws:principaltype", Principal::User { .. }) => "AssumedRole".into(),
            ("aws:tokenissuetime", _) => Value::Instant(self.issued_ms?).into(),
            _ => return None,
        })
    }

    /// The name of the principal (`aws:username`).
    pub fn username(&self) -> &str {
        match &self.principal {
            Principal::AccessKey => self.arn.rsplit('/').next().unwrap_or(&self.access_key_id),
            Principal::User { username, .. } => username,
        }
    }
}

/// Where a request came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin<'a> {
    /// The address of the client, as trusted proxies say it; `None` when it is not known.
    pub source_ip: Option<IpAddr>,
    /// Whether it came over TLS, to us or to a trusted proxy.
    pub secure: bool,
    /// `User-Agent` as received.
    pub user_agent: Option<&'a str>,
}
