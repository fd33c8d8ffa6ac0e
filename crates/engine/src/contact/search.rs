//! How a task appears in SearchContacts and ListAssociatedContacts (tasks 2.15, 2.14.8).

use crate::arn::Scope;
use crate::contact::Contact;
use wire::shapes::{AssociatedContactSummary, ContactSearchSummary};

impl Contact {
    /// Its entry in the answer of SearchContacts.
    pub fn search_summary(&self, scope: Scope<'_>) -> ContactSearchSummary {
        let _ = scope;
        ContactSearchSummary::default()
    }

    /// Its entry in the answer of ListAssociatedContacts.
    pub fn associated_summary(&self, scope: Scope<'_>) -> AssociatedContactSummary {
        let _ = scope;
        AssociatedContactSummary::default()
    }
}
