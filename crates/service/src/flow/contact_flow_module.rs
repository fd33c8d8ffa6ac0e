//! Flow modules: create, describe, list, update, delete (flows 8). A template names one as its wrap-up hook. Versions
//! and aliases have their own files.

use engine::arn::{self, Qualifier};
use engine::contact_flow_module as rules;
use store::{Batch, Kind, ResourceRow, Slot};
use wire::Op;
use wire::ops::{
    CreateContactFlowModuleInput, CreateContactFlowModuleOutput, DeleteContactFlowModuleInput,
    DeleteContactFlowModuleOutput, DescribeContactFlowModuleInput, DescribeContactFlowModuleOutput,
    ListContactFlowModulesInput, ListContactFlowModulesOutput, UpdateContactFlowModuleContentInput,
    UpdateContactFlowModuleContentOutput, UpdateContactFlowModuleMetadataInput, UpdateContactFlowModuleMetadataOutput,
};
use wire::shapes::{ContactFlowModule, ContactFlowModuleState, ContactFlowModuleStatus, ContactFlowModuleSummary};

use crate::base::client_token::{self, Presented};
use crate::base::commit::until_done;
use crate::base::scope;
use crate::base::tags::{self, Tags};
use crate::flow::{self, Extras, Of, named};
use crate::resource::kinds::{self, KindFacts};
use crate::resource::layer::{self, Change, ListPage, New, Resource, Stamp};
use crate::{Cx, Error, Result};

impl Resource for ContactFlowModule {
    const FACTS: &'static KindFacts = &kinds::FLOW_MODULE;
    const KEPT: &'static [&'static str] = Extras::MEMBERS;

    fn stamp(&mut self, stamp: Stamp) {
        self.id = Some(stamp.id);
        self.arn = Some(stamp.arn);
    }

    fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }

    fn subtype(&self) -> &str {
        self.state.as_ref().map_or("", |state| state.as_str())
    }

    fn set_tags(&mut self, tags: Option<Tags>) {
        self.tags = tags;
    }
}

/// CreateContactFlowModule: the content is checked and published.
pub(crate) async fn create(
    cx: &Cx<'_>,
    input: CreateContactFlowModuleInput,
    token: Presented<'_>,
) -> Result<CreateContactFlowModuleOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let token = token.within(cx, &instance);
    let tags = tags::of_new(Op::CreateContactFlowModule, input.tags.as_ref())?;
    check(cx, &instance, &input.content, input.settings.as_deref()).await?;
    client_token::once(
        cx,
        &input.name,
        token.as_ref(),
        |id| output(cx, &instance, id),
        || async {
            let value = ContactFlowModule {
                name: Some(input.name.clone()),
                description: input.description.clone(),
                state: Some(ContactFlowModuleState::Active),
                status: Some(ContactFlowModuleStatus::Published),
                settings: input.settings.clone(),
                external_invocation_configuration: input.external_invocation_configuration.clone(),
                ..ContactFlowModule::default()
            };
            let new = New { value, tags: tags.clone(), relations: Vec::new() };
            let with = |id: &str, batch: &mut Batch| {
                batch.put_flow_content(&instance, id, Slot::Latest, &input.content);
                if let Some(token) = &token {
                    token.claim(batch, id, cx.now_ms);
                }
            };
            layer::insert(cx, &instance, new, with, |id, _| output(cx, &instance, id)).await
        },
    )
    .await
}

fn output(cx: &Cx<'_>, instance: &str, id: String) -> CreateContactFlowModuleOutput {
    let arn = cx.home().instance(instance).arn(arn::Kind::FlowModule, &id);
    CreateContactFlowModuleOutput { id: Some(id), arn: Some(arn) }
}

/// DescribeContactFlowModule: qualifiers as with flows (flows 1.5, 1.11). A version shows the contract it was made with
/// (flows 8.3).
pub(crate) async fn describe(
    cx: &Cx<'_>,
    input: DescribeContactFlowModuleInput,
) -> Result<DescribeContactFlowModuleOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let unknown = || Of::Module.unknown(&input.contact_flow_module_id);
    let named = Of::Module.named(cx, &instance, &input.contact_flow_module_id)?;
    let part = named.part().ok_or_else(unknown)?;
    let found = cx.store().flow(&instance, Kind::FlowModule, &named.id, part).await?.ok_or_else(unknown)?;
    // A module is published when it is created, so only a version or an alias can be missing.
    let text = found.text.ok_or_else(unknown)?;
    let mut module = stored(&found.row)?;
    module.tags = tags::of_answer(&found.row.tags)?;
    module.status = Some(if text.saved { ContactFlowModuleStatus::Saved } else { ContactFlowModuleStatus::Published });
    module.flow_module_content_sha256 = (!text.saved).then_some(text.sha256_hex);
    module.content = Some(text.content);
    if let Some(version) = text.version {
        module.version = Some(version.number);
        module.version_description = version.description;
        module.settings = Some(version.contract).filter(|contract| !contract.is_empty());
    }
    Ok(DescribeContactFlowModuleOutput { contact_flow_module: Some(module) })
}

