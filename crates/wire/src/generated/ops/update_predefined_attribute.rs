// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::of;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shapes::{InputPredefinedAttributeConfiguration, PredefinedAttributeValues};
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdatePredefinedAttribute",
    method: "POST",
    uri: "/predefined-attributes/{InstanceId}/{Name}",
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
pub struct UpdatePredefinedAttributeInput {
    pub instance_id: String,
    pub name: String,
    pub values: Option<PredefinedAttributeValues>,
    pub purposes: Option<Vec<String>>,
    pub attribute_configuration: Option<InputPredefinedAttributeConfiguration>,
}

impl Input for UpdatePredefinedAttributeInput {
    const OP: Op = Op::UpdatePredefinedAttribute;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            name: reader.label(1, "Name", &kinds::PREDEFINED_ATTRIBUTE_NAME),
            values: reader.optional("Values", &of::<PredefinedAttributeValues>()),
            purposes: reader.optional("Purposes", &kinds::PREDEFINED_ATTRIBUTE_PURPOSE_NAME_LIST),
            attribute_configuration: reader
                .optional("AttributeConfiguration", &of::<InputPredefinedAttributeConfiguration>()),
        }
    }
}

impl Named for UpdatePredefinedAttributeInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for UpdatePredefinedAttributeInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("Name", &self.name);
        w.optional("Values", self.values.as_ref());
        w.optional("Purposes", self.purposes.as_ref());
        w.optional("AttributeConfiguration", self.attribute_configuration.as_ref());
        w.end_object();
    }
}
