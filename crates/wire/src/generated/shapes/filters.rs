// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::named::{EachValue, Ids, Texts};
use crate::shape::Cx;
use crate::shapes::Channel;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Filters {
    pub queues: Option<Vec<String>>,
    pub channels: Option<Vec<Channel>>,
    pub routing_profiles: Option<Vec<String>>,
    pub routing_step_expressions: Option<Vec<String>>,
    pub agent_statuses: Option<Vec<String>>,
    pub subtypes: Option<Vec<String>>,
    pub validation_test_types: Option<Vec<String>>,
}

impl Named for Filters {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.queues, ResourceKind::Queue, each);
        Ids::each_id(&self.routing_profiles, ResourceKind::RoutingProfile, each);
        Ids::each_id(&self.agent_statuses, ResourceKind::AgentStatus, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Texts::each_text(&self.channels, "connect:Channel", each);
    }
}

impl Encode for Filters {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Queues", self.queues.as_ref());
        w.optional("Channels", self.channels.as_ref());
        w.optional("RoutingProfiles", self.routing_profiles.as_ref());
        w.optional("RoutingStepExpressions", self.routing_step_expressions.as_ref());
        w.optional("AgentStatuses", self.agent_statuses.as_ref());
        w.optional("Subtypes", self.subtypes.as_ref());
        w.optional("ValidationTestTypes", self.validation_test_types.as_ref());
        w.end_object();
    }
}

impl Shape for Filters {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            queues: cx.optional(members, "Queues", &kinds::QUEUES),
            channels: cx.optional(members, "Channels", &kinds::CHANNELS),
            routing_profiles: cx.optional(members, "RoutingProfiles", &kinds::ROUTING_PROFILES),
            routing_step_expressions: cx.optional(members, "RoutingStepExpressions", &kinds::ROUTING_EXPRESSIONS),
            agent_statuses: cx.optional(members, "AgentStatuses", &kinds::AGENT_STATUSES),
            subtypes: cx.optional(members, "Subtypes", &kinds::SUBTYPES),
            validation_test_types: cx.optional(members, "ValidationTestTypes", &kinds::VALIDATION_TEST_TYPES),
        }
    }
}
