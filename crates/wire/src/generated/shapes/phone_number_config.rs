// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::{Channel, PhoneType};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct PhoneNumberConfig {
    pub channel: Channel,
    pub phone_type: PhoneType,
    pub phone_number: Option<String>,
}

impl Encode for PhoneNumberConfig {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Channel", &self.channel);
        w.member("PhoneType", &self.phone_type);
        w.optional("PhoneNumber", self.phone_number.as_ref());
        w.end_object();
    }
}

impl Shape for PhoneNumberConfig {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            channel: cx.required(members, "Channel", &one_of::<Channel>()),
            phone_type: cx.required(members, "PhoneType", &one_of::<PhoneType>()),
            phone_number: cx.optional(members, "PhoneNumber", &kinds::SENSITIVE_PHONE_NUMBER),
        }
    }
}
