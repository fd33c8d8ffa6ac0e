// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::Contact;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "DescribeContact",
    method: "GET",
    uri: "/contacts/{InstanceId}/{ContactId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::ThrottlingException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DescribeContactInput {
    pub instance_id: String,
    pub contact_id: String,
}

impl Input for DescribeContactInput {
    const OP: Op = Op::DescribeContact;
    const HAS_BODY: bool = false;
    type Output = DescribeContactOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            contact_id: reader.label(1, "ContactId", &kinds::CONTACT_ID),
        }
    }
}

impl Named for DescribeContactInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_id, ResourceKind::Contact, each);
    }
}

impl Encode for DescribeContactInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("ContactId", &self.contact_id);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DescribeContactOutput {
    pub contact: Option<Contact>,
}

impl Output for DescribeContactOutput {}

impl Encode for DescribeContactOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Contact", self.contact.as_ref());
        w.end_object();
    }
}

impl Shape for DescribeContactOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { contact: cx.optional(members, "Contact", &of::<Contact>()) }
    }
}
