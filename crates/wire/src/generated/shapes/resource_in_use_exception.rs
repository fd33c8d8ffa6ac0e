// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::{Text, one_of};
use crate::shape::Cx;
use crate::shapes::ResourceType;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ResourceInUseException {
    pub message: Option<String>,
    pub resource_type: Option<ResourceType>,
    pub resource_id: Option<String>,
}

impl Encode for ResourceInUseException {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Message", self.message.as_ref());
        w.optional("ResourceType", self.resource_type.as_ref());
        w.optional("ResourceId", self.resource_id.as_ref());
        w.end_object();
    }
}

impl Shape for ResourceInUseException {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            message: cx.optional(members, "Message", &Text::ANY),
            resource_type: cx.optional(members, "ResourceType", &one_of::<ResourceType>()),
            resource_id: cx.optional(members, "ResourceId", &Text::ANY),
        }
    }
}
