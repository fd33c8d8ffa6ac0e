// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::InstanceAttributeType;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Attribute {
    pub attribute_type: Option<InstanceAttributeType>,
    pub value: Option<String>,
}

impl Encode for Attribute {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("AttributeType", self.attribute_type.as_ref());
        w.optional("Value", self.value.as_ref());
        w.end_object();
    }
}

impl Shape for Attribute {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            attribute_type: cx.optional(members, "AttributeType", &one_of::<InstanceAttributeType>()),
            value: cx.optional(members, "Value", &kinds::INSTANCE_ATTRIBUTE_VALUE),
        }
    }
}
