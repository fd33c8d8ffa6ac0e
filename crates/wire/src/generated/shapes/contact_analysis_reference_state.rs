// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactAnalysisReferenceState {
    pub status: Option<String>,
    pub status_reason: Option<String>,
}

impl Encode for ContactAnalysisReferenceState {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Status", self.status.as_ref());
        w.optional("StatusReason", self.status_reason.as_ref());
        w.end_object();
    }
}

impl Shape for ContactAnalysisReferenceState {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            status: cx.optional(members, "Status", &Text::ANY),
            status_reason: cx.optional(members, "StatusReason", &Text::ANY),
        }
    }
}
