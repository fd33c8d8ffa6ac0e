//! Who may do what, in the language of IAM policies (protocol 4.2): documents are read and checked once ([`Policy::parse`], every
//! problem with its line and column), prepared ([`PolicySet`]), and asked for each request ([`PolicySet::decide`]). An explicit Deny
//! decides, whatever allows the same; what nothing allows is denied.

mod arn_pattern;
mod condition;
mod context;
mod json;
mod managed;
mod operator;
mod parse;
mod pattern;
mod scalar;
mod set;
mod statement;
#[cfg(test)]
mod tests;
mod warning;

pub use context::{Context, Key, NoContext, Value, Values, same_ignoring_case};
pub use json::{Place, Problem};
pub use managed::{MANAGED, managed};
pub use parse::{DOCUMENT_BYTES_MAX, DOCUMENT_VALUES_MAX, PROBLEMS_MAX, STATEMENTS_MAX, TEXT_BYTES_MAX};
pub use set::{Decision, PolicySet, Request, StatementName};
pub use statement::Policy;
pub use warning::{ActionFacts, Catalog, warnings};
