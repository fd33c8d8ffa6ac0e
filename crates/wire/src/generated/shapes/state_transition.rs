// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Time, one_of};
use crate::shape::Cx;
use crate::shapes::ParticipantState;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct StateTransition {
    pub state: Option<ParticipantState>,
    pub state_start_timestamp: Option<Timestamp>,
    pub state_end_timestamp: Option<Timestamp>,
}

impl Encode for StateTransition {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("State", self.state.as_ref());
        w.optional("StateStartTimestamp", self.state_start_timestamp.as_ref());
        w.optional("StateEndTimestamp", self.state_end_timestamp.as_ref());
        w.end_object();
    }
}

impl Shape for StateTransition {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            state: cx.optional(members, "State", &one_of::<ParticipantState>()),
            state_start_timestamp: cx.optional(members, "StateStartTimestamp", &Time),
            state_end_timestamp: cx.optional(members, "StateEndTimestamp", &Time),
        }
    }
}
