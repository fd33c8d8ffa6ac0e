// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::{ChatContactMetrics, ParticipantMetrics};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ChatMetrics {
    pub chat_contact_metrics: Option<ChatContactMetrics>,
    pub agent_metrics: Option<ParticipantMetrics>,
    pub customer_metrics: Option<ParticipantMetrics>,
}

impl Encode for ChatMetrics {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ChatContactMetrics", self.chat_contact_metrics.as_ref());
        w.optional("AgentMetrics", self.agent_metrics.as_ref());
        w.optional("CustomerMetrics", self.customer_metrics.as_ref());
        w.end_object();
    }
}

impl Shape for ChatMetrics {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            chat_contact_metrics: cx.optional(members, "ChatContactMetrics", &of::<ChatContactMetrics>()),
            agent_metrics: cx.optional(members, "AgentMetrics", &of::<ParticipantMetrics>()),
            customer_metrics: cx.optional(members, "CustomerMetrics", &of::<ParticipantMetrics>()),
        }
    }
}
