//! The hierarchy of users: its structure, and groups (administration 6.3).
//!
//! A level of the structure is a resource too, under its number, and names the level above it; a group names its level and
//! its parent. So nothing is left without what it stands on, whoever changes what at the same time.

use std::borrow::Cow;
use std::collections::BTreeMap;

use engine::arn;
use engine::faults::Faults;
use engine::hierarchy as rules;
use store::{Batch, Kind, Link, OnDelete, Owner, ResourceRow};
use wire::ops::{
    CreateUserHierarchyGroupInput, CreateUserHierarchyGroupOutput, DeleteUserHierarchyGroupInput,
    DescribeUserHierarchyGroupInput, DescribeUserHierarchyGroupOutput, DescribeUserHierarchyStructureInput,
    DescribeUserHierarchyStructureOutput, ListUserHierarchyGroupsInput, ListUserHierarchyGroupsOutput,
    UpdateUserHierarchyGroupNameInput, UpdateUserHierarchyStructureInput,
};
use wire::shapes::{HierarchyGroup, HierarchyGroupSummary, HierarchyLevel, HierarchyPath, HierarchyStructure};
use wire::{Empty, Op, Timestamp};

use crate::base::commit::{Attempt, commit, until_done};
use crate::base::{scope, tags};
use crate::resource::kinds;
use crate::resource::layer::{self, ListPage, NAMED_IN_THE_WAY, New, new_row, resource, stored};
use crate::resource::{Mention, Mentioned};
use crate::{Cx, Error, Result};

resource!(HierarchyGroup, HIERARCHY_GROUP, id, arn, name, {
    // Names are unique among siblings (administration 1.2.1).
    fn unique_name(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{}/{}", parent(self).unwrap_or_default(), self.name()))
    }

    fn links(&self) -> Vec<Link> {
        let links = [
            layer::link("PARENT", Kind::HierarchyGroup, parent(self), OnDelete::Refuse),
            layer::link("LEVEL", Kind::HierarchyLevel, self.level_id.as_deref(), OnDelete::Refuse),
        ];
        links.into_iter().flatten().collect()
    }
});

/// The id of the group above one. A stored path has the groups above, by their ids only, as names change.
fn parent(group: &HierarchyGroup) -> Option<&str> {
    rules::groups(group.hierarchy_path.as_ref()?).last()?.id.as_deref()
}

/// CreateUserHierarchyGroup: on the level below its parent, which must be in the structure (administration 6.3.2).
pub(crate) async fn create(
    cx: &Cx<'_>,
    input: CreateUserHierarchyGroupInput,
) -> Result<CreateUserHierarchyGroupOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let parent = input.parent_group_id.as_deref().filter(|id| !id.is_empty());
    let mention = |id| Mention::new("ParentGroupId", arn::Kind::HierarchyGroup, id);
    let mentions: Vec<Mention<'_>> = parent.map(mention).into_iter().collect();
    let make = || async {
        let named = Mentioned::read(cx, &instance, &mentions).await?;
        let mut faults = Faults::default();
        rules::check_group_name(&input.name, &mut faults);
        Error::check(cx.op(), faults)?;
        let tags = tags::of_new(cx.op(), input.tags.as_ref())?;
        let above = match named.of(Kind::HierarchyGroup).next() {
            Some(row) => above(&stored(row)?, &row.id),
            None => Vec::new(),
        };
        let level_id = rules::level_id(above.len() + 1);
        if cx.store().resource(&instance, Kind::HierarchyLevel, &level_id).await?.is_none() {
            let message =
                format!("The structure of the hierarchy has no level {level_id}, on which the group would be");
            return Err(Error::invalid_request(message));
        }
        let path = above.into_iter().map(|id| HierarchyGroupSummary { id: Some(id), ..Default::default() });
        let value = HierarchyGroup {
            name: Some(input.name.clone()),
            level_id: Some(level_id),
            hierarchy_path: Some(rules::path(path)),
            ..HierarchyGroup::default()
        };
        Ok(New { value, tags, relations: Vec::new() })
    };
    layer::create(
        cx,
        &instance,
        &input.name,
        make,
        |_, _| {},
        |id, arn| CreateUserHierarchyGroupOutput { hierarchy_group_id: Some(id), hierarchy_group_arn: Some(arn) },
    )
    .await
}

/// The ids of the groups from level one down to `id`, whose stored value is `group`.
fn above(group: &HierarchyGroup, id: &str) -> Vec<String> {
    let path = group.hierarchy_path.clone().unwrap_or_default();
    rules::groups(&path).filter_map(|group| group.id.clone()).chain([id.to_owned()]).collect()
}

