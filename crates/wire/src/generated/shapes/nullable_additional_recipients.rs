// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::shapes::EmailAddressInfo;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct NullableAdditionalRecipients {
    pub cc_email_addresses: Option<Vec<EmailAddressInfo>>,
}

impl Encode for NullableAdditionalRecipients {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("CcEmailAddresses", self.cc_email_addresses.as_ref());
        w.end_object();
    }
}

impl Shape for NullableAdditionalRecipients {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            cc_email_addresses: cx.optional(members, "CcEmailAddresses", &kinds::OPTIONAL_EMAIL_ADDRESS_RECIPIENT_LIST),
        }
    }
}
