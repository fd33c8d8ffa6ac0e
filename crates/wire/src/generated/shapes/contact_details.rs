// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactDetails {
    pub name: Option<String>,
    pub description: Option<String>,
}

impl Encode for ContactDetails {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Name", self.name.as_ref());
        w.optional("Description", self.description.as_ref());
        w.end_object();
    }
}

impl Shape for ContactDetails {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            name: cx.optional(members, "Name", &kinds::CONTACT_DETAIL_NAME),
            description: cx.optional(members, "Description", &kinds::CONTACT_DETAIL_DESCRIPTION),
        }
    }
}
