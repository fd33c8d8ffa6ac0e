//! Instances: create, describe, list, delete; and how other operations look up theirs (tasks 1.1.6, 1.1.10, 5).

use engine::instance as rules;
use store::{Batch, Conflict, InstanceRow, Kind, Link, ResourceRow, Slot};
use wire::Op;
use wire::ops::{
    CreateInstanceInput, CreateInstanceOutput, DeleteInstanceInput, DescribeInstanceInput, DescribeInstanceOutput,
    ListInstancesInput, ListInstancesOutput,
};
use wire::shapes::{DirectoryType, Instance, InstanceStatus, InstanceSummary, Queue, RoutingProfile};
use wire::{Empty, Timestamp};

use crate::base::client_token::{self, Presented};
use crate::base::commit::{Attempt, commit, until_done};
use crate::base::page::Page;
use crate::base::quota::{INSTANCES, bound};
use crate::base::{scope, tags};
use crate::resource::layer::{Resource, new_row, stored};
use crate::resource::{kinds, routing_profile_queue};
use crate::{Cx, Error, Result, Service};

/// Rows removed in one commit when an instance of `--dev` is recreated.
const PURGE_ROWS: usize = 1_000;

/// An instance as the program reports it at start.
#[derive(Clone, Debug)]
pub struct InstanceInfo {
    /// Id, a UUID.
    pub id: String,
    /// Full ARN.
    pub arn: String,
    /// Whether this call created it.
    pub created: bool,
}

/// CreateInstance: the instance is ACTIVE and has its contents when the answer is sent (tasks 5).
pub(crate) async fn create(
    cx: &Cx<'_>,
    input: CreateInstanceInput,
    token: Presented<'_>,
) -> Result<CreateInstanceOutput> {
    let directory = input.directory_id.as_deref().unwrap_or_default();
    if input.identity_management_type == DirectoryType::ExistingDirectory && directory.is_empty() {
        return Err(Error::invalid_request(
            "DirectoryId is required when IdentityManagementType is EXISTING_DIRECTORY",
        ));
    }
    if let Some(tags) = &input.tags {
        engine::tag::check(tags).map_err(|bad| Error::invalid_parameter(Op::CreateInstance, bad.to_string()))?;
    }
    let token = token.within(cx, "");
    client_token::once(
        cx,
        INSTANCES,
        token.as_ref(),
        |id| create_output(cx, id),
        || async {
            let id = cx.new_id();
            let mut batch = new_instance(cx, &id, &input)?;
            if let Some(token) = &token {
                token.claim(&mut batch, &id, cx.now_ms);
            }
            batch.add_to_counter("", INSTANCES, 1, bound(cx.settings().limits.instances));
            match commit(cx, batch, create_output(cx, id)).await? {
                Attempt::Again(Conflict::NameTaken) => {
                    Err(Error::invalid_request("InstanceAlias is taken by another instance"))
                }
                Attempt::Again(Conflict::CounterFull { .. }) => {
                    Err(Error::quota(Op::CreateInstance, cx.settings().limits.full().instances()))
                }
                other => Ok(other),
            }
        },
    )
    .await
}

fn create_output(cx: &Cx<'_>, id: String) -> CreateInstanceOutput {
    let arn = cx.home().instance(&id).instance_arn();
    CreateInstanceOutput { id: Some(id), arn: Some(arn) }
}

