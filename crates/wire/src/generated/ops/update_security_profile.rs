// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::{Text, of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shapes::{AIAgent, Application, FlowModule, GranularAccessControlConfiguration};
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateSecurityProfile",
    method: "POST",
    uri: "/security-profiles/{InstanceId}/{SecurityProfileId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateSecurityProfileInput {
    pub description: Option<String>,
    pub permissions: Option<Vec<String>>,
    pub security_profile_id: String,
    pub instance_id: String,
    pub allowed_access_control_tags: Option<BTreeMap<String, String>>,
    pub tag_restricted_resources: Option<Vec<String>>,
    pub applications: Option<Vec<Application>>,
    pub hierarchy_restricted_resources: Option<Vec<String>>,
    pub allowed_access_control_hierarchy_group_id: Option<String>,
    pub allowed_flow_modules: Option<Vec<FlowModule>>,
    pub allowed_ai_agents: Option<Vec<AIAgent>>,
    pub granular_access_control_configuration: Option<GranularAccessControlConfiguration>,
}

impl Input for UpdateSecurityProfileInput {
    const OP: Op = Op::UpdateSecurityProfile;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            description: reader.optional("Description", &kinds::SECURITY_PROFILE_DESCRIPTION),
            permissions: reader.optional("Permissions", &kinds::PERMISSIONS_LIST),
            security_profile_id: reader.label(1, "SecurityProfileId", &Text::ANY),
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
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

impl Named for UpdateSecurityProfileInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.security_profile_id, ResourceKind::SecurityProfile, each);
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.allowed_access_control_hierarchy_group_id, ResourceKind::HierarchyGroup, each);
        Named::each_named(&self.allowed_flow_modules, each);
    }
}

impl Encode for UpdateSecurityProfileInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Description", self.description.as_ref());
        w.optional("Permissions", self.permissions.as_ref());
        w.member("SecurityProfileId", &self.security_profile_id);
        w.member("InstanceId", &self.instance_id);
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
