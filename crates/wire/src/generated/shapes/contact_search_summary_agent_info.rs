// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::Time;
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactSearchSummaryAgentInfo {
    pub id: Option<String>,
    pub connected_to_agent_timestamp: Option<Timestamp>,
}

impl Encode for ContactSearchSummaryAgentInfo {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Id", self.id.as_ref());
        w.optional("ConnectedToAgentTimestamp", self.connected_to_agent_timestamp.as_ref());
        w.end_object();
    }
}

impl Shape for ContactSearchSummaryAgentInfo {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            id: cx.optional(members, "Id", &kinds::AGENT_RESOURCE_ID),
            connected_to_agent_timestamp: cx.optional(members, "ConnectedToAgentTimestamp", &Time),
        }
    }
}
