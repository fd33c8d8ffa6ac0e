// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactLensSummaryConfiguration {
    pub summary_modes: Option<Vec<String>>,
}

impl Encode for ContactLensSummaryConfiguration {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("SummaryModes", self.summary_modes.as_ref());
        w.end_object();
    }
}

impl Shape for ContactLensSummaryConfiguration {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { summary_modes: cx.optional(members, "SummaryModes", &kinds::CONTACT_LENS_SUMMARY_MODE_LIST) }
    }
}
