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
    name: "CreateContactFlowAlias",
    method: "PUT",
    uri: "/contact-flows/{InstanceId}/{ContactFlowId}/alias",
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
pub struct CreateContactFlowAliasInput {
    pub instance_id: String,
    pub description: Option<String>,
    pub contact_flow_id: String,
    pub contact_flow_version: i64,
    pub alias_name: String,
}

impl Input for CreateContactFlowAliasInput {
    const OP: Op = Op::CreateContactFlowAlias;
    const HAS_BODY: bool = true;
    type Output = CreateContactFlowAliasOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID_OR_ARN),
            description: reader.optional("Description", &Text::ANY),
            contact_flow_id: reader.label(1, "ContactFlowId", &Text::ANY),
            contact_flow_version: reader.required("ContactFlowVersion", &kinds::RESOURCE_VERSION),
            alias_name: reader.required("AliasName", &kinds::CONTACT_FLOW_NAME),
        }
    }
}

impl Named for CreateContactFlowAliasInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_flow_id, ResourceKind::ContactFlow, each);
    }
}

impl Encode for CreateContactFlowAliasInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.optional("Description", self.description.as_ref());
        w.member("ContactFlowId", &self.contact_flow_id);
        w.member("ContactFlowVersion", &self.contact_flow_version);
        w.member("AliasName", &self.alias_name);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateContactFlowAliasOutput {
    pub contact_flow_arn: Option<String>,
    pub id: Option<String>,
}

impl Output for CreateContactFlowAliasOutput {}

impl Encode for CreateContactFlowAliasOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ContactFlowArn", self.contact_flow_arn.as_ref());
        w.optional("Id", self.id.as_ref());
        w.end_object();
    }
}

impl Shape for CreateContactFlowAliasOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            contact_flow_arn: cx.optional(members, "ContactFlowArn", &Text::ANY),
            id: cx.optional(members, "Id", &kinds::RESOURCE_ID),
        }
    }
}
