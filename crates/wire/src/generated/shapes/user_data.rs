// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::{
    AgentContactReference, AgentStatusReference, HierarchyPathReference, RoutingProfileReference, UserReference,
};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UserData {
    pub user: Option<UserReference>,
    pub routing_profile: Option<RoutingProfileReference>,
    pub hierarchy_path: Option<HierarchyPathReference>,
    pub status: Option<AgentStatusReference>,
    pub available_slots_by_channel: Option<BTreeMap<String, i32>>,
    pub max_slots_by_channel: Option<BTreeMap<String, i32>>,
    pub active_slots_by_channel: Option<BTreeMap<String, i32>>,
    pub contacts: Option<Vec<AgentContactReference>>,
    pub next_status: Option<String>,
}

impl Encode for UserData {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("User", self.user.as_ref());
        w.optional("RoutingProfile", self.routing_profile.as_ref());
        w.optional("HierarchyPath", self.hierarchy_path.as_ref());
        w.optional("Status", self.status.as_ref());
        w.optional("AvailableSlotsByChannel", self.available_slots_by_channel.as_ref());
        w.optional("MaxSlotsByChannel", self.max_slots_by_channel.as_ref());
        w.optional("ActiveSlotsByChannel", self.active_slots_by_channel.as_ref());
        w.optional("Contacts", self.contacts.as_ref());
        w.optional("NextStatus", self.next_status.as_ref());
        w.end_object();
    }
}

impl Shape for UserData {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            user: cx.optional(members, "User", &of::<UserReference>()),
            routing_profile: cx.optional(members, "RoutingProfile", &of::<RoutingProfileReference>()),
            hierarchy_path: cx.optional(members, "HierarchyPath", &of::<HierarchyPathReference>()),
            status: cx.optional(members, "Status", &of::<AgentStatusReference>()),
            available_slots_by_channel: cx.optional(members, "AvailableSlotsByChannel", &kinds::CHANNEL_TO_COUNT_MAP),
            max_slots_by_channel: cx.optional(members, "MaxSlotsByChannel", &kinds::CHANNEL_TO_COUNT_MAP),
            active_slots_by_channel: cx.optional(members, "ActiveSlotsByChannel", &kinds::CHANNEL_TO_COUNT_MAP),
            contacts: cx.optional(members, "Contacts", &kinds::AGENT_CONTACT_REFERENCE_LIST),
            next_status: cx.optional(members, "NextStatus", &kinds::AGENT_STATUS_NAME),
        }
    }
}
