// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, of};
use crate::named::{EachValue, Ids, Texts};
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::QuickConnectConfig;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "CreateQuickConnect",
    method: "PUT",
    uri: "/quick-connects/{InstanceId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::DuplicateResourceException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::LimitExceededException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateQuickConnectInput {
    pub instance_id: String,
    pub name: String,
    pub description: Option<String>,
    pub quick_connect_config: QuickConnectConfig,
    pub tags: Option<BTreeMap<String, String>>,
}

impl Input for CreateQuickConnectInput {
    const OP: Op = Op::CreateQuickConnect;
    const HAS_BODY: bool = true;
    type Output = CreateQuickConnectOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            name: reader.required("Name", &kinds::QUICK_CONNECT_NAME),
            description: reader.optional("Description", &kinds::QUICK_CONNECT_DESCRIPTION),
            quick_connect_config: reader.required("QuickConnectConfig", &of::<QuickConnectConfig>()),
            tags: reader.optional("Tags", &kinds::TAG_MAP),
        }
    }
}

impl Named for CreateQuickConnectInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Named::each_named(&self.quick_connect_config, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Texts::each_text(&self.tags, "aws:RequestTag/", each);
    }
}

impl Encode for CreateQuickConnectInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("Name", &self.name);
        w.optional("Description", self.description.as_ref());
        w.member("QuickConnectConfig", &self.quick_connect_config);
        w.optional("Tags", self.tags.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateQuickConnectOutput {
    pub quick_connect_arn: Option<String>,
    pub quick_connect_id: Option<String>,
}

impl Output for CreateQuickConnectOutput {}

impl Encode for CreateQuickConnectOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("QuickConnectARN", self.quick_connect_arn.as_ref());
        w.optional("QuickConnectId", self.quick_connect_id.as_ref());
        w.end_object();
    }
}

impl Shape for CreateQuickConnectOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            quick_connect_arn: cx.optional(members, "QuickConnectARN", &Text::ANY),
            quick_connect_id: cx.optional(members, "QuickConnectId", &Text::ANY),
        }
    }
}