/// DescribeUserHierarchyGroup: the path leads from level one down to the group itself (administration 6.3.2).
pub(crate) async fn describe(
    cx: &Cx<'_>,
    input: DescribeUserHierarchyGroupInput,
) -> Result<DescribeUserHierarchyGroupOutput> {
    let mut group: HierarchyGroup = layer::describe(cx, &input.instance_id, &input.hierarchy_group_id).await?;
    let instance = scope::id(cx, &input.instance_id)?;
    let id = group.id.clone().unwrap_or_default();
    group.hierarchy_path = Some(rules::path(line(cx, &instance, &group, &id).await?));
    Ok(DescribeUserHierarchyGroupOutput { hierarchy_group: Some(group) })
}

/// The groups from level one down to `id`, whose stored value is `group`, as they are called now.
async fn line(cx: &Cx<'_>, instance: &str, group: &HierarchyGroup, id: &str) -> Result<Vec<HierarchyGroupSummary>> {
    let mut ids = above(group, id);
    ids.pop();
    let texts: Vec<&str> = ids.iter().map(String::as_str).collect();
    let rows = cx.store().resources(instance, Kind::HierarchyGroup, &texts).await?;
    let mut line = Vec::with_capacity(ids.len() + 1);
    for id in &ids {
        if let Some(row) = rows.iter().find(|row| row.id == *id) {
            line.push(summary(stored(row)?));
        }
    }
    line.push(summary(group.clone()));
    Ok(line)
}

/// All groups of an instance, as many as the quota allows, and how they hang together.
pub(crate) struct Groups(BTreeMap<String, (HierarchyGroupSummary, Vec<String>)>);

impl Groups {
    /// Reads them.
    pub(crate) async fn read(cx: &Cx<'_>, instance: &str) -> Result<Self> {
        let rows = layer::all(cx, instance, Kind::HierarchyGroup).await?;
        let groups = rows.iter().map(|row| {
            let group: HierarchyGroup = stored(row)?;
            let path = above(&group, &row.id);
            Ok((row.id.clone(), (summary(group), path)))
        });
        Ok(Self(groups.collect::<Result<_>>()?))
    }

    /// The ids of the groups from level one down to this one; none for a group that does not exist.
    pub(crate) fn path(&self, id: &str) -> &[String] {
        self.0.get(id).map_or(&[], |(_, path)| path)
    }

    /// The path of a group as Describe answers it (administration 6.3.2).
    pub(crate) fn shown(&self, id: &str) -> HierarchyPath {
        rules::path(self.path(id).iter().filter_map(|id| self.0.get(id)).map(|(group, _)| group.clone()))
    }
}

/// Id and name of the groups from level one down to this one; none for a group that is gone.
pub(crate) async fn names(cx: &Cx<'_>, instance: &str, id: Option<&str>) -> Result<Vec<(String, String)>> {
    let Some(id) = id else { return Ok(Vec::new()) };
    let Some(row) = cx.store().resource(instance, Kind::HierarchyGroup, id).await? else { return Ok(Vec::new()) };
    let line = line(cx, instance, &stored(&row)?, id).await?;
    Ok(line.into_iter().map(|group| (group.id.unwrap_or_default(), group.name.unwrap_or_default())).collect())
}

/// ListUserHierarchyGroups, oldest first.
pub(crate) async fn list(cx: &Cx<'_>, input: ListUserHierarchyGroupsInput) -> Result<ListUserHierarchyGroupsOutput> {
    let (max_results, next_token) = (input.max_results, input.next_token.as_deref());
    let page = ListPage { op: Op::ListUserHierarchyGroups, max_results, next_token };
    let (user_hierarchy_group_summary_list, next_token) =
        layer::list(cx, &input.instance_id, &page, &[], summary).await?;
    Ok(ListUserHierarchyGroupsOutput { user_hierarchy_group_summary_list, next_token })
}

fn summary(group: HierarchyGroup) -> HierarchyGroupSummary {
    HierarchyGroupSummary {
        id: group.id,
        arn: group.arn,
        name: group.name,
        last_modified_time: group.last_modified_time,
        last_modified_region: group.last_modified_region,
    }
}

/// UpdateUserHierarchyGroupName; records that name the group stay as they are (administration 6.3.3).
pub(crate) async fn rename(cx: &Cx<'_>, input: UpdateUserHierarchyGroupNameInput) -> Result<Empty> {
    layer::update(cx, &input.instance_id, &input.hierarchy_group_id, |group: &mut HierarchyGroup| {
        let mut faults = Faults::default();
        rules::check_group_name(&input.name, &mut faults);
        Error::check(cx.op(), faults)?;
        group.name = Some(input.name.clone());
        Ok(())
    })
    .await?;
    Ok(Empty)
}

/// DeleteUserHierarchyGroup: none that has users or groups below it, nor one that a security profile names
/// (administration 1.3.4).
pub(crate) async fn delete(cx: &Cx<'_>, input: DeleteUserHierarchyGroupInput) -> Result<Empty> {
    let nothing_else = async |_| Ok(Batch::new());
    layer::delete::<HierarchyGroup, _>(cx, &input.instance_id, &input.hierarchy_group_id, nothing_else).await?;
    Ok(Empty)
}

