//! Agent statuses (administration 2.9, 1.3.5): there is no operation that deletes one.

use engine::agent::{StatusRef, StatusType};
use engine::faults::Faults;
use store::Kind;
use wire::ops::{
    CreateAgentStatusInput, CreateAgentStatusOutput, DescribeAgentStatusInput, DescribeAgentStatusOutput,
    ListAgentStatusesInput, ListAgentStatusesOutput, UpdateAgentStatusInput,
};
use wire::shapes::{AgentStatus, AgentStatusState, AgentStatusSummary, AgentStatusType};
use wire::{Empty, Op};

use crate::base::{scope, tags};
use crate::resource::layer::{self, ListPage, New, resource};
use crate::{Cx, Error, Result};

resource!(AgentStatus, AGENT_STATUS, agent_status_id, agent_status_arn, name, {
    fn subtype(&self) -> &str {
        self.r#type.as_ref().map_or("", AgentStatusType::as_str)
    }
});

/// CreateAgentStatus makes statuses of type CUSTOM only (administration 2.9.1).
pub(crate) async fn create(cx: &Cx<'_>, input: CreateAgentStatusInput) -> Result<CreateAgentStatusOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let tags = tags::of_new(Op::CreateAgentStatus, input.tags.as_ref())?;
    let make = || async {
        let value = AgentStatus {
            name: Some(input.name.clone()),
            description: input.description.clone(),
            r#type: Some(AgentStatusType::Custom),
            display_order: input.display_order,
            state: Some(input.state.clone()),
            ..AgentStatus::default()
        };
        Ok(New { value, tags: tags.clone(), relations: Vec::new() })
    };
    layer::create(
        cx,
        &instance,
        &input.name,
        make,
        |_, _| {},
        |id, arn| CreateAgentStatusOutput { agent_status_arn: Some(arn), agent_status_id: Some(id) },
    )
    .await
}

/// UpdateAgentStatus: the two statuses that an instance begins with cannot be disabled (administration 1.3.5). Agents who are
/// in a status that is disabled stay in it.
pub(crate) async fn update(cx: &Cx<'_>, input: UpdateAgentStatusInput) -> Result<Empty> {
    let reset = input.reset_order_number == Some(true);
    layer::update(cx, &input.instance_id, &input.agent_status_id, |status: &mut AgentStatus| {
        let mut faults = Faults::default();
        if reset && input.display_order.is_some() {
            faults.request("DisplayOrder and ResetOrderNumber exclude each other");
        }
        if input.state == Some(AgentStatusState::Disabled) && status.r#type != Some(AgentStatusType::Custom) {
            let name = status.name.as_deref().unwrap_or_default();
            faults.request(format!("State DISABLED is for statuses of type CUSTOM only; {name} is none"));
        }
        Error::check(cx.op(), faults)?;
        if let Some(name) = &input.name {
            status.name = Some(name.clone());
        }
        layer::redescribe(&mut status.description, input.description.as_ref());
        if let Some(state) = &input.state {
            status.state = Some(state.clone());
        }
        if reset || input.display_order.is_some() {
            status.display_order = input.display_order;
        }
        Ok(())
    })
    .await?;
    Ok(Empty)
}

/// DescribeAgentStatus.
pub(crate) async fn describe(cx: &Cx<'_>, input: DescribeAgentStatusInput) -> Result<DescribeAgentStatusOutput> {
    let agent_status = layer::describe(cx, &input.instance_id, &input.agent_status_id).await?;
    Ok(DescribeAgentStatusOutput { agent_status: Some(agent_status) })
}

/// ListAgentStatuses, oldest first; only of the given types unless none is given (administration 2.9.2).
pub(crate) async fn list(cx: &Cx<'_>, input: ListAgentStatusesInput) -> Result<ListAgentStatusesOutput> {
    let types: Vec<&str> = input.agent_status_types.iter().flatten().map(|t| t.as_str()).collect();
    let (max_results, next_token) = (input.max_results, input.next_token.as_deref());
    let page = ListPage { op: Op::ListAgentStatuses, max_results, next_token };
    let summary = |status: AgentStatus| AgentStatusSummary {
        id: status.agent_status_id,
        arn: status.agent_status_arn,
        name: status.name,
        r#type: status.r#type,
        last_modified_time: status.last_modified_time,
        last_modified_region: status.last_modified_region,
    };
    let (agent_status_summary_list, next_token) = layer::list(cx, &input.instance_id, &page, &types, summary).await?;
    Ok(ListAgentStatusesOutput { next_token, agent_status_summary_list })
}

/// The status that new users are in: every instance has one of type OFFLINE from its beginning (tasks section 5).
pub(crate) async fn offline(cx: &Cx<'_>, instance: &str) -> Result<StatusRef> {
    let page = cx.store().resource_page(instance, Kind::AgentStatus, &["OFFLINE"], None, 1).await?;
    let row = page.items.into_iter().next();
    let row = row.ok_or_else(|| Error::internal(format!("instance {instance} has no status of type OFFLINE")))?;
    Ok(StatusRef { id: row.id, kind: StatusType::Offline })
}
