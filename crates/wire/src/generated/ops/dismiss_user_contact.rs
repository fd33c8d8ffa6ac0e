// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "DismissUserContact",
    method: "POST",
    uri: "/users/{InstanceId}/{UserId}/contact",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::AccessDeniedException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DismissUserContactInput {
    pub user_id: String,
    pub instance_id: String,
    pub contact_id: String,
}

impl Input for DismissUserContactInput {
    const OP: Op = Op::DismissUserContact;
    const HAS_BODY: bool = true;
    type Output = DismissUserContactOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            user_id: reader.label(1, "UserId", &Text::ANY),
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            contact_id: reader.required("ContactId", &kinds::CONTACT_ID),
        }
    }
}

impl Named for DismissUserContactInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.user_id, ResourceKind::User, each);
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_id, ResourceKind::Contact, each);
    }
}

impl Encode for DismissUserContactInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("UserId", &self.user_id);
        w.member("InstanceId", &self.instance_id);
        w.member("ContactId", &self.contact_id);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DismissUserContactOutput {}

impl Output for DismissUserContactOutput {}

impl Encode for DismissUserContactOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.end_object();
    }
}

impl Shape for DismissUserContactOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        cx.object(json);
        Self {}
    }
}
