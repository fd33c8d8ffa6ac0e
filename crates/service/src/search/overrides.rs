//! SearchHoursOfOperationOverrides. Overrides have no tags of their own: a filter looks at those of their hours (B87).

use engine::arn::Scope;
use engine::search::{Attributes, Case, Criteria, DateTest, Field, Tree};
use store::ResourceRow;
use wire::ops::{SearchHoursOfOperationOverridesInput, SearchHoursOfOperationOverridesOutput};
use wire::shapes::{HoursOfOperation, HoursOfOperationOverride, HoursOfOperationOverrideSearchCriteria};

use super::{Key, SearchPage, checked, field, pass, tag_filter};
use crate::base::tags::{self, Tags};
use crate::resource::hours_of_operation::overrides;
use crate::{Cx, Result};

/// What a DateCondition may name.
const DATES: &[&str] = &["effectiveFrom", "effectiveTill"];

/// An override, and the tags of its hours.
#[derive(Debug)]
struct Override {
    value: HoursOfOperationOverride,
    tags: Option<Tags>,
}

impl Criteria for Override {
    type Target = Self;
    type Leaf = DateTest;
    const FIELDS: &'static [Field<Self>] = &[
        field!("name", Ignored, name),
        field!("description", Ignored, description),
        field!("resourceID", Id, hours_of_operation_override_id),
        Field {
            name: "hoursOfOperationId",
            case: Case::Id,
            values: |found, each| {
                found
                    .value
                    .hours_of_operation_id
                    .iter()
                    .chain(&found.value.hours_of_operation_arn)
                    .for_each(|text| each(text));
            },
        },
    ];
    engine::criteria_parts!(HoursOfOperationOverrideSearchCriteria);

    fn leaves(node: &HoursOfOperationOverrideSearchCriteria) -> std::result::Result<Vec<DateTest>, String> {
        node.date_condition.iter().map(|condition| DateTest::of(condition, DATES)).collect()
    }

    fn holds(leaf: &DateTest, found: &Self) -> bool {
        let date = if leaf.field == 0 { &found.value.effective_from } else { &found.value.effective_till };
        date.as_deref().is_some_and(|date| leaf.is(date))
    }
}

/// SearchHoursOfOperationOverrides.
pub(crate) async fn search(
    cx: &Cx<'_>,
    input: SearchHoursOfOperationOverridesInput,
) -> Result<SearchHoursOfOperationOverridesOutput> {
    let (criteria, filter) = (input.search_criteria.as_ref(), input.search_filter.as_ref());
    let page =
        SearchPage::of(cx, &input.instance_id, input.max_results, input.next_token.as_deref(), (criteria, filter))
            .await?;
    let filter = tag_filter(cx, filter.and_then(|filter| filter.tag_filter.as_ref()))?;
    let tree = checked(cx, Tree::<Override>::of(criteria))?;
    let load = |scope: Scope<'_>, row: &ResourceRow| {
        let tags = tags::of_answer(&row.tags)?;
        let found = overrides::all_of(scope, row)?.into_iter().map(|value| {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            let key = Key::named(&text(&value.name), &text(&value.hours_of_operation_override_id));
            (key, Override { value, tags: tags.clone() })
        });
        Ok(found.collect())
    };
    let keeps = |found: &Override| {
        filter.passes(Attributes { tags: found.tags.as_ref(), ..Attributes::default() }) && tree.holds(found)
    };
    let found = pass::<HoursOfOperation, _>(cx, &page, load, keeps).await?.map(|found| found.value);
    Ok(SearchHoursOfOperationOverridesOutput {
        hours_of_operation_overrides: Some(found.items),
        next_token: found.next_token,
        approximate_total_count: found.total,
    })
}
