//! SearchAgentStatuses.

use engine::search::{Criteria, Field};
use wire::ops::{SearchAgentStatusesInput, SearchAgentStatusesOutput};
use wire::shapes::{AgentStatus, AgentStatusSearchCriteria};

use super::{Found, SearchPage, attribute_filter, field, resource_id};
use crate::{Cx, Result};

#[derive(Debug)]
struct AgentStatuses;

impl Criteria for AgentStatuses {
    type Target = Found<AgentStatus>;
    type Leaf = ();
    const FIELDS: &'static [Field<Found<AgentStatus>>] = &[
        field!("name", Ignored, name),
        field!("description", Ignored, description),
        field!("state", Exact, state as_str),
        field!("type", Exact, r#type as_str),
        Field {
            name: "displayOrder",
            case: engine::search::Case::Exact,
            values: |found, each| {
                if let Some(order) = found.value.display_order {
                    each(&order.to_string());
                }
            },
        },
        resource_id!(),
    ];
    engine::criteria_parts!(AgentStatusSearchCriteria);
}

/// SearchAgentStatuses.
pub(crate) async fn search(cx: &Cx<'_>, input: SearchAgentStatusesInput) -> Result<SearchAgentStatusesOutput> {
    let (criteria, filter) = (input.search_criteria.as_ref(), input.search_filter.as_ref());
    let page =
        SearchPage::of(cx, &input.instance_id, input.max_results, input.next_token.as_deref(), (criteria, filter))
            .await?;
    let filter = attribute_filter(cx, filter.and_then(|filter| filter.attribute_filter.as_ref()))?;
    let found = super::search::<AgentStatuses, _>(cx, &page, criteria, &filter).await?;
    Ok(SearchAgentStatusesOutput {
        agent_statuses: Some(found.items),
        next_token: found.next_token,
        approximate_total_count: found.total,
    })
}
