// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::{of, one_of};
use crate::shape::Cx;
use crate::shapes::{OverrideDays, OverrideTimeSlice};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct HoursOfOperationOverrideConfig {
    pub day: Option<OverrideDays>,
    pub start_time: Option<OverrideTimeSlice>,
    pub end_time: Option<OverrideTimeSlice>,
}

impl Encode for HoursOfOperationOverrideConfig {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Day", self.day.as_ref());
        w.optional("StartTime", self.start_time.as_ref());
        w.optional("EndTime", self.end_time.as_ref());
        w.end_object();
    }
}

impl Shape for HoursOfOperationOverrideConfig {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            day: cx.optional(members, "Day", &one_of::<OverrideDays>()),
            start_time: cx.optional(members, "StartTime", &of::<OverrideTimeSlice>()),
            end_time: cx.optional(members, "EndTime", &of::<OverrideTimeSlice>()),
        }
    }
}
