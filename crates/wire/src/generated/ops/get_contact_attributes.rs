// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "GetContactAttributes",
    method: "GET",
    uri: "/contact/attributes/{InstanceId}/{InitialContactId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct GetContactAttributesInput {
    pub instance_id: String,
    pub initial_contact_id: String,
}

impl Input for GetContactAttributesInput {
    const OP: Op = Op::GetContactAttributes;
    const HAS_BODY: bool = false;
    type Output = GetContactAttributesOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            initial_contact_id: reader.label(1, "InitialContactId", &kinds::CONTACT_ID),
        }
    }
}

impl Named for GetContactAttributesInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.initial_contact_id, ResourceKind::Contact, each);
    }
}

impl Encode for GetContactAttributesInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("InitialContactId", &self.initial_contact_id);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct GetContactAttributesOutput {
    pub attributes: Option<BTreeMap<String, String>>,
}

impl Output for GetContactAttributesOutput {}

impl Encode for GetContactAttributesOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Attributes", self.attributes.as_ref());
        w.end_object();
    }
}

impl Shape for GetContactAttributesOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { attributes: cx.optional(members, "Attributes", &kinds::ATTRIBUTES) }
    }
}
