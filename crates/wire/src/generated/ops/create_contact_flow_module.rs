// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, of};
use crate::named::{EachValue, Ids, Texts};
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::ExternalInvocationConfiguration;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "CreateContactFlowModule",
    method: "PUT",
    uri: "/contact-flow-modules/{InstanceId}",
    token: Some("ClientToken"),
    errors: &[
        ExceptionKind::AccessDeniedException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidContactFlowModuleException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::DuplicateResourceException,
        ExceptionKind::LimitExceededException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::IdempotencyException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateContactFlowModuleInput {
    pub instance_id: String,
    pub name: String,
    pub description: Option<String>,
    pub content: String,
    pub tags: Option<BTreeMap<String, String>>,
    pub client_token: Option<String>,
    pub settings: Option<String>,
    pub external_invocation_configuration: Option<ExternalInvocationConfiguration>,
}

impl Input for CreateContactFlowModuleInput {
    const OP: Op = Op::CreateContactFlowModule;
    const HAS_BODY: bool = true;
    type Output = CreateContactFlowModuleOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            name: reader.required("Name", &kinds::CONTACT_FLOW_MODULE_NAME),
            description: reader.optional("Description", &kinds::CONTACT_FLOW_MODULE_DESCRIPTION),
            content: reader.required("Content", &kinds::CONTACT_FLOW_MODULE_CONTENT),
            tags: reader.optional("Tags", &kinds::TAG_MAP),
            client_token: reader.optional("ClientToken", &kinds::CLIENT_TOKEN),
            settings: reader.optional("Settings", &Text::ANY),
            external_invocation_configuration: reader
                .optional("ExternalInvocationConfiguration", &of::<ExternalInvocationConfiguration>()),
        }
    }

    fn idempotency_token(&self) -> Option<&str> {
        self.client_token.as_deref()
    }
}

impl Named for CreateContactFlowModuleInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Texts::each_text(&self.tags, "aws:RequestTag/", each);
    }
}

impl Encode for CreateContactFlowModuleInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("Name", &self.name);
        w.optional("Description", self.description.as_ref());
        w.member("Content", &self.content);
        w.optional("Tags", self.tags.as_ref());
        w.optional("ClientToken", self.client_token.as_ref());
        w.optional("Settings", self.settings.as_ref());
        w.optional("ExternalInvocationConfiguration", self.external_invocation_configuration.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateContactFlowModuleOutput {
    pub id: Option<String>,
    pub arn: Option<String>,
}

impl Output for CreateContactFlowModuleOutput {}

impl Encode for CreateContactFlowModuleOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Id", self.id.as_ref());
        w.optional("Arn", self.arn.as_ref());
        w.end_object();
    }
}

impl Shape for CreateContactFlowModuleOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            id: cx.optional(members, "Id", &kinds::CONTACT_FLOW_MODULE_ID),
            arn: cx.optional(members, "Arn", &Text::ANY),
        }
    }
}
