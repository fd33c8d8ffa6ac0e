// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct PhoneNumberQuickConnectConfig {
    pub phone_number: String,
}

impl Encode for PhoneNumberQuickConnectConfig {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("PhoneNumber", &self.phone_number);
        w.end_object();
    }
}

impl Shape for PhoneNumberQuickConnectConfig {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { phone_number: cx.required(members, "PhoneNumber", &kinds::PHONE_NUMBER) }
    }
}
