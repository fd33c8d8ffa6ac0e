// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::SecurityProfile;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "DescribeSecurityProfile",
    method: "GET",
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
pub struct DescribeSecurityProfileInput {
    pub security_profile_id: String,
    pub instance_id: String,
}

impl Input for DescribeSecurityProfileInput {
    const OP: Op = Op::DescribeSecurityProfile;
    const HAS_BODY: bool = false;
    type Output = DescribeSecurityProfileOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            security_profile_id: reader.label(1, "SecurityProfileId", &Text::ANY),
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
        }
    }
}

impl Named for DescribeSecurityProfileInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.security_profile_id, ResourceKind::SecurityProfile, each);
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for DescribeSecurityProfileInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("SecurityProfileId", &self.security_profile_id);
        w.member("InstanceId", &self.instance_id);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DescribeSecurityProfileOutput {
    pub security_profile: Option<SecurityProfile>,
}

impl Output for DescribeSecurityProfileOutput {}

impl Encode for DescribeSecurityProfileOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("SecurityProfile", self.security_profile.as_ref());
        w.end_object();
    }
}

impl Shape for DescribeSecurityProfileOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { security_profile: cx.optional(members, "SecurityProfile", &of::<SecurityProfile>()) }
    }
}
