// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::{ScreenShareCapability, VideoCapability};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ParticipantCapabilities {
    pub video: Option<VideoCapability>,
    pub screen_share: Option<ScreenShareCapability>,
}

impl Encode for ParticipantCapabilities {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Video", self.video.as_ref());
        w.optional("ScreenShare", self.screen_share.as_ref());
        w.end_object();
    }
}

impl Shape for ParticipantCapabilities {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            video: cx.optional(members, "Video", &one_of::<VideoCapability>()),
            screen_share: cx.optional(members, "ScreenShare", &one_of::<ScreenShareCapability>()),
        }
    }
}
