// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, one_of};
use crate::named::{EachValue, Ids, Texts};
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{ContactFlowStatus, ContactFlowType};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "CreateContactFlow",
    method: "PUT",
    uri: "/contact-flows/{InstanceId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidContactFlowException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::DuplicateResourceException,
        ExceptionKind::LimitExceededException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateContactFlowInput {
    pub instance_id: String,
    pub name: String,
    pub r#type: ContactFlowType,
    pub description: Option<String>,
    pub content: String,
    pub status: Option<ContactFlowStatus>,
    pub tags: Option<BTreeMap<String, String>>,
}

impl Input for CreateContactFlowInput {
    const OP: Op = Op::CreateContactFlow;
    const HAS_BODY: bool = true;
    type Output = CreateContactFlowOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            name: reader.required("Name", &kinds::CONTACT_FLOW_NAME),
            r#type: reader.required("Type", &one_of::<ContactFlowType>()),
            description: reader.optional("Description", &Text::ANY),
            content: reader.required("Content", &Text::ANY),
            status: reader.optional("Status", &one_of::<ContactFlowStatus>()),
            tags: reader.optional("Tags", &kinds::TAG_MAP),
        }
    }
}

impl Named for CreateContactFlowInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Texts::each_text(&self.r#type, "connect:FlowType", each);
        Texts::each_text(&self.tags, "aws:RequestTag/", each);
    }
}

impl Encode for CreateContactFlowInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("Name", &self.name);
        w.member("Type", &self.r#type);
        w.optional("Description", self.description.as_ref());
        w.member("Content", &self.content);
        w.optional("Status", self.status.as_ref());
        w.optional("Tags", self.tags.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateContactFlowOutput {
    pub contact_flow_id: Option<String>,
    pub contact_flow_arn: Option<String>,
    pub flow_content_sha256: Option<String>,
}

impl Output for CreateContactFlowOutput {}

impl Encode for CreateContactFlowOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ContactFlowId", self.contact_flow_id.as_ref());
        w.optional("ContactFlowArn", self.contact_flow_arn.as_ref());
        w.optional("FlowContentSha256", self.flow_content_sha256.as_ref());
        w.end_object();
    }
}

impl Shape for CreateContactFlowOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            contact_flow_id: cx.optional(members, "ContactFlowId", &kinds::CONTACT_FLOW_ID),
            contact_flow_arn: cx.optional(members, "ContactFlowArn", &Text::ANY),
            flow_content_sha256: cx.optional(members, "FlowContentSha256", &kinds::FLOW_CONTENT_SHA256),
        }
    }
}
