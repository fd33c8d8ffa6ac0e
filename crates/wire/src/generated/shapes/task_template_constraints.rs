// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::shapes::{InvisibleFieldInfo, ReadOnlyFieldInfo, RequiredFieldInfo};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct TaskTemplateConstraints {
    pub required_fields: Option<Vec<RequiredFieldInfo>>,
    pub read_only_fields: Option<Vec<ReadOnlyFieldInfo>>,
    pub invisible_fields: Option<Vec<InvisibleFieldInfo>>,
}

impl Encode for TaskTemplateConstraints {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("RequiredFields", self.required_fields.as_ref());
        w.optional("ReadOnlyFields", self.read_only_fields.as_ref());
        w.optional("InvisibleFields", self.invisible_fields.as_ref());
        w.end_object();
    }
}

impl Shape for TaskTemplateConstraints {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            required_fields: cx.optional(members, "RequiredFields", &kinds::REQUIRED_TASK_TEMPLATE_FIELDS),
            read_only_fields: cx.optional(members, "ReadOnlyFields", &kinds::READ_ONLY_TASK_TEMPLATE_FIELDS),
            invisible_fields: cx.optional(members, "InvisibleFields", &kinds::INVISIBLE_TASK_TEMPLATE_FIELDS),
        }
    }
}
