// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "CreateContactFlowVersion",
    method: "PUT",
    uri: "/contact-flows/{InstanceId}/{ContactFlowId}/version",
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
pub struct CreateContactFlowVersionInput {
    pub instance_id: String,
    pub description: Option<String>,
    pub contact_flow_id: String,
    pub flow_content_sha256: Option<String>,
    pub contact_flow_version: Option<i64>,
    pub last_modified_time: Option<Timestamp>,
    pub last_modified_region: Option<String>,
}

impl Input for CreateContactFlowVersionInput {
    const OP: Op = Op::CreateContactFlowVersion;
    const HAS_BODY: bool = true;
    type Output = CreateContactFlowVersionOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            description: reader.optional("Description", &Text::ANY),
            contact_flow_id: reader.label(1, "ContactFlowId", &Text::ANY),
            flow_content_sha256: reader.optional("FlowContentSha256", &kinds::FLOW_CONTENT_SHA256),
            contact_flow_version: reader.optional("ContactFlowVersion", &kinds::RESOURCE_VERSION),
            last_modified_time: reader.optional("LastModifiedTime", &Time),
            last_modified_region: reader.optional("LastModifiedRegion", &kinds::REGION_NAME),
        }
    }
}

impl Named for CreateContactFlowVersionInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_flow_id, ResourceKind::ContactFlow, each);
    }
}

impl Encode for CreateContactFlowVersionInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.optional("Description", self.description.as_ref());
        w.member("ContactFlowId", &self.contact_flow_id);
        w.optional("FlowContentSha256", self.flow_content_sha256.as_ref());
        w.optional("ContactFlowVersion", self.contact_flow_version.as_ref());
        w.optional("LastModifiedTime", self.last_modified_time.as_ref());
        w.optional("LastModifiedRegion", self.last_modified_region.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateContactFlowVersionOutput {
    pub contact_flow_arn: Option<String>,
    pub version: Option<i64>,
}

impl Output for CreateContactFlowVersionOutput {}

impl Encode for CreateContactFlowVersionOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ContactFlowArn", self.contact_flow_arn.as_ref());
        w.optional("Version", self.version.as_ref());
        w.end_object();
    }
}

impl Shape for CreateContactFlowVersionOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            contact_flow_arn: cx.optional(members, "ContactFlowArn", &Text::ANY),
            version: cx.optional(members, "Version", &kinds::RESOURCE_VERSION),
        }
    }
}
