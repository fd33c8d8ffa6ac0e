// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time, one_of};
use crate::shape::Cx;
use crate::shapes::QuickConnectType;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct QuickConnectContactData {
    pub contact_id: Option<String>,
    pub initiation_timestamp: Option<Timestamp>,
    pub quick_connect_id: Option<String>,
    pub quick_connect_name: Option<String>,
    pub quick_connect_type: Option<QuickConnectType>,
}

impl Encode for QuickConnectContactData {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ContactId", self.contact_id.as_ref());
        w.optional("InitiationTimestamp", self.initiation_timestamp.as_ref());
        w.optional("QuickConnectId", self.quick_connect_id.as_ref());
        w.optional("QuickConnectName", self.quick_connect_name.as_ref());
        w.optional("QuickConnectType", self.quick_connect_type.as_ref());
        w.end_object();
    }
}

impl Shape for QuickConnectContactData {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            contact_id: cx.optional(members, "ContactId", &kinds::CONTACT_ID),
            initiation_timestamp: cx.optional(members, "InitiationTimestamp", &Time),
            quick_connect_id: cx.optional(members, "QuickConnectId", &Text::ANY),
            quick_connect_name: cx.optional(members, "QuickConnectName", &kinds::QUICK_CONNECT_NAME),
            quick_connect_type: cx.optional(members, "QuickConnectType", &one_of::<QuickConnectType>()),
        }
    }
}
