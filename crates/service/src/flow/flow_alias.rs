//! Aliases of flows and flow modules (flows 1.10, 8.11): names for versions. As with versions, every change increments
//! the revision of the flow's row.

use store::{Batch, Conflict, FlowAliasRow, PageKey};
use wire::Timestamp;
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

use crate::base::commit::{Attempt, commit, until_done};
use crate::base::scope;
use crate::flow::Of;
use crate::flow::flow_version::{self, Found, Wanted};
use crate::resource::layer;
use crate::{Cx, Error, Result};

/// The operations on aliases of flows, or of modules: the same but for the names of shapes and members.
macro_rules! operations {
    (
        $of:expr, $owner:ident, $owner_arn:ident, $version:ident;
        $(#[$create_doc:meta])* $create:ident($CreateInput:ident) -> $CreateOutput:ident;
        $(#[$describe_doc:meta])* $describe:ident($DescribeInput:ident) -> $DescribeOutput:ident { $alias:ident: $Info:ident };
        $(#[$update_doc:meta])* $update:ident($UpdateInput:ident) -> $UpdateOutput:ident;
        $(#[$list_doc:meta])* $list:ident($ListInput:ident) -> $ListOutput:ident { $summaries:ident: $Summary:ident $($region:ident)? };
        $(#[$delete_doc:meta])* $delete:ident($DeleteInput:ident) -> $DeleteOutput:ident;
    ) => {
        $(#[$create_doc])*
        pub(crate) async fn $create(cx: &Cx<'_>, input: $CreateInput) -> Result<$CreateOutput> {
            let instance = scope::existing(cx, &input.instance_id).await?;
            let new = New { name: input.alias_name, description: input.description, version: input.$version };
            let (arn, id) = create(cx, $of, &instance, &input.$owner, new).await?;
            Ok($CreateOutput { $owner_arn: Some(arn), id: Some(id) })
        }

        $(#[$describe_doc])*
        pub(crate) async fn $describe(cx: &Cx<'_>, input: $DescribeInput) -> Result<$DescribeOutput> {
            let instance = scope::existing(cx, &input.instance_id).await?;
            let owner = $of.existing(cx, &instance, &input.$owner).await?.id;
            let alias = existing(cx, $of, &instance, &owner, &input.alias_id).await?;
            let info = $Info {
                $owner_arn: Some($of.arn(cx, &instance, &owner, None)),
                $owner: Some(owner),
                alias_id: Some(alias.id),
                version: Some(alias.version),
                name: Some(alias.name),
                description: alias.description,
                last_modified_region: Some(cx.settings().region.clone()),
                last_modified_time: Some(Timestamp(alias.modified_ms)),
            };
            Ok($DescribeOutput { $alias: Some(info) })
        }

        $(#[$update_doc])*
        pub(crate) async fn $update(cx: &Cx<'_>, input: $UpdateInput) -> Result<$UpdateOutput> {
            let instance = scope::existing(cx, &input.instance_id).await?;
            let owner = $of.existing(cx, &instance, &input.$owner).await?.id;
            let change = Change { name: input.name, description: input.description, version: input.$version };
            update(cx, $of, &instance, &owner, &input.alias_id, &change).await?;
            Ok($UpdateOutput {})
        }

        $(#[$list_doc])*
        pub(crate) async fn $list(cx: &Cx<'_>, input: $ListInput) -> Result<$ListOutput> {
            let instance = scope::existing(cx, &input.instance_id).await?;
            let wanted = Wanted { size: input.max_results, token: input.next_token.as_deref() };
            let found = list(cx, $of, &instance, &input.$owner, &wanted).await?;
            let summary = |(arn, alias): (String, FlowAliasRow)| $Summary {
                arn: Some(arn),
                alias_id: Some(alias.id),
                version: Some(alias.version),
                alias_name: Some(alias.name),
                alias_description: alias.description,
                last_modified_time: Some(Timestamp(alias.modified_ms)),
                $($region: Some(cx.settings().region.clone()),)?
            };
            let summaries = found.items.into_iter().map(summary).collect();
            Ok($ListOutput { $summaries: Some(summaries), next_token: found.next_token })
        }

        $(#[$delete_doc])*
        pub(crate) async fn $delete(cx: &Cx<'_>, input: $DeleteInput) -> Result<$DeleteOutput> {
            let instance = scope::existing(cx, &input.instance_id).await?;
            delete(cx, $of, &instance, &input.$owner, &input.alias_id).await?;
            Ok($DeleteOutput {})
        }
    };
}

operations! {
    Of::Flow, contact_flow_id, contact_flow_arn, contact_flow_version;
    /// CreateContactFlowAlias.
    create_of_flow(CreateContactFlowAliasInput) -> CreateContactFlowAliasOutput;
    /// DescribeContactFlowAlias.
    describe_of_flow(DescribeContactFlowAliasInput) -> DescribeContactFlowAliasOutput {
        contact_flow_alias: ContactFlowAliasInfo
    };
    /// UpdateContactFlowAlias: changes what is given.
    update_of_flow(UpdateContactFlowAliasInput) -> UpdateContactFlowAliasOutput;
    /// ListContactFlowAliases, oldest first.
    list_of_flow(ListContactFlowAliasesInput) -> ListContactFlowAliasesOutput {
        contact_flow_alias_summary_list: ContactFlowAliasSummary last_modified_region
    };
    /// DeleteContactFlowAlias: the version stays.
    delete_of_flow(DeleteContactFlowAliasInput) -> DeleteContactFlowAliasOutput;
}

operations! {
    Of::Module, contact_flow_module_id, contact_flow_module_arn, contact_flow_module_version;
    /// CreateContactFlowModuleAlias.
    create_of_module(CreateContactFlowModuleAliasInput) -> CreateContactFlowModuleAliasOutput;
    /// DescribeContactFlowModuleAlias.
    describe_of_module(DescribeContactFlowModuleAliasInput) -> DescribeContactFlowModuleAliasOutput {
        contact_flow_module_alias: ContactFlowModuleAliasInfo
    };
    /// UpdateContactFlowModuleAlias: changes what is given.
    update_of_module(UpdateContactFlowModuleAliasInput) -> UpdateContactFlowModuleAliasOutput;
    /// ListContactFlowModuleAliases, oldest first.
    list_of_module(ListContactFlowModuleAliasesInput) -> ListContactFlowModuleAliasesOutput {
        contact_flow_module_alias_summary_list: ContactFlowModuleAliasSummary
    };
    /// DeleteContactFlowModuleAlias: the version stays.
    delete_of_module(DeleteContactFlowModuleAliasInput) -> DeleteContactFlowModuleAliasOutput;
}

/// An alias to be created.
struct New {
    name: String,
    description: Option<String>,
    version: i64,
}

/// The changes to an alias.
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
        layer::redescribe(&mut alias.description, change.description.as_ref());
        alias.modified_ms = cx.now_ms;
        let mut batch = Batch::new();
        batch.update_resource(instance, of.kind(), &row);
        batch.update_flow_alias(instance, flow, &alias);
        unless_taken(of, &alias.name, commit(cx, batch, ()).await?)
    })
    .await
}

/// A name in use is reported; any other failed condition is retried.
fn unless_taken<T>(of: Of, name: &str, attempt: Attempt<T>) -> Result<Attempt<T>> {
    match attempt {
        Attempt::Again(Conflict::NameTaken) => {
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

async fn list(cx: &Cx<'_>, of: Of, instance: &str, text: &str, wanted: &Wanted<'_>) -> Result<Found<FlowAliasRow>> {
    let read = |id: String, after: Option<PageKey>, size| async move {
        cx.store().flow_alias_page(instance, &id, after.as_ref(), size).await
    };
    wanted.read(cx, of, instance, text, read, |alias: &FlowAliasRow| alias.id.clone()).await
}
