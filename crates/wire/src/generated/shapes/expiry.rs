// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Integer, Time};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Expiry {
    pub duration_in_seconds: Option<i32>,
    pub expiry_timestamp: Option<Timestamp>,
}

impl Encode for Expiry {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("DurationInSeconds", self.duration_in_seconds.as_ref());
        w.optional("ExpiryTimestamp", self.expiry_timestamp.as_ref());
        w.end_object();
    }
}

impl Shape for Expiry {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            duration_in_seconds: cx.optional(members, "DurationInSeconds", &Integer::ANY),
            expiry_timestamp: cx.optional(members, "ExpiryTimestamp", &Time),
        }
    }
}
