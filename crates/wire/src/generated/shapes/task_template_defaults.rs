// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::shapes::TaskTemplateDefaultFieldValue;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct TaskTemplateDefaults {
    pub default_field_values: Option<Vec<TaskTemplateDefaultFieldValue>>,
}

impl Encode for TaskTemplateDefaults {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("DefaultFieldValues", self.default_field_values.as_ref());
        w.end_object();
    }
}

impl Shape for TaskTemplateDefaults {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            default_field_values: cx.optional(
                members,
                "DefaultFieldValues",
                &kinds::TASK_TEMPLATE_DEFAULT_FIELD_VALUE_LIST,
            ),
        }
    }
}
