//! Predefined attributes (administration 6.1): they are named by their names, which are their ids, too.

use std::borrow::Cow;

use engine::predefined_attribute::{self as rules, Problem};
use store::{Batch, Kind, ResourceRow};
use wire::ops::{
    CreatePredefinedAttributeInput, DeletePredefinedAttributeInput, DescribePredefinedAttributeInput,
    DescribePredefinedAttributeOutput, ListPredefinedAttributesInput, ListPredefinedAttributesOutput,
    UpdatePredefinedAttributeInput,
};
use wire::shapes::{PredefinedAttribute, PredefinedAttributeSummary, PredefinedAttributeValues};
use wire::{Empty, Op, Timestamp};

use crate::base::commit::until_done;
use crate::base::page::Page;
use crate::base::scope;
use crate::base::tags::Tags;
use crate::resource::kinds::{self, KindFacts};
use crate::resource::layer::{self, Change, New, Resource, Stamp};
use crate::{Cx, Error, Result};

impl Resource for PredefinedAttribute {
    const FACTS: &'static KindFacts = &kinds::PREDEFINED_ATTRIBUTE;

    fn stamp(&mut self, stamp: Stamp) {
        self.last_modified_time = Some(stamp.now);
        self.last_modified_region = Some(stamp.region);
    }

    fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }

    fn unique_name(&self) -> Cow<'_, str> {
        Cow::Owned(rules::folded(Resource::name(self)))
    }

    fn natural_id(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn set_tags(&mut self, _: Option<Tags>) {}
}

/// CreatePredefinedAttribute (administration 6.1.1).
pub(crate) async fn create(cx: &Cx<'_>, input: CreatePredefinedAttributeInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    rules::check_name(&input.name).map_err(|problem| refused(&problem))?;
    input.values.as_ref().map_or(Ok(()), rules::check_values).map_err(|problem| refused(&problem))?;
    let validates = input.attribute_configuration.as_ref().and_then(|c| c.enable_value_validation_on_association);
    let make = || async {
        let value = PredefinedAttribute {
            name: Some(input.name.clone()),
            values: Some(input.values.clone().unwrap_or(PredefinedAttributeValues::StringList(Vec::new()))),
            purposes: input.purposes.clone(),
            attribute_configuration: Some(rules::configuration(validates.unwrap_or(false), false)),
            ..PredefinedAttribute::default()
        };
        Ok(New { value, tags: String::new(), relations: Vec::new() })
    };
    layer::create(cx, &instance, &input.name, make, |_, _| {}, |_, _| Empty).await
}

fn refused(problem: &Problem) -> Error {
    Error::new(problem.kind(), problem.to_string())
}

/// DescribePredefinedAttribute.
pub(crate) async fn describe(
    cx: &Cx<'_>,
    input: DescribePredefinedAttributeInput,
) -> Result<DescribePredefinedAttributeOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let row = layer::existing_of::<PredefinedAttribute>(cx, &instance, &input.name).await?;
    Ok(DescribePredefinedAttributeOutput { predefined_attribute: Some(shown(cx, &row)?) })
}

/// An attribute as it is answered. Those of the system have the times of their rows until they are changed.
pub(crate) fn shown(cx: &Cx<'_>, row: &ResourceRow) -> Result<PredefinedAttribute> {
    let mut value: PredefinedAttribute = layer::stored(row)?;
    value.last_modified_time.get_or_insert(Timestamp(row.modified_ms));
    value.last_modified_region.get_or_insert_with(|| cx.settings().region.clone());
    Ok(value)
}

