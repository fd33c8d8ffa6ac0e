// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactLensChannelConfiguration {
    pub analytics_modes: Option<Vec<String>>,
}

impl Encode for ContactLensChannelConfiguration {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("AnalyticsModes", self.analytics_modes.as_ref());
        w.end_object();
    }
}

impl Shape for ContactLensChannelConfiguration {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { analytics_modes: cx.optional(members, "AnalyticsModes", &kinds::CONTACT_LENS_ANALYTICS_MODE_LIST) }
    }
}
