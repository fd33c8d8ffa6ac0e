// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, of};
use crate::named::{EachValue, Ids, Texts};
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{AIAgent, Application, FlowModule, GranularAccessControlConfiguration};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "CreateSecurityProfile",
    method: "PUT",
    uri: "/security-profiles/{InstanceId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::LimitExceededException,
        ExceptionKind::DuplicateResourceException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateSecurityProfileInput {
    pub security_profile_name: String,
    pub description: Option<String>,
    pub permissions: Option<Vec<String>>,
    pub instance_id: String,
    pub tags: Option<BTreeMap<String, String>>,
    pub allowed_access_control_tags: Option<BTreeMap<String, String>>,
    pub tag_restricted_resources: Option<Vec<String>>,
    pub applications: Option<Vec<Application>>,
    pub hierarchy_restricted_resources: Option<Vec<String>>,
    pub allowed_access_control_hierarchy_group_id: Option<String>,
    pub allowed_flow_modules: Option<Vec<FlowModule>>,
    pub allowed_ai_agents: Option<Vec<AIAgent>>,
    pub granular_access_control_configuration: Option<GranularAccessControlConfiguration>,
}

impl Input for CreateSecurityProfileInput {
    const OP: Op = Op::CreateSecurityProfile;
    const HAS_BODY: bool = true;
    type Output = CreateSecurityProfileOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            security_profile_name: reader.required("SecurityProfileName", &kinds::CREATE_SECURITY_PROFILE_NAME),
            description: reader.optional("Description", &kinds::SECURITY_PROFILE_DESCRIPTION),
            permissions: reader.optional("Permissions", &kinds::PERMISSIONS_LIST),
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            tags: reader.optional("Tags", &kinds::TAG_MAP),
            allowed_access_control_tags: reader
                .optional("AllowedAccessControlTags", &kinds::ALLOWED_ACCESS_CONTROL_TAGS),
            tag_restricted_resources: reader.optional("TagRestrictedResources", &kinds::TAG_RESTRICTED_RESOURCE_LIST),
            applications: reader.optional("Applications", &kinds::APPLICATIONS),
            hierarchy_restricted_resources: reader
                .optional("HierarchyRestrictedResources", &kinds::HIERARCHY_RESTRICTED_RESOURCE_LIST),
            allowed_access_control_hierarchy_group_id: reader
                .optional("AllowedAccessControlHierarchyGroupId", &Text::ANY),
            allowed_flow_modules: reader.optional("AllowedFlowModules", &kinds::ALLOWED_FLOW_MODULES),
            allowed_ai_agents: reader.optional("AllowedAIAgents", &kinds::ALLOWED_AI_AGENTS),
            granular_access_control_configuration: reader
                .optional("GranularAccessControlConfiguration", &of::<GranularAccessControlConfiguration>()),
        }
    }
}

impl Named for CreateSecurityProfileInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.allowed_access_control_hierarchy_group_id, ResourceKind::HierarchyGroup, each);
        Named::each_named(&self.allowed_flow_modules, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Texts::each_text(&self.tags, "aws:RequestTag/", each);
    }
}

impl Encode for CreateSecurityProfileInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("SecurityProfileName", &self.security_profile_name);
        w.optional("Description", self.description.as_ref());
        w.optional("Permissions", self.permissions.as_ref());
        w.member("InstanceId", &self.instance_id);
        w.optional("Tags", self.tags.as_ref());
        w.optional("AllowedAccessControlTags", self.allowed_access_control_tags.as_ref());
        w.optional("TagRestrictedResources", self.tag_restricted_resources.as_ref());
        w.optional("Applications", self.applications.as_ref());
        w.optional("HierarchyRestrictedResources", self.hierarchy_restricted_resources.as_ref());
        w.optional("AllowedAccessControlHierarchyGroupId", self.allowed_access_control_hierarchy_group_id.as_ref());
        w.optional("AllowedFlowModules", self.allowed_flow_modules.as_ref());
        w.optional("AllowedAIAgents", self.allowed_ai_agents.as_ref());
        w.optional("GranularAccessControlConfiguration", self.granular_access_control_configuration.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateSecurityProfileOutput {
    pub security_profile_id: Option<String>,
    pub security_profile_arn: Option<String>,
}

impl Output for CreateSecurityProfileOutput {}

impl Encode for CreateSecurityProfileOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("SecurityProfileId", self.security_profile_id.as_ref());
        w.optional("SecurityProfileArn", self.security_profile_arn.as_ref());
        w.end_object();
    }
}

impl Shape for CreateSecurityProfileOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            security_profile_id: cx.optional(members, "SecurityProfileId", &Text::ANY),
            security_profile_arn: cx.optional(members, "SecurityProfileArn", &Text::ANY),
        }
    }
}
