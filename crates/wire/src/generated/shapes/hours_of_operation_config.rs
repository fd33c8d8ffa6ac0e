// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::{of, one_of};
use crate::shape::Cx;
use crate::shapes::{HoursOfOperationDays, HoursOfOperationTimeSlice};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct HoursOfOperationConfig {
    pub day: HoursOfOperationDays,
    pub start_time: HoursOfOperationTimeSlice,
    pub end_time: HoursOfOperationTimeSlice,
}

impl Encode for HoursOfOperationConfig {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Day", &self.day);
        w.member("StartTime", &self.start_time);
        w.member("EndTime", &self.end_time);
        w.end_object();
    }
}

impl Shape for HoursOfOperationConfig {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            day: cx.required(members, "Day", &one_of::<HoursOfOperationDays>()),
            start_time: cx.required(members, "StartTime", &of::<HoursOfOperationTimeSlice>()),
            end_time: cx.required(members, "EndTime", &of::<HoursOfOperationTimeSlice>()),
        }
    }
}
