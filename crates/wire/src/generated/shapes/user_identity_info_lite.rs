// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UserIdentityInfoLite {
    pub first_name: Option<String>,
    pub last_name: Option<String>,
}

impl Encode for UserIdentityInfoLite {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("FirstName", self.first_name.as_ref());
        w.optional("LastName", self.last_name.as_ref());
        w.end_object();
    }
}

impl Shape for UserIdentityInfoLite {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            first_name: cx.optional(members, "FirstName", &kinds::AGENT_FIRST_NAME),
            last_name: cx.optional(members, "LastName", &kinds::AGENT_LAST_NAME),
        }
    }
}
