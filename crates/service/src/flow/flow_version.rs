//! Versions of flows and flow modules (flows 1.9, 8.11): the published content frozen under a number. Every change of versions
//! and aliases moves the revision of the flow's row, so that none is decided on what another one changes.

use store::{Batch, FlowPart, FlowVersionRow};
use wire::ops::{
    CreateContactFlowModuleVersionInput, CreateContactFlowModuleVersionOutput, CreateContactFlowVersionInput,
    CreateContactFlowVersionOutput, DeleteContactFlowModuleVersionInput, DeleteContactFlowModuleVersionOutput,
    DeleteContactFlowVersionInput, DeleteContactFlowVersionOutput, ListContactFlowModuleVersionsInput,
    ListContactFlowModuleVersionsOutput, ListContactFlowVersionsInput, ListContactFlowVersionsOutput,
};
use wire::shapes::{ContactFlowModuleVersionSummary, ContactFlowVersionSummary};
use wire::{Op, Timestamp};

use crate::base::commit::{commit, until_done};
use crate::base::page::Page;
use crate::base::scope;
use crate::flow::contact_flow_module;
use crate::flow::{Extras, Of};
use crate::{Cx, Error, Result};

/// CreateContactFlowVersion. A `ContactFlowVersion` in the request must be the number that is due.
pub(crate) async fn create_of_flow(
    cx: &Cx<'_>,
    input: CreateContactFlowVersionInput,
) -> Result<CreateContactFlowVersionOutput> {
    let new = New {
        of: Of::Flow,
        instance: scope::existing(cx, &input.instance_id).await?,
        text: input.contact_flow_id,
        description: input.description,
        sha256_hex: input.flow_content_sha256,
        number: input.contact_flow_version,
    };
    let (contact_flow_arn, version) = new.create(cx).await?;
    Ok(CreateContactFlowVersionOutput { contact_flow_arn: Some(contact_flow_arn), version: Some(version) })
}

/// CreateContactFlowModuleVersion: freezes the contract too.
pub(crate) async fn create_of_module(
    cx: &Cx<'_>,
    input: CreateContactFlowModuleVersionInput,
) -> Result<CreateContactFlowModuleVersionOutput> {
    let new = New {
        of: Of::Module,
        instance: scope::existing(cx, &input.instance_id).await?,
        text: input.contact_flow_module_id,
        description: input.description,
        sha256_hex: input.flow_module_content_sha256,
        number: None,
    };
    let (contact_flow_module_arn, version) = new.create(cx).await?;
    let contact_flow_module_arn = Some(contact_flow_module_arn);
    Ok(CreateContactFlowModuleVersionOutput { contact_flow_module_arn, version: Some(version) })
}

/// ListContactFlowVersions, lowest number first.
pub(crate) async fn list_of_flow(
    cx: &Cx<'_>,
    input: ListContactFlowVersionsInput,
) -> Result<ListContactFlowVersionsOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let wanted = Wanted { size: input.max_results, token: input.next_token.as_deref() };
    let found = list(cx, Op::ListContactFlowVersions, Of::Flow, &instance, &input.contact_flow_id, &wanted).await?;
    let summary = |(arn, version): (String, FlowVersionRow)| ContactFlowVersionSummary {
        arn: Some(arn),
        version_description: version.description,
        version: Some(version.number),
        last_modified_time: Some(Timestamp(version.created_ms)),
        last_modified_region: Some(cx.settings().region.clone()),
    };
    Ok(ListContactFlowVersionsOutput {
        contact_flow_version_summary_list: Some(found.items.into_iter().map(summary).collect()),
        next_token: found.next_token,
    })
}

/// ListContactFlowModuleVersions, lowest number first.
pub(crate) async fn list_of_module(
    cx: &Cx<'_>,
    input: ListContactFlowModuleVersionsInput,
) -> Result<ListContactFlowModuleVersionsOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let wanted = Wanted { size: input.max_results, token: input.next_token.as_deref() };
    let op = Op::ListContactFlowModuleVersions;
    let found = list(cx, op, Of::Module, &instance, &input.contact_flow_module_id, &wanted).await?;
    let summary = |(arn, version): (String, FlowVersionRow)| ContactFlowModuleVersionSummary {
        arn: Some(arn),
        version_description: version.description,
        version: Some(version.number),
    };
    Ok(ListContactFlowModuleVersionsOutput {
        contact_flow_module_version_summary_list: Some(found.items.into_iter().map(summary).collect()),
        next_token: found.next_token,
    })
}

/// DeleteContactFlowVersion.
pub(crate) async fn delete_of_flow(
    cx: &Cx<'_>,
    input: DeleteContactFlowVersionInput,
) -> Result<DeleteContactFlowVersionOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    delete(cx, Of::Flow, &instance, &input.contact_flow_id, input.contact_flow_version).await?;
    Ok(DeleteContactFlowVersionOutput {})
}

