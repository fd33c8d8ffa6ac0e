// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::RecurrenceFrequency;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct RecurrencePattern {
    pub frequency: RecurrenceFrequency,
    pub interval: i32,
    pub by_month: Option<Vec<i32>>,
    pub by_month_day: Option<Vec<i32>>,
    pub by_weekday_occurrence: Option<Vec<i32>>,
}

impl Encode for RecurrencePattern {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Frequency", &self.frequency);
        w.member("Interval", &self.interval);
        w.optional("ByMonth", self.by_month.as_ref());
        w.optional("ByMonthDay", self.by_month_day.as_ref());
        w.optional("ByWeekdayOccurrence", self.by_weekday_occurrence.as_ref());
        w.end_object();
    }
}

impl Shape for RecurrencePattern {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            frequency: cx.required(members, "Frequency", &one_of::<RecurrenceFrequency>()),
            interval: cx.required(members, "Interval", &kinds::INTERVAL_POSITIVE_INTEGER),
            by_month: cx.optional(members, "ByMonth", &kinds::MONTH_LIST),
            by_month_day: cx.optional(members, "ByMonthDay", &kinds::MONTH_DAY_LIST),
            by_weekday_occurrence: cx.optional(members, "ByWeekdayOccurrence", &kinds::WEEKDAY_OCCURRENCE_LIST),
        }
    }
}
