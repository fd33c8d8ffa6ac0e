// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::shapes::ContactState;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactFilter {
    pub contact_states: Option<Vec<ContactState>>,
}

impl Encode for ContactFilter {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ContactStates", self.contact_states.as_ref());
        w.end_object();
    }
}

impl Shape for ContactFilter {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { contact_states: cx.optional(members, "ContactStates", &kinds::CONTACT_STATES) }
    }
}
