// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::{ReferenceStatus, ReferenceType};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Reference {
    pub value: Option<String>,
    pub r#type: ReferenceType,
    pub status: Option<ReferenceStatus>,
    pub arn: Option<String>,
    pub status_reason: Option<String>,
}

impl Encode for Reference {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Value", self.value.as_ref());
        w.member("Type", &self.r#type);
        w.optional("Status", self.status.as_ref());
        w.optional("Arn", self.arn.as_ref());
        w.optional("StatusReason", self.status_reason.as_ref());
        w.end_object();
    }
}

impl Shape for Reference {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            value: cx.optional(members, "Value", &kinds::REFERENCE_VALUE.or_number()),
            r#type: cx.required(members, "Type", &one_of::<ReferenceType>()),
            status: cx.optional(members, "Status", &one_of::<ReferenceStatus>()),
            arn: cx.optional(members, "Arn", &kinds::REFERENCE_ARN),
            status_reason: cx.optional(members, "StatusReason", &kinds::REFERENCE_STATUS_REASON),
        }
    }
}
