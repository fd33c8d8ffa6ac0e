// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Bool, Text, one_of};
use crate::shape::Cx;
use crate::shapes::{AnalyticsMode, ReferenceStatus};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactAnalysisReference {
    pub name: Option<String>,
    pub value: Option<String>,
    pub status: Option<ReferenceStatus>,
    pub arn: Option<String>,
    pub analytics_mode: Option<AnalyticsMode>,
    pub is_redacted: Option<bool>,
}

impl Encode for ContactAnalysisReference {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Name", self.name.as_ref());
        w.optional("Value", self.value.as_ref());
        w.optional("Status", self.status.as_ref());
        w.optional("Arn", self.arn.as_ref());
        w.optional("AnalyticsMode", self.analytics_mode.as_ref());
        w.optional("IsRedacted", self.is_redacted.as_ref());
        w.end_object();
    }
}

impl Shape for ContactAnalysisReference {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            name: cx.optional(members, "Name", &kinds::REFERENCE_KEY),
            value: cx.optional(members, "Value", &kinds::REFERENCE_VALUE),
            status: cx.optional(members, "Status", &one_of::<ReferenceStatus>()),
            arn: cx.optional(members, "Arn", &Text::ANY),
            analytics_mode: cx.optional(members, "AnalyticsMode", &one_of::<AnalyticsMode>()),
            is_redacted: cx.optional(members, "IsRedacted", &Bool),
        }
    }
}
