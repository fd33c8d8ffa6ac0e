// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::ContactFlowModuleState;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateContactFlowModuleMetadata",
    method: "POST",
    uri: "/contact-flow-modules/{InstanceId}/{ContactFlowModuleId}/metadata",
    token: None,
    errors: &[
        ExceptionKind::AccessDeniedException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::DuplicateResourceException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateContactFlowModuleMetadataInput {
    pub instance_id: String,
    pub contact_flow_module_id: String,
    pub name: Option<String>,
    pub description: Option<String>,
    pub state: Option<ContactFlowModuleState>,
}

impl Input for UpdateContactFlowModuleMetadataInput {
    const OP: Op = Op::UpdateContactFlowModuleMetadata;
    const HAS_BODY: bool = true;
    type Output = UpdateContactFlowModuleMetadataOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            contact_flow_module_id: reader.label(1, "ContactFlowModuleId", &kinds::CONTACT_FLOW_MODULE_ID),
            name: reader.optional("Name", &kinds::CONTACT_FLOW_MODULE_NAME),
            description: reader.optional("Description", &kinds::CONTACT_FLOW_MODULE_DESCRIPTION.or_empty()),
            state: reader.optional("State", &one_of::<ContactFlowModuleState>()),
        }
    }
}

impl Named for UpdateContactFlowModuleMetadataInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_flow_module_id, ResourceKind::FlowModule, each);
    }
}

impl Encode for UpdateContactFlowModuleMetadataInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("ContactFlowModuleId", &self.contact_flow_module_id);
        w.optional("Name", self.name.as_ref());
        w.optional("Description", self.description.as_ref());
        w.optional("State", self.state.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateContactFlowModuleMetadataOutput {}

impl Output for UpdateContactFlowModuleMetadataOutput {}

impl Encode for UpdateContactFlowModuleMetadataOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.end_object();
    }
}

impl Shape for UpdateContactFlowModuleMetadataOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        cx.object(json);
        Self {}
    }
}
