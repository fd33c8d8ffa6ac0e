// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::Time;
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CustomerVoiceActivity {
    pub greeting_start_timestamp: Option<Timestamp>,
    pub greeting_end_timestamp: Option<Timestamp>,
}

impl Encode for CustomerVoiceActivity {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("GreetingStartTimestamp", self.greeting_start_timestamp.as_ref());
        w.optional("GreetingEndTimestamp", self.greeting_end_timestamp.as_ref());
        w.end_object();
    }
}

impl Shape for CustomerVoiceActivity {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            greeting_start_timestamp: cx.optional(members, "GreetingStartTimestamp", &Time),
            greeting_end_timestamp: cx.optional(members, "GreetingEndTimestamp", &Time),
        }
    }
}
