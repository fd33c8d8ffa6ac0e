// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::{Text, one_of};
use crate::shape::Cx;
use crate::shapes::PropertyValidationExceptionReason;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct PropertyValidationExceptionProperty {
    pub property_path: String,
    pub reason: PropertyValidationExceptionReason,
    pub message: String,
}

impl Encode for PropertyValidationExceptionProperty {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("PropertyPath", &self.property_path);
        w.member("Reason", &self.reason);
        w.member("Message", &self.message);
        w.end_object();
    }
}

impl Shape for PropertyValidationExceptionProperty {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            property_path: cx.required(members, "PropertyPath", &Text::ANY),
            reason: cx.required(members, "Reason", &one_of::<PropertyValidationExceptionReason>()),
            message: cx.required(members, "Message", &Text::ANY),
        }
    }
}
