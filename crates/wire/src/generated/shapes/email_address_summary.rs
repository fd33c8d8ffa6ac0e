// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Bool;
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct EmailAddressSummary {
    pub id: Option<String>,
    pub arn: Option<String>,
    pub is_default_outbound_email: Option<bool>,
}

impl Encode for EmailAddressSummary {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Id", self.id.as_ref());
        w.optional("Arn", self.arn.as_ref());
        w.optional("IsDefaultOutboundEmail", self.is_default_outbound_email.as_ref());
        w.end_object();
    }
}

impl Shape for EmailAddressSummary {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            id: cx.optional(members, "Id", &kinds::EMAIL_ADDRESS_ID),
            arn: cx.optional(members, "Arn", &kinds::EMAIL_ADDRESS_ARN),
            is_default_outbound_email: cx.optional(members, "IsDefaultOutboundEmail", &Bool),
        }
    }
}
