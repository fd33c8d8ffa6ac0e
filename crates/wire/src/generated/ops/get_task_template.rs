// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time, of, one_of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{
    TaskTemplateConstraints, TaskTemplateContactHooks, TaskTemplateDefaults, TaskTemplateField, TaskTemplateStatus,
};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "GetTaskTemplate",
    method: "GET",
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
pub struct GetTaskTemplateInput {
    pub instance_id: String,
    pub task_template_id: String,
    pub snapshot_version: Option<String>,
}

impl Input for GetTaskTemplateInput {
    const OP: Op = Op::GetTaskTemplate;
    const HAS_BODY: bool = false;
    type Output = GetTaskTemplateOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            task_template_id: reader.label(1, "TaskTemplateId", &kinds::TASK_TEMPLATE_ID),
            snapshot_version: reader.query("snapshotVersion", "SnapshotVersion", &Text::ANY),
        }
    }
}

impl Named for GetTaskTemplateInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.task_template_id, ResourceKind::TaskTemplate, each);
    }
}

impl Encode for GetTaskTemplateInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("TaskTemplateId", &self.task_template_id);
        w.optional("SnapshotVersion", self.snapshot_version.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct GetTaskTemplateOutput {
    pub instance_id: Option<String>,
    pub id: String,
    pub arn: String,
    pub name: String,
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
    pub tags: Option<BTreeMap<String, String>>,
}

impl Output for GetTaskTemplateOutput {}

impl Encode for GetTaskTemplateOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("InstanceId", self.instance_id.as_ref());
        w.member("Id", &self.id);
        w.member("Arn", &self.arn);
        w.member("Name", &self.name);
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
        w.optional("Tags", self.tags.as_ref());
        w.end_object();
    }
}

impl Shape for GetTaskTemplateOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            instance_id: cx.optional(members, "InstanceId", &kinds::INSTANCE_ID),
            id: cx.required(members, "Id", &kinds::TASK_TEMPLATE_ID),
            arn: cx.required(members, "Arn", &kinds::TASK_TEMPLATE_ARN),
            name: cx.required(members, "Name", &kinds::TASK_TEMPLATE_NAME),
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
            tags: cx.optional(members, "Tags", &kinds::TAG_MAP),
        }
    }
}
