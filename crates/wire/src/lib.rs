//! The wire: what a request says and what an answer looks like.
//!
//! Shapes, routes, constraints and errors under [`generated`] are machine-made from the published service model; the codec they
//! call into is written by hand and is in the modules beside it. Nothing here knows HTTP, time or storage: every function
//! goes from bytes to values or back. A rule about the meaning of a template, task or flow belongs in `engine`.

mod action;
pub mod check;
#[expect(missing_docs, reason = "the names of the model are all there is to say")]
#[expect(clippy::too_many_lines, reason = "as long as the shape has members")]
pub mod generated;
pub mod json;
mod kind;
mod named;
mod op;
mod pattern;
pub mod request;
pub mod route;
mod shape;
#[cfg(test)]
mod tests;

pub use action::{AccessLevel, Action, ActionResource};
pub use check::{MemberLocation, Problem, Target, Violation, Violations};
pub use generated::{Exception, ExceptionKind, Op, ops, shapes};
pub use json::{Json, JsonWriter, Timestamp};
pub use named::{EachValue, Named, ResourceKind};
pub use request::{BodyError, Checked, Input, Output, Request, decode, decode_looking};
pub use route::{Labels, Route, RouteError, percent_decoded, resolve};
pub use shape::{Cx, Empty, Encode, Shape, StoredError, from_stored, to_stored};
