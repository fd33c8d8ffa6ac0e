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
    name: "UpdateContactFlowModuleContent",
    method: "POST",
    uri: "/contact-flow-modules/{InstanceId}/{ContactFlowModuleId}/content",
    token: None,
    errors: &[
        ExceptionKind::AccessDeniedException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidContactFlowModuleException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateContactFlowModuleContentInput {
    pub instance_id: String,
    pub contact_flow_module_id: String,
    pub content: Option<String>,
    pub settings: Option<String>,
}

impl Input for UpdateContactFlowModuleContentInput {
    const OP: Op = Op::UpdateContactFlowModuleContent;
    const HAS_BODY: bool = true;
    type Output = UpdateContactFlowModuleContentOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            contact_flow_module_id: reader.label(1, "ContactFlowModuleId", &kinds::CONTACT_FLOW_MODULE_ID),
            content: reader.optional("Content", &kinds::CONTACT_FLOW_MODULE_CONTENT),
            settings: reader.optional("Settings", &Text::ANY),
        }
    }
}

impl Named for UpdateContactFlowModuleContentInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_flow_module_id, ResourceKind::FlowModule, each);
    }
}

impl Encode for UpdateContactFlowModuleContentInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("ContactFlowModuleId", &self.contact_flow_module_id);
        w.optional("Content", self.content.as_ref());
        w.optional("Settings", self.settings.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateContactFlowModuleContentOutput {}

impl Output for UpdateContactFlowModuleContentOutput {}

impl Encode for UpdateContactFlowModuleContentOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.end_object();
    }
}

impl Shape for UpdateContactFlowModuleContentOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        cx.object(json);
        Self {}
    }
}
