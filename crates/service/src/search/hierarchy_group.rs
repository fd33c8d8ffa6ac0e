//! SearchUserHierarchyGroups.

use engine::arn::{self, Scope};
use engine::search::{Case, Criteria, Field, Tree};
use store::ResourceRow;
use wire::ops::{SearchUserHierarchyGroupsInput, SearchUserHierarchyGroupsOutput};
use wire::shapes::{HierarchyGroup, UserHierarchyGroupSearchCriteria};

use super::{Found, Key, SearchPage, attribute_filter, checked, field, pass, resource_id};
use crate::resource::hierarchy::Groups;
use crate::{Cx, Result};

/// A group and what it is below.
#[derive(Debug)]
struct Group {
    found: Found<HierarchyGroup>,
    /// Id and ARN of the group above.
    parent: Option<(String, String)>,
    /// Id and ARN of the level.
    level: Option<(String, String)>,
}

impl Group {
    fn of(scope: Scope<'_>, groups: &Groups, row: &ResourceRow) -> Result<Self> {
        let found: Found<HierarchyGroup> = Found::of(scope, row)?;
        let path = groups.path(&row.id);
        let parent = path.len().checked_sub(2).map(|above| path[above].clone());
        let with_arn = |kind, id: String| (id.clone(), scope.arn(kind, &id));
        let parent = parent.map(|id| with_arn(arn::Kind::HierarchyGroup, id));
        let level = found.value.level_id.clone().map(|id| with_arn(arn::Kind::HierarchyLevel, id));
        Ok(Self { found, parent, level })
    }
}

impl Criteria for Group {
    type Target = Self;
    type Leaf = ();
    const FIELDS: &'static [Field<Self>] = &[
        field!("name", Ignored, name of found),
        Field {
            name: "parentId",
            case: Case::Id,
            values: |group, each| {
                if let Some((id, arn)) = &group.parent {
                    each(id);
                    each(arn);
                }
            },
        },
        Field {
            name: "levelId",
            case: Case::Id,
            values: |group, each| {
                if let Some((id, arn)) = &group.level {
                    each(id);
                    each(arn);
                }
            },
        },
        resource_id!(of found),
    ];
    engine::criteria_parts!(UserHierarchyGroupSearchCriteria);
}

/// SearchUserHierarchyGroups.
pub(crate) async fn search(
    cx: &Cx<'_>,
    input: SearchUserHierarchyGroupsInput,
) -> Result<SearchUserHierarchyGroupsOutput> {
    let (criteria, filter) = (input.search_criteria.as_ref(), input.search_filter.as_ref());
    let page =
        SearchPage::of(cx, &input.instance_id, input.max_results, input.next_token.as_deref(), (criteria, filter))
            .await?;
    let filter = attribute_filter(cx, filter.and_then(|filter| filter.attribute_filter.as_ref()))?;
    let tree = checked(cx, Tree::<Group>::of(criteria))?;
    let groups = Groups::read(cx, &page.instance).await?;
    let load = |scope: Scope<'_>, row: &ResourceRow| {
        let group = Group::of(scope, &groups, row)?;
        Ok(vec![(Key::named(group.found.value.name.as_deref().unwrap_or_default(), &row.id), group)])
    };
    let keeps = |group: &Group| filter.passes(group.found.attributes()) && tree.holds(group);
    let found = pass::<HierarchyGroup, _>(cx, &page, load, keeps).await?.map(|group| {
        let hierarchy_path = Some(groups.shown(&group.found.id));
        HierarchyGroup { hierarchy_path, ..group.found.answer() }
    });
    Ok(SearchUserHierarchyGroupsOutput {
        user_hierarchy_groups: Some(found.items),
        next_token: found.next_token,
        approximate_total_count: found.total,
    })
}
