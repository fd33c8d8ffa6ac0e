// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::shapes::PrimaryAttributeValue;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct PrimaryAttributeAccessControlConfigurationItem {
    pub primary_attribute_values: Option<Vec<PrimaryAttributeValue>>,
}

impl Encode for PrimaryAttributeAccessControlConfigurationItem {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("PrimaryAttributeValues", self.primary_attribute_values.as_ref());
        w.end_object();
    }
}

impl Shape for PrimaryAttributeAccessControlConfigurationItem {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            primary_attribute_values: cx.optional(
                members,
                "PrimaryAttributeValues",
                &kinds::PRIMARY_ATTRIBUTE_VALUES_SET,
            ),
        }
    }
}
