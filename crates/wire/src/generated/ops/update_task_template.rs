// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Time, of, one_of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{
    TaskTemplateConstraints, TaskTemplateContactHooks, TaskTemplateDefaults, TaskTemplateField, TaskTemplateStatus,
};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateTaskTemplate",
    method: "POST",
    uri: "/instance/{InstanceId}/task/template/{TaskTemplateId}",
    token: None,
    errors: &[
        ExceptionKind::PropertyValidationException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::ServiceQuotaExceededException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateTaskTemplateInput {
    pub task_template_id: String,
    pub instance_id: String,
    pub name: Option<String>,
    pub description: Option<String>,
    pub contact_flow_id: Option<String>,
    pub self_assign_flow_id: Option<String>,
    pub contact_hooks: Option<TaskTemplateContactHooks>,
    pub constraints: Option<TaskTemplateConstraints>,
    pub defaults: Option<TaskTemplateDefaults>,
    pub status: Option<TaskTemplateStatus>,
    pub fields: Option<Vec<TaskTemplateField>>,
}

impl Input for UpdateTaskTemplateInput {
    const OP: Op = Op::UpdateTaskTemplate;
    const HAS_BODY: bool = true;
    type Output = UpdateTaskTemplateOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            task_template_id: reader.label(1, "TaskTemplateId", &kinds::TASK_TEMPLATE_ID),
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            name: reader.optional("Name", &kinds::TASK_TEMPLATE_NAME),
            description: reader.optional("Description", &kinds::TASK_TEMPLATE_DESCRIPTION),
            contact_flow_id: reader.optional("ContactFlowId", &kinds::CONTACT_FLOW_ID),
            self_assign_flow_id: reader.optional("SelfAssignFlowId", &kinds::CONTACT_FLOW_ID),
            contact_hooks: reader.optional("ContactHooks", &of::<TaskTemplateContactHooks>()),
            constraints: reader.optional("Constraints", &of::<TaskTemplateConstraints>()),
            defaults: reader.optional("Defaults", &of::<TaskTemplateDefaults>()),
            status: reader.optional("Status", &one_of::<TaskTemplateStatus>()),
            fields: reader.optional("Fields", &kinds::TASK_TEMPLATE_FIELDS),
        }
    }
}

impl Named for UpdateTaskTemplateInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.task_template_id, ResourceKind::TaskTemplate, each);
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_flow_id, ResourceKind::ContactFlow, each);
        Ids::each_id(&self.self_assign_flow_id, ResourceKind::ContactFlow, each);
        Named::each_named(&self.contact_hooks, each);
    }
}

impl Encode for UpdateTaskTemplateInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("TaskTemplateId", &self.task_template_id);
        w.member("InstanceId", &self.instance_id);
        w.optional("Name", self.name.as_ref());
        w.optional("Description", self.description.as_ref());
        w.optional("ContactFlowId", self.contact_flow_id.as_ref());
        w.optional("SelfAssignFlowId", self.self_assign_flow_id.as_ref());
        w.optional("ContactHooks", self.contact_hooks.as_ref());
        w.optional("Constraints", self.constraints.as_ref());
        w.optional("Defaults", self.defaults.as_ref());
        w.optional("Status", self.status.as_ref());
        w.optional("Fields", self.fields.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateTaskTemplateOutput {
    pub instance_id: Option<String>,
    pub id: Option<String>,
    pub arn: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub contact_flow_id: Option<String>,
    pub self_assign_flow_id: Option<String>,
    pub contact_hooks: Option<TaskTemplateContactHooks>,
    pub constraints: Option<TaskTemplateConstraints>,
    pub defaults: Option<TaskTemplateDefaults>,
    pub fields: Option<Vec<TaskTemplateField>>,
    pub status: Option<TaskTemplateStatus>,
    pub last_modified_time: Option<Timestamp>,
    pub created_time: Option<Timestamp>,
}

impl Output for UpdateTaskTemplateOutput {}

impl Encode for UpdateTaskTemplateOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("InstanceId", self.instance_id.as_ref());
        w.optional("Id", self.id.as_ref());
        w.optional("Arn", self.arn.as_ref());
        w.optional("Name", self.name.as_ref());
        w.optional("Description", self.description.as_ref());
        w.optional("ContactFlowId", self.contact_flow_id.as_ref());
        w.optional("SelfAssignFlowId", self.self_assign_flow_id.as_ref());
        w.optional("ContactHooks", self.contact_hooks.as_ref());
        w.optional("Constraints", self.constraints.as_ref());
        w.optional("Defaults", self.defaults.as_ref());
        w.optional("Fields", self.fields.as_ref());
        w.optional("Status", self.status.as_ref());
        w.optional("LastModifiedTime", self.last_modified_time.as_ref());
        w.optional("CreatedTime", self.created_time.as_ref());
        w.end_object();
    }
}

impl Shape for UpdateTaskTemplateOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            instance_id: cx.optional(members, "InstanceId", &kinds::INSTANCE_ID),
            id: cx.optional(members, "Id", &kinds::TASK_TEMPLATE_ID),
            arn: cx.optional(members, "Arn", &kinds::TASK_TEMPLATE_ARN),
            name: cx.optional(members, "Name", &kinds::TASK_TEMPLATE_NAME),
            description: cx.optional(members, "Description", &kinds::TASK_TEMPLATE_DESCRIPTION),
            contact_flow_id: cx.optional(members, "ContactFlowId", &kinds::CONTACT_FLOW_ID),
            self_assign_flow_id: cx.optional(members, "SelfAssignFlowId", &kinds::CONTACT_FLOW_ID),
            contact_hooks: cx.optional(members, "ContactHooks", &of::<TaskTemplateContactHooks>()),
            constraints: cx.optional(members, "Constraints", &of::<TaskTemplateConstraints>()),
            defaults: cx.optional(members, "Defaults", &of::<TaskTemplateDefaults>()),
            fields: cx.optional(members, "Fields", &kinds::TASK_TEMPLATE_FIELDS),
            status: cx.optional(members, "Status", &one_of::<TaskTemplateStatus>()),
            last_modified_time: cx.optional(members, "LastModifiedTime", &Time),
            created_time: cx.optional(members, "CreatedTime", &Time),
        }
    }
}
