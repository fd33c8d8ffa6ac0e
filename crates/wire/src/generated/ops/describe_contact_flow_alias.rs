// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::ContactFlowAliasInfo;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "DescribeContactFlowAlias",
    method: "GET",
    uri: "/contact-flows/{InstanceId}/{ContactFlowId}/alias/{AliasId}",
    token: None,
    errors: &[
        ExceptionKind::AccessDeniedException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DescribeContactFlowAliasInput {
    pub instance_id: String,
    pub contact_flow_id: String,
    pub alias_id: String,
}

impl Input for DescribeContactFlowAliasInput {
    const OP: Op = Op::DescribeContactFlowAlias;
    const HAS_BODY: bool = false;
    type Output = DescribeContactFlowAliasOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID_OR_ARN),
            contact_flow_id: reader.label(1, "ContactFlowId", &Text::ANY),
            alias_id: reader.label(2, "AliasId", &kinds::RESOURCE_ID),
        }
    }
}

impl Named for DescribeContactFlowAliasInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_flow_id, ResourceKind::ContactFlow, each);
    }
}

impl Encode for DescribeContactFlowAliasInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("ContactFlowId", &self.contact_flow_id);
        w.member("AliasId", &self.alias_id);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DescribeContactFlowAliasOutput {
    pub contact_flow_alias: Option<ContactFlowAliasInfo>,
}

impl Output for DescribeContactFlowAliasOutput {}

impl Encode for DescribeContactFlowAliasOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ContactFlowAlias", self.contact_flow_alias.as_ref());
        w.end_object();
    }
}

impl Shape for DescribeContactFlowAliasOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { contact_flow_alias: cx.optional(members, "ContactFlowAlias", &of::<ContactFlowAliasInfo>()) }
    }
}
