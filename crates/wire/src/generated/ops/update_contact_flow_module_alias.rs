// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateContactFlowModuleAlias",
    method: "POST",
    uri: "/contact-flow-modules/{InstanceId}/{ContactFlowModuleId}/alias/{AliasId}",
    token: None,
    errors: &[
        ExceptionKind::AccessDeniedException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::ConditionalOperationFailedException,
        ExceptionKind::DuplicateResourceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateContactFlowModuleAliasInput {
    pub instance_id: String,
    pub contact_flow_module_id: String,
    pub alias_id: String,
    pub name: Option<String>,
    pub description: Option<String>,
    pub contact_flow_module_version: Option<i64>,
}

impl Input for UpdateContactFlowModuleAliasInput {
    const OP: Op = Op::UpdateContactFlowModuleAlias;
    const HAS_BODY: bool = true;
    type Output = UpdateContactFlowModuleAliasOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID_OR_ARN),
            contact_flow_module_id: reader.label(1, "ContactFlowModuleId", &kinds::CONTACT_FLOW_MODULE_ID),
            alias_id: reader.label(2, "AliasId", &kinds::RESOURCE_ID),
            name: reader.optional("Name", &kinds::CONTACT_FLOW_MODULE_NAME),
            description: reader.optional("Description", &kinds::CONTACT_FLOW_MODULE_DESCRIPTION.or_empty()),
            contact_flow_module_version: reader.optional("ContactFlowModuleVersion", &kinds::RESOURCE_VERSION),
        }
    }
}

impl Named for UpdateContactFlowModuleAliasInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_flow_module_id, ResourceKind::FlowModule, each);
    }
}

impl Encode for UpdateContactFlowModuleAliasInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("ContactFlowModuleId", &self.contact_flow_module_id);
        w.member("AliasId", &self.alias_id);
        w.optional("Name", self.name.as_ref());
        w.optional("Description", self.description.as_ref());
        w.optional("ContactFlowModuleVersion", self.contact_flow_module_version.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateContactFlowModuleAliasOutput {}

impl Output for UpdateContactFlowModuleAliasOutput {}

impl Encode for UpdateContactFlowModuleAliasOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.end_object();
    }
}

impl Shape for UpdateContactFlowModuleAliasOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        cx.object(json);
        Self {}
    }
}
