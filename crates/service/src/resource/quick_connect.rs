//! Quick connects: create, describe, list (tasks 1.4, 3.5).

use engine::arn;
use engine::quick_connect::{self as rules, Target};
use store::{Batch, Kind, ResourceRow};
use wire::ops::{
    CreateQuickConnectInput, CreateQuickConnectOutput, DescribeQuickConnectInput, DescribeQuickConnectOutput,
    ListQuickConnectsInput, ListQuickConnectsOutput,
};
use wire::shapes::{QuickConnect, QuickConnectSummary};
use wire::{Op, Timestamp};

use crate::base::commit::until_done;
use crate::base::page::Page;
use crate::base::quota::{self, Quota, bound};
use crate::base::{scope, tags};
use crate::flow::contact_flow;
use crate::resource::{Mention, Mentioned};
use crate::{Cx, Error, Result, resource};

/// CreateQuickConnect: what it names must exist, and the flow must be of the type that the quick connect runs.
pub(crate) async fn create(cx: &Cx<'_>, input: CreateQuickConnectInput) -> Result<CreateQuickConnectOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let tags = tags::of_new(Op::CreateQuickConnect, input.tags.as_ref())?;
    let target = rules::check(&input.quick_connect_config, cx.home().instance(&instance))
        .map_err(|problem| Error::new(problem.kind(), problem.to_string()))?;
    let config = rules::normalise(&input.quick_connect_config, &target);
    until_done(cx, &input.name, || async {
        let named = existing_target(cx, &instance, &target).await?;
        let id = cx.new_id();
        let arn = cx.home().instance(&instance).arn(arn::Kind::QuickConnect, &id);
        let quick_connect = QuickConnect {
            quick_connect_arn: Some(arn.clone()),
            quick_connect_id: Some(id.clone()),
            name: Some(input.name.clone()),
            description: input.description.clone(),
            quick_connect_config: Some(config.clone()),
            last_modified_time: Some(Timestamp(cx.now_ms)),
            last_modified_region: Some(cx.settings().region.clone()),
            ..QuickConnect::default()
        };
        let new = resource::new_row(
            cx,
            &id,
            &input.name,
            input.quick_connect_config.quick_connect_type.as_str(),
            wire::to_stored(&quick_connect),
            &tags,
        );
        let mut batch = Batch::new();
        batch.insert_resource(&instance, Kind::QuickConnect, &new);
        named.require(&mut batch, &instance);
        let quota = Quota { noun: "quick connect", limit: cx.limits(&instance).quick_connects_per_instance };
        batch.add_to_counter(&instance, quota::QUICK_CONNECTS, 1, bound(quota.limit));
        let output = CreateQuickConnectOutput { quick_connect_arn: Some(arn), quick_connect_id: Some(id.clone()) };
        resource::commit_new(cx, Op::CreateQuickConnect, &new.name, &quota, batch, output).await
    })
    .await
}

/// What a quick connect names; refuses one that names what is not there, or a flow of another type (tasks 3.5.1).
async fn existing_target(cx: &Cx<'_>, instance: &str, target: &Target) -> Result<Mentioned> {
    let path = |member: &str| format!("QuickConnectConfig.{member}");
    let mentions = match target {
        Target::User { user_id, flow_id } => vec![
            Mention::new(path("UserConfig.UserId"), arn::Kind::User, user_id),
            Mention::new(path("UserConfig.ContactFlowId"), arn::Kind::Flow, flow_id),
        ],
        Target::Queue { queue_id, flow_id } => vec![
            Mention::new(path("QueueConfig.QueueId"), arn::Kind::Queue, queue_id),
            Mention::new(path("QueueConfig.ContactFlowId"), arn::Kind::Flow, flow_id),
        ],
        Target::Flow { flow_id } => {
            vec![Mention::new(path("FlowConfig.ContactFlowId"), arn::Kind::Flow, flow_id)]
        }
        Target::Phone => Vec::new(),
    };
    let named = Mentioned::read(cx, instance, &mentions).await?;
    for row in named.of(Kind::ContactFlow) {
        let flow_type = contact_flow::stored(row)?.r#type.unwrap_or_default();
        if !rules::flow_fits(target, &flow_type) {
            let flow_type = flow_type.as_str();
            let message = format!("A quick connect of this type cannot run flow {}, of type {flow_type}", row.id);
            return Err(Error::invalid_request(message));
        }
    }
    Ok(named)
}

/// DescribeQuickConnect.
pub(crate) async fn describe(cx: &Cx<'_>, input: DescribeQuickConnectInput) -> Result<DescribeQuickConnectOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let row = resource::existing(cx, &instance, arn::Kind::QuickConnect, &input.quick_connect_id).await?;
    let mut quick_connect = stored(&row)?;
    quick_connect.tags = tags::of_answer(&row.tags)?;
    Ok(DescribeQuickConnectOutput { quick_connect: Some(quick_connect) })
}

/// ListQuickConnects, oldest first.
pub(crate) async fn list(cx: &Cx<'_>, input: ListQuickConnectsInput) -> Result<ListQuickConnectsOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let types: Vec<&str> = input.quick_connect_types.iter().flatten().map(|t| t.as_str()).collect();
    let filter = types.join(",");
    let filters = [instance.as_str(), &filter];
    let page = Page::of(cx, Op::ListQuickConnects, &filters, input.max_results, input.next_token.as_deref())?;
    let rows = cx.store().resource_page(&instance, Kind::QuickConnect, &types, page.after.as_ref(), page.size).await?;
    let next_token = page.token(cx, rows.next.as_ref());
    let summaries = rows.items.iter().map(summary).collect::<Result<Vec<_>>>()?;
    Ok(ListQuickConnectsOutput { quick_connect_summary_list: Some(summaries), next_token })
}

fn stored(row: &ResourceRow) -> Result<QuickConnect> {
    wire::from_stored(row.body.as_bytes()).map_err(Error::internal)
}

fn summary(row: &ResourceRow) -> Result<QuickConnectSummary> {
    let quick_connect = stored(row)?;
    Ok(QuickConnectSummary {
        id: quick_connect.quick_connect_id,
        arn: quick_connect.quick_connect_arn,
        name: quick_connect.name,
        quick_connect_type: quick_connect.quick_connect_config.map(|config| config.quick_connect_type),
        last_modified_time: quick_connect.last_modified_time,
        last_modified_region: quick_connect.last_modified_region,
    })
}
