// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::shape::Cx;
use crate::shapes::PropertyValidationExceptionProperty;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct PropertyValidationException {
    pub message: String,
    pub property_list: Option<Vec<PropertyValidationExceptionProperty>>,
}

impl Encode for PropertyValidationException {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Message", &self.message);
        w.optional("PropertyList", self.property_list.as_ref());
        w.end_object();
    }
}

impl Shape for PropertyValidationException {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            message: cx.required(members, "Message", &Text::ANY),
            property_list: cx.optional(members, "PropertyList", &kinds::PROPERTY_VALIDATION_EXCEPTION_PROPERTY_LIST),
        }
    }
}
