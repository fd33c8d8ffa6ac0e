// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::{Bool, one_of};
use crate::shape::Cx;
use crate::shapes::Channel;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct AutoAcceptConfig {
    pub channel: Channel,
    pub auto_accept: bool,
    pub agent_first_callback_auto_accept: Option<bool>,
}

impl Encode for AutoAcceptConfig {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Channel", &self.channel);
        w.member("AutoAccept", &self.auto_accept);
        w.optional("AgentFirstCallbackAutoAccept", self.agent_first_callback_auto_accept.as_ref());
        w.end_object();
    }
}

impl Shape for AutoAcceptConfig {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            channel: cx.required(members, "Channel", &one_of::<Channel>()),
            auto_accept: cx.required(members, "AutoAccept", &Bool),
            agent_first_callback_auto_accept: cx.optional(members, "AgentFirstCallbackAutoAccept", &Bool),
        }
    }
}
