//! The contact record (tasks 4.2).

use crate::arn::Scope;
use crate::contact::{Attributes, Contact};

/// The record of a contact, one JSON text (tasks 4.2.2 to 4.2.5).
pub fn record(contact: &Contact, attributes: &Attributes, scope: Scope<'_>) -> String {
    let _ = (contact, attributes, scope);
    String::new()
}
