// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct AgentStatusReference {
    pub status_start_timestamp: Option<Timestamp>,
    pub status_arn: Option<String>,
    pub status_name: Option<String>,
}

impl Encode for AgentStatusReference {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("StatusStartTimestamp", self.status_start_timestamp.as_ref());
        w.optional("StatusArn", self.status_arn.as_ref());
        w.optional("StatusName", self.status_name.as_ref());
        w.end_object();
    }
}

impl Shape for AgentStatusReference {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            status_start_timestamp: cx.optional(members, "StatusStartTimestamp", &Time),
            status_arn: cx.optional(members, "StatusArn", &Text::ANY),
            status_name: cx.optional(members, "StatusName", &kinds::AGENT_STATUS_NAME),
        }
    }
}
