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
    name: "TransferContact",
    method: "POST",
    uri: "/contact/transfer",
    token: Some("ClientToken"),
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::IdempotencyException,
        ExceptionKind::AccessDeniedException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ServiceQuotaExceededException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct TransferContactInput {
    pub instance_id: String,
    pub contact_id: String,
    pub queue_id: Option<String>,
    pub user_id: Option<String>,
    pub contact_flow_id: String,
    pub client_token: Option<String>,
}

impl Input for TransferContactInput {
    const OP: Op = Op::TransferContact;
    const HAS_BODY: bool = true;
    type Output = TransferContactOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.required("InstanceId", &kinds::INSTANCE_ID),
            contact_id: reader.required("ContactId", &kinds::CONTACT_ID),
            queue_id: reader.optional("QueueId", &Text::ANY),
            user_id: reader.optional("UserId", &kinds::AGENT_RESOURCE_ID),
            contact_flow_id: reader.required("ContactFlowId", &kinds::CONTACT_FLOW_ID),
            client_token: reader.optional("ClientToken", &kinds::CLIENT_TOKEN),
        }
    }

    fn idempotency_token(&self) -> Option<&str> {
        self.client_token.as_deref()
    }
}

impl Named for TransferContactInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_id, ResourceKind::Contact, each);
        Ids::each_id(&self.queue_id, ResourceKind::Queue, each);
        Ids::each_id(&self.user_id, ResourceKind::User, each);
        Ids::each_id(&self.contact_flow_id, ResourceKind::ContactFlow, each);
    }
}

impl Encode for TransferContactInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("ContactId", &self.contact_id);
        w.optional("QueueId", self.queue_id.as_ref());
        w.optional("UserId", self.user_id.as_ref());
        w.member("ContactFlowId", &self.contact_flow_id);
        w.optional("ClientToken", self.client_token.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct TransferContactOutput {
    pub contact_id: Option<String>,
    pub contact_arn: Option<String>,
}

impl Output for TransferContactOutput {}

impl Encode for TransferContactOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ContactId", self.contact_id.as_ref());
        w.optional("ContactArn", self.contact_arn.as_ref());
        w.end_object();
    }
}

impl Shape for TransferContactOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            contact_id: cx.optional(members, "ContactId", &kinds::CONTACT_ID),
            contact_arn: cx.optional(members, "ContactArn", &Text::ANY),
        }
    }
}
