// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Time, of, one_of};
use crate::shape::Cx;
use crate::shapes::{Channel, ContactInitiationMethod, ContactState, QueueReference};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct AgentContactReference {
    pub contact_id: Option<String>,
    pub channel: Option<Channel>,
    pub initiation_method: Option<ContactInitiationMethod>,
    pub agent_contact_state: Option<ContactState>,
    pub state_start_timestamp: Option<Timestamp>,
    pub connected_to_agent_timestamp: Option<Timestamp>,
    pub queue: Option<QueueReference>,
}

impl Encode for AgentContactReference {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ContactId", self.contact_id.as_ref());
        w.optional("Channel", self.channel.as_ref());
        w.optional("InitiationMethod", self.initiation_method.as_ref());
        w.optional("AgentContactState", self.agent_contact_state.as_ref());
        w.optional("StateStartTimestamp", self.state_start_timestamp.as_ref());
        w.optional("ConnectedToAgentTimestamp", self.connected_to_agent_timestamp.as_ref());
        w.optional("Queue", self.queue.as_ref());
        w.end_object();
    }
}

impl Shape for AgentContactReference {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            contact_id: cx.optional(members, "ContactId", &kinds::CONTACT_ID),
            channel: cx.optional(members, "Channel", &one_of::<Channel>()),
            initiation_method: cx.optional(members, "InitiationMethod", &one_of::<ContactInitiationMethod>()),
            agent_contact_state: cx.optional(members, "AgentContactState", &one_of::<ContactState>()),
            state_start_timestamp: cx.optional(members, "StateStartTimestamp", &Time),
            connected_to_agent_timestamp: cx.optional(members, "ConnectedToAgentTimestamp", &Time),
            queue: cx.optional(members, "Queue", &of::<QueueReference>()),
        }
    }
}
