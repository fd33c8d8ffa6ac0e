//! Which API a signed request is for. They share sign-in, limits and the log, and differ in the names that clients sign for, in
//! the largest body and in the form of errors.

use std::borrow::Cow;

use http::Version;
use http::request::Parts;

use crate::answer::{self, Answer, Fault, RequestId};
use crate::app::App;
use crate::settings::Identity;

use super::sts;

/// One of these APIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    /// The Connect API and the agent API, and what is for nobody else.
    Connect,
    /// Who a key stands for (as-code 3).
    Sts,
}

impl Door {
    /// The one that a request is for (as-code 1.1.2).
    pub(super) fn of(app: &App, parts: &Parts) -> Self {
        if sts::is_asked(&app.http.base_path, parts) { Self::Sts } else { Self::Connect }
    }

    /// The names that clients sign for; a refusal of another one names the first.
    pub(super) fn services(self) -> &'static [&'static str] {
        match self {
            Self::Connect => &["connect"],
            Self::Sts => &["sts", "iam"],
        }
    }

    /// The regions that clients may sign for. Those of STS and IAM have a global endpoint too, whose region is one of the
    /// partition (B270).
    pub(super) fn regions(self, identity: &Identity) -> Cow<'_, [String]> {
        let accepted = &identity.accepted_regions;
        let global = sts::global_region(identity.partition);
        if self == Self::Connect || accepted.iter().any(|region| region == global) {
            return Cow::Borrowed(accepted);
        }
        Cow::Owned(accepted.iter().cloned().chain([global.to_owned()]).collect())
    }

    /// The largest body, bytes.
    pub(super) fn body_bytes(self, app: &App) -> usize {
        match self {
            Self::Connect => app.http.body_bytes,
            Self::Sts => sts::BODY_BYTES,
        }
    }

    /// The answer of a fault.
    pub(super) fn failure(self, fault: &Fault, version: Version, id: RequestId) -> Answer {
        match self {
            Self::Connect => answer::failure(fault, version),
            Self::Sts => sts::failure(fault, version, id),
        }
    }
}
