// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::{Channel, VoiceEnhancementMode};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct VoiceEnhancementConfig {
    pub channel: Channel,
    pub voice_enhancement_mode: VoiceEnhancementMode,
}

impl Encode for VoiceEnhancementConfig {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Channel", &self.channel);
        w.member("VoiceEnhancementMode", &self.voice_enhancement_mode);
        w.end_object();
    }
}

impl Shape for VoiceEnhancementConfig {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            channel: cx.required(members, "Channel", &one_of::<Channel>()),
            voice_enhancement_mode: cx.required(members, "VoiceEnhancementMode", &one_of::<VoiceEnhancementMode>()),
        }
    }
}
