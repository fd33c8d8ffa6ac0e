// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::AudioQualityMetricsInfo;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct AgentQualityMetrics {
    pub audio: Option<AudioQualityMetricsInfo>,
}

impl Encode for AgentQualityMetrics {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Audio", self.audio.as_ref());
        w.end_object();
    }
}

impl Shape for AgentQualityMetrics {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { audio: cx.optional(members, "Audio", &of::<AudioQualityMetricsInfo>()) }
    }
}
