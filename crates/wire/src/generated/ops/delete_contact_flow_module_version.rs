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
    name: "DeleteContactFlowModuleVersion",
    method: "DELETE",
    uri: "/contact-flow-modules/{InstanceId}/{ContactFlowModuleId}/version/{ContactFlowModuleVersion}",
    token: None,
    errors: &[
        ExceptionKind::AccessDeniedException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::ThrottlingException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DeleteContactFlowModuleVersionInput {
    pub instance_id: String,
    pub contact_flow_module_id: String,
    pub contact_flow_module_version: i64,
}

impl Input for DeleteContactFlowModuleVersionInput {
    const OP: Op = Op::DeleteContactFlowModuleVersion;
    const HAS_BODY: bool = false;
    type Output = DeleteContactFlowModuleVersionOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            contact_flow_module_id: reader.label(1, "ContactFlowModuleId", &Text::ANY),
            contact_flow_module_version: reader.label(2, "ContactFlowModuleVersion", &kinds::RESOURCE_VERSION),
        }
    }
}

impl Named for DeleteContactFlowModuleVersionInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_flow_module_id, ResourceKind::FlowModule, each);
    }
}

impl Encode for DeleteContactFlowModuleVersionInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("ContactFlowModuleId", &self.contact_flow_module_id);
        w.member("ContactFlowModuleVersion", &self.contact_flow_module_version);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DeleteContactFlowModuleVersionOutput {}

impl Output for DeleteContactFlowModuleVersionOutput {}

impl Encode for DeleteContactFlowModuleVersionOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.end_object();
    }
}

impl Shape for DeleteContactFlowModuleVersionOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        cx.object(json);
        Self {}
    }
}
