//! The form in which a template is kept, and the answers made of it (task-templates 0.10, 0.13, 1.1.2, 1.2.2–1.2.4, 1.4.3).

use super::{TemplateContent, defaults, flows};
use crate::arn::{Kind, Scope};
use wire::ops::{GetTaskTemplateOutput, UpdateTaskTemplateOutput};
use wire::shapes::{
    TaskTemplateConstraints, TaskTemplateContactHooks, TaskTemplateDefaultFieldValue, TaskTemplateDefaults,
    TaskTemplateField, TaskTemplateFieldType, TaskTemplateMetadata, TaskTemplateStatus,
};
use wire::{StoredError, Timestamp};

/// A valid template in its canonical form: nothing empty, ids bare, types and status explicit.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// As given (2.1.2).
    pub name: String,
    /// As given.
    pub description: Option<String>,
    /// Bare id of a flow.
    pub contact_flow_id: Option<String>,
    /// Bare id of a flow.
    pub self_assign_flow_id: Option<String>,
    /// Bare id of a flow module.
    pub wrap_up_flow_id: Option<String>,
    /// Without empty lists.
    pub constraints: TaskTemplateConstraints,
    /// In the order given (1.2.4).
    pub default_values: Vec<TaskTemplateDefaultFieldValue>,
    /// ACTIVE or INACTIVE.
    pub status: TaskTemplateStatus,
    /// In the order given (1.2.4), each with its type, options on SINGLE_SELECT only.
    pub fields: Vec<TaskTemplateField>,
}

/// The stored form of a content that [`super::check`] found valid (2.1.6, 2.1.7, 2.2.9, 2.5.10, 2.6.7).
pub fn normalise(content: &TemplateContent, scope: Scope<'_>) -> Template {
    let flow = |member: Option<&String>| flows::given(member).and_then(|text| flows::id(Kind::Flow, text, scope));
    let given = content.constraints.clone().unwrap_or_default();
    Template {
        name: content.name.clone().unwrap_or_default(),
        description: content.description.clone(),
        contact_flow_id: flow(content.contact_flow_id.as_ref()),
        self_assign_flow_id: flow(content.self_assign_flow_id.as_ref()),
        wrap_up_flow_id: flows::wrap_up(content).and_then(|text| flows::id(Kind::FlowModule, text, scope)),
        constraints: TaskTemplateConstraints {
            required_fields: given.required_fields.filter(|list| !list.is_empty()),
            read_only_fields: given.read_only_fields.filter(|list| !list.is_empty()),
            invisible_fields: given.invisible_fields.filter(|list| !list.is_empty()),
        },
        default_values: defaults::entries(content).to_vec(),
        status: content.status.clone().unwrap_or(TaskTemplateStatus::Active),
        fields: content.fields.iter().flatten().cloned().map(explicit).collect(),
    }
}

/// The field with its type written out and without empty options.
fn explicit(field: TaskTemplateField) -> TaskTemplateField {
    TaskTemplateField {
        r#type: Some(field.r#type.unwrap_or(TaskTemplateFieldType::Text)),
        single_select_options: field.single_select_options.filter(|options| !options.is_empty()),
        ..field
    }
}

impl Template {
    /// The template as JSON text, for keeping: an answer of the wire whose id, ARN and times stand elsewhere.
    pub fn to_json(&self) -> String {
        wire::to_stored(&self.clone().into_answer())
    }

    /// Reads back what [`Template::to_json`] wrote.
    ///
    /// # Errors
    /// The text does not hold a template.
    pub fn from_json(json: &[u8]) -> Result<Self, StoredError> {
        let kept: GetTaskTemplateOutput = wire::from_stored(json)?;
        Ok(Self {
            name: kept.name,
            description: kept.description,
            contact_flow_id: kept.contact_flow_id,
            self_assign_flow_id: kept.self_assign_flow_id,
            wrap_up_flow_id: kept.contact_hooks.and_then(|hooks| hooks.wrap_up_flow_id),
            constraints: kept.constraints.unwrap_or_default(),
            default_values: kept.defaults.and_then(|defaults| defaults.default_field_values).unwrap_or_default(),
            status: kept.status.unwrap_or(TaskTemplateStatus::Active),
            fields: kept.fields.unwrap_or_default(),
        })
    }

    /// ACTIVE or INACTIVE.
    pub fn status_str(&self) -> &str {
        self.status.as_str()
    }

    /// The content as an answer shows it (1.2.3): without identity and times.
    fn into_answer(self) -> GetTaskTemplateOutput {
        let defaults = Some(self.default_values).filter(|list| !list.is_empty());
        GetTaskTemplateOutput {
            name: self.name,
            description: self.description,
            contact_flow_id: self.contact_flow_id,
            self_assign_flow_id: self.self_assign_flow_id,
            contact_hooks: self.wrap_up_flow_id.map(|id| TaskTemplateContactHooks { wrap_up_flow_id: Some(id) }),
            constraints: Some(self.constraints),
            defaults: defaults.map(|list| TaskTemplateDefaults { default_field_values: Some(list) }),
            fields: Some(self.fields),
            status: Some(self.status),
            ..GetTaskTemplateOutput::default()
        }
    }
}

/// When a template was made and when its content changed last, in epoch milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamps {
    /// Never changes (1.4.4).
    pub created_ms: i64,
    /// Of the version that is shown (3.3).
    pub modified_ms: i64,
}

/// The answer of GetTaskTemplate without `Tags` (1.2.2, 1.2.3); add them when there are any.
pub fn get_output(template: Template, scope: Scope<'_>, id: &str, stamps: Stamps) -> GetTaskTemplateOutput {
    GetTaskTemplateOutput {
        instance_id: Some(scope.instance.to_owned()),
        id: id.to_owned(),
        arn: scope.arn(Kind::TaskTemplate, id),
        created_time: Some(Timestamp(stamps.created_ms)),
        last_modified_time: Some(Timestamp(stamps.modified_ms)),
        ..template.into_answer()
    }
}

/// The answer of UpdateTaskTemplate: that of GetTaskTemplate, never with tags (1.4, 4.7).
pub fn update_output(template: Template, scope: Scope<'_>, id: &str, stamps: Stamps) -> UpdateTaskTemplateOutput {
    let shown = get_output(template, scope, id, stamps);
    UpdateTaskTemplateOutput {
        instance_id: shown.instance_id,
        id: Some(shown.id),
        arn: Some(shown.arn),
        name: Some(shown.name),
        description: shown.description,
        contact_flow_id: shown.contact_flow_id,
        self_assign_flow_id: shown.self_assign_flow_id,
        contact_hooks: shown.contact_hooks,
        constraints: shown.constraints,
        defaults: shown.defaults,
        fields: shown.fields,
        status: shown.status,
        last_modified_time: shown.last_modified_time,
        created_time: shown.created_time,
    }
}

/// The entry of ListTaskTemplates (1.3.1).
pub fn summary(template: &Template, scope: Scope<'_>, id: &str, stamps: Stamps) -> TaskTemplateMetadata {
    TaskTemplateMetadata {
        id: Some(id.to_owned()),
        arn: Some(scope.arn(Kind::TaskTemplate, id)),
        name: Some(template.name.clone()),
        description: template.description.clone(),
        status: Some(template.status.clone()),
        last_modified_time: Some(Timestamp(stamps.modified_ms)),
        created_time: Some(Timestamp(stamps.created_ms)),
    }
}
