// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, one_of};
use crate::shape::Cx;
use crate::shapes::ReferenceStatus;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct VoicemailAnalysisReference {
    pub name: Option<String>,
    pub value: Option<String>,
    pub status: Option<ReferenceStatus>,
    pub arn: Option<String>,
}

impl Encode for VoicemailAnalysisReference {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Name", self.name.as_ref());
        w.optional("Value", self.value.as_ref());
        w.optional("Status", self.status.as_ref());
        w.optional("Arn", self.arn.as_ref());
        w.end_object();
    }
}

impl Shape for VoicemailAnalysisReference {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            name: cx.optional(members, "Name", &kinds::REFERENCE_KEY),
            value: cx.optional(members, "Value", &kinds::REFERENCE_VALUE),
            status: cx.optional(members, "Status", &one_of::<ReferenceStatus>()),
            arn: cx.optional(members, "Arn", &Text::ANY),
        }
    }
}
