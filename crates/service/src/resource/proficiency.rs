//! Proficiencies of users (administration 6.2): each a link from the user to a predefined attribute, with value and level.
//! The user's agent has them too, so that routing finds who has one.

use std::collections::BTreeSet;

use engine::agent::{AgentEffects, AgentEvent};
use engine::arn;
use engine::criteria::Proficiency;
use engine::faults::Faults;
use engine::predefined_attribute::{self, slot};
use engine::proficiency as rules;
use store::{Batch, Kind, Link, OnDelete, ResourceRow};
use wire::ops::{
    AssociateUserProficienciesInput, DisassociateUserProficienciesInput, ListUserProficienciesInput,
    ListUserProficienciesOutput, UpdateUserProficienciesInput,
};
use wire::shapes::{PredefinedAttribute, User, UserProficiency};
use wire::{Empty, Op};

use crate::base::scope;
use crate::resource::layer::{self, Change, ListPage};
use crate::resource::{Mention, Mentioned, kinds, user};
use crate::unit::{LoadedAgent, UnitOfWork, refused};
use crate::{Cx, Error, Result};

/// The role of the links.
const ROLE: &str = "PROFICIENCY";

/// What a request makes of the links of a user.
#[derive(Default)]
struct Moved {
    removed: Vec<Link>,
    added: Vec<Link>,
}

/// AssociateUserProficiencies: none that the user has, and not more than a user may have (administration 6.2.2).
pub(crate) async fn associate(cx: &Cx<'_>, input: AssociateUserProficienciesInput) -> Result<Empty> {
    let (instance, user) = (input.instance_id.as_str(), input.user_id.as_str());
    change(cx, instance, user, &input.user_proficiencies, |held, given, faults| {
        let next = held.iter().map(|link| link.position + 1).max().unwrap_or(0);
        let mut moved = Moved::default();
        for ((n, proficiency), position) in given.iter().enumerate().zip(next..) {
            let link = link(proficiency, position)?;
            if held.iter().any(|old| old.slot == link.slot) {
                faults.request(format!("UserProficiencies[{n}]: the user already has {}", rules::named(proficiency)));
            }
            moved.added.push(link);
        }
        let (count, max) = (held.len() + given.len(), rules::PER_USER_MAX);
        if count > max {
            faults.request(format!("UserProficiencies: a user may have {max} proficiencies at most, not {count}"));
        }
        Ok(moved)
    })
    .await
}

/// UpdateUserProficiencies: other levels of what the user has (administration 6.2.2).
pub(crate) async fn update(cx: &Cx<'_>, input: UpdateUserProficienciesInput) -> Result<Empty> {
    let (instance, user) = (input.instance_id.as_str(), input.user_id.as_str());
    change(cx, instance, user, &input.user_proficiencies, |held, given, faults| {
        let mut moved = Moved::default();
        for (n, proficiency) in given.iter().enumerate() {
            let slot = slot(&proficiency.attribute_name, &proficiency.attribute_value);
            let Some(old) = held.iter().find(|old| old.slot == slot) else {
                let named = rules::named(proficiency);
                faults.request(format!("UserProficiencies[{n}]: the user does not have {named}; associate it first"));
                continue;
            };
            let new = link(proficiency, old.position)?;
            if new != *old {
                moved.removed.push(old.clone());
                moved.added.push(new);
            }
        }
        Ok(moved)
    })
    .await
}

/// Changes the proficiencies of a user to or by some that are given: `decide` gets what the user has.
async fn change(
    cx: &Cx<'_>,
    instance: &str,
    user: &str,
    given: &[UserProficiency],
    decide: impl Fn(&[Link], &[UserProficiency], &mut Faults) -> Result<Moved>,
) -> Result<Empty> {
    let instance = scope::existing(cx, instance).await?;
    if given.len() > rules::PER_USER_MAX {
        let (max, count) = (rules::PER_USER_MAX, given.len());
        let message = format!("UserProficiencies: a user may have {max} proficiencies at most, not {count}");
        return Err(Error::invalid_request(message));
    }
    let attributes = given.iter().enumerate().map(|(n, own)| {
        let path = format!("UserProficiencies[{n}].AttributeName");
        Mention::by_name(path, &kinds::PREDEFINED_ATTRIBUTE, &own.attribute_name)
    });
    user::change(cx, &instance, user, attributes.collect(), async |row, user, named| {
        require_values(given, &named)?;
        let mut faults = Faults::default();
        rules::check(given, &mut faults);
        let held = links(cx, &instance, &row.id).await?;
        let moved = decide(&held, given, &mut faults)?;
        Error::check(cx.op(), faults)?;
        let mut change = apply(cx, &instance, &row, user, held, moved).await?;
        if !change.added.is_empty() {
            unchanged(&instance, &named, &mut change.also);
        }
        Ok(change)
    })
    .await
}

