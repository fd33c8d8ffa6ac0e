// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, of, one_of};
use crate::shape::Cx;
use crate::shapes::{AgentStatusIdentifier, Channel, QueueReference, RoutingProfileReference};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Dimensions {
    pub queue: Option<QueueReference>,
    pub channel: Option<Channel>,
    pub routing_profile: Option<RoutingProfileReference>,
    pub routing_step_expression: Option<String>,
    pub agent_status: Option<AgentStatusIdentifier>,
    pub subtype: Option<String>,
    pub validation_test_type: Option<String>,
}

impl Encode for Dimensions {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Queue", self.queue.as_ref());
        w.optional("Channel", self.channel.as_ref());
        w.optional("RoutingProfile", self.routing_profile.as_ref());
        w.optional("RoutingStepExpression", self.routing_step_expression.as_ref());
        w.optional("AgentStatus", self.agent_status.as_ref());
        w.optional("Subtype", self.subtype.as_ref());
        w.optional("ValidationTestType", self.validation_test_type.as_ref());
        w.end_object();
    }
}

impl Shape for Dimensions {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            queue: cx.optional(members, "Queue", &of::<QueueReference>()),
            channel: cx.optional(members, "Channel", &one_of::<Channel>()),
            routing_profile: cx.optional(members, "RoutingProfile", &of::<RoutingProfileReference>()),
            routing_step_expression: cx.optional(members, "RoutingStepExpression", &kinds::ROUTING_EXPRESSION),
            agent_status: cx.optional(members, "AgentStatus", &of::<AgentStatusIdentifier>()),
            subtype: cx.optional(members, "Subtype", &kinds::SUBTYPE),
            validation_test_type: cx.optional(members, "ValidationTestType", &Text::ANY),
        }
    }
}
