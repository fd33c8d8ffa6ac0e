// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::AccessType;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct PrimaryAttributeValue {
    pub access_type: Option<AccessType>,
    pub attribute_name: Option<String>,
    pub values: Option<Vec<String>>,
}

impl Encode for PrimaryAttributeValue {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("AccessType", self.access_type.as_ref());
        w.optional("AttributeName", self.attribute_name.as_ref());
        w.optional("Values", self.values.as_ref());
        w.end_object();
    }
}

impl Shape for PrimaryAttributeValue {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            access_type: cx.optional(members, "AccessType", &one_of::<AccessType>()),
            attribute_name: cx.optional(members, "AttributeName", &kinds::PRIMARY_ATTRIBUTE_CONTEXT_KEY_NAME),
            values: cx.optional(members, "Values", &kinds::PRIMARY_VALUE_LIST),
        }
    }
}
