//! Hours of operation (administration 2.1 to 2.3): the resource, and when it is open. Overrides and parents have files of their
//! own. Which windows hold on a date is decided in `engine`.

pub(crate) mod overrides;
pub(crate) mod parents;

use engine::arn;
use engine::hours_of_operation::{self as rules, Calendar, Override};
use store::{Batch, Kind, Link, OnDelete, ResourceRow};
use wire::ops::{
    CreateHoursOfOperationInput, CreateHoursOfOperationOutput, DeleteHoursOfOperationInput,
    DescribeHoursOfOperationInput, DescribeHoursOfOperationOutput, GetEffectiveHoursOfOperationsInput,
    GetEffectiveHoursOfOperationsOutput, ListHoursOfOperationsInput, ListHoursOfOperationsOutput,
    UpdateHoursOfOperationInput,
};
use wire::shapes::{HoursOfOperation, HoursOfOperationSummary};
use wire::{Empty, Op};

use crate::base::commit::until_done;
use crate::base::{scope, tags};
use crate::resource::Mentioned;
use crate::resource::layer::{self, ListPage, New, resource, stored};
use crate::{Cx, Error, Result};

resource!(HoursOfOperation, HOURS_OF_OPERATION, hours_of_operation_id, hours_of_operation_arn, name, {
    const KEPT: &'static [&'static str] = &[overrides::MEMBER];

    fn links(&self) -> Vec<Link> {
        layer::links(parents::ROLE, Kind::HoursOfOperation, &parents::ids(self), OnDelete::Refuse)
    }
});

/// CreateHoursOfOperation; parents are as AssociateHoursOfOperations takes them (administration 2.1.5).
pub(crate) async fn create(cx: &Cx<'_>, input: CreateHoursOfOperationInput) -> Result<CreateHoursOfOperationOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let tags = tags::of_new(Op::CreateHoursOfOperation, input.tags.as_ref())?;
    let configs = input.parent_hours_of_operation_configs.as_deref().unwrap_or_default();
    let mentions = parents::mentions(cx.op(), configs)?;
    let paths: Vec<String> = mentions.iter().map(|mention| mention.path.clone()).collect();
    until_done(cx, &input.name, || async {
        let parents = parents::Parents::of(&paths, &Mentioned::read(cx, &instance, &mentions).await?);
        refuse_unknown_zone(cx.op(), Some(&input.time_zone))?;
        parents.refuse_with_parents()?;
        let value = HoursOfOperation {
            name: Some(input.name.clone()),
            description: input.description.clone(),
            time_zone: Some(input.time_zone.clone()),
            config: Some(input.config.clone()),
            parent_hours_of_operations: parents.identifiers(&[]),
            ..HoursOfOperation::default()
        };
        let new = New { value, tags: tags.clone(), relations: Vec::new() };
        let answer = |id, arn| CreateHoursOfOperationOutput {
            hours_of_operation_id: Some(id),
            hours_of_operation_arn: Some(arn),
        };
        layer::insert(cx, &instance, new, |_, batch| batch.append(parents.held(&instance, &[])), answer).await
    })
    .await
}

/// A zone that no database knows (administration 2.1.1).
fn refuse_unknown_zone(op: Op, name: Option<&String>) -> Result<()> {
    match name {
        Some(name) if rules::zone(name).is_none() => {
            let message = format!("TimeZone {name:?} is no time zone of the IANA database, such as Europe/Berlin");
            Err(Error::invalid_parameter(op, message))
        }
        _ => Ok(()),
    }
}

/// DescribeHoursOfOperation; parents with the names that they have now (administration 2.1.4).
pub(crate) async fn describe(
    cx: &Cx<'_>,
    input: DescribeHoursOfOperationInput,
) -> Result<DescribeHoursOfOperationOutput> {
    let mut hours: HoursOfOperation = layer::describe(cx, &input.instance_id, &input.hours_of_operation_id).await?;
    parents::name(cx, &scope::id(cx, &input.instance_id)?, &mut hours).await?;
    Ok(DescribeHoursOfOperationOutput { hours_of_operation: Some(hours) })
}

