// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, one_of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{TaskTemplateMetadata, TaskTemplateStatus};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "ListTaskTemplates",
    method: "GET",
    uri: "/instance/{InstanceId}/task/template",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListTaskTemplatesInput {
    pub instance_id: String,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
    pub status: Option<TaskTemplateStatus>,
    pub name: Option<String>,
}

impl Input for ListTaskTemplatesInput {
    const OP: Op = Op::ListTaskTemplates;
    const HAS_BODY: bool = false;
    type Output = ListTaskTemplatesOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            next_token: reader.query("nextToken", "NextToken", &Text::ANY),
            max_results: reader.query("maxResults", "MaxResults", &kinds::MAX_RESULT100),
            status: reader.query("status", "Status", &one_of::<TaskTemplateStatus>()),
            name: reader.query("name", "Name", &kinds::TASK_TEMPLATE_NAME),
        }
    }
}

impl Named for ListTaskTemplatesInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for ListTaskTemplatesInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MaxResults", self.max_results.as_ref());
        w.optional("Status", self.status.as_ref());
        w.optional("Name", self.name.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListTaskTemplatesOutput {
    pub task_templates: Option<Vec<TaskTemplateMetadata>>,
    pub next_token: Option<String>,
}

impl Output for ListTaskTemplatesOutput {}

impl Encode for ListTaskTemplatesOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("TaskTemplates", self.task_templates.as_ref());
        w.optional("NextToken", self.next_token.as_ref());
        w.end_object();
    }
}

impl Shape for ListTaskTemplatesOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            task_templates: cx.optional(members, "TaskTemplates", &kinds::TASK_TEMPLATE_LIST),
            next_token: cx.optional(members, "NextToken", &Text::ANY),
        }
    }
}
