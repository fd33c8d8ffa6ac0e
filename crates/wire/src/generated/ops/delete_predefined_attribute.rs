// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "DeletePredefinedAttribute",
    method: "DELETE",
    uri: "/predefined-attributes/{InstanceId}/{Name}",
    token: None,
    errors: &[
        ExceptionKind::ResourceInUseException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DeletePredefinedAttributeInput {
    pub instance_id: String,
    pub name: String,
}

impl Input for DeletePredefinedAttributeInput {
    const OP: Op = Op::DeletePredefinedAttribute;
    const HAS_BODY: bool = false;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            name: reader.label(1, "Name", &kinds::PREDEFINED_ATTRIBUTE_NAME),
        }
    }
}

impl Named for DeletePredefinedAttributeInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for DeletePredefinedAttributeInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("Name", &self.name);
        w.end_object();
    }
}
