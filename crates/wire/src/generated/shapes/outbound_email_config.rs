// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::named::Ids;
use crate::shape::Cx;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct OutboundEmailConfig {
    pub outbound_email_address_id: Option<String>,
}

impl Named for OutboundEmailConfig {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.outbound_email_address_id, ResourceKind::EmailAddress, each);
    }
}

impl Encode for OutboundEmailConfig {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("OutboundEmailAddressId", self.outbound_email_address_id.as_ref());
        w.end_object();
    }
}

impl Shape for OutboundEmailConfig {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { outbound_email_address_id: cx.optional(members, "OutboundEmailAddressId", &kinds::EMAIL_ADDRESS_ID) }
    }
}
