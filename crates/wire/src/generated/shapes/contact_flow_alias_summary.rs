// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactFlowAliasSummary {
    pub arn: Option<String>,
    pub alias_id: Option<String>,
    pub version: Option<i64>,
    pub alias_name: Option<String>,
    pub alias_description: Option<String>,
    pub last_modified_time: Option<Timestamp>,
    pub last_modified_region: Option<String>,
}

impl Encode for ContactFlowAliasSummary {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Arn", self.arn.as_ref());
        w.optional("AliasId", self.alias_id.as_ref());
        w.optional("Version", self.version.as_ref());
        w.optional("AliasName", self.alias_name.as_ref());
        w.optional("AliasDescription", self.alias_description.as_ref());
        w.optional("LastModifiedTime", self.last_modified_time.as_ref());
        w.optional("LastModifiedRegion", self.last_modified_region.as_ref());
        w.end_object();
    }
}

impl Shape for ContactFlowAliasSummary {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            arn: cx.optional(members, "Arn", &Text::ANY),
            alias_id: cx.optional(members, "AliasId", &kinds::RESOURCE_ID),
            version: cx.optional(members, "Version", &kinds::RESOURCE_VERSION),
            alias_name: cx.optional(members, "AliasName", &kinds::CONTACT_FLOW_NAME),
            alias_description: cx.optional(members, "AliasDescription", &Text::ANY),
            last_modified_time: cx.optional(members, "LastModifiedTime", &Time),
            last_modified_region: cx.optional(members, "LastModifiedRegion", &kinds::REGION_NAME),
        }
    }
}
