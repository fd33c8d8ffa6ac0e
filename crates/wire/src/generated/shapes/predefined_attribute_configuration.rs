// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::Bool;
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct PredefinedAttributeConfiguration {
    pub enable_value_validation_on_association: Option<bool>,
    pub is_read_only: Option<bool>,
}

impl Encode for PredefinedAttributeConfiguration {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("EnableValueValidationOnAssociation", self.enable_value_validation_on_association.as_ref());
        w.optional("IsReadOnly", self.is_read_only.as_ref());
        w.end_object();
    }
}

impl Shape for PredefinedAttributeConfiguration {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            enable_value_validation_on_association: cx.optional(members, "EnableValueValidationOnAssociation", &Bool),
            is_read_only: cx.optional(members, "IsReadOnly", &Bool),
        }
    }
}