/// An instance with everything a new one holds, as one batch.
fn new_instance(cx: &Cx<'_>, id: &str, input: &CreateInstanceInput) -> Result<Batch> {
    let scope = cx.home().instance(id);
    let described = Instance {
        id: Some(id.to_owned()),
        arn: Some(scope.instance_arn()),
        identity_management_type: Some(input.identity_management_type.clone()),
        instance_alias: input.instance_alias.clone(),
        created_time: Some(Timestamp(cx.now_ms)),
        service_role: Some(service_role(cx)),
        instance_status: Some(InstanceStatus::Active),
        inbound_calls_enabled: Some(input.inbound_calls_enabled),
        outbound_calls_enabled: Some(input.outbound_calls_enabled),
        ..Instance::default()
    };
    let mut batch = Batch::new();
    batch.insert_instance(&InstanceRow {
        id: id.to_owned(),
        alias: input.instance_alias.clone(),
        created_ms: cx.now_ms,
        status: InstanceStatus::Active.as_str().to_owned(),
        body: with_directory(wire::to_stored(&described), input.directory_id.as_deref()),
        tags: input.tags.as_ref().map(tags::to_text).unwrap_or_default(),
        tags_rev: 0,
        rev: 0,
    });
    let contents = rules::contents(scope, &mut || cx.new_id(), cx.now_ms);
    for resource in &contents.resources {
        let kind = kinds::stored_kind(resource.kind)
            .ok_or_else(|| Error::internal(format!("a new instance cannot hold a {}", resource.kind.noun())))?;
        let subtype = resource.subtype.unwrap_or_default();
        let row = new_row(cx, &resource.id, &resource.name, subtype, resource.body.clone(), "");
        batch.insert_resource(id, kind, &row);
        for link in links(&row, kind)? {
            batch.insert_link(id, kind, &row.id, &link);
        }
    }
    for (name, body) in &contents.predefined_attributes {
        let folded = engine::predefined_attribute::folded(name);
        batch.insert_resource(id, Kind::PredefinedAttribute, &new_row(cx, name, &folded, "", body.clone(), ""));
    }
    for flow in &contents.flows {
        let row = new_row(cx, &flow.id, flow.name, flow.flow_type, flow.body.clone(), "");
        batch.insert_resource(id, Kind::ContactFlow, &row);
        batch.put_flow_content(id, &flow.id, Slot::Latest, &flow.content);
    }
    kinds::CONTACT_FLOW.count_first(id, &mut batch, contents.flows.len());
    for facts in kinds::all() {
        let of_kind = contents.resources.iter().filter(|resource| Some(resource.kind) == facts.arn);
        facts.count_first(id, &mut batch, of_kind.count());
    }
    Ok(batch)
}

/// The resources that a resource of a new instance names: by its members and, for a routing profile, by the member
/// `QueueConfigs`.
fn links(row: &ResourceRow, kind: Kind) -> Result<Vec<Link>> {
    match kind {
        Kind::Queue => Ok(stored::<Queue>(row)?.links()),
        Kind::RoutingProfile => {
            let mut links = stored::<RoutingProfile>(row)?.links();
            links.extend(routing_profile_queue::pairs(row)?);
            Ok(links)
        }
        _ => Ok(Vec::new()),
    }
}

/// The body of an instance with its directory behind the members of the shape, which has none for it (B80).
fn with_directory(shape: String, directory: Option<&str>) -> String {
    match (shape.strip_suffix('}'), directory) {
        (Some(open), Some(directory)) => format!("{open},\"DirectoryId\":{}}}", wire::to_stored(&directory.to_owned())),
        _ => shape,
    }
}

/// The role name that the real service links to every instance; ours needs no role, clients only show it.
fn service_role(cx: &Cx<'_>) -> String {
    let settings = cx.settings();
    format!(
        "arn:{}:iam::{}:role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect",
        settings.partition.as_str(),
        settings.account
    )
}

/// DescribeInstance.
pub(crate) async fn describe(cx: &Cx<'_>, input: DescribeInstanceInput) -> Result<DescribeInstanceOutput> {
    let id = scope::id(cx, &input.instance_id)?;
    let row = cx.store().instance(&id).await?.ok_or_else(|| scope::not_found(&input.instance_id))?;
    let mut instance: Instance = wire::from_stored(row.body.as_bytes()).map_err(Error::internal)?;
    instance.tags = tags::of_answer(&row.tags)?;
    Ok(DescribeInstanceOutput { instance: Some(instance), ..Default::default() })
}

