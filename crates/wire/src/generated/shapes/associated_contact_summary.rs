// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time, one_of};
use crate::shape::Cx;
use crate::shapes::{Channel, ContactInitiationMethod};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct AssociatedContactSummary {
    pub contact_id: Option<String>,
    pub contact_arn: Option<String>,
    pub initiation_timestamp: Option<Timestamp>,
    pub disconnect_timestamp: Option<Timestamp>,
    pub initial_contact_id: Option<String>,
    pub previous_contact_id: Option<String>,
    pub related_contact_id: Option<String>,
    pub initiation_method: Option<ContactInitiationMethod>,
    pub channel: Option<Channel>,
}

impl Encode for AssociatedContactSummary {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ContactId", self.contact_id.as_ref());
        w.optional("ContactArn", self.contact_arn.as_ref());
        w.optional("InitiationTimestamp", self.initiation_timestamp.as_ref());
        w.optional("DisconnectTimestamp", self.disconnect_timestamp.as_ref());
        w.optional("InitialContactId", self.initial_contact_id.as_ref());
        w.optional("PreviousContactId", self.previous_contact_id.as_ref());
        w.optional("RelatedContactId", self.related_contact_id.as_ref());
        w.optional("InitiationMethod", self.initiation_method.as_ref());
        w.optional("Channel", self.channel.as_ref());
        w.end_object();
    }
}

impl Shape for AssociatedContactSummary {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            contact_id: cx.optional(members, "ContactId", &kinds::CONTACT_ID),
            contact_arn: cx.optional(members, "ContactArn", &Text::ANY),
            initiation_timestamp: cx.optional(members, "InitiationTimestamp", &Time),
            disconnect_timestamp: cx.optional(members, "DisconnectTimestamp", &Time),
            initial_contact_id: cx.optional(members, "InitialContactId", &kinds::CONTACT_ID),
            previous_contact_id: cx.optional(members, "PreviousContactId", &kinds::CONTACT_ID),
            related_contact_id: cx.optional(members, "RelatedContactId", &kinds::CONTACT_ID),
            initiation_method: cx.optional(members, "InitiationMethod", &one_of::<ContactInitiationMethod>()),
            channel: cx.optional(members, "Channel", &one_of::<Channel>()),
        }
    }
}
