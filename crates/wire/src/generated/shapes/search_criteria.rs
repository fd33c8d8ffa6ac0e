// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::named::{EachValue, Ids, Texts};
use crate::shape::Cx;
use crate::shapes::{
    AgentHierarchyGroups, AiAgentsCriteria, Channel, ContactAnalysis, ContactInitiationMethod, ControlPlaneTagFilter,
    NameCriteria, SearchContactsAdditionalTimeRange, SearchableContactAttributes, SearchableRoutingCriteria,
    SearchableSegmentAttributes,
};
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct SearchCriteria {
    pub name: Option<NameCriteria>,
    pub agent_ids: Option<Vec<String>>,
    pub agent_hierarchy_groups: Option<AgentHierarchyGroups>,
    pub channels: Option<Vec<Channel>>,
    pub contact_analysis: Option<ContactAnalysis>,
    pub initiation_methods: Option<Vec<ContactInitiationMethod>>,
    pub queue_ids: Option<Vec<String>>,
    pub routing_criteria: Option<SearchableRoutingCriteria>,
    pub additional_time_range: Option<SearchContactsAdditionalTimeRange>,
    pub searchable_contact_attributes: Option<SearchableContactAttributes>,
    pub searchable_segment_attributes: Option<SearchableSegmentAttributes>,
    pub active_regions: Option<Vec<String>>,
    pub contact_tags: Option<ControlPlaneTagFilter>,
    pub ai_agents: Option<AiAgentsCriteria>,
}

impl Named for SearchCriteria {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.agent_ids, ResourceKind::User, each);
        Named::each_named(&self.agent_hierarchy_groups, each);
        Ids::each_id(&self.queue_ids, ResourceKind::Queue, each);
        Named::each_named(&self.routing_criteria, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Texts::each_text(&self.channels, "connect:Channel", each);
        Named::each_value(&self.routing_criteria, each);
        Named::each_value(&self.contact_tags, each);
    }
}

impl Encode for SearchCriteria {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Name", self.name.as_ref());
        w.optional("AgentIds", self.agent_ids.as_ref());
        w.optional("AgentHierarchyGroups", self.agent_hierarchy_groups.as_ref());
        w.optional("Channels", self.channels.as_ref());
        w.optional("ContactAnalysis", self.contact_analysis.as_ref());
        w.optional("InitiationMethods", self.initiation_methods.as_ref());
        w.optional("QueueIds", self.queue_ids.as_ref());
        w.optional("RoutingCriteria", self.routing_criteria.as_ref());
        w.optional("AdditionalTimeRange", self.additional_time_range.as_ref());
        w.optional("SearchableContactAttributes", self.searchable_contact_attributes.as_ref());
        w.optional("SearchableSegmentAttributes", self.searchable_segment_attributes.as_ref());
        w.optional("ActiveRegions", self.active_regions.as_ref());
        w.optional("ContactTags", self.contact_tags.as_ref());
        w.optional("AiAgents", self.ai_agents.as_ref());
        w.end_object();
    }
}

impl Shape for SearchCriteria {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            name: cx.optional(members, "Name", &of::<NameCriteria>()),
            agent_ids: cx.optional(members, "AgentIds", &kinds::AGENT_RESOURCE_ID_LIST),
            agent_hierarchy_groups: cx.optional(members, "AgentHierarchyGroups", &of::<AgentHierarchyGroups>()),
            channels: cx.optional(members, "Channels", &kinds::CHANNEL_LIST),
            contact_analysis: cx.optional(members, "ContactAnalysis", &of::<ContactAnalysis>()),
            initiation_methods: cx.optional(members, "InitiationMethods", &kinds::INITIATION_METHOD_LIST),
            queue_ids: cx.optional(members, "QueueIds", &kinds::QUEUE_ID_LIST),
            routing_criteria: cx.optional(members, "RoutingCriteria", &of::<SearchableRoutingCriteria>()),
            additional_time_range: cx.optional(
                members,
                "AdditionalTimeRange",
                &of::<SearchContactsAdditionalTimeRange>(),
            ),
            searchable_contact_attributes: cx.optional(
                members,
                "SearchableContactAttributes",
                &of::<SearchableContactAttributes>(),
            ),
            searchable_segment_attributes: cx.optional(
                members,
                "SearchableSegmentAttributes",
                &of::<SearchableSegmentAttributes>(),
            ),
            active_regions: cx.optional(members, "ActiveRegions", &kinds::ACTIVE_REGION_LIST),
            contact_tags: cx.optional(members, "ContactTags", &of::<ControlPlaneTagFilter>()),
            ai_agents: cx.optional(members, "AiAgents", &of::<AiAgentsCriteria>()),
        }
    }
}
