//! Overrides of hours of operation (administration 2.2). They lie in the row of their hours: one read answers when it is open, and
//! names, number and time of the last change are kept by the one revision.

use engine::arn;
use engine::hours_of_operation::Override;
use store::{PageKey, ResourceRow};
use wire::Empty;
use wire::ops::{
    CreateHoursOfOperationOverrideInput, CreateHoursOfOperationOverrideOutput, DeleteHoursOfOperationOverrideInput,
    DescribeHoursOfOperationOverrideInput, DescribeHoursOfOperationOverrideOutput, ListHoursOfOperationOverridesInput,
    ListHoursOfOperationOverridesOutput, UpdateHoursOfOperationOverrideInput,
};
use wire::shapes::{HoursOfOperation, HoursOfOperationOverride, OverrideType};

use crate::base::commit::{Attempt, until_done};
use crate::base::page::Page;
use crate::base::scope;
use crate::resource::layer::{self, Change, stored};
use crate::{Cx, Error, Result};

/// The member of the stored hours that holds them.
pub(super) const MEMBER: &str = "Overrides";

/// The member of a stored override that tells when it was made, which the shape has not.
const CREATED: &str = "CreatedMs";

/// An override as it is kept: the shape without the hours it belongs to.
#[derive(Clone, Debug, PartialEq)]
struct Kept {
    /// Epoch milliseconds.
    created_ms: i64,
    shape: HoursOfOperationOverride,
}

impl Kept {
    fn id(&self) -> &str {
        self.shape.hours_of_operation_override_id.as_deref().unwrap_or_default()
    }

    fn key(&self) -> (i64, &str) {
        (self.created_ms, self.id())
    }

    fn to_text(&self) -> Result<String> {
        layer::with_member(&wire::to_stored(&self.shape), CREATED, &self.created_ms.to_string())
    }
}

/// The overrides in a row of hours, oldest first.
fn kept_in(row: &ResourceRow) -> Result<Vec<Kept>> {
    let body = wire::json::parse(row.body.as_bytes()).map_err(Error::internal)?;
    let items = body.get(MEMBER).and_then(|member| member.as_array()).unwrap_or_default();
    let kept = items.iter().map(|item| {
        let shape = wire::from_stored(wire::to_stored(item).as_bytes()).map_err(Error::internal)?;
        let created = item.get(CREATED).and_then(|member| member.as_number()).and_then(|number| number.as_i64());
        let broken = || Error::internal(format!("an override of hours of operation {} has no {CREATED}", row.id));
        Ok(Kept { created_ms: created.ok_or_else(broken)?, shape })
    });
    kept.collect()
}

/// What the overrides in a row of hours say.
pub(super) fn rules_of(row: &ResourceRow) -> Result<Vec<Override>> {
    kept_in(row)?.iter().map(|kept| Override::parse(&kept.shape).map_err(Error::internal)).collect()
}

/// As it is answered (administration 2.2.7).
fn shown(cx: &Cx<'_>, instance: &str, hours: &ResourceRow, kept: Kept) -> HoursOfOperationOverride {
    of_hours(cx.home().instance(instance), hours, kept)
}

fn of_hours(scope: arn::Scope<'_>, hours: &ResourceRow, kept: Kept) -> HoursOfOperationOverride {
    HoursOfOperationOverride {
        hours_of_operation_id: Some(hours.id.clone()),
        hours_of_operation_arn: Some(scope.arn(arn::Kind::HoursOfOperation, &hours.id)),
        ..kept.shape
    }
}

/// The overrides in a row of hours, as they are answered.
pub(crate) fn all_of(scope: arn::Scope<'_>, hours: &ResourceRow) -> Result<Vec<HoursOfOperationOverride>> {
    Ok(kept_in(hours)?.into_iter().map(|kept| of_hours(scope, hours, kept)).collect())
}

