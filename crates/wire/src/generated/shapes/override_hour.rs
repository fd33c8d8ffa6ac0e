// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{of, one_of};
use crate::shape::Cx;
use crate::shapes::{OperationalStatus, OverrideTimeSlice};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct OverrideHour {
    pub start: Option<OverrideTimeSlice>,
    pub end: Option<OverrideTimeSlice>,
    pub override_name: Option<String>,
    pub operational_status: Option<OperationalStatus>,
}

impl Encode for OverrideHour {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Start", self.start.as_ref());
        w.optional("End", self.end.as_ref());
        w.optional("OverrideName", self.override_name.as_ref());
        w.optional("OperationalStatus", self.operational_status.as_ref());
        w.end_object();
    }
}

impl Shape for OverrideHour {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            start: cx.optional(members, "Start", &of::<OverrideTimeSlice>()),
            end: cx.optional(members, "End", &of::<OverrideTimeSlice>()),
            override_name: cx.optional(members, "OverrideName", &kinds::COMMON_HUMAN_READABLE_NAME),
            operational_status: cx.optional(members, "OperationalStatus", &one_of::<OperationalStatus>()),
        }
    }
}
