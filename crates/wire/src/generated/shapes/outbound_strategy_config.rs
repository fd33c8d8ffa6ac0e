// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::AgentFirst;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct OutboundStrategyConfig {
    pub agent_first: Option<AgentFirst>,
}

impl Encode for OutboundStrategyConfig {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("AgentFirst", self.agent_first.as_ref());
        w.end_object();
    }
}

impl Shape for OutboundStrategyConfig {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { agent_first: cx.optional(members, "AgentFirst", &of::<AgentFirst>()) }
    }
}
