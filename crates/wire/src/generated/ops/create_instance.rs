// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Bool, Text, one_of};
use crate::named::{EachValue, Texts};
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::DirectoryType;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "CreateInstance",
    method: "PUT",
    uri: "/instance",
    token: Some("ClientToken"),
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::ServiceQuotaExceededException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateInstanceInput {
    pub client_token: Option<String>,
    pub identity_management_type: DirectoryType,
    pub instance_alias: Option<String>,
    pub directory_id: Option<String>,
    pub inbound_calls_enabled: bool,
    pub outbound_calls_enabled: bool,
    pub tags: Option<BTreeMap<String, String>>,
}

impl Input for CreateInstanceInput {
    const OP: Op = Op::CreateInstance;
    const HAS_BODY: bool = true;
    type Output = CreateInstanceOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            client_token: reader.optional("ClientToken", &kinds::CLIENT_TOKEN),
            identity_management_type: reader.required("IdentityManagementType", &one_of::<DirectoryType>()),
            instance_alias: reader.optional("InstanceAlias", &kinds::DIRECTORY_ALIAS),
            directory_id: reader.optional("DirectoryId", &kinds::DIRECTORY_ID),
            inbound_calls_enabled: reader.required("InboundCallsEnabled", &Bool),
            outbound_calls_enabled: reader.required("OutboundCallsEnabled", &Bool),
            tags: reader.optional("Tags", &kinds::TAG_MAP),
        }
    }

    fn idempotency_token(&self) -> Option<&str> {
        self.client_token.as_deref()
    }
}

impl Named for CreateInstanceInput {
    fn each_named<'s>(&'s self, _each: &mut dyn FnMut(ResourceKind, &'s str)) {}

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Texts::each_text(&self.tags, "aws:RequestTag/", each);
    }
}

impl Encode for CreateInstanceInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ClientToken", self.client_token.as_ref());
        w.member("IdentityManagementType", &self.identity_management_type);
        w.optional("InstanceAlias", self.instance_alias.as_ref());
        w.optional("DirectoryId", self.directory_id.as_ref());
        w.member("InboundCallsEnabled", &self.inbound_calls_enabled);
        w.member("OutboundCallsEnabled", &self.outbound_calls_enabled);
        w.optional("Tags", self.tags.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateInstanceOutput {
    pub id: Option<String>,
    pub arn: Option<String>,
}

impl Output for CreateInstanceOutput {}

impl Encode for CreateInstanceOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Id", self.id.as_ref());
        w.optional("Arn", self.arn.as_ref());
        w.end_object();
    }
}

impl Shape for CreateInstanceOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { id: cx.optional(members, "Id", &kinds::INSTANCE_ID), arn: cx.optional(members, "Arn", &Text::ANY) }
    }
}