/// DisassociateUserProficiencies; what the user does not have is ignored (administration 6.2.2, B144).
pub(crate) async fn disassociate(cx: &Cx<'_>, input: DisassociateUserProficienciesInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let slots: BTreeSet<String> =
        input.user_proficiencies.iter().map(|gone| slot(&gone.attribute_name, &gone.attribute_value)).collect();
    user::change(cx, &instance, &input.user_id, Vec::new(), async |row, user, _| {
        let held = links(cx, &instance, &row.id).await?;
        let removed = held.iter().filter(|link| slots.contains(&link.slot)).cloned().collect();
        apply(cx, &instance, &row, user, held, Moved { removed, added: Vec::new() }).await
    })
    .await
}

/// The change of a user whose links change, together with the agent, who has the same proficiencies.
async fn apply(
    cx: &Cx<'_>,
    instance: &str,
    row: &ResourceRow,
    user: User,
    mut held: Vec<Link>,
    moved: Moved,
) -> Result<Change<User>> {
    let mut change = Change::of(user);
    if moved.removed.is_empty() && moved.added.is_empty() {
        return Ok(change);
    }
    held.retain(|link| !moved.removed.contains(link));
    held.extend(moved.added.iter().cloned());
    held.sort_by_key(|link| link.position);
    if let Some(mut loaded) = LoadedAgent::find(cx, instance, &row.id).await? {
        let proficiencies = held.iter().map(of_link).collect::<Result<Vec<_>>>()?;
        let mut effects = AgentEffects::default();
        let event = AgentEvent::Proficiencies(proficiencies);
        loaded.agent.apply(event, &mut effects, cx.now_ms).map_err(refused)?;
        let mut unit = UnitOfWork::new(cx, instance);
        unit.update_agent(loaded, effects);
        change.also = unit.into_batch().await?;
    }
    (change.removed, change.added) = (moved.removed, moved.added);
    Ok(change)
}

/// ListUserProficiencies, in the order of association (administration 1.2.5).
pub(crate) async fn list(cx: &Cx<'_>, input: ListUserProficienciesInput) -> Result<ListUserProficienciesOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let row = layer::existing(cx, &instance, arn::Kind::User, &input.user_id).await?;
    let (op, max_results, next_token) = (Op::ListUserProficiencies, input.max_results, input.next_token.as_deref());
    let page = ListPage { op, max_results, next_token };
    let (links, next_token) = layer::relation_page(cx, &instance, (Kind::User, &row.id), ROLE, &page).await?;
    let user: User = layer::stored(&row)?;
    let shown = |link: &Link| {
        let Proficiency { name, value, level } = of_link(link)?;
        let level = i32::try_from(level).map_err(Error::internal)?;
        Ok(UserProficiency { attribute_name: name, attribute_value: value, level: f64::from(level) })
    };
    Ok(ListUserProficienciesOutput {
        next_token,
        user_proficiency_list: Some(links.iter().map(shown).collect::<Result<_>>()?),
        last_modified_time: user.last_modified_time,
        last_modified_region: user.last_modified_region,
    })
}

/// The proficiency in one of a user's links; `None` for a link of another role.
pub(crate) fn in_link(link: &Link) -> Result<Option<Proficiency>> {
    if link.role == ROLE { of_link(link).map(Some) } else { Ok(None) }
}

/// What a user has, in the order of association.
async fn links(cx: &Cx<'_>, instance: &str, user: &str) -> Result<Vec<Link>> {
    let links = cx.store().links_of(instance, Kind::User, user).await?;
    Ok(links.into_iter().filter(|link| link.role == ROLE).collect())
}

fn link(proficiency: &UserProficiency, position: i64) -> Result<Link> {
    let own = Proficiency {
        name: proficiency.attribute_name.clone(),
        value: proficiency.attribute_value.clone(),
        level: rules::level(proficiency).unwrap_or_default(),
    };
    Ok(Link {
        role: ROLE.to_owned(),
        slot: slot(&own.name, &own.value),
        position,
        to_kind: Kind::PredefinedAttribute,
        to_id: own.name.clone(),
        on_delete: OnDelete::Refuse,
        body: serde_json::to_string(&own).map_err(Error::internal)?,
    })
}

fn of_link(link: &Link) -> Result<Proficiency> {
    serde_json::from_str(&link.body).map_err(Error::internal)
}

/// The attributes, which exist, have the values (administration 6.2.1).
fn require_values(given: &[UserProficiency], named: &Mentioned) -> Result<()> {
    let mut unknown = Vec::new();
    for ((n, own), row) in given.iter().enumerate().zip(named.of(Kind::PredefinedAttribute)) {
        let attribute: PredefinedAttribute = layer::stored(row)?;
        if !predefined_attribute::values(&attribute).contains(&own.attribute_value) {
            unknown.push(format!("UserProficiencies[{n}].AttributeValue: not found: {}", rules::named(own)));
        }
    }
    if unknown.is_empty() { Ok(()) } else { Err(Error::not_found(unknown.join("; "))) }
}

/// The commit requires that the attributes still have the values.
fn unchanged(instance: &str, named: &Mentioned, batch: &mut Batch) {
    let mut rows: Vec<&ResourceRow> = named.of(Kind::PredefinedAttribute).collect();
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    rows.dedup_by(|a, b| a.id == b.id);
    for row in rows {
        batch.require_resource_unchanged(instance, Kind::PredefinedAttribute, &row.id, row.rev);
    }
}
