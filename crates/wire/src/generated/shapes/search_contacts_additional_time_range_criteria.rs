// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::{SearchContactsTimeRange, SearchContactsTimestampCondition};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct SearchContactsAdditionalTimeRangeCriteria {
    pub time_range: Option<SearchContactsTimeRange>,
    pub timestamp_condition: Option<SearchContactsTimestampCondition>,
}

impl Encode for SearchContactsAdditionalTimeRangeCriteria {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("TimeRange", self.time_range.as_ref());
        w.optional("TimestampCondition", self.timestamp_condition.as_ref());
        w.end_object();
    }
}

impl Shape for SearchContactsAdditionalTimeRangeCriteria {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            time_range: cx.optional(members, "TimeRange", &of::<SearchContactsTimeRange>()),
            timestamp_condition: cx.optional(members, "TimestampCondition", &of::<SearchContactsTimestampCondition>()),
        }
    }
}
