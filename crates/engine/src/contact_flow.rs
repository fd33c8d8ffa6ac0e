//! Flows as resources: what may be published (flows 6.1; the rules are in `flow::check`), the hash of the content (flows 1.7), and in
//! which types of flow a task can start.

use crate::flow::{self, ModuleContract};
use sha2::{Digest as _, Sha256};
use wire::shapes::{ContactFlowType, InvalidContactFlowException, ProblemDetail};

pub use crate::flow::check::PROBLEMS_MAX;

#[cfg(test)]
mod tests;

/// Longest content of a flow, in characters; the model gives it no limit (flows 1.3, tasks 1.4).
pub const CONTENT_CHARS_MAX: usize = 256_000;

/// What is wrong with the size of a content, if anything is (flows 1.3).
pub fn check_size(content: &str) -> Option<String> {
    let fits = (1..=CONTENT_CHARS_MAX).contains(&content.chars().count());
    (!fits).then(|| format!("Content must have between 1 and {CONTENT_CHARS_MAX} characters."))
}

/// Can a task start in a flow of this type (task-templates 2.3.6)?
pub fn task_can_start(flow_type: &ContactFlowType) -> bool {
    matches!(flow_type, ContactFlowType::ContactFlow | ContactFlowType::AgentTransfer | ContactFlowType::QueueTransfer)
}

/// The hash of a published content: SHA-256 of the bytes as they were sent, 64 hexadecimal digits (flows 1.7).
pub fn sha256_hex(content: &str) -> String {
    base16ct::lower::encode_string(&Sha256::digest(content.as_bytes()))
}

/// The problems of a flow's content that is to be published, in document order, at most [`PROBLEMS_MAX`]; none if it
/// may be. Saved drafts are not checked (flows 1.3). `modules` returns the contract of a module by the text that names
/// it in the document.
pub fn check(
    content: &str,
    flow_type: &ContactFlowType,
    modules: &dyn Fn(&str) -> Option<ModuleContract>,
) -> Vec<String> {
    flow::check(content, Some(flow_type), modules)
}

/// The exception for a document that may not be published (flows 6.1). It has a list and no message.
pub fn exception(problems: Vec<String>) -> wire::Exception {
    let details = problems.into_iter().take(PROBLEMS_MAX).map(|text| ProblemDetail { message: Some(text) });
    wire::Exception::InvalidContactFlowException(InvalidContactFlowException { problems: Some(details.collect()) })
}
