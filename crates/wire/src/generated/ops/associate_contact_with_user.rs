// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "AssociateContactWithUser",
    method: "POST",
    uri: "/contacts/{InstanceId}/{ContactId}/associate-user",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::AccessDeniedException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct AssociateContactWithUserInput {
    pub instance_id: String,
    pub contact_id: String,
    pub user_id: String,
}

impl Input for AssociateContactWithUserInput {
    const OP: Op = Op::AssociateContactWithUser;
    const HAS_BODY: bool = true;
    type Output = AssociateContactWithUserOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            contact_id: reader.label(1, "ContactId", &kinds::CONTACT_ID),
            user_id: reader.required("UserId", &kinds::AGENT_RESOURCE_ID),
        }
    }
}

impl Named for AssociateContactWithUserInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_id, ResourceKind::Contact, each);
        Ids::each_id(&self.user_id, ResourceKind::User, each);
    }
}

impl Encode for AssociateContactWithUserInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("ContactId", &self.contact_id);
        w.member("UserId", &self.user_id);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct AssociateContactWithUserOutput {}

impl Output for AssociateContactWithUserOutput {}

impl Encode for AssociateContactWithUserOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.end_object();
    }
}

impl Shape for AssociateContactWithUserOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        cx.object(json);
        Self {}
    }
}
