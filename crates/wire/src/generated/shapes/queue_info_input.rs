// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::named::Ids;
use crate::shape::Cx;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct QueueInfoInput {
    pub id: Option<String>,
}

impl Named for QueueInfoInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.id, ResourceKind::Queue, each);
    }
}

impl Encode for QueueInfoInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Id", self.id.as_ref());
        w.end_object();
    }
}

impl Shape for QueueInfoInput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { id: cx.optional(members, "Id", &Text::ANY) }
    }
}
