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
    name: "CreateContactFlowModuleAlias",
    method: "PUT",
    uri: "/contact-flow-modules/{InstanceId}/{ContactFlowModuleId}/alias",
    token: None,
    errors: &[
        ExceptionKind::AccessDeniedException,
        ExceptionKind::DuplicateResourceException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::LimitExceededException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::ThrottlingException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateContactFlowModuleAliasInput {
    pub instance_id: String,
    pub description: Option<String>,
    pub contact_flow_module_id: String,
    pub contact_flow_module_version: i64,
    pub alias_name: String,
}

impl Input for CreateContactFlowModuleAliasInput {
    const OP: Op = Op::CreateContactFlowModuleAlias;
    const HAS_BODY: bool = true;
    type Output = CreateContactFlowModuleAliasOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID_OR_ARN),
            description: reader.optional("Description", &Text::ANY),
            contact_flow_module_id: reader.label(1, "ContactFlowModuleId", &kinds::CONTACT_FLOW_MODULE_ID),
            contact_flow_module_version: reader.required("ContactFlowModuleVersion", &kinds::RESOURCE_VERSION),
            alias_name: reader.required("AliasName", &kinds::CONTACT_FLOW_MODULE_ALIAS),
        }
    }
}

impl Named for CreateContactFlowModuleAliasInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_flow_module_id, ResourceKind::FlowModule, each);
    }
}

impl Encode for CreateContactFlowModuleAliasInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.optional("Description", self.description.as_ref());
        w.member("ContactFlowModuleId", &self.contact_flow_module_id);
        w.member("ContactFlowModuleVersion", &self.contact_flow_module_version);
        w.member("AliasName", &self.alias_name);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateContactFlowModuleAliasOutput {
    pub contact_flow_module_arn: Option<String>,
    pub id: Option<String>,
}

impl Output for CreateContactFlowModuleAliasOutput {}

impl Encode for CreateContactFlowModuleAliasOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ContactFlowModuleArn", self.contact_flow_module_arn.as_ref());
        w.optional("Id", self.id.as_ref());
        w.end_object();
    }
}

impl Shape for CreateContactFlowModuleAliasOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            contact_flow_module_arn: cx.optional(members, "ContactFlowModuleArn", &Text::ANY),
            id: cx.optional(members, "Id", &kinds::RESOURCE_ID),
        }
    }
}
