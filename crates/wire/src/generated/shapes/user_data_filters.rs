// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::named::Ids;
use crate::shape::Cx;
use crate::shapes::ContactFilter;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UserDataFilters {
    pub queues: Option<Vec<String>>,
    pub contact_filter: Option<ContactFilter>,
    pub routing_profiles: Option<Vec<String>>,
    pub agents: Option<Vec<String>>,
    pub user_hierarchy_groups: Option<Vec<String>>,
}

impl Named for UserDataFilters {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.queues, ResourceKind::Queue, each);
        Ids::each_id(&self.routing_profiles, ResourceKind::RoutingProfile, each);
        Ids::each_id(&self.agents, ResourceKind::User, each);
        Ids::each_id(&self.user_hierarchy_groups, ResourceKind::HierarchyGroup, each);
    }
}

impl Encode for UserDataFilters {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Queues", self.queues.as_ref());
        w.optional("ContactFilter", self.contact_filter.as_ref());
        w.optional("RoutingProfiles", self.routing_profiles.as_ref());
        w.optional("Agents", self.agents.as_ref());
        w.optional("UserHierarchyGroups", self.user_hierarchy_groups.as_ref());
        w.end_object();
    }
}

impl Shape for UserDataFilters {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            queues: cx.optional(members, "Queues", &kinds::QUEUES),
            contact_filter: cx.optional(members, "ContactFilter", &of::<ContactFilter>()),
            routing_profiles: cx.optional(members, "RoutingProfiles", &kinds::ROUTING_PROFILES),
            agents: cx.optional(members, "Agents", &kinds::AGENTS_MIN_ONE_MAX_HUNDRED),
            user_hierarchy_groups: cx.optional(members, "UserHierarchyGroups", &kinds::USER_DATA_HIERARCHY_GROUPS),
        }
    }
}
