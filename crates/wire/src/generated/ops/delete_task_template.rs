// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "DeleteTaskTemplate",
    method: "DELETE",
    uri: "/instance/{InstanceId}/task/template/{TaskTemplateId}",
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
pub struct DeleteTaskTemplateInput {
    pub instance_id: String,
    pub task_template_id: String,
}

impl Input for DeleteTaskTemplateInput {
    const OP: Op = Op::DeleteTaskTemplate;
    const HAS_BODY: bool = false;
    type Output = DeleteTaskTemplateOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            task_template_id: reader.label(1, "TaskTemplateId", &kinds::TASK_TEMPLATE_ID),
        }
    }
}

impl Named for DeleteTaskTemplateInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.task_template_id, ResourceKind::TaskTemplate, each);
    }
}

impl Encode for DeleteTaskTemplateInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("TaskTemplateId", &self.task_template_id);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DeleteTaskTemplateOutput {}

impl Output for DeleteTaskTemplateOutput {}

impl Encode for DeleteTaskTemplateOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.end_object();
    }
}

impl Shape for DeleteTaskTemplateOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        cx.object(json);
        Self {}
    }
}
