// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::named::Ids;
use crate::shape::Cx;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct TaskTemplateContactHooks {
    pub wrap_up_flow_id: Option<String>,
}

impl Named for TaskTemplateContactHooks {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.wrap_up_flow_id, ResourceKind::FlowModule, each);
    }
}

impl Encode for TaskTemplateContactHooks {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("WrapUpFlowId", self.wrap_up_flow_id.as_ref());
        w.end_object();
    }
}

impl Shape for TaskTemplateContactHooks {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { wrap_up_flow_id: cx.optional(members, "WrapUpFlowId", &kinds::CONTACT_FLOW_MODULE_ID) }
    }
}
