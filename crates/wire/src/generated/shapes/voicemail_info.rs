// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct VoicemailInfo {
    pub number_of_voicemails: Option<i32>,
}

impl Encode for VoicemailInfo {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("NumberOfVoicemails", self.number_of_voicemails.as_ref());
        w.end_object();
    }
}

impl Shape for VoicemailInfo {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { number_of_voicemails: cx.optional(members, "NumberOfVoicemails", &kinds::NUMBER_OF_VOICEMAILS) }
    }
}
