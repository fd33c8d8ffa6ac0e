// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::{Text, one_of};
use crate::shape::Cx;
use crate::shapes::IntervalPeriod;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct IntervalDetails {
    pub time_zone: Option<String>,
    pub interval_period: Option<IntervalPeriod>,
}

impl Encode for IntervalDetails {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("TimeZone", self.time_zone.as_ref());
        w.optional("IntervalPeriod", self.interval_period.as_ref());
        w.end_object();
    }
}

impl Shape for IntervalDetails {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            time_zone: cx.optional(members, "TimeZone", &Text::ANY),
            interval_period: cx.optional(members, "IntervalPeriod", &one_of::<IntervalPeriod>()),
        }
    }
}
