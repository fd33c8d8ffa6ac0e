// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateQuickConnectName",
    method: "POST",
    uri: "/quick-connects/{InstanceId}/{QuickConnectId}/name",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateQuickConnectNameInput {
    pub instance_id: String,
    pub quick_connect_id: String,
    pub name: Option<String>,
    pub description: Option<String>,
}

impl Input for UpdateQuickConnectNameInput {
    const OP: Op = Op::UpdateQuickConnectName;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            quick_connect_id: reader.label(1, "QuickConnectId", &Text::ANY),
            name: reader.optional("Name", &kinds::QUICK_CONNECT_NAME),
            description: reader.optional("Description", &kinds::UPDATE_QUICK_CONNECT_DESCRIPTION),
        }
    }
}

impl Named for UpdateQuickConnectNameInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.quick_connect_id, ResourceKind::QuickConnect, each);
    }
}

impl Encode for UpdateQuickConnectNameInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("QuickConnectId", &self.quick_connect_id);
        w.optional("Name", self.name.as_ref());
        w.optional("Description", self.description.as_ref());
        w.end_object();
    }
}
