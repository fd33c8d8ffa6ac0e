// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time, of, one_of};
use crate::shape::Cx;
use crate::shapes::{GranularAccessControlConfiguration, SecurityProfileType};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct SecurityProfile {
    pub id: Option<String>,
    pub organization_resource_id: Option<String>,
    pub arn: Option<String>,
    pub security_profile_name: Option<String>,
    pub description: Option<String>,
    pub tags: Option<BTreeMap<String, String>>,
    pub allowed_access_control_tags: Option<BTreeMap<String, String>>,
    pub tag_restricted_resources: Option<Vec<String>>,
    pub last_modified_time: Option<Timestamp>,
    pub last_modified_region: Option<String>,
    pub hierarchy_restricted_resources: Option<Vec<String>>,
    pub allowed_access_control_hierarchy_group_id: Option<String>,
    pub granular_access_control_configuration: Option<GranularAccessControlConfiguration>,
    pub r#type: Option<SecurityProfileType>,
}

impl Encode for SecurityProfile {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Id", self.id.as_ref());
        w.optional("OrganizationResourceId", self.organization_resource_id.as_ref());
        w.optional("Arn", self.arn.as_ref());
        w.optional("SecurityProfileName", self.security_profile_name.as_ref());
        w.optional("Description", self.description.as_ref());
        w.optional("Tags", self.tags.as_ref());
        w.optional("AllowedAccessControlTags", self.allowed_access_control_tags.as_ref());
        w.optional("TagRestrictedResources", self.tag_restricted_resources.as_ref());
        w.optional("LastModifiedTime", self.last_modified_time.as_ref());
        w.optional("LastModifiedRegion", self.last_modified_region.as_ref());
        w.optional("HierarchyRestrictedResources", self.hierarchy_restricted_resources.as_ref());
        w.optional("AllowedAccessControlHierarchyGroupId", self.allowed_access_control_hierarchy_group_id.as_ref());
        w.optional("GranularAccessControlConfiguration", self.granular_access_control_configuration.as_ref());
        w.optional("Type", self.r#type.as_ref());
        w.end_object();
    }
}

impl Shape for SecurityProfile {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            id: cx.optional(members, "Id", &Text::ANY),
            organization_resource_id: cx.optional(members, "OrganizationResourceId", &kinds::INSTANCE_ID),
            arn: cx.optional(members, "Arn", &Text::ANY),
            security_profile_name: cx.optional(members, "SecurityProfileName", &Text::ANY),
            description: cx.optional(members, "Description", &kinds::SECURITY_PROFILE_DESCRIPTION),
            tags: cx.optional(members, "Tags", &kinds::TAG_MAP),
            allowed_access_control_tags: cx.optional(
                members,
                "AllowedAccessControlTags",
                &kinds::ALLOWED_ACCESS_CONTROL_TAGS,
            ),
            tag_restricted_resources: cx.optional(
                members,
                "TagRestrictedResources",
                &kinds::TAG_RESTRICTED_RESOURCE_LIST,
            ),
            last_modified_time: cx.optional(members, "LastModifiedTime", &Time),
            last_modified_region: cx.optional(members, "LastModifiedRegion", &kinds::REGION_NAME),
            hierarchy_restricted_resources: cx.optional(
                members,
                "HierarchyRestrictedResources",
                &kinds::HIERARCHY_RESTRICTED_RESOURCE_LIST,
            ),
            allowed_access_control_hierarchy_group_id: cx.optional(
                members,
                "AllowedAccessControlHierarchyGroupId",
                &Text::ANY,
            ),
            granular_access_control_configuration: cx.optional(
                members,
                "GranularAccessControlConfiguration",
                &of::<GranularAccessControlConfiguration>(),
            ),
            r#type: cx.optional(members, "Type", &one_of::<SecurityProfileType>()),
        }
    }
}
