//! Flows (flows sections 2–8): reading a document, checking one that is to be published, and running it. Everything is
//! a function from values to values: a run states what it needs, and the caller provides it. Resources (names,
//! versions, hashes of flows) are in `contact_flow`.

mod actions;
pub mod check;
pub mod contract;
pub mod document;
mod machine;
pub mod run;
pub mod value;

pub use check::{check, referenced_modules};
pub use contract::ModuleContract;
pub use document::{Action, ActionType, Condition, Document, DocumentError, ErrorType, Operator};
