// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::named::Ids;
use crate::shape::Cx;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct EmailAddressConfig {
    pub email_address_id: String,
}

impl Named for EmailAddressConfig {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.email_address_id, ResourceKind::EmailAddress, each);
    }
}

impl Encode for EmailAddressConfig {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("EmailAddressId", &self.email_address_id);
        w.end_object();
    }
}

impl Shape for EmailAddressConfig {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { email_address_id: cx.required(members, "EmailAddressId", &kinds::EMAIL_ADDRESS_ID) }
    }
}
