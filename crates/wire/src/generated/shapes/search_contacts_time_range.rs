// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Time, one_of};
use crate::shape::Cx;
use crate::shapes::SearchContactsTimeRangeType;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct SearchContactsTimeRange {
    pub r#type: SearchContactsTimeRangeType,
    pub start_time: Timestamp,
    pub end_time: Timestamp,
}

impl Encode for SearchContactsTimeRange {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Type", &self.r#type);
        w.member("StartTime", &self.start_time);
        w.member("EndTime", &self.end_time);
        w.end_object();
    }
}

impl Shape for SearchContactsTimeRange {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            r#type: cx.required(members, "Type", &one_of::<SearchContactsTimeRangeType>()),
            start_time: cx.required(members, "StartTime", &Time),
            end_time: cx.required(members, "EndTime", &Time),
        }
    }
}
