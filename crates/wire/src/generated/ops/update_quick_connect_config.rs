// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::{Text, of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shapes::QuickConnectConfig;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateQuickConnectConfig",
    method: "POST",
    uri: "/quick-connects/{InstanceId}/{QuickConnectId}/config",
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

impl Named for UpdateQuickConnectConfigInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.quick_connect_id, ResourceKind::QuickConnect, each);
        Named::each_named(&self.quick_connect_config, each);
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
