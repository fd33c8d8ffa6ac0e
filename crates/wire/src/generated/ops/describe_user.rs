// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::User;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "DescribeUser",
    method: "GET",
    uri: "/users/{InstanceId}/{UserId}",
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
pub struct DescribeUserInput {
    pub user_id: String,
    pub instance_id: String,
}

impl Input for DescribeUserInput {
    const OP: Op = Op::DescribeUser;
    const HAS_BODY: bool = false;
    type Output = DescribeUserOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            user_id: reader.label(1, "UserId", &Text::ANY),
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
        }
    }
}

impl Named for DescribeUserInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.user_id, ResourceKind::User, each);
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for DescribeUserInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("UserId", &self.user_id);
        w.member("InstanceId", &self.instance_id);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DescribeUserOutput {
    pub user: Option<User>,
}

impl Output for DescribeUserOutput {}

impl Encode for DescribeUserOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("User", self.user.as_ref());
        w.end_object();
    }
}

impl Shape for DescribeUserOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { user: cx.optional(members, "User", &of::<User>()) }
    }
}
