// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::TaskTemplateFieldIdentifier;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct TaskTemplateDefaultFieldValue {
    pub id: Option<TaskTemplateFieldIdentifier>,
    pub default_value: Option<String>,
}

impl Encode for TaskTemplateDefaultFieldValue {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Id", self.id.as_ref());
        w.optional("DefaultValue", self.default_value.as_ref());
        w.end_object();
    }
}

impl Shape for TaskTemplateDefaultFieldValue {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            id: cx.optional(members, "Id", &of::<TaskTemplateFieldIdentifier>()),
            default_value: cx.optional(members, "DefaultValue", &kinds::TASK_TEMPLATE_FIELD_VALUE),
        }
    }
}
