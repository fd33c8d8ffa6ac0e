// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::RecurrencePattern;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct RecurrenceConfig {
    pub recurrence_pattern: RecurrencePattern,
}

impl Encode for RecurrenceConfig {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("RecurrencePattern", &self.recurrence_pattern);
        w.end_object();
    }
}

impl Shape for RecurrenceConfig {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { recurrence_pattern: cx.required(members, "RecurrencePattern", &of::<RecurrencePattern>()) }
    }
}
