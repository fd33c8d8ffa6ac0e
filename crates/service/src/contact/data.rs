//! Operations that change the data of a task and how it is routed: attributes, template, members, tags, routing data
//! (tasks 2.13, 2.14, task-templates 5.8).

use engine::arn::{self, IdRef};
use engine::contact::start::{TemplateFact, pinned, retemplate as misfits};
use engine::contact::{self as life, Contact, Effects, Event, merge_attributes};
use engine::task_template;
use wire::ExceptionKind;
use wire::ops::{
    DeleteContactDataInput, DeleteContactDataOutput, TagContactInput, TagContactOutput, UntagContactInput,
    UntagContactOutput, UpdateContactAttributesInput, UpdateContactAttributesOutput, UpdateContactInput,
    UpdateContactOutput, UpdateContactRoutingDataInput, UpdateContactRoutingDataOutput, UpdateContactTaskTemplateInput,
    UpdateContactTaskTemplateOutput,
};

use crate::base::commit::{Attempt, until_done};
use crate::base::scope;
use crate::contact::life::{apply, change};
use crate::contact::lookup;
use crate::unit::{UnitOfWork, deciding, refused};
use crate::{Cx, Error, Result};

/// UpdateContactAttributes: on the attributes of the whole chain, through any contact of it (tasks 2.14.1, 2.14.2).
pub(crate) async fn attributes(
    cx: &Cx<'_>,
    input: UpdateContactAttributesInput,
) -> Result<UpdateContactAttributesOutput> {
    let instance = scope::id(cx, &input.instance_id)?;
    until_done(cx, &input.initial_contact_id, || async {
        let mut loaded = lookup::task(cx, &instance, &input.initial_contact_id).await?;
        let merged = merge_attributes(&loaded.attributes, &input.attributes, false)
            .map_err(|refusal| Error::new(refusal.kind, format!("Attributes: {}", refusal.message)))?;
        if merged == loaded.attributes {
            return Ok(Attempt::Done(()));
        }
        loaded.attributes = merged;
        let mut effects = Effects::default();
        deciding(cx, &instance, |life| loaded.contact.apply(Event::AttributesWritten, &mut effects, life))
            .map_err(refused)?;
        let mut unit = UnitOfWork::new(cx, &instance);
        unit.update_contact(loaded, effects)?;
        unit.commit(()).await
    })
    .await?;
    Ok(UpdateContactAttributesOutput {})
}

/// UpdateContactTaskTemplate (tasks 2.13.5 to 2.13.8), checked in the order of task-templates 5.8.7.
pub(crate) async fn retemplate(
    cx: &Cx<'_>,
    input: UpdateContactTaskTemplateInput,
) -> Result<UpdateContactTaskTemplateOutput> {
    let instance = scope::id(cx, &input.instance_id)?;
    let scope = cx.home().instance(&instance);
    until_done(cx, &input.contact_id, || async {
        let mut loaded = lookup::task(cx, &instance, &input.contact_id).await?;
        let template = match arn::id_or_arn(arn::Kind::TaskTemplate, &input.task_template_id, scope) {
            IdRef::Id(id) => lookup::template(cx, &instance, &id).await?,
            IdRef::Foreign => None,
        };
        let unknown = || Error::not_found(format!("Task template {} not found", input.task_template_id));
        let template = template.ok_or_else(unknown)?;
        let mut effects = Effects::default();
        let event = Event::Retemplate { template: pinned(&template) };
        let applied = deciding(cx, &instance, |life| loaded.contact.apply(event, &mut effects, life));
        judge_template(&loaded.contact, &template, applied)?;
        let mut unit = UnitOfWork::new(cx, &instance);
        unit.batch.require_task_template(&instance, &template.id);
        unit.update_contact(loaded, effects)?;
        unit.commit(()).await
    })
    .await?;
    Ok(UpdateContactTaskTemplateOutput {})
}

/// State and same template come before INACTIVE, the count after it, references last (task-templates 5.8.7).
fn judge_template(
    contact: &Contact,
    template: &TemplateFact,
    applied: std::result::Result<(), life::Refusal>,
) -> Result<()> {
    match &applied {
        Err(refusal) if refusal.kind != ExceptionKind::ServiceQuotaExceededException => {}
        _ if template.template.status_str() != "ACTIVE" => {
            return Err(Error::invalid_request(format!("Task template {}", template.refusal())));
        }
        _ => {}
    }
    applied.map_err(refused)?;
    let problems = misfits(contact, &template.template);
    if problems.is_empty() { Ok(()) } else { Err(task_template::exception(&problems).into()) }
}

/// UpdateContact (tasks 2.13.1 to 2.13.4).
pub(crate) async fn update(cx: &Cx<'_>, input: UpdateContactInput) -> Result<UpdateContactOutput> {
    let instance = scope::id(cx, &input.instance_id)?;
    until_done(cx, &input.contact_id, || async {
        // The contact comes before the rules of the request in the order of checks (tasks 1.1.8).
        let loaded = lookup::task(cx, &instance, &input.contact_id).await?;
        let keys = input.segment_attributes.iter().flatten().map(|(key, _)| key.as_str());
        let predefined = lookup::predefined(cx, &instance, keys).await?;
        let update = life::update_of(&input, &predefined).map_err(refused)?;
        apply(cx, &instance, loaded, Event::Update(Box::new(update)), |_, _| {}).await
    })
    .await?;
    Ok(UpdateContactOutput {})
}

/// DeleteContactData: a task has none of the fields, so nothing changes once it is sure that the task is over (administration
/// 6.4.1).
pub(crate) async fn delete(cx: &Cx<'_>, input: DeleteContactDataInput) -> Result<DeleteContactDataOutput> {
    let instance = scope::id(cx, &input.instance_id)?;
    let loaded = lookup::task(cx, &instance, &input.contact_id).await?;
    if input.contact_fields.is_empty() {
        return Err(Error::invalid_parameter(cx.op(), "ContactFields must have at least one field"));
    }
    if loaded.contact.is_active() {
        let message = format!("Contact {} has not ended", loaded.contact.id);
        return Err(Error::new(ExceptionKind::ContactNotTerminatedException, message));
    }
    Ok(DeleteContactDataOutput {})
}

/// TagContact (tasks 2.14.7).
pub(crate) async fn tag(cx: &Cx<'_>, input: TagContactInput) -> Result<TagContactOutput> {
    let instance = scope::id(cx, &input.instance_id)?;
    change(cx, &instance, &input.contact_id, || Event::Tag { tags: input.tags.clone() }).await?;
    Ok(TagContactOutput {})
}

/// UntagContact: unknown keys are ignored (tasks 2.14.7).
pub(crate) async fn untag(cx: &Cx<'_>, input: UntagContactInput) -> Result<UntagContactOutput> {
    let instance = scope::id(cx, &input.instance_id)?;
    change(cx, &instance, &input.contact_id, || Event::Untag { keys: input.tag_keys.clone() }).await?;
    Ok(UntagContactOutput {})
}

/// UpdateContactRoutingData (tasks 2.14.5).
pub(crate) async fn route(cx: &Cx<'_>, input: UpdateContactRoutingDataInput) -> Result<UpdateContactRoutingDataOutput> {
    let instance = scope::id(cx, &input.instance_id)?;
    let criteria = input.routing_criteria.as_ref().map(wire::to_stored);
    let event = || Event::Route {
        priority: input.queue_priority,
        age_adjustment_s: input.queue_time_adjustment_seconds,
        criteria: criteria.clone(),
    };
    change(cx, &instance, &input.contact_id, event).await?;
    Ok(UpdateContactRoutingDataOutput {})
}
