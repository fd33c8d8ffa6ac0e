// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::one_of;
use crate::named::{EachValue, Ids, Texts};
use crate::op::Operation;
use crate::request::Reader;
use crate::shapes::InstanceAttributeType;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateInstanceAttribute",
    method: "POST",
    uri: "/instance/{InstanceId}/attribute/{AttributeType}",
    token: Some("ClientToken"),
    errors: &[
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ThrottlingException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateInstanceAttributeInput {
    pub instance_id: String,
    pub attribute_type: InstanceAttributeType,
    pub value: String,
    pub client_token: Option<String>,
}

impl Input for UpdateInstanceAttributeInput {
    const OP: Op = Op::UpdateInstanceAttribute;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            attribute_type: reader.label(1, "AttributeType", &one_of::<InstanceAttributeType>()),
            value: reader.required("Value", &kinds::INSTANCE_ATTRIBUTE_VALUE),
            client_token: reader.optional("ClientToken", &kinds::CLIENT_TOKEN),
        }
    }

    fn idempotency_token(&self) -> Option<&str> {
        self.client_token.as_deref()
    }
}

impl Named for UpdateInstanceAttributeInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Texts::each_text(&self.attribute_type, "connect:AttributeType", each);
    }
}

impl Encode for UpdateInstanceAttributeInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("AttributeType", &self.attribute_type);
        w.member("Value", &self.value);
        w.optional("ClientToken", self.client_token.as_ref());
        w.end_object();
    }
}
