// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct HoursOfOperationTimeSlice {
    pub hours: i32,
    pub minutes: i32,
}

impl Encode for HoursOfOperationTimeSlice {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Hours", &self.hours);
        w.member("Minutes", &self.minutes);
        w.end_object();
    }
}

impl Shape for HoursOfOperationTimeSlice {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            hours: cx.required(members, "Hours", &kinds::HOURS24_FORMAT),
            minutes: cx.required(members, "Minutes", &kinds::MINUTES_LIMIT60),
        }
    }
}