/// Changes the overrides of hours, which is a change of the hours (administration 1.2.3).
async fn change<T>(
    cx: &Cx<'_>,
    instance: &str,
    text: &str,
    decide: impl Fn(&str, &mut Vec<Kept>) -> Result<T>,
) -> Result<T> {
    let instance = scope::existing(cx, instance).await?;
    until_done(cx, text, || async {
        let mut row = layer::existing(cx, &instance, arn::Kind::HoursOfOperation, text).await?;
        let old = kept_in(&row)?;
        let mut new = old.clone();
        let answer = decide(&row.id, &mut new)?;
        if new == old {
            return Ok(Attempt::Done(answer));
        }
        let hours: HoursOfOperation = stored(&row)?;
        let texts = new.iter().map(Kept::to_text).collect::<Result<Vec<_>>>()?;
        row.body = layer::with_member(&wire::to_stored(&hours), MEMBER, &format!("[{}]", texts.join(",")))?;
        layer::replace(cx, &instance, row, &hours, Change::of(hours.clone()), answer).await
    })
    .await
}

/// Refuses what breaks a rule, or has the name of another override of the same hours.
fn check(cx: &Cx<'_>, shape: &HoursOfOperationOverride, others: &[Kept]) -> Result<()> {
    let name = shape.name.as_deref().unwrap_or_default();
    if name.trim().is_empty() {
        return Err(Error::invalid_parameter(cx.op(), format!("Name {name:?} has nothing but white space")));
    }
    Override::parse(shape).map_err(|problems| Error::new(problems.kind(), problems.to_string()))?;
    let id = shape.hours_of_operation_override_id.as_deref();
    if others.iter().any(|other| other.shape.name == shape.name && Some(other.id()) != id) {
        return Err(Error::duplicate(format!(
            "Name: an override named {name:?} already exists in these hours of operation"
        )));
    }
    Ok(())
}

/// CreateHoursOfOperationOverride.
pub(crate) async fn create(
    cx: &Cx<'_>,
    input: CreateHoursOfOperationOverrideInput,
) -> Result<CreateHoursOfOperationOverrideOutput> {
    let instance = scope::id(cx, &input.instance_id)?;
    let max = cx.limits(&instance).overrides_per_hours_of_operation;
    let id = change(cx, &input.instance_id, &input.hours_of_operation_id, |_, overrides| {
        let id = cx.new_id();
        let shape = HoursOfOperationOverride {
            hours_of_operation_override_id: Some(id.clone()),
            name: Some(input.name.clone()),
            description: input.description.clone(),
            config: Some(input.config.clone()),
            effective_from: Some(input.effective_from.clone()),
            effective_till: Some(input.effective_till.clone()),
            recurrence_config: input.recurrence_config.clone(),
            override_type: Some(input.override_type.clone().unwrap_or(OverrideType::Standard)),
            ..HoursOfOperationOverride::default()
        };
        check(cx, &shape, overrides)?;
        if max > 0 && overrides.len() as u64 >= max {
            return Err(Error::quota(cx.op(), cx.limits(&instance).full().overrides_per_hours_of_operation()));
        }
        overrides.push(Kept { created_ms: cx.now_ms, shape });
        overrides.sort_by(|a, b| a.key().cmp(&b.key()));
        Ok(id)
    })
    .await?;
    Ok(CreateHoursOfOperationOverrideOutput { hours_of_operation_override_id: Some(id) })
}

/// Where an override is among those of its hours (administration 2.2.7).
fn place(overrides: &[Kept], hours: &str, id: &str) -> Result<usize> {
    overrides.iter().position(|kept| kept.id() == id).ok_or_else(|| {
        let message = format!("HoursOfOperationOverrideId: hours of operation {hours} have no override {id}");
        Error::not_found(message)
    })
}

