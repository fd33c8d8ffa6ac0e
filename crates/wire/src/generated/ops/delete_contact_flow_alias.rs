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
    name: "DeleteContactFlowAlias",
    method: "DELETE",
    uri: "/contact-flows/{InstanceId}/{ContactFlowId}/alias/{AliasId}",
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
pub struct DeleteContactFlowAliasInput {
    pub instance_id: String,
    pub contact_flow_id: String,
    pub alias_id: String,
}

impl Input for DeleteContactFlowAliasInput {
    const OP: Op = Op::DeleteContactFlowAlias;
    const HAS_BODY: bool = false;
    type Output = DeleteContactFlowAliasOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID_OR_ARN),
            contact_flow_id: reader.label(1, "ContactFlowId", &Text::ANY),
            alias_id: reader.label(2, "AliasId", &kinds::RESOURCE_ID),
        }
    }
}

impl Named for DeleteContactFlowAliasInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_flow_id, ResourceKind::ContactFlow, each);
    }
}

impl Encode for DeleteContactFlowAliasInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("ContactFlowId", &self.contact_flow_id);
        w.member("AliasId", &self.alias_id);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DeleteContactFlowAliasOutput {}

impl Output for DeleteContactFlowAliasOutput {}

impl Encode for DeleteContactFlowAliasOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.end_object();
    }
}

impl Shape for DeleteContactFlowAliasOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        cx.object(json);
        Self {}
    }
}