/// ListHoursOfOperations, oldest first.
pub(crate) async fn list(cx: &Cx<'_>, input: ListHoursOfOperationsInput) -> Result<ListHoursOfOperationsOutput> {
    let (max_results, next_token) = (input.max_results, input.next_token.as_deref());
    let page = ListPage { op: Op::ListHoursOfOperations, max_results, next_token };
    let summary = |hours: HoursOfOperation| HoursOfOperationSummary {
        id: hours.hours_of_operation_id,
        arn: hours.hours_of_operation_arn,
        name: hours.name,
        last_modified_time: hours.last_modified_time,
        last_modified_region: hours.last_modified_region,
    };
    let (hours_of_operation_summary_list, next_token) =
        layer::list(cx, &input.instance_id, &page, &[], summary).await?;
    Ok(ListHoursOfOperationsOutput { hours_of_operation_summary_list, next_token })
}

/// UpdateHoursOfOperation: what is given replaces, and an empty description clears it (administration 1.1.4, 1.1.5).
pub(crate) async fn update(cx: &Cx<'_>, input: UpdateHoursOfOperationInput) -> Result<Empty> {
    layer::update(cx, &input.instance_id, &input.hours_of_operation_id, |hours: &mut HoursOfOperation| {
        refuse_unknown_zone(cx.op(), input.time_zone.as_ref())?;
        if let Some(name) = &input.name {
            hours.name = Some(name.clone());
        }
        layer::redescribe(&mut hours.description, input.description.as_ref());
        if let Some(zone) = &input.time_zone {
            hours.time_zone = Some(zone.clone());
        }
        if let Some(config) = &input.config {
            hours.config = Some(config.clone());
        }
        Ok(())
    })
    .await?;
    Ok(Empty)
}

/// DeleteHoursOfOperation: refused while a queue uses them or they have children; overrides and links to parents go with them
/// (administration 1.3.4).
pub(crate) async fn delete(cx: &Cx<'_>, input: DeleteHoursOfOperationInput) -> Result<Empty> {
    let nothing = async |_| Ok(Batch::new());
    layer::delete::<HoursOfOperation, _>(cx, &input.instance_id, &input.hours_of_operation_id, nothing).await?;
    Ok(Empty)
}

/// GetEffectiveHoursOfOperations.
pub(crate) async fn effective(
    cx: &Cx<'_>,
    input: GetEffectiveHoursOfOperationsInput,
) -> Result<GetEffectiveHoursOfOperationsOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let row = layer::existing(cx, &instance, arn::Kind::HoursOfOperation, &input.hours_of_operation_id).await?;
    let (from, to) =
        rules::range(&input.from_date, &input.to_date).map_err(|wrong| Error::invalid_parameter(cx.op(), wrong))?;
    let effective = Effective::of(cx, &instance, &row).await?;
    let calendar = effective
        .calendar()
        .ok_or_else(|| Error::internal(format!("hours of operation {} have no time zone that is known", row.id)))?;
    let overrides = calendar.effective_overrides(from, to).ok_or_else(|| {
        let max = rules::EFFECTIVE_OVERRIDE_WINDOWS_MAX;
        Error::invalid_request(format!("toDate: overrides have more than {max} windows on these dates; ask for fewer"))
    })?;
    Ok(GetEffectiveHoursOfOperationsOutput {
        effective_hours_of_operation_list: Some(calendar.effective(from, to)),
        effective_override_hours_list: Some(overrides),
        time_zone: effective.hours.time_zone.clone(),
    })
}

/// Hours with every override that counts for them (administration 2.1.5, 2.2.6).
pub(crate) struct Effective {
    hours: HoursOfOperation,
    overrides: Vec<Override>,
}

impl Effective {
    /// Reads those of the parents of `row`, too.
    pub(crate) async fn of(cx: &Cx<'_>, instance: &str, row: &ResourceRow) -> Result<Self> {
        let hours: HoursOfOperation = stored(row)?;
        let mut overrides = overrides::rules_of(row)?;
        for parent in parents::rows(cx, instance, &hours).await? {
            overrides.extend(overrides::rules_of(&parent)?);
        }
        Ok(Self { hours, overrides })
    }

    /// `None` when the hours have no zone that exists.
    pub(crate) fn calendar(&self) -> Option<Calendar<'_>> {
        Calendar::new(&self.hours, &self.overrides)
    }
}
