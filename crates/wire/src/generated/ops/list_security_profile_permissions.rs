// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "ListSecurityProfilePermissions",
    method: "GET",
    uri: "/security-profiles-permissions/{InstanceId}/{SecurityProfileId}",
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
pub struct ListSecurityProfilePermissionsInput {
    pub security_profile_id: String,
    pub instance_id: String,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
}

impl Input for ListSecurityProfilePermissionsInput {
    const OP: Op = Op::ListSecurityProfilePermissions;
    const HAS_BODY: bool = false;
    type Output = ListSecurityProfilePermissionsOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            security_profile_id: reader.label(1, "SecurityProfileId", &Text::ANY),
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            next_token: reader.query("nextToken", "NextToken", &Text::ANY),
            max_results: reader.query("maxResults", "MaxResults", &kinds::MAX_RESULT1000),
        }
    }
}

impl Named for ListSecurityProfilePermissionsInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.security_profile_id, ResourceKind::SecurityProfile, each);
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for ListSecurityProfilePermissionsInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("SecurityProfileId", &self.security_profile_id);
        w.member("InstanceId", &self.instance_id);
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MaxResults", self.max_results.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListSecurityProfilePermissionsOutput {
    pub permissions: Option<Vec<String>>,
    pub next_token: Option<String>,
    pub last_modified_time: Option<Timestamp>,
    pub last_modified_region: Option<String>,
}

impl Output for ListSecurityProfilePermissionsOutput {}

impl Encode for ListSecurityProfilePermissionsOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Permissions", self.permissions.as_ref());
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("LastModifiedTime", self.last_modified_time.as_ref());
        w.optional("LastModifiedRegion", self.last_modified_region.as_ref());
        w.end_object();
    }
}

impl Shape for ListSecurityProfilePermissionsOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            permissions: cx.optional(members, "Permissions", &kinds::PERMISSIONS_LIST),
            next_token: cx.optional(members, "NextToken", &Text::ANY),
            last_modified_time: cx.optional(members, "LastModifiedTime", &Time),
            last_modified_region: cx.optional(members, "LastModifiedRegion", &kinds::REGION_NAME),
        }
    }
}
