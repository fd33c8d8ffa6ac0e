// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::Text;
use crate::op::Operation;
use crate::request::Reader;
use crate::{Empty, Encode, ExceptionKind, Input, Op};

pub(crate) const OPERATION: Operation = Operation {
    name: "DeleteQuickConnect",
    method: "DELETE",
    uri: "/quick-connects/{InstanceId}/{QuickConnectId}",
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DeleteQuickConnectInput {
    pub instance_id: String,
    pub quick_connect_id: String,
}

impl Input for DeleteQuickConnectInput {
    const OP: Op = Op::DeleteQuickConnect;
    const HAS_BODY: bool = false;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            quick_connect_id: reader.label(1, "QuickConnectId", &Text::ANY),
        }
    }
}

impl Encode for DeleteQuickConnectInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("QuickConnectId", &self.quick_connect_id);
        w.end_object();
    }
}
