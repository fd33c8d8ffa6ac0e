//! Aliases of flows and flow modules (flows 1.10, 8.11): names for versions. As with versions, every change moves the revision
//! of the flow's row.

use store::{Batch, Clash, FlowAliasRow};
use wire::ops::{
    CreateContactFlowAliasInput, CreateContactFlowAliasOutput, CreateContactFlowModuleAliasInput,
    CreateContactFlowModuleAliasOutput, DeleteContactFlowAliasInput, DeleteContactFlowAliasOutput,
    DeleteContactFlowModuleAliasInput, DeleteContactFlowModuleAliasOutput, DescribeContactFlowAliasInput,
    DescribeContactFlowAliasOutput, DescribeContactFlowModuleAliasInput, DescribeContactFlowModuleAliasOutput,
    ListContactFlowAliasesInput, ListContactFlowAliasesOutput, ListContactFlowModuleAliasesInput,
    ListContactFlowModuleAliasesOutput, UpdateContactFlowAliasInput, UpdateContactFlowAliasOutput,
    UpdateContactFlowModuleAliasInput, UpdateContactFlowModuleAliasOutput,
};
use wire::shapes::{
    ContactFlowAliasInfo, ContactFlowAliasSummary, ContactFlowModuleAliasInfo, ContactFlowModuleAliasSummary,
};
use wire::{Op, Timestamp};

use crate::base::commit::{Attempt, commit, until_done};
use crate::base::page::Page;
use crate::base::scope;
use crate::flow::Of;
use crate::flow::flow_version::{self, Found, Wanted};
use crate::{Cx, Error, Result};

/// CreateContactFlowAlias.
pub(crate) async fn create_of_flow(
    cx: &Cx<'_>,
    input: CreateContactFlowAliasInput,
) -> Result<CreateContactFlowAliasOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let new = New { name: input.alias_name, description: input.description, version: input.contact_flow_version };
    let (contact_flow_arn, id) = create(cx, Of::Flow, &instance, &input.contact_flow_id, new).await?;
    Ok(CreateContactFlowAliasOutput { contact_flow_arn: Some(contact_flow_arn), id: Some(id) })
}

/// CreateContactFlowModuleAlias.
pub(crate) async fn create_of_module(
    cx: &Cx<'_>,
    input: CreateContactFlowModuleAliasInput,
) -> Result<CreateContactFlowModuleAliasOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let version = input.contact_flow_module_version;
    let new = New { name: input.alias_name, description: input.description, version };
    let (arn, id) = create(cx, Of::Module, &instance, &input.contact_flow_module_id, new).await?;
    Ok(CreateContactFlowModuleAliasOutput { contact_flow_module_arn: Some(arn), id: Some(id) })
}

/// DescribeContactFlowAlias.
pub(crate) async fn describe_of_flow(
    cx: &Cx<'_>,
    input: DescribeContactFlowAliasInput,
) -> Result<DescribeContactFlowAliasOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let flow = Of::Flow.existing(cx, &instance, &input.contact_flow_id).await?.id;
    let alias = existing(cx, Of::Flow, &instance, &flow, &input.alias_id).await?;
    let info = ContactFlowAliasInfo {
        contact_flow_arn: Some(Of::Flow.arn(cx, &instance, &flow, None)),
        contact_flow_id: Some(flow),
        alias_id: Some(alias.id),
        version: Some(alias.version),
        name: Some(alias.name),
        description: alias.description,
        last_modified_region: Some(cx.settings().region.clone()),
        last_modified_time: Some(Timestamp(alias.modified_ms)),
    };
    Ok(DescribeContactFlowAliasOutput { contact_flow_alias: Some(info) })
}

/// DescribeContactFlowModuleAlias.
pub(crate) async fn describe_of_module(
    cx: &Cx<'_>,
    input: DescribeContactFlowModuleAliasInput,
) -> Result<DescribeContactFlowModuleAliasOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let module = Of::Module.existing(cx, &instance, &input.contact_flow_module_id).await?.id;
    let alias = existing(cx, Of::Module, &instance, &module, &input.alias_id).await?;
    let info = ContactFlowModuleAliasInfo {
        contact_flow_module_arn: Some(Of::Module.arn(cx, &instance, &module, None)),
        contact_flow_module_id: Some(module),
        alias_id: Some(alias.id),
        version: Some(alias.version),
        name: Some(alias.name),
        description: alias.description,
        last_modified_region: Some(cx.settings().region.clone()),
        last_modified_time: Some(Timestamp(alias.modified_ms)),
    };
    Ok(DescribeContactFlowModuleAliasOutput { contact_flow_module_alias: Some(info) })
}

