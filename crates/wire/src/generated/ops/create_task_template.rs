// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{of, one_of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{
    TaskTemplateConstraints, TaskTemplateContactHooks, TaskTemplateDefaults, TaskTemplateField, TaskTemplateStatus,
};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "CreateTaskTemplate",
    method: "PUT",
    uri: "/instance/{InstanceId}/task/template",
    token: Some("ClientToken"),
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
pub struct CreateTaskTemplateInput {
    pub instance_id: String,
    pub name: String,
    pub description: Option<String>,
    pub contact_flow_id: Option<String>,
    pub self_assign_flow_id: Option<String>,
    pub contact_hooks: Option<TaskTemplateContactHooks>,
    pub constraints: Option<TaskTemplateConstraints>,
    pub defaults: Option<TaskTemplateDefaults>,
    pub status: Option<TaskTemplateStatus>,
    pub fields: Vec<TaskTemplateField>,
    pub client_token: Option<String>,
}

impl Input for CreateTaskTemplateInput {
    const OP: Op = Op::CreateTaskTemplate;
    const HAS_BODY: bool = true;
    type Output = CreateTaskTemplateOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            name: reader.required("Name", &kinds::TASK_TEMPLATE_NAME),
            description: reader.optional("Description", &kinds::TASK_TEMPLATE_DESCRIPTION),
            contact_flow_id: reader.optional("ContactFlowId", &kinds::CONTACT_FLOW_ID),
            self_assign_flow_id: reader.optional("SelfAssignFlowId", &kinds::CONTACT_FLOW_ID),
            contact_hooks: reader.optional("ContactHooks", &of::<TaskTemplateContactHooks>()),
            constraints: reader.optional("Constraints", &of::<TaskTemplateConstraints>()),
            defaults: reader.optional("Defaults", &of::<TaskTemplateDefaults>()),
            status: reader.optional("Status", &one_of::<TaskTemplateStatus>()),
            fields: reader.required("Fields", &kinds::TASK_TEMPLATE_FIELDS),
            client_token: reader.optional("ClientToken", &kinds::CLIENT_TOKEN),
        }
    }

    fn idempotency_token(&self) -> Option<&str> {
        self.client_token.as_deref()
    }
}

impl Named for CreateTaskTemplateInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_flow_id, ResourceKind::ContactFlow, each);
        Ids::each_id(&self.self_assign_flow_id, ResourceKind::ContactFlow, each);
        Named::each_named(&self.contact_hooks, each);
    }
}

impl Encode for CreateTaskTemplateInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("Name", &self.name);
        w.optional("Description", self.description.as_ref());
        w.optional("ContactFlowId", self.contact_flow_id.as_ref());
        w.optional("SelfAssignFlowId", self.self_assign_flow_id.as_ref());
        w.optional("ContactHooks", self.contact_hooks.as_ref());
        w.optional("Constraints", self.constraints.as_ref());
        w.optional("Defaults", self.defaults.as_ref());
        w.optional("Status", self.status.as_ref());
        w.member("Fields", &self.fields);
        w.optional("ClientToken", self.client_token.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateTaskTemplateOutput {
    pub id: String,
    pub arn: String,
}

impl Output for CreateTaskTemplateOutput {}

impl Encode for CreateTaskTemplateOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Id", &self.id);
        w.member("Arn", &self.arn);
        w.end_object();
    }
}

impl Shape for CreateTaskTemplateOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            id: cx.required(members, "Id", &kinds::TASK_TEMPLATE_ID),
            arn: cx.required(members, "Arn", &kinds::TASK_TEMPLATE_ARN),
        }
    }
}
