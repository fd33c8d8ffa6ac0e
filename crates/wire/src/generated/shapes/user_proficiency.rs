// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UserProficiency {
    pub attribute_name: String,
    pub attribute_value: String,
    pub level: f64,
}

impl Encode for UserProficiency {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("AttributeName", &self.attribute_name);
        w.member("AttributeValue", &self.attribute_value);
        w.member("Level", &self.level);
        w.end_object();
    }
}

impl Shape for UserProficiency {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            attribute_name: cx.required(members, "AttributeName", &kinds::PREDEFINED_ATTRIBUTE_NAME),
            attribute_value: cx.required(members, "AttributeValue", &kinds::PREDEFINED_ATTRIBUTE_STRING_VALUE),
            level: cx.required(members, "Level", &kinds::PROFICIENCY_LEVEL),
        }
    }
}
