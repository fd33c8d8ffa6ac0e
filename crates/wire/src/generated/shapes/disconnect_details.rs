// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DisconnectDetails {
    pub potential_disconnect_issue: Option<String>,
}

impl Encode for DisconnectDetails {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("PotentialDisconnectIssue", self.potential_disconnect_issue.as_ref());
        w.end_object();
    }
}

impl Shape for DisconnectDetails {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            potential_disconnect_issue: cx.optional(
                members,
                "PotentialDisconnectIssue",
                &kinds::POTENTIAL_DISCONNECT_ISSUE,
            ),
        }
    }
}
