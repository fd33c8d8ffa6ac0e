// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::AttachedFileInvalidRequestExceptionReason;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub enum InvalidRequestExceptionReason {
    AttachedFileInvalidRequestExceptionReason(AttachedFileInvalidRequestExceptionReason),
    /// No member, several, or one that the model does not know.
    #[default]
    Unknown,
}

impl Encode for InvalidRequestExceptionReason {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        match self {
            Self::AttachedFileInvalidRequestExceptionReason(value) => {
                w.member("AttachedFileInvalidRequestExceptionReason", value);
            }
            Self::Unknown => {}
        }
        w.end_object();
    }
}

impl Shape for InvalidRequestExceptionReason {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        match cx.union(json, &["AttachedFileInvalidRequestExceptionReason"]) {
            Some((name @ "AttachedFileInvalidRequestExceptionReason", json)) => {
                Self::AttachedFileInvalidRequestExceptionReason(cx.variant(
                    name,
                    json,
                    &one_of::<AttachedFileInvalidRequestExceptionReason>(),
                ))
            }
            _ => Self::Unknown,
        }
    }
}
