// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::AttachedFileServiceQuotaExceededExceptionReason;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub enum ServiceQuotaExceededExceptionReason {
    AttachedFileServiceQuotaExceededExceptionReason(AttachedFileServiceQuotaExceededExceptionReason),
    /// No member, several, or one that the model does not know.
    #[default]
    Unknown,
}

impl Encode for ServiceQuotaExceededExceptionReason {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        match self {
            Self::AttachedFileServiceQuotaExceededExceptionReason(value) => {
                w.member("AttachedFileServiceQuotaExceededExceptionReason", value);
            }
            Self::Unknown => {}
        }
        w.end_object();
    }
}

impl Shape for ServiceQuotaExceededExceptionReason {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        match cx.union(json, &["AttachedFileServiceQuotaExceededExceptionReason"]) {
            Some((name @ "AttachedFileServiceQuotaExceededExceptionReason", json)) => {
                Self::AttachedFileServiceQuotaExceededExceptionReason(cx.variant(
                    name,
                    json,
                    &one_of::<AttachedFileServiceQuotaExceededExceptionReason>(),
                ))
            }
            _ => Self::Unknown,
        }
    }
}