/// What the users of an instance are managed by.
pub(crate) async fn directory(cx: &Cx<'_>, id: &str) -> Result<DirectoryType> {
    let row = cx.store().instance(id).await?.ok_or_else(|| scope::not_found(id))?;
    let instance: Instance = wire::from_stored(row.body.as_bytes()).map_err(Error::internal)?;
    Ok(instance.identity_management_type.unwrap_or_default())
}

/// ListInstances, oldest first.
pub(crate) async fn list(cx: &Cx<'_>, input: ListInstancesInput) -> Result<ListInstancesOutput> {
    let page = Page::of(cx, Op::ListInstances, &[], input.max_results, input.next_token.as_deref())?;
    let rows = cx.store().instance_page(page.after.as_ref(), page.size).await?;
    let next_token = page.token(cx, rows.next.as_ref());
    let summaries = rows.items.iter().map(|row| wire::from_stored::<InstanceSummary>(row.body.as_bytes()));
    let summaries = summaries.collect::<std::result::Result<Vec<_>, _>>().map_err(Error::internal)?;
    Ok(ListInstancesOutput { instance_summary_list: Some(summaries), next_token })
}

/// DeleteInstance: gone at once for every caller; its rows are removed in the background, in small steps.
pub(crate) async fn delete(cx: &Cx<'_>, input: DeleteInstanceInput, token: Presented<'_>) -> Result<Empty> {
    let id = scope::id(cx, &input.instance_id)?;
    let token = token.within(cx, &id);
    client_token::once(
        cx,
        &id,
        token.as_ref(),
        |_| Empty,
        || async {
            scope::existing(cx, &id).await?;
            let mut batch = Batch::new();
            batch.delete_instance(&id);
            if let Some(token) = &token {
                token.claim(&mut batch, "", cx.now_ms);
            }
            batch.subtract_from_counter("", INSTANCES, 1);
            commit(cx, batch, Empty).await
        },
    )
    .await
}

impl Service {
    /// Makes sure that the installation has an instance: the one with `id` if given, else any. A new one is made with
    /// that id, or a fresh one. For the first start and for `--dev`; quotas do not apply.
    ///
    /// # Errors
    /// What the store reports.
    pub async fn ensure_instance(&self, id: Option<&str>, now_ms: i64) -> Result<InstanceInfo> {
        self.ensure_instance_with(id, now_ms, Batch::new).await
    }

    /// The same; changes from `also` are committed atomically with a new instance. It is called once for each attempt,
    /// and not at all when there is an instance.
    ///
    /// # Errors
    /// What the store reports.
    pub async fn ensure_instance_with(
        &self,
        id: Option<&str>,
        now_ms: i64,
        also: impl Fn() -> Batch,
    ) -> Result<InstanceInfo> {
        let cx = &Cx::new(self, Op::CreateInstance, now_ms);
        until_done(cx, INSTANCES, || async {
            let present = match id {
                Some(id) => cx.store().instance(id).await?.map(|row| row.id.clone()),
                None => cx.store().instance_page(None, 1).await?.items.into_iter().next().map(|row| row.id),
            };
            if let Some(id) = present {
                let arn = cx.home().instance(&id).instance_arn();
                return Ok(Attempt::Done(InstanceInfo { id, arn, created: false }));
            }
            let id = id.map_or_else(|| cx.new_id(), str::to_owned);
            while !cx.store().purge_step(&id, PURGE_ROWS).await?.done {}
            let input = CreateInstanceInput {
                identity_management_type: DirectoryType::ConnectManaged,
                inbound_calls_enabled: true,
                outbound_calls_enabled: true,
                ..CreateInstanceInput::default()
            };
            let mut batch = new_instance(cx, &id, &input)?;
            batch.append(also());
            batch.add_to_counter("", INSTANCES, 1, None);
            let arn = cx.home().instance(&id).instance_arn();
            commit(cx, batch, InstanceInfo { id, arn, created: true }).await
        })
        .await
    }
}
