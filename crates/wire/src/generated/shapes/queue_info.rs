// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct QueueInfo {
    pub id: Option<String>,
    pub enqueue_timestamp: Option<Timestamp>,
}

impl Encode for QueueInfo {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Id", self.id.as_ref());
        w.optional("EnqueueTimestamp", self.enqueue_timestamp.as_ref());
        w.end_object();
    }
}

impl Shape for QueueInfo {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            id: cx.optional(members, "Id", &Text::ANY),
            enqueue_timestamp: cx.optional(members, "EnqueueTimestamp", &Time),
        }
    }
}
