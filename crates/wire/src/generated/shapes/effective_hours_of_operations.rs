// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::shapes::OperationalHour;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct EffectiveHoursOfOperations {
    pub date: Option<String>,
    pub operational_hours: Option<Vec<OperationalHour>>,
}

impl Encode for EffectiveHoursOfOperations {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Date", self.date.as_ref());
        w.optional("OperationalHours", self.operational_hours.as_ref());
        w.end_object();
    }
}

impl Shape for EffectiveHoursOfOperations {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            date: cx.optional(members, "Date", &kinds::HOURS_OF_OPERATION_OVERRIDE_YEAR_MONTH_DAY_DATE_FORMAT),
            operational_hours: cx.optional(members, "OperationalHours", &kinds::OPERATIONAL_HOURS),
        }
    }
}
