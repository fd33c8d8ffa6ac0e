//! Flows: create, describe, list, update, delete (flows 1). Content is stored byte for byte. Versions and aliases have
//! their own files.

use engine::arn::Qualifier;
use engine::contact_flow as rules;
use store::{Batch, Kind, ResourceRow, Slot};
use wire::ops::{
    CreateContactFlowInput, CreateContactFlowOutput, DeleteContactFlowInput, DeleteContactFlowOutput,
    DescribeContactFlowInput, DescribeContactFlowOutput, ListContactFlowsInput, ListContactFlowsOutput,
    UpdateContactFlowContentInput, UpdateContactFlowContentOutput, UpdateContactFlowMetadataInput,
    UpdateContactFlowMetadataOutput, UpdateContactFlowNameInput, UpdateContactFlowNameOutput,
};
use wire::shapes::{ContactFlow, ContactFlowState, ContactFlowStatus, ContactFlowSummary, ContactFlowType};
use wire::{ExceptionKind, Op, Timestamp};

use crate::base::commit::until_done;
use crate::base::{scope, tags};
use crate::flow::{self, Extras, Of, named};
use crate::resource::layer::{self, Change, ListPage, New, resource};
use crate::{Cx, Error, Result};

resource!(ContactFlow, CONTACT_FLOW, id, arn, name, {
    const KEPT: &'static [&'static str] = Extras::MEMBERS;

    fn subtype(&self) -> &str {
        self.r#type.as_ref().map_or("", |flow_type| flow_type.as_str())
    }
});

/// CreateContactFlow: without `Status`, or with PUBLISHED, the content is checked and published; with SAVED it is
/// stored as an unchecked draft (flows 1.3).
pub(crate) async fn create(cx: &Cx<'_>, input: CreateContactFlowInput) -> Result<CreateContactFlowOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    check_size(Op::CreateContactFlow, &input.content)?;
    let tags = tags::of_new(Op::CreateContactFlow, input.tags.as_ref())?;
    let published = input.status != Some(ContactFlowStatus::Saved);
    if published {
        check(cx, &instance, &input.content, &input.r#type).await?;
    }
    let sha256 = published.then(|| rules::sha256_hex(&input.content));
    let make = || async {
        let value = ContactFlow {
            name: Some(input.name.clone()),
            r#type: Some(input.r#type.clone()),
            state: Some(ContactFlowState::Active),
            status: Some(if published { ContactFlowStatus::Published } else { ContactFlowStatus::Saved }),
            description: input.description.clone(),
            ..ContactFlow::default()
        };
        Ok(New { value, tags: tags.clone(), relations: Vec::new() })
    };
    let slot = if published { Slot::Latest } else { Slot::Saved };
    layer::create(
        cx,
        &instance,
        &input.name,
        make,
        |id, batch| batch.put_flow_content(&instance, id, slot, &input.content),
        |id, arn| CreateContactFlowOutput {
            contact_flow_id: Some(id),
            contact_flow_arn: Some(arn),
            flow_content_sha256: sha256.clone(),
        },
    )
    .await
}

/// DescribeContactFlow: the plain id answers the published content, `{id}:$SAVED` the draft, or the published content
/// when there is none, `{id}:{version}` and `{id}:{alias}` a version (flows 1.5, 1.11).
pub(crate) async fn describe(cx: &Cx<'_>, input: DescribeContactFlowInput) -> Result<DescribeContactFlowOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let unknown = || Of::Flow.unknown(&input.contact_flow_id);
    let named = Of::Flow.named(cx, &instance, &input.contact_flow_id)?;
    let part = named.part().ok_or_else(unknown)?;
    let found = cx.store().flow(&instance, Kind::ContactFlow, &named.id, part).await?.ok_or_else(unknown)?;
    let Some(text) = found.text else {
        if let Some(Qualifier::Version(_) | Qualifier::Alias(_)) = named.qualifier {
            return Err(unknown());
        }
        let id = named.id;
        let message = format!("Flow {id} has never been published; its draft is {id}:$SAVED");
        return Err(Error::new(ExceptionKind::ContactFlowNotPublishedException, message));
    };
    let mut flow = stored(&found.row)?;
    flow.tags = tags::of_answer(&found.row.tags)?;
    flow.status = Some(if text.saved { ContactFlowStatus::Saved } else { ContactFlowStatus::Published });
    flow.flow_content_sha256 = (!text.saved).then_some(text.sha256_hex);
    flow.content = Some(text.content);
    if let Some(version) = text.version {
        flow.version = Some(version.number);
        flow.version_description = version.description;
        flow.last_modified_time = Some(Timestamp(version.created_ms));
    }
    Ok(DescribeContactFlowOutput { contact_flow: Some(flow) })
}

/// ListContactFlows, oldest first.
pub(crate) async fn list(cx: &Cx<'_>, input: ListContactFlowsInput) -> Result<ListContactFlowsOutput> {
    let types: Vec<&str> = input.contact_flow_types.iter().flatten().map(|t| t.as_str()).collect();
    let (max_results, next_token) = (input.max_results, input.next_token.as_deref());
    let page = ListPage { op: Op::ListContactFlows, max_results, next_token };
    let summary = |flow: ContactFlow| ContactFlowSummary {
        id: flow.id,
        arn: flow.arn,
        name: flow.name,
        contact_flow_type: flow.r#type,
        contact_flow_state: flow.state,
        contact_flow_status: flow.status,
    };
    let (contact_flow_summary_list, next_token) = layer::list(cx, &input.instance_id, &page, &types, summary).await?;
    Ok(ListContactFlowsOutput { contact_flow_summary_list, next_token })
}

/// UpdateContactFlowContent: the plain id publishes what passes the checks, `{id}:$SAVED` replaces the draft unchecked
/// (flows 1.4).
pub(crate) async fn update_content(
    cx: &Cx<'_>,
    input: UpdateContactFlowContentInput,
) -> Result<UpdateContactFlowContentOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    check_size(Op::UpdateContactFlowContent, &input.content)?;
    let named = Of::Flow.named(cx, &instance, &input.contact_flow_id)?;
    until_done(cx, &named.id, || async {
        let row = Of::Flow.existing(cx, &instance, &input.contact_flow_id).await?;
        let old = stored(&row)?;
        let (mut flow, mut content) = (old.clone(), Batch::new());
        if named.qualifier == Some(Qualifier::Saved) {
            content.put_flow_content(&instance, &row.id, Slot::Saved, &input.content);
        } else {
            check(cx, &instance, &input.content, &flow.r#type.clone().unwrap_or_default()).await?;
            flow.status = Some(ContactFlowStatus::Published);
            flow.flow_content_sha256 = Some(rules::sha256_hex(&input.content));
            content.put_flow_content(&instance, &row.id, Slot::Latest, &input.content);
        }
        layer::replace(
            cx,
            &instance,
            row,
            &old,
            Change { also: content, ..Change::of(flow) },
            UpdateContactFlowContentOutput {},
        )
        .await
    })
    .await
}

/// UpdateContactFlowMetadata: changes what is given (flows 1.2, 1.8, 1.12).
pub(crate) async fn update_metadata(
    cx: &Cx<'_>,
    input: UpdateContactFlowMetadataInput,
) -> Result<UpdateContactFlowMetadataOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let id = Of::Flow.existing(cx, &instance, &input.contact_flow_id).await?.id;
    layer::update(cx, &instance, &id, |flow: &mut ContactFlow| {
        rename(flow, input.name.as_ref(), input.description.as_ref());
        if input.contact_flow_state.is_some() {
            flow.state.clone_from(&input.contact_flow_state);
        }
        Ok(())
    })
    .await?;
    Ok(UpdateContactFlowMetadataOutput {})
}

