// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct EmailAddressInfo {
    pub email_address: String,
    pub display_name: Option<String>,
}

impl Encode for EmailAddressInfo {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("EmailAddress", &self.email_address);
        w.optional("DisplayName", self.display_name.as_ref());
        w.end_object();
    }
}

impl Shape for EmailAddressInfo {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            email_address: cx.required(members, "EmailAddress", &kinds::EMAIL_ADDRESS),
            display_name: cx.optional(members, "DisplayName", &kinds::EMAIL_ADDRESS_DISPLAY_NAME),
        }
    }
}
