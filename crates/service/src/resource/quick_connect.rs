//! Quick connects (tasks 1.4, 3.5; administration 2.5).

use engine::arn;
use engine::quick_connect::{self as rules, Target};
use store::{Batch, Kind, Link, OnDelete};
use wire::ops::{
    CreateQuickConnectInput, CreateQuickConnectOutput, DeleteQuickConnectInput, DescribeQuickConnectInput,
    DescribeQuickConnectOutput, ListQuickConnectsInput, ListQuickConnectsOutput, UpdateQuickConnectConfigInput,
    UpdateQuickConnectNameInput,
};
use wire::shapes::{ContactFlow, QuickConnect, QuickConnectConfig, QuickConnectSummary};
use wire::{Empty, Op};

use crate::base::{scope, tags};
use crate::resource::layer::{self, Change, ListPage, New, resource};
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
    let target = target_of(cx, &instance, &input.quick_connect_config)?;
    let mentions = mentions(&target);
    let make = || async {
        check_flow(&target, &Mentioned::read(cx, &instance, &mentions).await?)?;
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

/// Where a configuration leads, if it is whole.
fn target_of(cx: &Cx<'_>, instance: &str, config: &QuickConnectConfig) -> Result<Target> {
    let target = rules::check(config, cx.home().instance(instance));
    target.map_err(|problem| Error::new(problem.kind(), problem.to_string()))
}

/// What a quick connect names.
fn mentions(target: &Target) -> Vec<Mention<'_>> {
    let path = |member: &str| format!("QuickConnectConfig.{member}");
    match target {
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
    }
}

/// Refuses a flow of another type than the quick connect runs (tasks 3.5.1).
fn check_flow(target: &Target, named: &Mentioned) -> Result<()> {
    for row in named.of(Kind::ContactFlow) {
        let flow_type = layer::stored::<ContactFlow>(row)?.r#type.unwrap_or_default();
        if !rules::flow_fits(target, &flow_type) {
            let (id, flow_type) = (&row.id, flow_type.as_str());
            let message =
                format!("ContactFlowId: a quick connect of this type cannot run flow {id}, of type {flow_type}");
            return Err(Error::invalid_request(message));
        }
    }
    Ok(())
}

/// UpdateQuickConnectName: a taken name is InvalidRequestException (administration 1.2.2).
pub(crate) async fn update_name(cx: &Cx<'_>, input: UpdateQuickConnectNameInput) -> Result<Empty> {
    layer::update(cx, &input.instance_id, &input.quick_connect_id, |value: &mut QuickConnect| {
        layer::rename((&mut value.name, &mut value.description), (input.name.as_ref(), input.description.as_ref()))
    })
    .await?;
    Ok(Empty)
}

/// UpdateQuickConnectConfig replaces the configuration, type included, with the checks of a new one (administration 2.5.1).
pub(crate) async fn update_config(cx: &Cx<'_>, input: UpdateQuickConnectConfigInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let target = target_of(cx, &instance, &input.quick_connect_config)?;
    let own = Mention::new("QuickConnectId", arn::Kind::QuickConnect, &input.quick_connect_id);
    layer::change(cx, &instance, own, mentions(&target), async |_, old: QuickConnect, named| {
        check_flow(&target, &named)?;
        let config = rules::normalise(&input.quick_connect_config, &target);
        Ok(Change::of(QuickConnect { quick_connect_config: Some(config), ..old }))
    })
    .await?;
    Ok(Empty)
}

/// DeleteQuickConnect: queues lose it, templates keep its id (administration 1.3.4).
pub(crate) async fn delete(cx: &Cx<'_>, input: DeleteQuickConnectInput) -> Result<Empty> {
    let nothing_else = async |_| Ok(Batch::new());
    layer::delete::<QuickConnect, _>(cx, &input.instance_id, &input.quick_connect_id, nothing_else).await?;
    Ok(Empty)
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
    let (quick_connect_summary_list, next_token) = layer::list(cx, &input.instance_id, &page, &types, summary).await?;
    Ok(ListQuickConnectsOutput { quick_connect_summary_list, next_token })
}

/// A quick connect in a list.
pub(crate) fn summary(quick_connect: QuickConnect) -> QuickConnectSummary {
    QuickConnectSummary {
        id: quick_connect.quick_connect_id,
        arn: quick_connect.quick_connect_arn,
        name: quick_connect.name,
        quick_connect_type: quick_connect.quick_connect_config.map(|config| config.quick_connect_type),
        last_modified_time: quick_connect.last_modified_time,
        last_modified_region: quick_connect.last_modified_region,
    }
}
