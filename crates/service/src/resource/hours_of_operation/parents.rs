//! Parents of hours of operation (administration 2.1.5): a child takes the overrides of up to three, live. A parent is a link of the
//! child that keeps the parent from being deleted; its name is looked up when it is shown.

use engine::arn;
use store::{Batch, Kind, ResourceRow};
use wire::ops::{
    AssociateHoursOfOperationsInput, DisassociateHoursOfOperationsInput, ListChildHoursOfOperationsInput,
    ListChildHoursOfOperationsOutput,
};
use wire::shapes::{HoursOfOperation, HoursOfOperationsIdentifier, ParentHoursOfOperationConfig};
use wire::{Empty, Op};

use crate::base::page::Page;
use crate::base::scope;
use crate::resource::layer::{self, Change, stored};
use crate::resource::{Mention, Mentioned};
use crate::{Cx, Error, Result};

/// The role in which a child names a parent.
pub(super) const ROLE: &str = "PARENT";

/// Parents of one child (administration 1.4).
const PARENTS_MAX: usize = 3;

/// Children that a refusal names.
const NAMED: usize = 3;

/// The ids of the parents, in order of association.
pub(super) fn ids(hours: &HoursOfOperation) -> Vec<String> {
    hours.parent_hours_of_operations.iter().flatten().map(|parent| parent.id.clone()).collect()
}

/// What the members of a request name as parents.
pub(super) fn mentions(op: Op, configs: &[ParentHoursOfOperationConfig]) -> Result<Vec<Mention<'_>>> {
    let (mut mentions, mut absent) = (Vec::new(), Vec::new());
    for (n, config) in configs.iter().enumerate() {
        let path = format!("ParentHoursOfOperationConfigs[{n}].HoursOfOperationId");
        match config.hours_of_operation_id.as_deref() {
            Some(id) => mentions.push(Mention::new(path, arn::Kind::HoursOfOperation, id)),
            None => absent.push(format!("{path} is required")),
        }
    }
    if absent.is_empty() { Ok(mentions) } else { Err(Error::invalid_parameter(op, absent.join("; "))) }
}

/// The parents that a request names, each once, with the member that names it.
pub(super) struct Parents(Vec<(String, ResourceRow)>);

impl Parents {
    /// Those that the request names, by the members that do.
    pub(super) fn of(paths: &[String], named: &Mentioned) -> Self {
        let mut parents: Vec<(String, ResourceRow)> = Vec::new();
        for (path, row) in paths.iter().zip(named.of(Kind::HoursOfOperation)) {
            if !parents.iter().any(|(_, known)| known.id == row.id) {
                parents.push((path.clone(), row.clone()));
            }
        }
        Self(parents)
    }

    /// A parent has no parents.
    pub(super) fn refuse_with_parents(&self) -> Result<()> {
        for (path, row) in &self.0 {
            let above = ids(&stored::<HoursOfOperation>(row)?);
            if !above.is_empty() {
                let (id, above) = (&row.id, above.join(", "));
                let message =
                    format!("{path}: hours of operation {id} have parents ({above}), so they can be no parent");
                return Err(Error::invalid_request(message));
            }
        }
        Ok(())
    }

    /// Those that `known` does not have, behind those that it has.
    pub(super) fn identifiers(
        &self,
        known: &[HoursOfOperationsIdentifier],
    ) -> Option<Vec<HoursOfOperationsIdentifier>> {
        let new = self.0.iter().filter(|(_, row)| !known.iter().any(|parent| parent.id == row.id));
        let new = new.map(|(_, row)| HoursOfOperationsIdentifier { id: row.id.clone(), ..Default::default() });
        let all: Vec<_> = known.iter().cloned().chain(new).collect();
        Some(all).filter(|all| !all.is_empty())
    }

    /// Moves the revisions of the parents that `known` does not have, so that none gets parents of its own at the same time. In one
    /// order for all batches, as each row is locked until the commit.
    pub(super) fn held(&self, instance: &str, known: &[HoursOfOperationsIdentifier]) -> Batch {
        let mut rows: Vec<&ResourceRow> = self.0.iter().map(|(_, row)| row).collect();
        rows.retain(|row| !known.iter().any(|parent| parent.id == row.id));
        rows.sort_by(|a, b| a.id.cmp(&b.id));
        let mut batch = Batch::new();
        for row in rows {
            batch.update_resource(instance, Kind::HoursOfOperation, row);
        }
        batch
    }
}

/// The rows of the parents, in order of association.
pub(super) async fn rows(cx: &Cx<'_>, instance: &str, hours: &HoursOfOperation) -> Result<Vec<ResourceRow>> {
    let ids = ids(hours);
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let wanted: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut rows = cx.store().resources(instance, Kind::HoursOfOperation, &wanted).await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(rows)
}

/// Fills in the names and ARNs that the parents have now.
pub(super) async fn name(cx: &Cx<'_>, instance: &str, hours: &mut HoursOfOperation) -> Result<()> {
    let rows = rows(cx, instance, hours).await?;
    let named: Vec<_> = rows.into_iter().map(|row| identifier(cx, instance, row)).collect();
    hours.parent_hours_of_operations = Some(named).filter(|named| !named.is_empty());
    Ok(())
}

