// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time, one_of};
use crate::shape::Cx;
use crate::shapes::{ContactFlowState, ContactFlowStatus, ContactFlowType};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactFlow {
    pub arn: Option<String>,
    pub id: Option<String>,
    pub name: Option<String>,
    pub r#type: Option<ContactFlowType>,
    pub state: Option<ContactFlowState>,
    pub status: Option<ContactFlowStatus>,
    pub description: Option<String>,
    pub content: Option<String>,
    pub tags: Option<BTreeMap<String, String>>,
    pub flow_content_sha256: Option<String>,
    pub version: Option<i64>,
    pub version_description: Option<String>,
    pub last_modified_time: Option<Timestamp>,
    pub last_modified_region: Option<String>,
}

impl Encode for ContactFlow {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Arn", self.arn.as_ref());
        w.optional("Id", self.id.as_ref());
        w.optional("Name", self.name.as_ref());
        w.optional("Type", self.r#type.as_ref());
        w.optional("State", self.state.as_ref());
        w.optional("Status", self.status.as_ref());
        w.optional("Description", self.description.as_ref());
        w.optional("Content", self.content.as_ref());
        w.optional("Tags", self.tags.as_ref());
        w.optional("FlowContentSha256", self.flow_content_sha256.as_ref());
        w.optional("Version", self.version.as_ref());
        w.optional("VersionDescription", self.version_description.as_ref());
        w.optional("LastModifiedTime", self.last_modified_time.as_ref());
        w.optional("LastModifiedRegion", self.last_modified_region.as_ref());
        w.end_object();
    }
}

impl Shape for ContactFlow {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            arn: cx.optional(members, "Arn", &Text::ANY),
            id: cx.optional(members, "Id", &kinds::CONTACT_FLOW_ID),
            name: cx.optional(members, "Name", &kinds::CONTACT_FLOW_NAME),
            r#type: cx.optional(members, "Type", &one_of::<ContactFlowType>()),
            state: cx.optional(members, "State", &one_of::<ContactFlowState>()),
            status: cx.optional(members, "Status", &one_of::<ContactFlowStatus>()),
            description: cx.optional(members, "Description", &Text::ANY),
            content: cx.optional(members, "Content", &Text::ANY),
            tags: cx.optional(members, "Tags", &kinds::TAG_MAP),
            flow_content_sha256: cx.optional(members, "FlowContentSha256", &kinds::FLOW_CONTENT_SHA256),
            version: cx.optional(members, "Version", &kinds::RESOURCE_VERSION),
            version_description: cx.optional(members, "VersionDescription", &Text::ANY),
            last_modified_time: cx.optional(members, "LastModifiedTime", &Time),
            last_modified_region: cx.optional(members, "LastModifiedRegion", &kinds::REGION_NAME),
        }
    }
}
