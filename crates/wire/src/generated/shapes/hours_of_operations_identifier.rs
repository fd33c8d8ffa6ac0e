// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct HoursOfOperationsIdentifier {
    pub name: String,
    pub id: String,
    pub arn: Option<String>,
}

impl Encode for HoursOfOperationsIdentifier {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Name", &self.name);
        w.member("Id", &self.id);
        w.optional("Arn", self.arn.as_ref());
        w.end_object();
    }
}

impl Shape for HoursOfOperationsIdentifier {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            name: cx.required(members, "Name", &kinds::COMMON_NAME_LENGTH127),
            id: cx.required(members, "Id", &Text::ANY),
            arn: cx.optional(members, "Arn", &Text::ANY),
        }
    }
}
