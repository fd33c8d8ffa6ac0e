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
    name: "UpdateContactAttributes",
    method: "POST",
    uri: "/contact/attributes",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::InvalidActiveRegionException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateContactAttributesInput {
    pub initial_contact_id: String,
    pub instance_id: String,
    pub attributes: BTreeMap<String, String>,
}

impl Input for UpdateContactAttributesInput {
    const OP: Op = Op::UpdateContactAttributes;
    const HAS_BODY: bool = true;
    type Output = UpdateContactAttributesOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            initial_contact_id: reader.required("InitialContactId", &kinds::CONTACT_ID),
            instance_id: reader.required("InstanceId", &kinds::INSTANCE_ID),
            attributes: reader.required("Attributes", &kinds::ATTRIBUTES),
        }
    }
}

impl Named for UpdateContactAttributesInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.initial_contact_id, ResourceKind::Contact, each);
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for UpdateContactAttributesInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InitialContactId", &self.initial_contact_id);
        w.member("InstanceId", &self.instance_id);
        w.member("Attributes", &self.attributes);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateContactAttributesOutput {}

impl Output for UpdateContactAttributesOutput {}

impl Encode for UpdateContactAttributesOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.end_object();
    }
}

impl Shape for UpdateContactAttributesOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        cx.object(json);
        Self {}
    }
}