/// UpdateContactFlowAlias: changes what is given.
pub(crate) async fn update_of_flow(
    cx: &Cx<'_>,
    input: UpdateContactFlowAliasInput,
) -> Result<UpdateContactFlowAliasOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let flow = Of::Flow.existing(cx, &instance, &input.contact_flow_id).await?.id;
    let change = Change { name: input.name, description: input.description, version: input.contact_flow_version };
    update(cx, Of::Flow, &instance, &flow, &input.alias_id, &change).await?;
    Ok(UpdateContactFlowAliasOutput {})
}

/// UpdateContactFlowModuleAlias: changes what is given.
pub(crate) async fn update_of_module(
    cx: &Cx<'_>,
    input: UpdateContactFlowModuleAliasInput,
) -> Result<UpdateContactFlowModuleAliasOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let module = Of::Module.existing(cx, &instance, &input.contact_flow_module_id).await?.id;
    let version = input.contact_flow_module_version;
    let change = Change { name: input.name, description: input.description, version };
    update(cx, Of::Module, &instance, &module, &input.alias_id, &change).await?;
    Ok(UpdateContactFlowModuleAliasOutput {})
}

/// ListContactFlowAliases, oldest first.
pub(crate) async fn list_of_flow(
    cx: &Cx<'_>,
    input: ListContactFlowAliasesInput,
) -> Result<ListContactFlowAliasesOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let wanted = Wanted { size: input.max_results, token: input.next_token.as_deref() };
    let found = list(cx, Op::ListContactFlowAliases, Of::Flow, &instance, &input.contact_flow_id, &wanted).await?;
    let summary = |(arn, alias): (String, FlowAliasRow)| ContactFlowAliasSummary {
        arn: Some(arn),
        alias_id: Some(alias.id),
        version: Some(alias.version),
        alias_name: Some(alias.name),
        alias_description: alias.description,
        last_modified_time: Some(Timestamp(alias.modified_ms)),
        last_modified_region: Some(cx.settings().region.clone()),
    };
    Ok(ListContactFlowAliasesOutput {
        contact_flow_alias_summary_list: Some(found.items.into_iter().map(summary).collect()),
        next_token: found.next_token,
    })
}

/// ListContactFlowModuleAliases, oldest first.
pub(crate) async fn list_of_module(
    cx: &Cx<'_>,
    input: ListContactFlowModuleAliasesInput,
) -> Result<ListContactFlowModuleAliasesOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let wanted = Wanted { size: input.max_results, token: input.next_token.as_deref() };
    let op = Op::ListContactFlowModuleAliases;
    let found = list(cx, op, Of::Module, &instance, &input.contact_flow_module_id, &wanted).await?;
    let summary = |(arn, alias): (String, FlowAliasRow)| ContactFlowModuleAliasSummary {
        arn: Some(arn),
        alias_id: Some(alias.id),
        version: Some(alias.version),
        alias_name: Some(alias.name),
        alias_description: alias.description,
        last_modified_time: Some(Timestamp(alias.modified_ms)),
    };
    Ok(ListContactFlowModuleAliasesOutput {
        contact_flow_module_alias_summary_list: Some(found.items.into_iter().map(summary).collect()),
        next_token: found.next_token,
    })
}

/// DeleteContactFlowAlias: the version stays.
pub(crate) async fn delete_of_flow(
    cx: &Cx<'_>,
    input: DeleteContactFlowAliasInput,
) -> Result<DeleteContactFlowAliasOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    delete(cx, Of::Flow, &instance, &input.contact_flow_id, &input.alias_id).await?;
    Ok(DeleteContactFlowAliasOutput {})
}

/// DeleteContactFlowModuleAlias: the version stays.
pub(crate) async fn delete_of_module(
    cx: &Cx<'_>,
    input: DeleteContactFlowModuleAliasInput,
) -> Result<DeleteContactFlowModuleAliasOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    delete(cx, Of::Module, &instance, &input.contact_flow_module_id, &input.alias_id).await?;
    Ok(DeleteContactFlowModuleAliasOutput {})
}

