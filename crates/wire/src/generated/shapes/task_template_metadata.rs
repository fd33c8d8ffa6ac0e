// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Time, one_of};
use crate::shape::Cx;
use crate::shapes::TaskTemplateStatus;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct TaskTemplateMetadata {
    pub id: Option<String>,
    pub arn: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub status: Option<TaskTemplateStatus>,
    pub last_modified_time: Option<Timestamp>,
    pub created_time: Option<Timestamp>,
}

impl Encode for TaskTemplateMetadata {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Id", self.id.as_ref());
        w.optional("Arn", self.arn.as_ref());
        w.optional("Name", self.name.as_ref());
        w.optional("Description", self.description.as_ref());
        w.optional("Status", self.status.as_ref());
        w.optional("LastModifiedTime", self.last_modified_time.as_ref());
        w.optional("CreatedTime", self.created_time.as_ref());
        w.end_object();
    }
}

impl Shape for TaskTemplateMetadata {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            id: cx.optional(members, "Id", &kinds::TASK_TEMPLATE_ID),
            arn: cx.optional(members, "Arn", &kinds::TASK_TEMPLATE_ARN),
            name: cx.optional(members, "Name", &kinds::TASK_TEMPLATE_NAME),
            description: cx.optional(members, "Description", &kinds::TASK_TEMPLATE_DESCRIPTION),
            status: cx.optional(members, "Status", &one_of::<TaskTemplateStatus>()),
            last_modified_time: cx.optional(members, "LastModifiedTime", &Time),
            created_time: cx.optional(members, "CreatedTime", &Time),
        }
    }
}
