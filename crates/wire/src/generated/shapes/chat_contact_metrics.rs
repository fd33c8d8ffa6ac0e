// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Bool, Integer, Time};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ChatContactMetrics {
    pub multi_party: Option<bool>,
    pub total_messages: Option<i32>,
    pub total_bot_messages: Option<i32>,
    pub total_bot_message_length_in_chars: Option<i32>,
    pub conversation_close_time_in_millis: Option<i64>,
    pub conversation_turn_count: Option<i32>,
    pub agent_first_response_timestamp: Option<Timestamp>,
    pub agent_first_response_time_in_millis: Option<i64>,
}

impl Encode for ChatContactMetrics {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("MultiParty", self.multi_party.as_ref());
        w.optional("TotalMessages", self.total_messages.as_ref());
        w.optional("TotalBotMessages", self.total_bot_messages.as_ref());
        w.optional("TotalBotMessageLengthInChars", self.total_bot_message_length_in_chars.as_ref());
        w.optional("ConversationCloseTimeInMillis", self.conversation_close_time_in_millis.as_ref());
        w.optional("ConversationTurnCount", self.conversation_turn_count.as_ref());
        w.optional("AgentFirstResponseTimestamp", self.agent_first_response_timestamp.as_ref());
        w.optional("AgentFirstResponseTimeInMillis", self.agent_first_response_time_in_millis.as_ref());
        w.end_object();
    }
}

impl Shape for ChatContactMetrics {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            multi_party: cx.optional(members, "MultiParty", &Bool),
            total_messages: cx.optional(members, "TotalMessages", &Integer::ANY),
            total_bot_messages: cx.optional(members, "TotalBotMessages", &Integer::ANY),
            total_bot_message_length_in_chars: cx.optional(members, "TotalBotMessageLengthInChars", &Integer::ANY),
            conversation_close_time_in_millis: cx.optional(
                members,
                "ConversationCloseTimeInMillis",
                &kinds::DURATION_MILLIS,
            ),
            conversation_turn_count: cx.optional(members, "ConversationTurnCount", &Integer::ANY),
            agent_first_response_timestamp: cx.optional(members, "AgentFirstResponseTimestamp", &Time),
            agent_first_response_time_in_millis: cx.optional(
                members,
                "AgentFirstResponseTimeInMillis",
                &kinds::DURATION_MILLIS,
            ),
        }
    }
}
