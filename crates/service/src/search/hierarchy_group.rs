//! SearchUserHierarchyGroups.

use engine::arn::{self, Scope};
use engine::search::{Case, Criteria, Field, Filter, Tree};
use store::ResourceRow;
use wire::ops::{SearchUserHierarchyGroupsInput, SearchUserHierarchyGroupsOutput};
use wire::shapes::{HierarchyGroup, UserHierarchyGroupSearchCriteria};

use super::{Found, Key, SearchPage, checked, field, pass};
use crate::resource::hierarchy::Groups;
use crate::{Cx, Result};

/// A group and what it is below.
#[derive(Debug)]
struct Group {
    found: Found<HierarchyGroup>,
    /// Id and ARN of the group above.
    parent: Option<(String, String)>,
    /// The ARN of the level.
    level_arn: String,
}

impl Group {
    fn of(scope: Scope<'_>, groups: &Groups, row: &ResourceRow) -> Result<Self> {
        let found: Found<HierarchyGroup> = Found::of(scope, row)?;
        let path = groups.path(&row.id);
        let parent = path.len().checked_sub(2).map(|above| path[above].clone());
        let parent = parent.map(|id| (id.clone(), scope.arn(arn::Kind::HierarchyGroup, &id)));
        let level_arn = scope.arn(arn::Kind::HierarchyLevel, found.value.level_id.as_deref().unwrap_or_default());
        Ok(Self { found, parent, level_arn })
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
                each(group.found.value.level_id.as_deref().unwrap_or_default());
                each(&group.level_arn);
            },
        },
        Field {
            name: "resourceID",
            case: Case::Id,
            values: |group, each| {
                each(&group.found.id);
                each(&group.found.arn);
            },
        },
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
    let filter = filter.and_then(|filter| filter.attribute_filter.as_ref());
    let filter = filter.map(|filter| Filter::of_attributes(filter, "SearchFilter.AttributeFilter"));
    let filter = checked(cx, filter.transpose())?.unwrap_or_default();
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
