// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "DeleteInstance",
    method: "DELETE",
    uri: "/instance/{InstanceId}",
    token: Some("clientToken"),
    errors: &[
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::InvalidRequestException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DeleteInstanceInput {
    pub instance_id: String,
    pub client_token: Option<String>,
}

impl Input for DeleteInstanceInput {
    const OP: Op = Op::DeleteInstance;
    const HAS_BODY: bool = false;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            client_token: reader.query("clientToken", "ClientToken", &kinds::CLIENT_TOKEN),
        }
    }

    fn idempotency_token(&self) -> Option<&str> {
        self.client_token.as_deref()
    }
}

impl Named for DeleteInstanceInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for DeleteInstanceInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.optional("ClientToken", self.client_token.as_ref());
        w.end_object();
    }
}