/// UpdateHoursOfOperationOverride: what is given replaces, and the whole is checked. STANDARD drops the recurrence unless one is
/// given.
pub(crate) async fn update(cx: &Cx<'_>, input: UpdateHoursOfOperationOverrideInput) -> Result<Empty> {
    change(cx, &input.instance_id, &input.hours_of_operation_id, |hours, overrides| {
        let place = place(overrides, hours, &input.hours_of_operation_override_id)?;
        let mut shape = overrides[place].shape.clone();
        merge(&mut shape, &input);
        check(cx, &shape, overrides)?;
        overrides[place].shape = shape;
        Ok(())
    })
    .await?;
    Ok(Empty)
}

fn merge(shape: &mut HoursOfOperationOverride, input: &UpdateHoursOfOperationOverrideInput) {
    if let Some(kind) = &input.override_type {
        shape.override_type = Some(kind.clone());
        if *kind == OverrideType::Standard {
            shape.recurrence_config = None;
        }
    }
    layer::redescribe(&mut shape.description, input.description.as_ref());
    shape.name = input.name.clone().or(shape.name.take());
    shape.config = input.config.clone().or(shape.config.take());
    shape.effective_from = input.effective_from.clone().or(shape.effective_from.take());
    shape.effective_till = input.effective_till.clone().or(shape.effective_till.take());
    shape.recurrence_config = input.recurrence_config.clone().or(shape.recurrence_config.take());
}

/// DeleteHoursOfOperationOverride.
pub(crate) async fn delete(cx: &Cx<'_>, input: DeleteHoursOfOperationOverrideInput) -> Result<Empty> {
    change(cx, &input.instance_id, &input.hours_of_operation_id, |hours, overrides| {
        let place = place(overrides, hours, &input.hours_of_operation_override_id)?;
        overrides.remove(place);
        Ok(())
    })
    .await?;
    Ok(Empty)
}

/// DescribeHoursOfOperationOverride.
pub(crate) async fn describe(
    cx: &Cx<'_>,
    input: DescribeHoursOfOperationOverrideInput,
) -> Result<DescribeHoursOfOperationOverrideOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let row = layer::existing(cx, &instance, arn::Kind::HoursOfOperation, &input.hours_of_operation_id).await?;
    let mut overrides = kept_in(&row)?;
    let place = place(&overrides, &row.id, &input.hours_of_operation_override_id)?;
    let kept = overrides.swap_remove(place);
    Ok(DescribeHoursOfOperationOverrideOutput { hours_of_operation_override: Some(shown(cx, &instance, &row, kept)) })
}

/// ListHoursOfOperationOverrides: the own ones, oldest first.
pub(crate) async fn list(
    cx: &Cx<'_>,
    input: ListHoursOfOperationOverridesInput,
) -> Result<ListHoursOfOperationOverridesOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let row = layer::existing(cx, &instance, arn::Kind::HoursOfOperation, &input.hours_of_operation_id).await?;
    let owner: HoursOfOperation = stored(&row)?;
    let filters = [instance.as_str(), row.id.as_str()];
    let page = Page::of(cx, cx.op(), &filters, input.max_results, input.next_token.as_deref())?;
    let behind =
        |kept: &Kept| page.after.as_ref().is_none_or(|after| kept.key() > (after.created_ms, after.id.as_str()));
    let mut rest: Vec<Kept> = kept_in(&row)?.into_iter().filter(behind).collect();
    let more = rest.len() > page.size;
    rest.truncate(page.size);
    let last = rest.last().filter(|_| more);
    let last = last.map(|last| PageKey { created_ms: last.created_ms, id: last.id().to_owned() });
    let shown = rest.into_iter().map(|kept| shown(cx, &instance, &row, kept)).collect();
    Ok(ListHoursOfOperationOverridesOutput {
        next_token: page.token(cx, last.as_ref()),
        hours_of_operation_override_list: Some(shown),
        last_modified_region: owner.last_modified_region,
        last_modified_time: owner.last_modified_time,
    })
}
