//! The instance that a request names (tasks 1.1.6, 1.1.10).

use engine::arn::{self, InstanceRef};

use crate::{Cx, Error, Result};

/// The bare id of an instance named by id or ARN; that it exists is for the caller to find out. Every operation that takes an
/// InstanceId comes through here, so that a malformed one is answered alike (administration 1.1.3).
pub(crate) fn id(cx: &Cx<'_>, text: &str) -> Result<String> {
    match arn::instance_id(text, cx.home()) {
        InstanceRef::Id(id) => Ok(id),
        InstanceRef::Foreign => Err(not_found(text)),
        InstanceRef::Malformed => Err(Error::malformed_instance_id(cx.op(), text)),
    }
}

/// The bare id of an instance that exists.
pub(crate) async fn existing(cx: &Cx<'_>, text: &str) -> Result<String> {
    let id = id(cx, text)?;
    if cx.store().instance_exists(&id).await? { Ok(id) } else { Err(not_found(text)) }
}

/// The answer for an instance that is not there.
pub(crate) fn not_found(text: &str) -> Error {
    Error::not_found(format!("Instance {text} not found"))
}