/// An alias to be made.
struct New {
    name: String,
    description: Option<String>,
    version: i64,
}

/// What is to be changed of an alias.
struct Change {
    name: Option<String>,
    description: Option<String>,
    version: Option<i64>,
}

/// Answers the flow's ARN and the alias's id.
async fn create(cx: &Cx<'_>, of: Of, instance: &str, text: &str, new: New) -> Result<(String, String)> {
    let flow = of.existing(cx, instance, text).await?.id;
    until_done(cx, &flow, || async {
        let row = of.existing(cx, instance, &flow).await?;
        flow_version::require(cx, of, instance, &flow, new.version).await?;
        let alias = FlowAliasRow {
            id: cx.new_id(),
            name: new.name.clone(),
            description: new.description.clone(),
            version: new.version,
            created_ms: cx.now_ms,
            modified_ms: cx.now_ms,
        };
        let mut batch = Batch::new();
        batch.update_resource(instance, of.kind(), &row);
        batch.insert_flow_alias(instance, &flow, &alias);
        let answer = (of.arn(cx, instance, &flow, None), alias.id);
        unless_taken(of, &alias.name, commit(cx, batch, answer).await?)
    })
    .await
}

async fn update(cx: &Cx<'_>, of: Of, instance: &str, flow: &str, id: &str, change: &Change) -> Result<()> {
    until_done(cx, flow, || async {
        let row = of.existing(cx, instance, flow).await?;
        let mut alias = existing(cx, of, instance, flow, id).await?;
        if let Some(version) = change.version {
            flow_version::require(cx, of, instance, flow, version).await?;
            alias.version = version;
        }
        if let Some(name) = &change.name {
            alias.name.clone_from(name);
        }
        if change.description.is_some() {
            alias.description.clone_from(&change.description);
        }
        alias.modified_ms = cx.now_ms;
        let mut batch = Batch::new();
        batch.update_resource(instance, of.kind(), &row);
        batch.update_flow_alias(instance, flow, &alias);
        unless_taken(of, &alias.name, commit(cx, batch, ()).await?)
    })
    .await
}

/// A name in use is the answer; everything else that failed is tried again.
fn unless_taken<T>(of: Of, name: &str, attempt: Attempt<T>) -> Result<Attempt<T>> {
    match attempt {
        Attempt::Again(Clash::NameTaken) => {
            let noun = of.arn_kind().noun();
            Err(Error::duplicate(format!("The {noun} already has an alias named {name:?}")))
        }
        other => Ok(other),
    }
}

async fn delete(cx: &Cx<'_>, of: Of, instance: &str, text: &str, id: &str) -> Result<()> {
    let flow = of.existing(cx, instance, text).await?.id;
    until_done(cx, &flow, || async {
        let row = of.existing(cx, instance, &flow).await?;
        let alias = existing(cx, of, instance, &flow, id).await?;
        let mut batch = Batch::new();
        batch.update_resource(instance, of.kind(), &row);
        batch.delete_flow_alias(instance, &flow, &alias.id);
        commit(cx, batch, ()).await
    })
    .await
}

async fn existing(cx: &Cx<'_>, of: Of, instance: &str, flow: &str, id: &str) -> Result<FlowAliasRow> {
    let found = cx.store().flow_alias(instance, flow, id).await?;
    found.ok_or_else(|| Error::not_found(format!("{} {flow} has no alias {id}", of.title())))
}

async fn list(
    cx: &Cx<'_>,
    op: Op,
    of: Of,
    instance: &str,
    text: &str,
    wanted: &Wanted<'_>,
) -> Result<Found<FlowAliasRow>> {
    let flow = of.existing(cx, instance, text).await?.id;
    let filters = [instance, flow.as_str()];
    let page = Page::of(cx, op, &filters, wanted.size, wanted.token)?;
    let rows = cx.store().flow_alias_page(instance, &flow, page.after.as_ref(), page.size).await?;
    let next_token = page.token(cx, rows.next.as_ref());
    let with_arn = |row: FlowAliasRow| (of.arn(cx, instance, &flow, Some(&row.id)), row);
    Ok(Found { items: rows.items.into_iter().map(with_arn).collect(), next_token })
}
