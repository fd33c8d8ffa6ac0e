// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Bool, one_of};
use crate::shape::Cx;
use crate::shapes::PhoneType;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UserPhoneConfig {
    pub phone_type: Option<PhoneType>,
    pub auto_accept: Option<bool>,
    pub after_contact_work_time_limit: Option<i32>,
    pub desk_phone_number: Option<String>,
    pub persistent_connection: Option<bool>,
}

impl Encode for UserPhoneConfig {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("PhoneType", self.phone_type.as_ref());
        w.optional("AutoAccept", self.auto_accept.as_ref());
        w.optional("AfterContactWorkTimeLimit", self.after_contact_work_time_limit.as_ref());
        w.optional("DeskPhoneNumber", self.desk_phone_number.as_ref());
        w.optional("PersistentConnection", self.persistent_connection.as_ref());
        w.end_object();
    }
}

impl Shape for UserPhoneConfig {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            phone_type: cx.optional(members, "PhoneType", &one_of::<PhoneType>()),
            auto_accept: cx.optional(members, "AutoAccept", &Bool),
            after_contact_work_time_limit: cx.optional(
                members,
                "AfterContactWorkTimeLimit",
                &kinds::AFTER_CONTACT_WORK_TIME_LIMIT,
            ),
            desk_phone_number: cx.optional(members, "DeskPhoneNumber", &kinds::SENSITIVE_PHONE_NUMBER),
            persistent_connection: cx.optional(members, "PersistentConnection", &Bool),
        }
    }
}
