// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::ContactField;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "DeleteContactData",
    method: "POST",
    uri: "/contact/delete/{InstanceId}/{ContactId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ContactNotTerminatedException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::ThrottlingException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DeleteContactDataInput {
    pub instance_id: String,
    pub contact_id: String,
    pub contact_fields: Vec<ContactField>,
}

impl Input for DeleteContactDataInput {
    const OP: Op = Op::DeleteContactData;
    const HAS_BODY: bool = true;
    type Output = DeleteContactDataOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            contact_id: reader.label(1, "ContactId", &kinds::CONTACT_ID),
            contact_fields: reader.required("ContactFields", &kinds::CONTACT_FIELDS),
        }
    }
}

impl Named for DeleteContactDataInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_id, ResourceKind::Contact, each);
    }
}

impl Encode for DeleteContactDataInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("ContactId", &self.contact_id);
        w.member("ContactFields", &self.contact_fields);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DeleteContactDataOutput {}

impl Output for DeleteContactDataOutput {}

impl Encode for DeleteContactDataOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.end_object();
    }
}

impl Shape for DeleteContactDataOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        cx.object(json);
        Self {}
    }
}
