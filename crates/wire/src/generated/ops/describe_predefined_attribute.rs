// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::PredefinedAttribute;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "DescribePredefinedAttribute",
    method: "GET",
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
pub struct DescribePredefinedAttributeInput {
    pub instance_id: String,
    pub name: String,
}

impl Input for DescribePredefinedAttributeInput {
    const OP: Op = Op::DescribePredefinedAttribute;
    const HAS_BODY: bool = false;
    type Output = DescribePredefinedAttributeOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            name: reader.label(1, "Name", &kinds::PREDEFINED_ATTRIBUTE_NAME),
        }
    }
}

impl Named for DescribePredefinedAttributeInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for DescribePredefinedAttributeInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("Name", &self.name);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DescribePredefinedAttributeOutput {
    pub predefined_attribute: Option<PredefinedAttribute>,
}

impl Output for DescribePredefinedAttributeOutput {}

impl Encode for DescribePredefinedAttributeOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("PredefinedAttribute", self.predefined_attribute.as_ref());
        w.end_object();
    }
}

impl Shape for DescribePredefinedAttributeOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { predefined_attribute: cx.optional(members, "PredefinedAttribute", &of::<PredefinedAttribute>()) }
    }
}
