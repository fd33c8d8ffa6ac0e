// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::shapes::OverrideHour;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct EffectiveOverrideHours {
    pub date: Option<String>,
    pub override_hours: Option<Vec<OverrideHour>>,
}

impl Encode for EffectiveOverrideHours {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Date", self.date.as_ref());
        w.optional("OverrideHours", self.override_hours.as_ref());
        w.end_object();
    }
}

impl Shape for EffectiveOverrideHours {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            date: cx.optional(members, "Date", &kinds::HOURS_OF_OPERATION_OVERRIDE_YEAR_MONTH_DAY_DATE_FORMAT),
            override_hours: cx.optional(members, "OverrideHours", &kinds::OVERRIDE_HOURS),
        }
    }
}
