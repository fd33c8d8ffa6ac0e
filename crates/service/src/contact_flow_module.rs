//! Flow modules: create, describe, list (flows 8). A template names one as its wrap-up hook.

use engine::arn;
use engine::contact_flow_module as rules;
use store::{Batch, Kind, ResourceRow, Slot};
use wire::Op;
use wire::ops::{
    CreateContactFlowModuleInput, CreateContactFlowModuleOutput, DescribeContactFlowModuleInput,
    DescribeContactFlowModuleOutput, ListContactFlowModulesInput, ListContactFlowModulesOutput,
};
use wire::shapes::{ContactFlowModule, ContactFlowModuleState, ContactFlowModuleStatus, ContactFlowModuleSummary};

use crate::client_token::{self, ClientToken};
use crate::page::Page;
use crate::resource::Quota;
use crate::task_template::bound;
use crate::{Call, Cx, Error, Result, instance, resource, tag};

/// CreateContactFlowModule: the content is checked and published.
pub(crate) async fn create(
    cx: &Cx<'_>,
    call: &Call<'_>,
    input: CreateContactFlowModuleInput,
) -> Result<CreateContactFlowModuleOutput> {
    let instance = instance::existing(cx, &input.instance_id).await?;
    let token = ClientToken::of(cx, call, &instance, input.client_token.as_deref())?;
    let tags = resource::new_tags(Op::CreateContactFlowModule, input.tags.as_ref())?;
    rules::check(&input.content, input.settings.as_deref())?;
    client_token::once(
        cx,
        &input.name,
        token.as_ref(),
        |id| output(cx, &instance, id),
        || async {
            let id = cx.new_id();
            let module = ContactFlowModule {
                arn: Some(cx.home().instance(&instance).arn(arn::Kind::FlowModule, &id)),
                id: Some(id.clone()),
                name: Some(input.name.clone()),
                description: input.description.clone(),
                state: Some(ContactFlowModuleState::Active),
                status: Some(ContactFlowModuleStatus::Published),
                settings: input.settings.clone(),
                external_invocation_configuration: input.external_invocation_configuration.clone(),
                ..ContactFlowModule::default()
            };
            let new = resource::new_row(
                cx,
                &id,
                &input.name,
                ContactFlowModuleState::Active.as_str(),
                wire::to_stored(&module),
                &tags,
            );
            let quota = Quota { noun: "flow module", limit: cx.limits(&instance).contact_flow_modules_per_instance };
            let mut batch = Batch::new();
            batch.insert_resource(&instance, Kind::FlowModule, &new);
            batch.put_flow_content(&instance, &id, Slot::Latest, &input.content);
            if let Some(token) = &token {
                token.claim(&mut batch, &id, cx.now_ms);
            }
            batch.add_to_counter(&instance, instance::FLOW_MODULES, 1, bound(quota.limit));
            let output = output(cx, &instance, id.clone());
            resource::commit_new(cx, Op::CreateContactFlowModule, &new.name, &quota, batch, output).await
        },
    )
    .await
}

fn output(cx: &Cx<'_>, instance: &str, id: String) -> CreateContactFlowModuleOutput {
    let arn = cx.home().instance(instance).arn(arn::Kind::FlowModule, &id);
    CreateContactFlowModuleOutput { id: Some(id), arn: Some(arn) }
}

/// DescribeContactFlowModule. A module made here is always published, so `:$LATEST` and `:$SAVED` answer the same.
pub(crate) async fn describe(
    cx: &Cx<'_>,
    input: DescribeContactFlowModuleInput,
) -> Result<DescribeContactFlowModuleOutput> {
    let instance = instance::existing(cx, &input.instance_id).await?;
    let (plain, qualifier) = arn::flow_id(&input.contact_flow_module_id);
    if let Some(arn::Qualifier::Version(_) | arn::Qualifier::Alias(_)) = qualifier {
        return Err(Error::not_found(format!("Flow module {} not found", input.contact_flow_module_id)));
    }
    let row = resource::existing(cx, &instance, arn::Kind::FlowModule, &plain).await?;
    let content = cx.store().flow_content(&instance, &row.id, Slot::Latest).await?;
    let content = content.ok_or_else(|| Error::internal(format!("flow module {} has no content", row.id)))?;
    let mut module = stored(&row)?;
    module.tags = tag::of_answer(&row.tags)?;
    module.flow_module_content_sha256 = Some(engine::contact_flow::sha256_hex(&content.content));
    module.content = Some(content.content);
    Ok(DescribeContactFlowModuleOutput { contact_flow_module: Some(module) })
}

/// ListContactFlowModules, oldest first.
pub(crate) async fn list(cx: &Cx<'_>, input: ListContactFlowModulesInput) -> Result<ListContactFlowModulesOutput> {
    let instance = instance::existing(cx, &input.instance_id).await?;
    let state = input.contact_flow_module_state.as_ref().map(|state| state.as_str());
    let filters = [instance.as_str(), state.unwrap_or("*")];
    let page = Page::of(cx, Op::ListContactFlowModules, &filters, input.max_results, input.next_token.as_deref())?;
    let states: Vec<&str> = state.into_iter().collect();
    let rows = cx.store().resource_page(&instance, Kind::FlowModule, &states, page.after.as_ref(), page.size).await?;
    let next_token = page.token(cx, rows.next.as_ref());
    let summaries = rows.items.iter().map(summary).collect::<Result<Vec<_>>>()?;
    Ok(ListContactFlowModulesOutput { contact_flow_modules_summary_list: Some(summaries), next_token })
}

fn stored(row: &ResourceRow) -> Result<ContactFlowModule> {
    wire::from_stored(row.body.as_bytes()).map_err(Error::internal)
}

fn summary(row: &ResourceRow) -> Result<ContactFlowModuleSummary> {
    let module = stored(row)?;
    Ok(ContactFlowModuleSummary { id: module.id, arn: module.arn, name: module.name, state: module.state })
}
