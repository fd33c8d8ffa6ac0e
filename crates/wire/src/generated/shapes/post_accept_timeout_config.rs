// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct PostAcceptTimeoutConfig {
    pub duration_in_seconds: i32,
}

impl Encode for PostAcceptTimeoutConfig {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("DurationInSeconds", &self.duration_in_seconds);
        w.end_object();
    }
}

impl Shape for PostAcceptTimeoutConfig {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            duration_in_seconds: cx.required(
                members,
                "DurationInSeconds",
                &kinds::POST_ACCEPT_PREVIEW_TIMEOUT_DURATION_IN_SECONDS,
            ),
        }
    }
}
