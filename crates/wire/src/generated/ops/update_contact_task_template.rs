// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateContactTaskTemplate",
    method: "POST",
    uri: "/contact/task-template",
    token: None,
    errors: &[
        ExceptionKind::AccessDeniedException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::ServiceQuotaExceededException,
        ExceptionKind::PropertyValidationException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::LimitExceededException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateContactTaskTemplateInput {
    pub instance_id: String,
    pub task_template_id: String,
    pub contact_id: String,
}

impl Input for UpdateContactTaskTemplateInput {
    const OP: Op = Op::UpdateContactTaskTemplate;
    const HAS_BODY: bool = true;
    type Output = UpdateContactTaskTemplateOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.required("InstanceId", &kinds::INSTANCE_ID),
            task_template_id: reader.required("TaskTemplateId", &kinds::TASK_TEMPLATE_ID),
            contact_id: reader.required("ContactId", &kinds::CONTACT_ID),
        }
    }
}

impl Named for UpdateContactTaskTemplateInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.task_template_id, ResourceKind::TaskTemplate, each);
        Ids::each_id(&self.contact_id, ResourceKind::Contact, each);
    }
}

impl Encode for UpdateContactTaskTemplateInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("TaskTemplateId", &self.task_template_id);
        w.member("ContactId", &self.contact_id);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateContactTaskTemplateOutput {}

impl Output for UpdateContactTaskTemplateOutput {}

impl Encode for UpdateContactTaskTemplateOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.end_object();
    }
}

impl Shape for UpdateContactTaskTemplateOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        cx.object(json);
        Self {}
    }
}
