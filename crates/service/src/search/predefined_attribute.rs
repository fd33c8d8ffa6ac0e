//! SearchPredefinedAttributes.

use engine::arn::Scope;
use engine::search::{Criteria, Field, Tree};
use store::ResourceRow;
use wire::ops::{SearchPredefinedAttributesInput, SearchPredefinedAttributesOutput};
use wire::shapes::{PredefinedAttribute, PredefinedAttributeSearchCriteria};

use super::{Found, Key, SearchPage, checked, field, pass};
use crate::resource::predefined_attribute;
use crate::{Cx, Result};

#[derive(Debug)]
struct PredefinedAttributes;

impl Criteria for PredefinedAttributes {
    type Target = Found<PredefinedAttribute>;
    type Leaf = ();
    const FIELDS: &'static [Field<Found<PredefinedAttribute>>] = &[field!("name", Ignored, name)];
    engine::criteria_parts!(PredefinedAttributeSearchCriteria);
}

/// SearchPredefinedAttributes. They have no tags, so there is no filter.
pub(crate) async fn search(
    cx: &Cx<'_>,
    input: SearchPredefinedAttributesInput,
) -> Result<SearchPredefinedAttributesOutput> {
    let criteria = input.search_criteria.as_ref();
    let given = (criteria, None::<&PredefinedAttributeSearchCriteria>);
    let page = SearchPage::of(cx, &input.instance_id, input.max_results, input.next_token.as_deref(), given).await?;
    let tree = checked(cx, Tree::<PredefinedAttributes>::of(criteria))?;
    let load = |scope: Scope<'_>, row: &ResourceRow| {
        let found = Found { value: predefined_attribute::shown(cx, row)?, ..Found::of(scope, row)? };
        Ok(vec![(Key::named(&row.id, &row.id), found)])
    };
    let found = pass::<PredefinedAttribute, _>(cx, &page, load, |found| tree.holds(found)).await?.map(Found::answer);
    Ok(SearchPredefinedAttributesOutput {
        predefined_attributes: Some(found.items),
        next_token: found.next_token,
        approximate_total_count: found.total,
    })
}
