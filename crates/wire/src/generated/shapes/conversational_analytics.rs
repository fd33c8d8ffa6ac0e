// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::{ContactAnalysisReferenceState, ConversationalAnalyticsConfiguration};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ConversationalAnalytics {
    pub configuration: Option<ConversationalAnalyticsConfiguration>,
    pub contact_analysis_reference_state: Option<ContactAnalysisReferenceState>,
}

impl Encode for ConversationalAnalytics {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Configuration", self.configuration.as_ref());
        w.optional("ContactAnalysisReferenceState", self.contact_analysis_reference_state.as_ref());
        w.end_object();
    }
}

impl Shape for ConversationalAnalytics {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            configuration: cx.optional(members, "Configuration", &of::<ConversationalAnalyticsConfiguration>()),
            contact_analysis_reference_state: cx.optional(
                members,
                "ContactAnalysisReferenceState",
                &of::<ContactAnalysisReferenceState>(),
            ),
        }
    }
}
