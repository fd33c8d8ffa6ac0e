// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, one_of};
use crate::shape::Cx;
use crate::shapes::SecurityProfileType;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct SecurityProfileSearchSummary {
    pub id: Option<String>,
    pub organization_resource_id: Option<String>,
    pub arn: Option<String>,
    pub security_profile_name: Option<String>,
    pub description: Option<String>,
    pub tags: Option<BTreeMap<String, String>>,
    pub r#type: Option<SecurityProfileType>,
}

impl Encode for SecurityProfileSearchSummary {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Id", self.id.as_ref());
        w.optional("OrganizationResourceId", self.organization_resource_id.as_ref());
        w.optional("Arn", self.arn.as_ref());
        w.optional("SecurityProfileName", self.security_profile_name.as_ref());
        w.optional("Description", self.description.as_ref());
        w.optional("Tags", self.tags.as_ref());
        w.optional("Type", self.r#type.as_ref());
        w.end_object();
    }
}

impl Shape for SecurityProfileSearchSummary {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            id: cx.optional(members, "Id", &Text::ANY),
            organization_resource_id: cx.optional(members, "OrganizationResourceId", &kinds::INSTANCE_ID),
            arn: cx.optional(members, "Arn", &Text::ANY),
            security_profile_name: cx.optional(members, "SecurityProfileName", &Text::ANY),
            description: cx.optional(members, "Description", &kinds::SECURITY_PROFILE_DESCRIPTION),
            tags: cx.optional(members, "Tags", &kinds::TAG_MAP),
            r#type: cx.optional(members, "Type", &one_of::<SecurityProfileType>()),
        }
    }
}