/// DeleteContactFlowModuleVersion.
pub(crate) async fn delete_of_module(
    cx: &Cx<'_>,
    input: DeleteContactFlowModuleVersionInput,
) -> Result<DeleteContactFlowModuleVersionOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    delete(cx, Of::Module, &instance, &input.contact_flow_module_id, input.contact_flow_module_version).await?;
    Ok(DeleteContactFlowModuleVersionOutput {})
}

/// A version to be made.
struct New {
    of: Of,
    instance: String,
    /// The flow as the request names it.
    text: String,
    description: Option<String>,
    /// The hash that the caller believes the published content to have.
    sha256_hex: Option<String>,
    /// The number that the caller believes to be due.
    number: Option<i64>,
}

impl New {
    /// Answers the flow's ARN and the version's number.
    async fn create(&self, cx: &Cx<'_>) -> Result<(String, i64)> {
        let id = self.of.existing(cx, &self.instance, &self.text).await?.id;
        until_done(cx, &id, || async {
            let found = cx.store().flow(&self.instance, self.of.kind(), &id, FlowPart::Latest).await?;
            let mut found = found.ok_or_else(|| self.of.unknown(&self.text))?;
            let Some(text) = found.text else {
                return Err(Error::invalid_request(format!("{} {id} has never been published", self.of.title())));
            };
            if self.sha256_hex.as_ref().is_some_and(|hash| !hash.eq_ignore_ascii_case(&text.sha256_hex)) {
                let message = format!("The published content has another hash, {}", text.sha256_hex);
                return Err(Error::invalid_request(message));
            }
            let mut extras = Extras::of(&found.row)?;
            extras.last_version += 1;
            let number = extras.last_version;
            if self.number.is_some_and(|wanted| wanted != number) {
                return Err(Error::invalid_request(format!("The next version is {number}")));
            }
            let contract = match self.of {
                Of::Flow => String::new(),
                Of::Module => contact_flow_module::stored(&found.row)?.settings.unwrap_or_default(),
            };
            found.row.body = extras.replace(self.of, &found.row)?;
            let mut batch = Batch::new();
            batch.update_resource(&self.instance, self.of.kind(), &found.row);
            let version = FlowVersionRow {
                number,
                description: self.description.clone(),
                contract,
                sha256_hex: text.sha256_hex,
                created_ms: cx.now_ms,
            };
            batch.insert_flow_version(&self.instance, &id, &version);
            commit(cx, batch, (self.of.arn(cx, &self.instance, &id, None), number)).await
        })
        .await
    }
}

/// What part of a list is asked for.
pub(crate) struct Wanted<'a> {
    pub(crate) size: Option<i32>,
    pub(crate) token: Option<&'a str>,
}

/// A page of versions or aliases, each with its ARN.
pub(crate) struct Found<T> {
    pub(crate) items: Vec<(String, T)>,
    pub(crate) next_token: Option<String>,
}

async fn list(
    cx: &Cx<'_>,
    op: Op,
    of: Of,
    instance: &str,
    text: &str,
    wanted: &Wanted<'_>,
) -> Result<Found<FlowVersionRow>> {
    let id = of.existing(cx, instance, text).await?.id;
    let filters = [instance, id.as_str()];
    let page = Page::of(cx, op, &filters, wanted.size, wanted.token)?;
    let rows = cx.store().flow_version_page(instance, &id, page.after.as_ref(), page.size).await?;
    let next_token = page.token(cx, rows.next.as_ref());
    let with_arn = |row: FlowVersionRow| (of.arn(cx, instance, &id, Some(&row.number.to_string())), row);
    Ok(Found { items: rows.items.into_iter().map(with_arn).collect(), next_token })
}

/// Deletes a version that no alias points to (flows 1.10).
async fn delete(cx: &Cx<'_>, of: Of, instance: &str, text: &str, number: i64) -> Result<()> {
    let id = of.existing(cx, instance, text).await?.id;
    until_done(cx, &id, || async {
        let row = of.existing(cx, instance, &id).await?;
        require(cx, of, instance, &id, number).await?;
        if let Some(alias) = cx.store().flow_alias_of_version(instance, &id, number).await? {
            return Err(Error::invalid_request(format!("Alias {:?} points to version {number}", alias.name)));
        }
        let mut batch = Batch::new();
        batch.update_resource(instance, of.kind(), &row);
        batch.delete_flow_version(instance, &id, number);
        commit(cx, batch, ()).await
    })
    .await
}

/// A version that is named must be there.
pub(crate) async fn require(cx: &Cx<'_>, of: Of, instance: &str, id: &str, number: i64) -> Result<()> {
    match cx.store().flow_version(instance, id, number).await? {
        Some(_) => Ok(()),
        None => Err(Error::not_found(format!("{} {id} has no version {number}", of.title()))),
    }
}
