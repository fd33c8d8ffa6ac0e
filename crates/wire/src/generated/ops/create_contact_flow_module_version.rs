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
    name: "CreateContactFlowModuleVersion",
    method: "PUT",
    uri: "/contact-flow-modules/{InstanceId}/{ContactFlowModuleId}/version",
    token: None,
    errors: &[
        ExceptionKind::AccessDeniedException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::LimitExceededException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::ThrottlingException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateContactFlowModuleVersionInput {
    pub instance_id: String,
    pub description: Option<String>,
    pub contact_flow_module_id: String,
    pub flow_module_content_sha256: Option<String>,
}

impl Input for CreateContactFlowModuleVersionInput {
    const OP: Op = Op::CreateContactFlowModuleVersion;
    const HAS_BODY: bool = true;
    type Output = CreateContactFlowModuleVersionOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            description: reader.optional("Description", &kinds::CONTACT_FLOW_MODULE_DESCRIPTION),
            contact_flow_module_id: reader.label(1, "ContactFlowModuleId", &Text::ANY),
            flow_module_content_sha256: reader.optional("FlowModuleContentSha256", &kinds::FLOW_MODULE_CONTENT_SHA256),
        }
    }
}

impl Named for CreateContactFlowModuleVersionInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_flow_module_id, ResourceKind::FlowModule, each);
    }
}

impl Encode for CreateContactFlowModuleVersionInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.optional("Description", self.description.as_ref());
        w.member("ContactFlowModuleId", &self.contact_flow_module_id);
        w.optional("FlowModuleContentSha256", self.flow_module_content_sha256.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateContactFlowModuleVersionOutput {
    pub contact_flow_module_arn: Option<String>,
    pub version: Option<i64>,
}

impl Output for CreateContactFlowModuleVersionOutput {}

impl Encode for CreateContactFlowModuleVersionOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ContactFlowModuleArn", self.contact_flow_module_arn.as_ref());
        w.optional("Version", self.version.as_ref());
        w.end_object();
    }
}

impl Shape for CreateContactFlowModuleVersionOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            contact_flow_module_arn: cx.optional(members, "ContactFlowModuleArn", &Text::ANY),
            version: cx.optional(members, "Version", &kinds::RESOURCE_VERSION),
        }
    }
}
