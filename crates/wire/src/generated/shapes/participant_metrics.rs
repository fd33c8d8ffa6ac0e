// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Bool, Integer, Time, one_of};
use crate::shape::Cx;
use crate::shapes::ParticipantType;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ParticipantMetrics {
    pub participant_id: Option<String>,
    pub participant_type: Option<ParticipantType>,
    pub conversation_abandon: Option<bool>,
    pub messages_sent: Option<i32>,
    pub num_responses: Option<i32>,
    pub message_length_in_chars: Option<i32>,
    pub total_response_time_in_millis: Option<i64>,
    pub max_response_time_in_millis: Option<i64>,
    pub last_message_timestamp: Option<Timestamp>,
}

impl Encode for ParticipantMetrics {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ParticipantId", self.participant_id.as_ref());
        w.optional("ParticipantType", self.participant_type.as_ref());
        w.optional("ConversationAbandon", self.conversation_abandon.as_ref());
        w.optional("MessagesSent", self.messages_sent.as_ref());
        w.optional("NumResponses", self.num_responses.as_ref());
        w.optional("MessageLengthInChars", self.message_length_in_chars.as_ref());
        w.optional("TotalResponseTimeInMillis", self.total_response_time_in_millis.as_ref());
        w.optional("MaxResponseTimeInMillis", self.max_response_time_in_millis.as_ref());
        w.optional("LastMessageTimestamp", self.last_message_timestamp.as_ref());
        w.end_object();
    }
}

impl Shape for ParticipantMetrics {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            participant_id: cx.optional(members, "ParticipantId", &kinds::PARTICIPANT_ID),
            participant_type: cx.optional(members, "ParticipantType", &one_of::<ParticipantType>()),
            conversation_abandon: cx.optional(members, "ConversationAbandon", &Bool),
            messages_sent: cx.optional(members, "MessagesSent", &Integer::ANY),
            num_responses: cx.optional(members, "NumResponses", &Integer::ANY),
            message_length_in_chars: cx.optional(members, "MessageLengthInChars", &Integer::ANY),
            total_response_time_in_millis: cx.optional(members, "TotalResponseTimeInMillis", &kinds::DURATION_MILLIS),
            max_response_time_in_millis: cx.optional(members, "MaxResponseTimeInMillis", &kinds::DURATION_MILLIS),
            last_message_timestamp: cx.optional(members, "LastMessageTimestamp", &Time),
        }
    }
}