fn identifier(cx: &Cx<'_>, instance: &str, row: ResourceRow) -> HoursOfOperationsIdentifier {
    let arn = cx.home().instance(instance).arn(arn::Kind::HoursOfOperation, &row.id);
    HoursOfOperationsIdentifier { name: row.name, id: row.id, arn: Some(arn) }
}

/// AssociateHoursOfOperations; parents that it has already are left as they are.
pub(crate) async fn associate(cx: &Cx<'_>, input: AssociateHoursOfOperationsInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let mentions = mentions(cx.op(), &input.parent_hours_of_operation_configs)?;
    let paths: Vec<String> = mentions.iter().map(|mention| mention.path.clone()).collect();
    let own = child(&input.hours_of_operation_id);
    layer::change(cx, &instance, own, mentions, async |row, old: HoursOfOperation, named| {
        let parents = Parents::of(&paths, &named);
        let known = old.parent_hours_of_operations.clone().unwrap_or_default();
        let all = parents.identifiers(&known);
        if all == old.parent_hours_of_operations {
            return Ok(Change::of(old));
        }
        if let Some((path, _)) = parents.0.iter().find(|(_, parent)| parent.id == row.id) {
            let message = format!("{path}: hours of operation {} cannot be their own parent", row.id);
            return Err(Error::invalid_request(message));
        }
        refuse_with_children(cx, &instance, &row).await?;
        parents.refuse_with_parents()?;
        if all.as_ref().is_some_and(|all| all.len() > PARENTS_MAX) {
            let message = format!("Hours of operation may have at most {PARENTS_MAX} parents");
            return Err(Error::quota(cx.op(), message));
        }
        let value = HoursOfOperation { parent_hours_of_operations: all, ..old };
        Ok(Change { also: parents.held(&instance, &known), ..Change::of(value) })
    })
    .await?;
    Ok(Empty)
}

fn child(text: &str) -> Mention<'_> {
    Mention::new("HoursOfOperationId", arn::Kind::HoursOfOperation, text)
}

/// A child has no children.
async fn refuse_with_children(cx: &Cx<'_>, instance: &str, row: &ResourceRow) -> Result<()> {
    let children = cx.store().resources_that_name(instance, Kind::HoursOfOperation, ROLE, &row.id, None, NAMED).await?;
    if children.items.is_empty() {
        return Ok(());
    }
    let named: Vec<&str> = children.items.iter().map(|child| child.id.as_str()).collect();
    let (id, named) = (&row.id, named.join(", "));
    let message =
        format!("HoursOfOperationId: hours of operation {id} have children ({named}), so they can have no parents");
    Err(Error::invalid_request(message))
}

/// DisassociateHoursOfOperations; hours that are not parents are ignored.
pub(crate) async fn disassociate(cx: &Cx<'_>, input: DisassociateHoursOfOperationsInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let ids = input.parent_hours_of_operation_ids.iter().enumerate();
    let kind = arn::Kind::HoursOfOperation;
    let mentions = ids.map(|(n, id)| Mention::new(format!("ParentHoursOfOperationIds[{n}]"), kind, id)).collect();
    let own = child(&input.hours_of_operation_id);
    layer::change(cx, &instance, own, mentions, async |_, old: HoursOfOperation, named| {
        let gone = named.ids(Kind::HoursOfOperation);
        let mut left = old.parent_hours_of_operations.clone().unwrap_or_default();
        left.retain(|known| !gone.contains(&known.id));
        Ok(Change::of(HoursOfOperation {
            parent_hours_of_operations: Some(left).filter(|left| !left.is_empty()),
            ..old
        }))
    })
    .await?;
    Ok(Empty)
}

/// ListChildHoursOfOperations, oldest first.
pub(crate) async fn list_children(
    cx: &Cx<'_>,
    input: ListChildHoursOfOperationsInput,
) -> Result<ListChildHoursOfOperationsOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let row = layer::existing(cx, &instance, arn::Kind::HoursOfOperation, &input.hours_of_operation_id).await?;
    let owner: HoursOfOperation = stored(&row)?;
    let filters = [instance.as_str(), row.id.as_str()];
    let page = Page::of(cx, cx.op(), &filters, input.max_results, input.next_token.as_deref())?;
    let kind = Kind::HoursOfOperation;
    let rows = cx.store().resources_that_name(&instance, kind, ROLE, &row.id, page.after.as_ref(), page.size).await?;
    let next_token = page.token(cx, rows.next.as_ref());
    let children = rows.items.into_iter().map(|child| identifier(cx, &instance, child)).collect();
    Ok(ListChildHoursOfOperationsOutput {
        next_token,
        child_hours_of_operations_summary_list: Some(children),
        last_modified_time: owner.last_modified_time,
        last_modified_region: owner.last_modified_region,
    })
}
