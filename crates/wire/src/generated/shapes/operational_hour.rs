// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::OverrideTimeSlice;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct OperationalHour {
    pub start: Option<OverrideTimeSlice>,
    pub end: Option<OverrideTimeSlice>,
}

impl Encode for OperationalHour {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Start", self.start.as_ref());
        w.optional("End", self.end.as_ref());
        w.end_object();
    }
}

impl Shape for OperationalHour {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            start: cx.optional(members, "Start", &of::<OverrideTimeSlice>()),
            end: cx.optional(members, "End", &of::<OverrideTimeSlice>()),
        }
    }
}
