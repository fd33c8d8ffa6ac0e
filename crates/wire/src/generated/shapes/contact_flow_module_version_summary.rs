// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactFlowModuleVersionSummary {
    pub arn: Option<String>,
    pub version_description: Option<String>,
    pub version: Option<i64>,
}

impl Encode for ContactFlowModuleVersionSummary {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Arn", self.arn.as_ref());
        w.optional("VersionDescription", self.version_description.as_ref());
        w.optional("Version", self.version.as_ref());
        w.end_object();
    }
}

impl Shape for ContactFlowModuleVersionSummary {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            arn: cx.optional(members, "Arn", &Text::ANY),
            version_description: cx.optional(members, "VersionDescription", &kinds::CONTACT_FLOW_MODULE_DESCRIPTION),
            version: cx.optional(members, "Version", &kinds::RESOURCE_VERSION),
        }
    }
}
