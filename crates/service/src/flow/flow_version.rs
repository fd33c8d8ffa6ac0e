//! Versions of flows and flow modules (flows 1.9, 8.11): the published content frozen under a number. Every change of
//! versions and aliases increments the revision of the flow's row, so that no change is decided on a state that a
//! concurrent one replaces.

use store::{Batch, FlowPart, FlowVersionRow, PageKey};
use wire::Timestamp;
use wire::ops::{
    CreateContactFlowModuleVersionInput, CreateContactFlowModuleVersionOutput, CreateContactFlowVersionInput,
    CreateContactFlowVersionOutput, DeleteContactFlowModuleVersionInput, DeleteContactFlowModuleVersionOutput,
    DeleteContactFlowVersionInput, DeleteContactFlowVersionOutput, ListContactFlowModuleVersionsInput,
    ListContactFlowModuleVersionsOutput, ListContactFlowVersionsInput, ListContactFlowVersionsOutput,
};
use wire::shapes::{ContactFlowModuleVersionSummary, ContactFlowVersionSummary};

use crate::base::commit::{commit, until_done};
use crate::base::page::Page;
use crate::base::scope;
use crate::flow::contact_flow_module;
use crate::flow::{Extras, Of};
use crate::{Cx, Error, Result};

/// The operations on versions of flows, or of modules: the same but for the names of shapes and members.
macro_rules! operations {
    (
        $of:expr, $owner:ident, $owner_arn:ident, $version:ident;
        $(#[$create_doc:meta])* $create:ident($CreateInput:ident { $sha256:ident $(, $number:ident)? }) -> $CreateOutput:ident;
        $(#[$list_doc:meta])* $list:ident($ListInput:ident) -> $ListOutput:ident {
            $summaries:ident: $Summary:ident $(, $time:ident, $region:ident)?
        };
        $(#[$delete_doc:meta])* $delete:ident($DeleteInput:ident) -> $DeleteOutput:ident;
    ) => {
        $(#[$create_doc])*
        pub(crate) async fn $create(cx: &Cx<'_>, input: $CreateInput) -> Result<$CreateOutput> {
            let new = New {
                of: $of,
                instance: scope::existing(cx, &input.instance_id).await?,
                text: input.$owner,
                description: input.description,
                sha256_hex: input.$sha256,
                number: None$(.or(input.$number))?,
            };
            let (arn, version) = new.create(cx).await?;
            Ok($CreateOutput { $owner_arn: Some(arn), version: Some(version) })
        }

        $(#[$list_doc])*
        pub(crate) async fn $list(cx: &Cx<'_>, input: $ListInput) -> Result<$ListOutput> {
            let instance = scope::existing(cx, &input.instance_id).await?;
            let wanted = Wanted { size: input.max_results, token: input.next_token.as_deref() };
            let found = list(cx, $of, &instance, &input.$owner, &wanted).await?;
            let summary = |(arn, version): (String, FlowVersionRow)| $Summary {
                arn: Some(arn),
                version_description: version.description,
                version: Some(version.number),
                $($time: Some(Timestamp(version.created_ms)), $region: Some(cx.settings().region.clone()),)?
            };
            let summaries = found.items.into_iter().map(summary).collect();
            Ok($ListOutput { $summaries: Some(summaries), next_token: found.next_token })
        }

        $(#[$delete_doc])*
        pub(crate) async fn $delete(cx: &Cx<'_>, input: $DeleteInput) -> Result<$DeleteOutput> {
            let instance = scope::existing(cx, &input.instance_id).await?;
            delete(cx, $of, &instance, &input.$owner, input.$version).await?;
            Ok($DeleteOutput {})
        }
    };
}

operations! {
    Of::Flow, contact_flow_id, contact_flow_arn, contact_flow_version;
    /// CreateContactFlowVersion. A `ContactFlowVersion` in the request must be the next number.
    create_of_flow(CreateContactFlowVersionInput { flow_content_sha256, contact_flow_version })
        -> CreateContactFlowVersionOutput;
    /// ListContactFlowVersions, lowest number first.
    list_of_flow(ListContactFlowVersionsInput) -> ListContactFlowVersionsOutput {
        contact_flow_version_summary_list: ContactFlowVersionSummary, last_modified_time, last_modified_region
    };
    /// DeleteContactFlowVersion.
    delete_of_flow(DeleteContactFlowVersionInput) -> DeleteContactFlowVersionOutput;
}

operations! {
    Of::Module, contact_flow_module_id, contact_flow_module_arn, contact_flow_module_version;
    /// CreateContactFlowModuleVersion: freezes the contract too.
    create_of_module(CreateContactFlowModuleVersionInput { flow_module_content_sha256 })
        -> CreateContactFlowModuleVersionOutput;
    /// ListContactFlowModuleVersions, lowest number first.
    list_of_module(ListContactFlowModuleVersionsInput) -> ListContactFlowModuleVersionsOutput {
        contact_flow_module_version_summary_list: ContactFlowModuleVersionSummary
    };
    /// DeleteContactFlowModuleVersion.
    delete_of_module(DeleteContactFlowModuleVersionInput) -> DeleteContactFlowModuleVersionOutput;
}

/// A version to be created.
struct New {
    of: Of,
    instance: String,
    /// The flow as the request names it.
    text: String,
    description: Option<String>,
    /// The hash that the caller expects of the published content.
    sha256_hex: Option<String>,
    /// The version number that the caller expects.
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

/// The requested part of a list.
pub(crate) struct Wanted<'a> {
    pub(crate) size: Option<i32>,
    pub(crate) token: Option<&'a str>,
}

/// A page of versions or aliases, each with its ARN.
pub(crate) struct Found<T> {
    pub(crate) items: Vec<(String, T)>,
    pub(crate) next_token: Option<String>,
}

impl Wanted<'_> {
    /// Reads a page of versions or aliases of a flow, each with its ARN: `read` gets the position and the size, `name`
    /// returns the qualifier to append to the flow's ARN.
    pub(crate) async fn read<T, F>(
        &self,
        cx: &Cx<'_>,
        of: Of,
        instance: &str,
        text: &str,
        read: impl FnOnce(String, Option<PageKey>, usize) -> F,
        name: impl Fn(&T) -> String,
    ) -> Result<Found<T>>
    where
        F: Future<Output = std::result::Result<store::Page<T>, store::Error>>,
    {
        let id = of.existing(cx, instance, text).await?.id;
        let filters = [instance, id.as_str()];
        let page = Page::of(cx, cx.op(), &filters, self.size, self.token)?;
        let rows = read(id.clone(), page.after.clone(), page.size).await?;
        let next_token = page.token(cx, rows.next.as_ref());
        let with_arn = |row: T| (of.arn(cx, instance, &id, Some(&name(&row))), row);
        Ok(Found { items: rows.items.into_iter().map(with_arn).collect(), next_token })
    }
}

async fn list(cx: &Cx<'_>, of: Of, instance: &str, text: &str, wanted: &Wanted<'_>) -> Result<Found<FlowVersionRow>> {
    let read = |id: String, after: Option<PageKey>, size| async move {
        cx.store().flow_version_page(instance, &id, after.as_ref(), size).await
    };
    wanted.read(cx, of, instance, text, read, |version: &FlowVersionRow| version.number.to_string()).await
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

/// A version that is named must exist.
pub(crate) async fn require(cx: &Cx<'_>, of: Of, instance: &str, id: &str, number: i64) -> Result<()> {
    match cx.store().flow_version(instance, id, number).await? {
        Some(_) => Ok(()),
        None => Err(Error::not_found(format!("{} {id} has no version {number}", of.title()))),
    }
}
