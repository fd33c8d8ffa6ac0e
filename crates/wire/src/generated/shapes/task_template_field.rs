// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{of, one_of};
use crate::shape::Cx;
use crate::shapes::{TaskTemplateFieldIdentifier, TaskTemplateFieldType};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct TaskTemplateField {
    pub id: TaskTemplateFieldIdentifier,
    pub description: Option<String>,
    pub r#type: Option<TaskTemplateFieldType>,
    pub single_select_options: Option<Vec<String>>,
}

impl Encode for TaskTemplateField {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Id", &self.id);
        w.optional("Description", self.description.as_ref());
        w.optional("Type", self.r#type.as_ref());
        w.optional("SingleSelectOptions", self.single_select_options.as_ref());
        w.end_object();
    }
}

impl Shape for TaskTemplateField {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            id: cx.required(members, "Id", &of::<TaskTemplateFieldIdentifier>()),
            description: cx.optional(members, "Description", &kinds::TASK_TEMPLATE_FIELD_DESCRIPTION),
            r#type: cx.optional(members, "Type", &one_of::<TaskTemplateFieldType>()),
            single_select_options: cx.optional(members, "SingleSelectOptions", &kinds::SINGLE_SELECT_OPTIONS),
        }
    }
}
