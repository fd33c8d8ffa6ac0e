//! SearchQuickConnects.

use engine::search::{Criteria, Field};
use wire::ops::{SearchQuickConnectsInput, SearchQuickConnectsOutput};
use wire::shapes::{QuickConnect, QuickConnectSearchCriteria};

use super::{Found, SearchPage, field, resource_id, tag_filter};
use crate::{Cx, Result};

#[derive(Debug)]
struct QuickConnects;

impl Criteria for QuickConnects {
    type Target = Found<QuickConnect>;
    type Leaf = ();
    const FIELDS: &'static [Field<Found<QuickConnect>>] =
        &[field!("name", Ignored, name), field!("description", Ignored, description), resource_id!()];
    engine::criteria_parts!(QuickConnectSearchCriteria);
}

/// SearchQuickConnects.
pub(crate) async fn search(cx: &Cx<'_>, input: SearchQuickConnectsInput) -> Result<SearchQuickConnectsOutput> {
    let (criteria, filter) = (input.search_criteria.as_ref(), input.search_filter.as_ref());
    let page =
        SearchPage::of(cx, &input.instance_id, input.max_results, input.next_token.as_deref(), (criteria, filter))
            .await?;
    let filter = tag_filter(cx, filter.and_then(|filter| filter.tag_filter.as_ref()))?;
    let found = super::search::<QuickConnects, _>(cx, &page, criteria, &filter).await?;
    Ok(SearchQuickConnectsOutput {
        quick_connects: Some(found.items),
        next_token: found.next_token,
        approximate_total_count: found.total,
    })
}
