// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Bool, Text, Time, one_of};
use crate::shape::Cx;
use crate::shapes::{DirectoryType, InstanceStatus};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct InstanceSummary {
    pub id: Option<String>,
    pub arn: Option<String>,
    pub identity_management_type: Option<DirectoryType>,
    pub instance_alias: Option<String>,
    pub created_time: Option<Timestamp>,
    pub service_role: Option<String>,
    pub instance_status: Option<InstanceStatus>,
    pub inbound_calls_enabled: Option<bool>,
    pub outbound_calls_enabled: Option<bool>,
    pub instance_access_url: Option<String>,
}

impl Encode for InstanceSummary {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Id", self.id.as_ref());
        w.optional("Arn", self.arn.as_ref());
        w.optional("IdentityManagementType", self.identity_management_type.as_ref());
        w.optional("InstanceAlias", self.instance_alias.as_ref());
        w.optional("CreatedTime", self.created_time.as_ref());
        w.optional("ServiceRole", self.service_role.as_ref());
        w.optional("InstanceStatus", self.instance_status.as_ref());
        w.optional("InboundCallsEnabled", self.inbound_calls_enabled.as_ref());
        w.optional("OutboundCallsEnabled", self.outbound_calls_enabled.as_ref());
        w.optional("InstanceAccessUrl", self.instance_access_url.as_ref());
        w.end_object();
    }
}

impl Shape for InstanceSummary {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            id: cx.optional(members, "Id", &kinds::INSTANCE_ID),
            arn: cx.optional(members, "Arn", &Text::ANY),
            identity_management_type: cx.optional(members, "IdentityManagementType", &one_of::<DirectoryType>()),
            instance_alias: cx.optional(members, "InstanceAlias", &kinds::DIRECTORY_ALIAS),
            created_time: cx.optional(members, "CreatedTime", &Time),
            service_role: cx.optional(members, "ServiceRole", &Text::ANY),
            instance_status: cx.optional(members, "InstanceStatus", &one_of::<InstanceStatus>()),
            inbound_calls_enabled: cx.optional(members, "InboundCallsEnabled", &Bool),
            outbound_calls_enabled: cx.optional(members, "OutboundCallsEnabled", &Bool),
            instance_access_url: cx.optional(members, "InstanceAccessUrl", &Text::ANY),
        }
    }
}
