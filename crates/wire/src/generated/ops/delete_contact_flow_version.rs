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
    name: "DeleteContactFlowVersion",
    method: "DELETE",
    uri: "/contact-flows/{InstanceId}/{ContactFlowId}/version/{ContactFlowVersion}",
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
pub struct DeleteContactFlowVersionInput {
    pub instance_id: String,
    pub contact_flow_id: String,
    pub contact_flow_version: i64,
}

impl Input for DeleteContactFlowVersionInput {
    const OP: Op = Op::DeleteContactFlowVersion;
    const HAS_BODY: bool = false;
    type Output = DeleteContactFlowVersionOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            contact_flow_id: reader.label(1, "ContactFlowId", &Text::ANY),
            contact_flow_version: reader.label(2, "ContactFlowVersion", &kinds::RESOURCE_VERSION),
        }
    }
}

impl Named for DeleteContactFlowVersionInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_flow_id, ResourceKind::ContactFlow, each);
    }
}

impl Encode for DeleteContactFlowVersionInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("ContactFlowId", &self.contact_flow_id);
        w.member("ContactFlowVersion", &self.contact_flow_version);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DeleteContactFlowVersionOutput {}

impl Output for DeleteContactFlowVersionOutput {}

impl Encode for DeleteContactFlowVersionOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.end_object();
    }
}

impl Shape for DeleteContactFlowVersionOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        cx.object(json);
        Self {}
    }
}
