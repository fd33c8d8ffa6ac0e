//! SearchHoursOfOperations.

use engine::search::{Criteria, Field};
use wire::ops::{SearchHoursOfOperationsInput, SearchHoursOfOperationsOutput};
use wire::shapes::{HoursOfOperation, HoursOfOperationSearchCriteria};

use super::{Found, SearchPage, field, resource_id, tag_filter};
use crate::{Cx, Result};

#[derive(Debug)]
struct Hours;

impl Criteria for Hours {
    type Target = Found<HoursOfOperation>;
    type Leaf = ();
    const FIELDS: &'static [Field<Found<HoursOfOperation>>] = &[
        field!("name", Ignored, name),
        field!("description", Ignored, description),
        field!("timezone", Exact, time_zone),
        resource_id!(),
    ];
    engine::criteria_parts!(HoursOfOperationSearchCriteria);
}

/// SearchHoursOfOperations.
pub(crate) async fn search(cx: &Cx<'_>, input: SearchHoursOfOperationsInput) -> Result<SearchHoursOfOperationsOutput> {
    let (criteria, filter) = (input.search_criteria.as_ref(), input.search_filter.as_ref());
    let page =
        SearchPage::of(cx, &input.instance_id, input.max_results, input.next_token.as_deref(), (criteria, filter))
            .await?;
    let filter = tag_filter(cx, filter.and_then(|filter| filter.tag_filter.as_ref()))?;
    let found = super::search::<Hours, _>(cx, &page, criteria, &filter).await?;
    Ok(SearchHoursOfOperationsOutput {
        hours_of_operations: Some(found.items),
        next_token: found.next_token,
        approximate_total_count: found.total,
    })
}
