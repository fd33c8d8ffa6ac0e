// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::named::Ids;
use crate::shape::Cx;
use crate::shapes::FlowModuleType;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct FlowModule {
    pub r#type: Option<FlowModuleType>,
    pub flow_module_id: Option<String>,
}

impl Named for FlowModule {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.flow_module_id, ResourceKind::FlowModule, each);
    }
}

impl Encode for FlowModule {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Type", self.r#type.as_ref());
        w.optional("FlowModuleId", self.flow_module_id.as_ref());
        w.end_object();
    }
}

impl Shape for FlowModule {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            r#type: cx.optional(members, "Type", &one_of::<FlowModuleType>()),
            flow_module_id: cx.optional(members, "FlowModuleId", &kinds::FLOW_MODULE_ID),
        }
    }
}