/// ListContactFlowModules, oldest first.
pub(crate) async fn list(cx: &Cx<'_>, input: ListContactFlowModulesInput) -> Result<ListContactFlowModulesOutput> {
    let states: Vec<&str> = input.contact_flow_module_state.iter().map(|state| state.as_str()).collect();
    let (max_results, next_token) = (input.max_results, input.next_token.as_deref());
    let page = ListPage { op: Op::ListContactFlowModules, max_results, next_token };
    let summary = |module: ContactFlowModule| ContactFlowModuleSummary {
        id: module.id,
        arn: module.arn,
        name: module.name,
        state: module.state,
    };
    let (contact_flow_modules_summary_list, next_token) =
        layer::list(cx, &input.instance_id, &page, &states, summary).await?;
    Ok(ListContactFlowModulesOutput { contact_flow_modules_summary_list, next_token })
}

/// UpdateContactFlowModuleContent: the plain id publishes content, contract or both, checked against each other;
/// `{id}:$SAVED` replaces the draft unchecked (flows 1.4, 8.3, 8.4).
pub(crate) async fn update_content(
    cx: &Cx<'_>,
    input: UpdateContactFlowModuleContentInput,
) -> Result<UpdateContactFlowModuleContentOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let named = Of::Module.named(cx, &instance, &input.contact_flow_module_id)?;
    let draft = named.qualifier == Some(Qualifier::Saved);
    until_done(cx, &named.id, || async {
        let row = Of::Module.existing(cx, &instance, &input.contact_flow_module_id).await?;
        let old = stored(&row)?;
        let (mut module, mut batch) = (old.clone(), Batch::new());
        match (&input.content, &input.settings) {
            (None, None) => return Err(Error::invalid_request("Content, Settings or both are required")),
            (Some(content), None) if draft => batch.put_flow_content(&instance, &row.id, Slot::Saved, content),
            _ if draft => return Err(Error::invalid_request("A draft has no Settings of its own, only Content")),
            (content, settings) => {
                if settings.is_some() {
                    module.settings.clone_from(settings);
                }
                let published = match content {
                    Some(content) => content.clone(),
                    None => published(cx, &instance, &row.id).await?,
                };
                check(cx, &instance, &published, module.settings.as_deref()).await?;
                if let Some(content) = content {
                    batch.put_flow_content(&instance, &row.id, Slot::Latest, content);
                }
            }
        }
        layer::replace(
            cx,
            &instance,
            row,
            &old,
            Change { also: batch, ..Change::of(module) },
            UpdateContactFlowModuleContentOutput {},
        )
        .await
    })
    .await
}

async fn published(cx: &Cx<'_>, instance: &str, id: &str) -> Result<String> {
    let found = cx.store().flow_content(instance, id, Slot::Latest).await?;
    found.map(|found| found.content).ok_or_else(|| Error::internal(format!("flow module {id} has no content")))
}

/// UpdateContactFlowModuleMetadata: changes what is given.
pub(crate) async fn update_metadata(
    cx: &Cx<'_>,
    input: UpdateContactFlowModuleMetadataInput,
) -> Result<UpdateContactFlowModuleMetadataOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let id = Of::Module.existing(cx, &instance, &input.contact_flow_module_id).await?.id;
    layer::update(cx, &instance, &id, |module: &mut ContactFlowModule| {
        if input.name.is_some() {
            module.name.clone_from(&input.name);
        }
        layer::redescribe(&mut module.description, input.description.as_ref());
        if input.state.is_some() {
            module.state.clone_from(&input.state);
        }
        Ok(())
    })
    .await?;
    Ok(UpdateContactFlowModuleMetadataOutput {})
}

/// DeleteContactFlowModule: with its versions and aliases, even if other resources name it; callers take their error
/// branch (flows 8.9).
pub(crate) async fn delete(cx: &Cx<'_>, input: DeleteContactFlowModuleInput) -> Result<DeleteContactFlowModuleOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let id = Of::Module.existing(cx, &instance, &input.contact_flow_module_id).await?.id;
    let contents = async |row: ResourceRow| Ok(named::contents(&instance, &row.id));
    layer::delete::<ContactFlowModule, _>(cx, &instance, &id, contents).await?;
    Ok(DeleteContactFlowModuleOutput {})
}

/// Whether a content may be published with this contract (flows 8.2 to 8.4).
async fn check(cx: &Cx<'_>, instance: &str, content: &str, contract: Option<&str>) -> Result<()> {
    let contract = rules::contract(contract)?;
    let contracts = flow::contracts(cx, instance, content).await?;
    let problems = rules::check(content, Some(&contract), &|module| contracts.get(module).cloned());
    if !problems.is_empty() {
        return Err(rules::exception(problems).into());
    }
    rules::check_settings(content).map_err(Error::from)
}

/// A module as stored: everything but content and tags.
pub(crate) fn stored(row: &ResourceRow) -> Result<ContactFlowModule> {
    layer::stored(row)
}