/// UpdateContactFlowName: changes what is given.
pub(crate) async fn update_name(cx: &Cx<'_>, input: UpdateContactFlowNameInput) -> Result<UpdateContactFlowNameOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let id = Of::Flow.existing(cx, &instance, &input.contact_flow_id).await?.id;
    layer::update(cx, &instance, &id, |flow: &mut ContactFlow| {
        rename(flow, input.name.as_ref(), input.description.as_ref());
        Ok(())
    })
    .await?;
    Ok(UpdateContactFlowNameOutput {})
}

fn rename(flow: &mut ContactFlow, name: Option<&String>, description: Option<&String>) {
    if name.is_some() {
        flow.name = name.cloned();
    }
    layer::redescribe(&mut flow.description, description);
}

/// DeleteContactFlow: with its versions and aliases, even if other resources name it; running contacts keep the content
/// they loaded (flows 1.13). Default flows stay (tasks 5.5).
pub(crate) async fn delete(cx: &Cx<'_>, input: DeleteContactFlowInput) -> Result<DeleteContactFlowOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let id = Of::Flow.existing(cx, &instance, &input.contact_flow_id).await?.id;
    let contents = async |row: ResourceRow| {
        if Extras::of(&row)?.is_default {
            return Err(Error::invalid_request(format!("{:?} is a default flow and cannot be deleted", row.name)));
        }
        Ok(named::contents(&instance, &row.id))
    };
    layer::delete::<ContactFlow, _>(cx, &instance, &id, contents).await?;
    Ok(DeleteContactFlowOutput {})
}

/// The size limit, which the model does not define (flows 1.3).
fn check_size(op: Op, content: &str) -> Result<()> {
    match rules::check_size(content) {
        None => Ok(()),
        Some(message) => Err(Error::invalid_parameter(op, message)),
    }
}

/// Whether a content may be published in a flow of this type (flows 6.1).
async fn check(cx: &Cx<'_>, instance: &str, content: &str, flow_type: &ContactFlowType) -> Result<()> {
    let contracts = flow::contracts(cx, instance, content).await?;
    let problems = rules::check(content, flow_type, &|module| contracts.get(module).cloned());
    if problems.is_empty() { Ok(()) } else { Err(rules::exception(problems).into()) }
}

/// A flow as stored: everything but content and tags.
pub(crate) fn stored(row: &ResourceRow) -> Result<ContactFlow> {
    layer::stored(row)
}
