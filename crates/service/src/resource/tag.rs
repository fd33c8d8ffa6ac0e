//! Tags of any resource: TagResource, UntagResource, ListTagsForResource (task-templates 1.6, 4).

use engine::arn::{self, Arn, TagTarget};
use engine::tag as rules;
use store::{Batch, Kind};
use wire::ops::{ListTagsForResourceInput, ListTagsForResourceOutput, TagResourceInput, UntagResourceInput};
use wire::{Empty, Op};

use crate::base::commit::{Attempt, commit, until_done};
use crate::base::scope;
use crate::base::tags::{self, Tags};
use crate::{Cx, Error, Result, resource};

/// TagResource: adds and replaces (task-templates 4.3).
pub(crate) async fn tag(cx: &Cx<'_>, input: TagResourceInput) -> Result<Empty> {
    let target = target(cx, Op::TagResource, &input.resource_arn)?;
    rules::check(&input.tags).map_err(|bad| Error::invalid_parameter(Op::TagResource, bad.to_string()))?;
    change(cx, &target, |old| {
        rules::merge(old, &input.tags).map_err(|too_many| Error::invalid_request(too_many.to_string()))
    })
    .await
}

/// UntagResource: absent keys are no error (task-templates 4.4).
pub(crate) async fn untag(cx: &Cx<'_>, input: UntagResourceInput) -> Result<Empty> {
    let target = target(cx, Op::UntagResource, &input.resource_arn)?;
    rules::check_keys(&input.tag_keys).map_err(|bad| Error::invalid_parameter(Op::UntagResource, bad.to_string()))?;
    change(cx, &target, |old| Ok(rules::remove(old, &input.tag_keys))).await
}

/// ListTagsForResource (task-templates 4.5).
pub(crate) async fn list(cx: &Cx<'_>, input: ListTagsForResourceInput) -> Result<ListTagsForResourceOutput> {
    let target = target(cx, Op::ListTagsForResource, &input.resource_arn)?;
    let (tags, _) = read(cx, &target).await?;
    Ok(ListTagsForResourceOutput { tags: Some(tags) })
}

/// The resource that an ARN of a request names (task-templates 4.6).
fn target(cx: &Cx<'_>, op: Op, text: &str) -> Result<Arn> {
    arn::tag_target(text, cx.home()).map_err(|refused| match refused {
        TagTarget::Invalid(why) => Error::invalid_parameter(op, why),
        TagTarget::NotFound => Error::not_found(format!("Resource {text} not found")),
        TagTarget::NotTaggable(why) => Error::invalid_request(why),
    })
}

/// Reads, changes and stores the tags of a resource, at the revision that was read.
async fn change(cx: &Cx<'_>, target: &Arn, decide: impl Fn(&Tags) -> Result<Tags>) -> Result<Empty> {
    until_done(cx, &target.id, || async {
        let (old, revision) = read(cx, target).await?;
        let new = decide(&old)?;
        if new == old {
            return Ok(Attempt::Done(Empty));
        }
        let text = tags::to_text(&new);
        let mut batch = Batch::new();
        let instance = instance_of(target);
        match target.kind {
            arn::Kind::Instance => batch.set_instance_tags(&target.id, revision, &text),
            arn::Kind::TaskTemplate => batch.set_task_template_tags(instance, &target.id, revision, &text),
            kind => batch.set_resource_tags(instance, stored_kind(kind, target)?, &target.id, revision, &text),
        }
        commit(cx, batch, Empty).await
    })
    .await
}

/// The tags of a resource and their revision; a resource that does not exist is refused.
async fn read(cx: &Cx<'_>, target: &Arn) -> Result<(Tags, i64)> {
    let instance = instance_of(target);
    // An ARN is not an InstanceId: one with a malformed instance in it names nothing (administration 1.1.3).
    if !cx.store().instance_exists(instance).await? {
        return Err(scope::not_found(instance));
    }
    let found = match target.kind {
        arn::Kind::Instance => cx.store().instance(instance).await?.map(|row| (row.tags.clone(), row.tags_rev)),
        arn::Kind::TaskTemplate => {
            cx.store().task_template(instance, &target.id).await?.map(|row| (row.tags.clone(), row.tags_rev))
        }
        kind => cx
            .store()
            .resource(instance, stored_kind(kind, target)?, &target.id)
            .await?
            .map(|row| (row.tags.clone(), row.tags_rev)),
    };
    let (text, revision) = found.ok_or_else(|| not_found(target))?;
    Ok((tags::from_text(&text)?, revision))
}

fn instance_of(target: &Arn) -> &str {
    target.instance.as_deref().unwrap_or_default()
}

fn not_found(target: &Arn) -> Error {
    Error::not_found(format!("Resource {target} not found"))
}

/// Where resources of an ARN's kind are stored; kinds that this release does not store are not found.
fn stored_kind(kind: arn::Kind, target: &Arn) -> Result<Kind> {
    resource::stored_kind(kind).ok_or_else(|| not_found(target))
}
