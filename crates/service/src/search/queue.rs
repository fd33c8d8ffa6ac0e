//! SearchQueues.

use engine::search::{Criteria, Field};
use wire::ops::{SearchQueuesInput, SearchQueuesOutput};
use wire::shapes::{Queue, QueueSearchCriteria, SearchableQueueType};

use super::{Found, SearchPage, field, resource_id, tag_filter};
use crate::{Cx, Result};

#[derive(Debug)]
struct Queues;

impl Criteria for Queues {
    type Target = Found<Queue>;
    type Leaf = SearchableQueueType;
    const FIELDS: &'static [Field<Found<Queue>>] =
        &[field!("name", Ignored, name), field!("description", Ignored, description), resource_id!()];
    engine::criteria_parts!(QueueSearchCriteria);

    fn leaves(node: &QueueSearchCriteria) -> std::result::Result<Vec<SearchableQueueType>, String> {
        match &node.queue_type_condition {
            Some(SearchableQueueType::Unknown(other)) => Err(format!("QueueTypeCondition: {other:?} is not STANDARD")),
            of_type => Ok(of_type.iter().cloned().collect()),
        }
    }
}

/// SearchQueues: queues of users are never found (administration 3.2.4), so a condition on the type holds for all.
pub(crate) async fn search(cx: &Cx<'_>, input: SearchQueuesInput) -> Result<SearchQueuesOutput> {
    let (criteria, filter) = (input.search_criteria.as_ref(), input.search_filter.as_ref());
    let page =
        SearchPage::of(cx, &input.instance_id, input.max_results, input.next_token.as_deref(), (criteria, filter))
            .await?;
    let filter = tag_filter(cx, filter.and_then(|filter| filter.tag_filter.as_ref()))?;
    let found = super::search::<Queues, _>(cx, &page, criteria, &filter).await?;
    Ok(SearchQueuesOutput {
        queues: Some(found.items),
        next_token: found.next_token,
        approximate_total_count: found.total,
    })
}
