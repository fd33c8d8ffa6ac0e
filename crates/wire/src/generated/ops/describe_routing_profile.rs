// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::RoutingProfile;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "DescribeRoutingProfile",
    method: "GET",
    uri: "/routing-profiles/{InstanceId}/{RoutingProfileId}",
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
pub struct DescribeRoutingProfileInput {
    pub instance_id: String,
    pub routing_profile_id: String,
}

impl Input for DescribeRoutingProfileInput {
    const OP: Op = Op::DescribeRoutingProfile;
    const HAS_BODY: bool = false;
    type Output = DescribeRoutingProfileOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            routing_profile_id: reader.label(1, "RoutingProfileId", &Text::ANY),
        }
    }
}

impl Named for DescribeRoutingProfileInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.routing_profile_id, ResourceKind::RoutingProfile, each);
    }
}

impl Encode for DescribeRoutingProfileInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("RoutingProfileId", &self.routing_profile_id);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DescribeRoutingProfileOutput {
    pub routing_profile: Option<RoutingProfile>,
}

impl Output for DescribeRoutingProfileOutput {}

impl Encode for DescribeRoutingProfileOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("RoutingProfile", self.routing_profile.as_ref());
        w.end_object();
    }
}

impl Shape for DescribeRoutingProfileOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { routing_profile: cx.optional(members, "RoutingProfile", &of::<RoutingProfile>()) }
    }
}
