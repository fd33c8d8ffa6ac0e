// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct EmailRecipient {
    pub address: Option<String>,
    pub display_name: Option<String>,
}

impl Encode for EmailRecipient {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Address", self.address.as_ref());
        w.optional("DisplayName", self.display_name.as_ref());
        w.end_object();
    }
}

impl Shape for EmailRecipient {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            address: cx.optional(members, "Address", &kinds::ENDPOINT_ADDRESS),
            display_name: cx.optional(members, "DisplayName", &kinds::ENDPOINT_DISPLAY_NAME),
        }
    }
}
