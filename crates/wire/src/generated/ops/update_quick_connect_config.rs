// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::{Text, of};
use crate::op::Operation;
use crate::request::Reader;
use crate::shapes::QuickConnectConfig;
use crate::{Empty, Encode, ExceptionKind, Input, Op};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateQuickConnectConfig",
    method: "POST",
    uri: "/quick-connects/{InstanceId}/{QuickConnectId}/config",
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateQuickConnectConfigInput {
    pub instance_id: String,
    pub quick_connect_id: String,
    pub quick_connect_config: QuickConnectConfig,
}

impl Input for UpdateQuickConnectConfigInput {
    const OP: Op = Op::UpdateQuickConnectConfig;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            quick_connect_id: reader.label(1, "QuickConnectId", &Text::ANY),
            quick_connect_config: reader.required("QuickConnectConfig", &of::<QuickConnectConfig>()),
        }
    }
}

impl Encode for UpdateQuickConnectConfigInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("QuickConnectId", &self.quick_connect_id);
        w.member("QuickConnectConfig", &self.quick_connect_config);
        w.end_object();
    }
}
