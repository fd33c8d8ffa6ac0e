//! Quick connects: create, describe, list (tasks 1.4, 3.5).

use engine::arn;
use engine::quick_connect::{self as rules, Target};
use store::{Kind, Link, OnDelete};
use wire::Op;
use wire::ops::{
    CreateQuickConnectInput, CreateQuickConnectOutput, DescribeQuickConnectInput, DescribeQuickConnectOutput,
    ListQuickConnectsInput, ListQuickConnectsOutput,
};
use wire::shapes::{ContactFlow, QuickConnect, QuickConnectSummary};

use crate::base::{scope, tags};
use crate::resource::layer::{self, ListPage, New, resource};
use crate::resource::{Mention, Mentioned};
use crate::{Cx, Error, Result};

resource!(QuickConnect, QUICK_CONNECT, quick_connect_id, quick_connect_arn, name, {
    fn subtype(&self) -> &str {
        self.quick_connect_config.as_ref().map_or("", |config| config.quick_connect_type.as_str())
    }

    fn links(&self) -> Vec<Link> {
        let Some(config) = &self.quick_connect_config else { return Vec::new() };
        let (user, queue) = (config.user_config.as_ref(), config.queue_config.as_ref());
        let flow = user.map(|user| &user.contact_flow_id).or(queue.map(|queue| &queue.contact_flow_id));
        let flow = flow.or(config.flow_config.as_ref().map(|flow| &flow.contact_flow_id)).map(String::as_str);
        // A user or flow that a quick connect names may be deleted, a queue may not (administration 1.3.4).
        let links = [
            layer::link("USER", Kind::User, user.map(|user| user.user_id.as_str()), OnDelete::Keep),
            layer::link("QUEUE", Kind::Queue, queue.map(|queue| queue.queue_id.as_str()), OnDelete::Refuse),
            layer::link("FLOW", Kind::ContactFlow, flow, OnDelete::Keep),
        ];
        links.into_iter().flatten().collect()
    }
});

/// CreateQuickConnect: what it names must exist, and the flow must be of the type that the quick connect runs.
pub(crate) async fn create(cx: &Cx<'_>, input: CreateQuickConnectInput) -> Result<CreateQuickConnectOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let tags = tags::of_new(Op::CreateQuickConnect, input.tags.as_ref())?;
    let target = rules::check(&input.quick_connect_config, cx.home().instance(&instance))
        .map_err(|problem| Error::new(problem.kind(), problem.to_string()))?;
    let make = || async {
        check_target(cx, &instance, &target).await?;
        let value = QuickConnect {
            name: Some(input.name.clone()),
            description: input.description.clone(),
            quick_connect_config: Some(rules::normalise(&input.quick_connect_config, &target)),
            ..QuickConnect::default()
        };
        Ok(New { value, tags: tags.clone(), relations: Vec::new() })
    };
    layer::create(
        cx,
        &instance,
        &input.name,
        make,
        |_, _| {},
        |id, arn| CreateQuickConnectOutput { quick_connect_arn: Some(arn), quick_connect_id: Some(id) },
    )
    .await
}

/// Refuses a quick connect that names a missing resource, or a flow of another type (tasks 3.5.1).
async fn check_target(cx: &Cx<'_>, instance: &str, target: &Target) -> Result<()> {
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
        let flow_type = layer::stored::<ContactFlow>(row)?.r#type.unwrap_or_default();
        if !rules::flow_fits(target, &flow_type) {
            let flow_type = flow_type.as_str();
            let message = format!("A quick connect of this type cannot run flow {}, of type {flow_type}", row.id);
            return Err(Error::invalid_request(message));
        }
    }
    Ok(())
}

/// DescribeQuickConnect.
pub(crate) async fn describe(cx: &Cx<'_>, input: DescribeQuickConnectInput) -> Result<DescribeQuickConnectOutput> {
    let quick_connect = layer::describe(cx, &input.instance_id, &input.quick_connect_id).await?;
    Ok(DescribeQuickConnectOutput { quick_connect: Some(quick_connect) })
}

/// ListQuickConnects, oldest first.
pub(crate) async fn list(cx: &Cx<'_>, input: ListQuickConnectsInput) -> Result<ListQuickConnectsOutput> {
    let types: Vec<&str> = input.quick_connect_types.iter().flatten().map(|t| t.as_str()).collect();
    let (max_results, next_token) = (input.max_results, input.next_token.as_deref());
    let page = ListPage { op: Op::ListQuickConnects, max_results, next_token };
    let summary = |quick_connect: QuickConnect| QuickConnectSummary {
        id: quick_connect.quick_connect_id,
        arn: quick_connect.quick_connect_arn,
        name: quick_connect.name,
        quick_connect_type: quick_connect.quick_connect_config.map(|config| config.quick_connect_type),
        last_modified_time: quick_connect.last_modified_time,
        last_modified_region: quick_connect.last_modified_region,
    };
    let (quick_connect_summary_list, next_token) = layer::list(cx, &input.instance_id, &page, &types, summary).await?;
    Ok(ListQuickConnectsOutput { quick_connect_summary_list, next_token })
}
