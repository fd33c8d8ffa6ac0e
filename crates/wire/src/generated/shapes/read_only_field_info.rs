// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::TaskTemplateFieldIdentifier;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ReadOnlyFieldInfo {
    pub id: Option<TaskTemplateFieldIdentifier>,
}

impl Encode for ReadOnlyFieldInfo {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Id", self.id.as_ref());
        w.end_object();
    }
}

impl Shape for ReadOnlyFieldInfo {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { id: cx.optional(members, "Id", &of::<TaskTemplateFieldIdentifier>()) }
    }
}
