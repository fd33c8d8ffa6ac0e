// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{of, one_of};
use crate::named::{EachValue, Ids, Texts};
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{Attribute, InstanceAttributeType};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "DescribeInstanceAttribute",
    method: "GET",
    uri: "/instance/{InstanceId}/attribute/{AttributeType}",
    token: None,
    errors: &[
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ThrottlingException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DescribeInstanceAttributeInput {
    pub instance_id: String,
    pub attribute_type: InstanceAttributeType,
}

impl Input for DescribeInstanceAttributeInput {
    const OP: Op = Op::DescribeInstanceAttribute;
    const HAS_BODY: bool = false;
    type Output = DescribeInstanceAttributeOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            attribute_type: reader.label(1, "AttributeType", &one_of::<InstanceAttributeType>()),
        }
    }
}

impl Named for DescribeInstanceAttributeInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Texts::each_text(&self.attribute_type, "connect:AttributeType", each);
    }
}

impl Encode for DescribeInstanceAttributeInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("AttributeType", &self.attribute_type);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DescribeInstanceAttributeOutput {
    pub attribute: Option<Attribute>,
}

impl Output for DescribeInstanceAttributeOutput {}

impl Encode for DescribeInstanceAttributeOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Attribute", self.attribute.as_ref());
        w.end_object();
    }
}

impl Shape for DescribeInstanceAttributeOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { attribute: cx.optional(members, "Attribute", &of::<Attribute>()) }
    }
}
