// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UserProficiencyDisassociate {
    pub attribute_name: String,
    pub attribute_value: String,
}

impl Encode for UserProficiencyDisassociate {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("AttributeName", &self.attribute_name);
        w.member("AttributeValue", &self.attribute_value);
        w.end_object();
    }
}

impl Shape for UserProficiencyDisassociate {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            attribute_name: cx.required(members, "AttributeName", &kinds::PREDEFINED_ATTRIBUTE_NAME),
            attribute_value: cx.required(members, "AttributeValue", &kinds::PREDEFINED_ATTRIBUTE_STRING_VALUE),
        }
    }
}
