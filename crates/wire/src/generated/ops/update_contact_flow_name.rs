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
    name: "UpdateContactFlowName",
    method: "POST",
    uri: "/contact-flows/{InstanceId}/{ContactFlowId}/name",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::DuplicateResourceException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateContactFlowNameInput {
    pub instance_id: String,
    pub contact_flow_id: String,
    pub name: Option<String>,
    pub description: Option<String>,
}

impl Input for UpdateContactFlowNameInput {
    const OP: Op = Op::UpdateContactFlowName;
    const HAS_BODY: bool = true;
    type Output = UpdateContactFlowNameOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            contact_flow_id: reader.label(1, "ContactFlowId", &kinds::CONTACT_FLOW_ID),
            name: reader.optional("Name", &kinds::CONTACT_FLOW_NAME),
            description: reader.optional("Description", &Text::ANY),
        }
    }
}

impl Named for UpdateContactFlowNameInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_flow_id, ResourceKind::ContactFlow, each);
    }
}

impl Encode for UpdateContactFlowNameInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("ContactFlowId", &self.contact_flow_id);
        w.optional("Name", self.name.as_ref());
        w.optional("Description", self.description.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateContactFlowNameOutput {}

impl Output for UpdateContactFlowNameOutput {}

impl Encode for UpdateContactFlowNameOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.end_object();
    }
}

impl Shape for UpdateContactFlowNameOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        cx.object(json);
        Self {}
    }
}