/// ListPredefinedAttributes, oldest first.
pub(crate) async fn list(cx: &Cx<'_>, input: ListPredefinedAttributesInput) -> Result<ListPredefinedAttributesOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let (max_results, token) = (input.max_results, input.next_token.as_deref());
    let page = Page::of(cx, Op::ListPredefinedAttributes, &[&instance], max_results, token)?;
    let kind = Kind::PredefinedAttribute;
    let rows = cx.store().resource_page(&instance, kind, &[], page.after.as_ref(), page.size).await?;
    let next_token = page.token(cx, rows.next.as_ref());
    let summary = |row: &ResourceRow| {
        let PredefinedAttribute { name, last_modified_time, last_modified_region, .. } = shown(cx, row)?;
        Ok(PredefinedAttributeSummary { name, last_modified_time, last_modified_region })
    };
    let summaries = rows.items.iter().map(summary).collect::<Result<Vec<_>>>()?;
    Ok(ListPredefinedAttributesOutput { next_token, predefined_attribute_summary_list: Some(summaries) })
}

/// UpdatePredefinedAttribute replaces what is given; a value that somebody uses stays (administration 6.1.2).
pub(crate) async fn update(cx: &Cx<'_>, input: UpdatePredefinedAttributeInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    until_done(cx, &input.name, || async {
        let row = layer::existing_of::<PredefinedAttribute>(cx, &instance, &input.name).await?;
        let old: PredefinedAttribute = layer::stored(&row)?;
        input.values.as_ref().map_or(Ok(()), rules::check_values).map_err(|problem| refused(&problem))?;
        if rules::system(&row.id).is_some_and(|system| system.read_only) {
            return Err(Error::invalid_request(format!("Name: predefined attribute {} cannot be changed", row.id)));
        }
        let mut change = Change::of(changed(&old, &input));
        change.also = keep_used(cx, &instance, &row.id, &rules::removed(&old, &change.value)).await?;
        layer::replace_if_changed(cx, &instance, row, &old, change).await
    })
    .await?;
    Ok(Empty)
}

fn changed(old: &PredefinedAttribute, input: &UpdatePredefinedAttributeInput) -> PredefinedAttribute {
    let mut new = old.clone();
    if let Some(values) = &input.values {
        new.values = Some(values.clone());
    }
    if input.purposes.is_some() {
        new.purposes.clone_from(&input.purposes);
    }
    if let Some(validates) =
        input.attribute_configuration.as_ref().and_then(|given| given.enable_value_validation_on_association)
    {
        let read_only = old.attribute_configuration.as_ref().and_then(|old| old.is_read_only).unwrap_or(false);
        new.attribute_configuration = Some(rules::configuration(validates, read_only));
    }
    new
}

/// Refuses to take away a value that a proficiency or a routing profile uses; the conditions say that none begins to.
async fn keep_used(cx: &Cx<'_>, instance: &str, name: &str, removed: &[&str]) -> Result<Batch> {
    let slots: Vec<String> = removed.iter().map(|value| rules::slot(name, value)).collect();
    let kind = Kind::PredefinedAttribute;
    if let Some((owner, slot)) = cx.store().link_in_slots(instance, kind, name, &slots).await? {
        let value = slot.split_once('\n').map_or(slot.as_str(), |(_, value)| value);
        let noun = kinds::of_stored(owner.kind).map_or("resource", KindFacts::noun);
        let message = format!("Values: {value:?} cannot be taken away: {noun} {} uses it", owner.id);
        return Err(Error::invalid_request(message));
    }
    let mut batch = Batch::new();
    batch.forbid_links_in_slots(instance, kind, name, &slots);
    Ok(batch)
}

/// DeletePredefinedAttribute: not one that a user has a proficiency in, nor one of the system (administration 1.3.4, 6.1.3).
pub(crate) async fn delete(cx: &Cx<'_>, input: DeletePredefinedAttributeInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    if rules::system(&input.name).is_some() {
        let message = format!("Name: {} is an attribute of the system and cannot be deleted", input.name);
        return Err(Error::invalid_request(message));
    }
    layer::delete::<PredefinedAttribute, _>(cx, &instance, &input.name, async |_| Ok(Batch::new())).await?;
    Ok(Empty)
}
