//! The instance that a request names (tasks 1.1.6, 1.1.10).

use engine::arn::{self, InstanceRef};

use crate::{Cx, Error, Result};

/// The bare id of an instance named by id or ARN; the caller checks that it exists. Every operation that takes an
/// InstanceId uses this, so that a malformed one is always answered in the same way (administration 1.1.3).
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

/// The answer for an instance that does not exist.
pub(crate) fn not_found(text: &str) -> Error {
    Error::not_found(format!("Instance {text} not found"))
}
