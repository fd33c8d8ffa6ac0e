// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactFlowAliasInfo {
    pub contact_flow_id: Option<String>,
    pub contact_flow_arn: Option<String>,
    pub alias_id: Option<String>,
    pub version: Option<i64>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub last_modified_region: Option<String>,
    pub last_modified_time: Option<Timestamp>,
}

impl Encode for ContactFlowAliasInfo {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ContactFlowId", self.contact_flow_id.as_ref());
        w.optional("ContactFlowArn", self.contact_flow_arn.as_ref());
        w.optional("AliasId", self.alias_id.as_ref());
        w.optional("Version", self.version.as_ref());
        w.optional("Name", self.name.as_ref());
        w.optional("Description", self.description.as_ref());
        w.optional("LastModifiedRegion", self.last_modified_region.as_ref());
        w.optional("LastModifiedTime", self.last_modified_time.as_ref());
        w.end_object();
    }
}

impl Shape for ContactFlowAliasInfo {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            contact_flow_id: cx.optional(members, "ContactFlowId", &kinds::RESOURCE_ID),
            contact_flow_arn: cx.optional(members, "ContactFlowArn", &Text::ANY),
            alias_id: cx.optional(members, "AliasId", &kinds::RESOURCE_ID),
            version: cx.optional(members, "Version", &kinds::RESOURCE_VERSION),
            name: cx.optional(members, "Name", &kinds::CONTACT_FLOW_NAME),
            description: cx.optional(members, "Description", &Text::ANY),
            last_modified_region: cx.optional(members, "LastModifiedRegion", &kinds::REGION_NAME),
            last_modified_time: cx.optional(members, "LastModifiedTime", &Time),
        }
    }
}
