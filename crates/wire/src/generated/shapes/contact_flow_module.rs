// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, of, one_of};
use crate::shape::Cx;
use crate::shapes::{ContactFlowModuleState, ContactFlowModuleStatus, ExternalInvocationConfiguration};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactFlowModule {
    pub arn: Option<String>,
    pub id: Option<String>,
    pub name: Option<String>,
    pub content: Option<String>,
    pub description: Option<String>,
    pub state: Option<ContactFlowModuleState>,
    pub status: Option<ContactFlowModuleStatus>,
    pub tags: Option<BTreeMap<String, String>>,
    pub flow_module_content_sha256: Option<String>,
    pub version: Option<i64>,
    pub version_description: Option<String>,
    pub settings: Option<String>,
    pub external_invocation_configuration: Option<ExternalInvocationConfiguration>,
}

impl Encode for ContactFlowModule {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Arn", self.arn.as_ref());
        w.optional("Id", self.id.as_ref());
        w.optional("Name", self.name.as_ref());
        w.optional("Content", self.content.as_ref());
        w.optional("Description", self.description.as_ref());
        w.optional("State", self.state.as_ref());
        w.optional("Status", self.status.as_ref());
        w.optional("Tags", self.tags.as_ref());
        w.optional("FlowModuleContentSha256", self.flow_module_content_sha256.as_ref());
        w.optional("Version", self.version.as_ref());
        w.optional("VersionDescription", self.version_description.as_ref());
        w.optional("Settings", self.settings.as_ref());
        w.optional("ExternalInvocationConfiguration", self.external_invocation_configuration.as_ref());
        w.end_object();
    }
}

impl Shape for ContactFlowModule {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            arn: cx.optional(members, "Arn", &Text::ANY),
            id: cx.optional(members, "Id", &kinds::CONTACT_FLOW_MODULE_ID),
            name: cx.optional(members, "Name", &kinds::CONTACT_FLOW_MODULE_NAME),
            content: cx.optional(members, "Content", &kinds::CONTACT_FLOW_MODULE_CONTENT),
            description: cx.optional(members, "Description", &kinds::CONTACT_FLOW_MODULE_DESCRIPTION),
            state: cx.optional(members, "State", &one_of::<ContactFlowModuleState>()),
            status: cx.optional(members, "Status", &one_of::<ContactFlowModuleStatus>()),
            tags: cx.optional(members, "Tags", &kinds::TAG_MAP),
            flow_module_content_sha256: cx.optional(
                members,
                "FlowModuleContentSha256",
                &kinds::FLOW_MODULE_CONTENT_SHA256,
            ),
            version: cx.optional(members, "Version", &kinds::RESOURCE_VERSION),
            version_description: cx.optional(members, "VersionDescription", &kinds::CONTACT_FLOW_MODULE_DESCRIPTION),
            settings: cx.optional(members, "Settings", &Text::ANY),
            external_invocation_configuration: cx.optional(
                members,
                "ExternalInvocationConfiguration",
                &of::<ExternalInvocationConfiguration>(),
            ),
        }
    }
}
