// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

//! The generated half of this crate.

mod actions;
mod errors;
pub(crate) mod kinds;
mod operations;
pub mod ops;
pub(crate) mod outside;
pub(crate) mod patterns;
pub(crate) mod routes;
pub mod shapes;

pub(crate) use actions::{ACTIONS, ARN_PATTERNS};
pub use errors::{Exception, ExceptionKind};
pub(crate) use operations::OPERATIONS;
pub use operations::Op;
