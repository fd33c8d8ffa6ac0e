// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Time, one_of};
use crate::shape::Cx;
use crate::shapes::IntervalPeriod;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct MetricInterval {
    pub interval: Option<IntervalPeriod>,
    pub start_time: Option<Timestamp>,
    pub end_time: Option<Timestamp>,
}

impl Encode for MetricInterval {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Interval", self.interval.as_ref());
        w.optional("StartTime", self.start_time.as_ref());
        w.optional("EndTime", self.end_time.as_ref());
        w.end_object();
    }
}

impl Shape for MetricInterval {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            interval: cx.optional(members, "Interval", &one_of::<IntervalPeriod>()),
            start_time: cx.optional(members, "StartTime", &Time),
            end_time: cx.optional(members, "EndTime", &Time),
        }
    }
}