/// DescribeUserHierarchyStructure: no member at all when there is none (administration 6.3.1).
pub(crate) async fn describe_structure(
    cx: &Cx<'_>,
    input: DescribeUserHierarchyStructureInput,
) -> Result<DescribeUserHierarchyStructureOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let rows = level_rows(cx, &instance).await?;
    let levels = rows.iter().map(stored).collect::<Result<Vec<HierarchyLevel>>>()?;
    if levels.is_empty() {
        return Ok(DescribeUserHierarchyStructureOutput::default());
    }
    let mut levels = levels.into_iter();
    let structure = HierarchyStructure {
        level_one: levels.next(),
        level_two: levels.next(),
        level_three: levels.next(),
        level_four: levels.next(),
        level_five: levels.next(),
    };
    Ok(DescribeUserHierarchyStructureOutput { hierarchy_structure: Some(structure) })
}

/// The levels of the structure, from the first.
async fn level_rows(cx: &Cx<'_>, instance: &str) -> Result<Vec<ResourceRow>> {
    let ids: Vec<String> = (1..=rules::LEVELS).map(rules::level_id).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut rows = cx.store().resources(instance, Kind::HierarchyLevel, &ids).await?;
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(rows)
}

/// UpdateUserHierarchyStructure gives all levels; one that has groups cannot be left out (administration 6.3.1).
pub(crate) async fn update_structure(cx: &Cx<'_>, input: UpdateUserHierarchyStructureInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let mut faults = Faults::default();
    let names = rules::levels(&input.hierarchy_structure, &mut faults);
    Error::check(cx.op(), faults)?;
    until_done(cx, &instance, || async {
        let rows = level_rows(cx, &instance).await?;
        let mut batch = Batch::new();
        // From the last one up, as each is named by the one below it.
        for row in rows.iter().skip(names.len()).rev() {
            refuse_with_groups(cx, &instance, row).await?;
            batch.delete_resource(&instance, Kind::HierarchyLevel, &row.id, row.rev);
        }
        for (n, name) in names.iter().enumerate() {
            put_level(cx, &instance, n + 1, name, rows.get(n), &mut batch)?;
        }
        if batch.is_empty() { Ok(Attempt::Done(Empty)) } else { commit(cx, batch, Empty).await }
    })
    .await
}

/// Makes or renames a level; one that keeps its name is left as it is.
fn put_level(
    cx: &Cx<'_>,
    instance: &str,
    number: usize,
    name: &str,
    row: Option<&ResourceRow>,
    batch: &mut Batch,
) -> Result<()> {
    let id = rules::level_id(number);
    let level = HierarchyLevel {
        arn: Some(cx.home().instance(instance).arn(arn::Kind::HierarchyLevel, &id)),
        id: Some(id.clone()),
        name: Some(name.to_owned()),
        last_modified_time: Some(Timestamp(cx.now_ms)),
        last_modified_region: Some(cx.settings().region.clone()),
    };
    let Some(row) = row else {
        // Levels may be called alike: the row goes by the number.
        let row = new_row(cx, &id, &id, "", wire::to_stored(&level), "");
        let upper = (number > 1).then(|| rules::level_id(number - 1));
        batch.insert_resource(instance, Kind::HierarchyLevel, &row);
        if let Some(link) = layer::link("UPPER", Kind::HierarchyLevel, upper.as_deref(), OnDelete::Refuse) {
            batch.require_resource(instance, Kind::HierarchyLevel, &link.to_id);
            batch.insert_link(instance, Kind::HierarchyLevel, &id, &link);
        }
        return Ok(());
    };
    if stored::<HierarchyLevel>(row)?.name.as_deref() != Some(name) {
        let row = ResourceRow { body: wire::to_stored(&level), modified_ms: cx.now_ms, ..row.clone() };
        batch.update_resource(instance, Kind::HierarchyLevel, &row);
    }
    Ok(())
}

/// Refuses to leave out a level that has groups.
async fn refuse_with_groups(cx: &Cx<'_>, instance: &str, row: &ResourceRow) -> Result<()> {
    // One more may be the level below, which goes too.
    let limit = NAMED_IN_THE_WAY + 1;
    let owners = cx.store().link_owners(instance, Kind::HierarchyLevel, &row.id, OnDelete::Refuse, limit).await?;
    let groups: Vec<Owner> = owners.into_iter().filter(|owner| owner.kind == Kind::HierarchyGroup).collect();
    if groups.is_empty() {
        return Ok(());
    }
    Err(layer::in_the_way(cx.op(), &kinds::HIERARCHY_LEVEL, &row.id, &groups[..groups.len().min(NAMED_IN_THE_WAY)]))
}
