//! Flows: create, describe, list (flows 1). Content is kept byte for byte.

use engine::arn::{self, Qualifier};
use engine::contact_flow as rules;
use store::{Batch, Kind, ResourceRow, Slot};
use wire::ops::{
    CreateContactFlowInput, CreateContactFlowOutput, DescribeContactFlowInput, DescribeContactFlowOutput,
    ListContactFlowsInput, ListContactFlowsOutput,
};
use wire::shapes::{ContactFlow, ContactFlowState, ContactFlowStatus, ContactFlowSummary};
use wire::{ExceptionKind, Op, Timestamp};

use crate::commit::until_done;
use crate::page::Page;
use crate::resource::Quota;
use crate::task_template::bound;
use crate::{Cx, Error, Result, instance, resource, tag};

/// Longest content of a flow, in characters; the model gives it no limit (flows 1.3, tasks 1.4).
const CONTENT_CHARS_MAX: usize = 256_000;

/// CreateContactFlow: without `Status`, or with PUBLISHED, the content is checked and published; with SAVED it is kept
/// as a draft, unchecked (flows 1.3).
pub(crate) async fn create(cx: &Cx<'_>, input: CreateContactFlowInput) -> Result<CreateContactFlowOutput> {
    let instance = instance::existing(cx, &input.instance_id).await?;
    if !(1..=CONTENT_CHARS_MAX).contains(&input.content.chars().count()) {
        let message = format!("Content must have between 1 and {CONTENT_CHARS_MAX} characters");
        return Err(Error::invalid_parameter(Op::CreateContactFlow, message));
    }
    let tags = resource::new_tags(Op::CreateContactFlow, input.tags.as_ref())?;
    let published = input.status != Some(ContactFlowStatus::Saved);
    if published {
        let problems = rules::check(&input.content);
        if !problems.is_empty() {
            return Err(rules::exception(problems).into());
        }
    }
    let sha256 = rules::sha256_hex(&input.content);
    until_done(cx, &input.name, || async {
        let id = cx.new_id();
        let arn = cx.home().instance(&instance).arn(arn::Kind::Flow, &id);
        let flow = ContactFlow {
            arn: Some(arn.clone()),
            id: Some(id.clone()),
            name: Some(input.name.clone()),
            r#type: Some(input.r#type.clone()),
            state: Some(ContactFlowState::Active),
            status: Some(if published { ContactFlowStatus::Published } else { ContactFlowStatus::Saved }),
            description: input.description.clone(),
            last_modified_time: Some(Timestamp(cx.now_ms)),
            last_modified_region: Some(cx.settings().region.clone()),
            ..ContactFlow::default()
        };
        let new = resource::new_row(cx, &id, &input.name, input.r#type.as_str(), wire::to_stored(&flow), &tags);
        let mut batch = Batch::new();
        batch.insert_resource(&instance, Kind::ContactFlow, &new);
        let slot = if published { Slot::Latest } else { Slot::Saved };
        batch.put_flow_content(&instance, &id, slot, &input.content);
        let quota = Quota { noun: "flow", limit: cx.limits(&instance).contact_flows_per_instance };
        batch.add_to_counter(&instance, instance::CONTACT_FLOWS, 1, bound(quota.limit));
        let output = CreateContactFlowOutput {
            contact_flow_id: Some(id.clone()),
            contact_flow_arn: Some(arn),
            flow_content_sha256: published.then(|| sha256.clone()),
        };
        resource::commit_new(cx, Op::CreateContactFlow, &new.name, &quota, batch, output).await
    })
    .await
}

/// DescribeContactFlow: the plain id answers the published content, `{id}:$SAVED` the draft, or the published content
/// when there is none (flows 1.5).
pub(crate) async fn describe(cx: &Cx<'_>, input: DescribeContactFlowInput) -> Result<DescribeContactFlowOutput> {
    let instance = instance::existing(cx, &input.instance_id).await?;
    let (plain, qualifier) = arn::flow_id(&input.contact_flow_id);
    let row = resource::existing(cx, &instance, arn::Kind::Flow, &plain).await?;
    let wanted = match qualifier {
        None | Some(Qualifier::Latest) => Slot::Latest,
        Some(Qualifier::Saved) => Slot::Saved,
        Some(Qualifier::Version(_) | Qualifier::Alias(_)) => {
            return Err(Error::not_found(format!("Flow {} not found", input.contact_flow_id)));
        }
    };
    let mut slot = wanted;
    let mut found = cx.store().flow_content(&instance, &row.id, slot).await?;
    if found.is_none() && slot == Slot::Saved {
        slot = Slot::Latest;
        found = cx.store().flow_content(&instance, &row.id, slot).await?;
    }
    let Some(found) = found else {
        let message = format!("Flow {} has never been published; its draft is {}:$SAVED", row.id, row.id);
        return Err(Error::new(ExceptionKind::ContactFlowNotPublishedException, message));
    };
    let mut flow = stored(&row)?;
    flow.tags = tag::of_answer(&row.tags)?;
    let published = slot == Slot::Latest;
    flow.status = Some(if published { ContactFlowStatus::Published } else { ContactFlowStatus::Saved });
    flow.flow_content_sha256 = published.then(|| rules::sha256_hex(&found.content));
    flow.content = Some(found.content);
    Ok(DescribeContactFlowOutput { contact_flow: Some(flow) })
}

/// ListContactFlows, oldest first.
pub(crate) async fn list(cx: &Cx<'_>, input: ListContactFlowsInput) -> Result<ListContactFlowsOutput> {
    let instance = instance::existing(cx, &input.instance_id).await?;
    let types: Vec<&str> = input.contact_flow_types.iter().flatten().map(|t| t.as_str()).collect();
    let filter = types.join(",");
    let filters = [instance.as_str(), &filter];
    let page = Page::of(cx, Op::ListContactFlows, &filters, input.max_results, input.next_token.as_deref())?;
    let rows = cx.store().resource_page(&instance, Kind::ContactFlow, &types, page.after.as_ref(), page.size).await?;
    let next_token = page.token(cx, rows.next.as_ref());
    let summaries = rows.items.iter().map(summary).collect::<Result<Vec<_>>>()?;
    Ok(ListContactFlowsOutput { contact_flow_summary_list: Some(summaries), next_token })
}

/// A flow as stored: everything but content and tags.
pub(crate) fn stored(row: &ResourceRow) -> Result<ContactFlow> {
    wire::from_stored(row.body.as_bytes()).map_err(Error::internal)
}

fn summary(row: &ResourceRow) -> Result<ContactFlowSummary> {
    let flow = stored(row)?;
    Ok(ContactFlowSummary {
        id: flow.id,
        arn: flow.arn,
        name: flow.name,
        contact_flow_type: flow.r#type,
        contact_flow_state: flow.state,
        contact_flow_status: flow.status,
    })
}
