//! Which quick connects a queue offers to its agents (administration 2.4.5). They are links of the queue, in order of association.

use engine::arn;
use store::{Kind, Link, OnDelete};
use wire::Empty;
use wire::ops::{
    AssociateQueueQuickConnectsInput, DisassociateQueueQuickConnectsInput, ListQueueQuickConnectsInput,
    ListQueueQuickConnectsOutput,
};
use wire::shapes::{Queue, QuickConnect};

use super::changes::own;
use crate::base::scope;
use crate::resource::layer::{self, Change, ListPage, stored};
use crate::resource::{Mention, quick_connect};
use crate::{Cx, Error, Result};

/// The role in which a queue names a quick connect.
pub(crate) const ROLE: &str = "QUICK_CONNECT";

/// What a list of quick connects in a request names.
pub(super) fn mentions(ids: &[String]) -> Vec<Mention<'_>> {
    let ids = ids.iter().enumerate();
    ids.map(|(n, id)| Mention::new(format!("QuickConnectIds[{n}]"), arn::Kind::QuickConnect, id)).collect()
}

/// The links of a queue to quick connects that it does not have, behind those that it has.
pub(super) fn links(cx: &Cx<'_>, instance: &str, known: &[Link], ids: &[String]) -> Result<Vec<Link>> {
    let mut new = layer::links(ROLE, Kind::QuickConnect, ids, OnDelete::Drop);
    new.retain(|link| !known.iter().any(|known| known.slot == link.slot));
    let next = known.iter().map(|link| link.position + 1).max().unwrap_or(0);
    for (position, link) in (next..).zip(&mut new) {
        link.position = position;
    }
    let max = cx.limits(instance).quick_connects_per_queue;
    if max > 0 && (known.len() + new.len()) as u64 > max && !new.is_empty() {
        return Err(Error::quota(cx.op(), cx.limits(instance).full().quick_connects_per_queue()));
    }
    Ok(new)
}

async fn known(cx: &Cx<'_>, instance: &str, queue: &str) -> Result<Vec<Link>> {
    let mut links = cx.store().links_of(instance, Kind::Queue, queue).await?;
    links.retain(|link| link.role == ROLE);
    Ok(links)
}

/// AssociateQueueQuickConnects: those that it has stay where they are (administration 1.3.2).
pub(crate) async fn associate(cx: &Cx<'_>, input: AssociateQueueQuickConnectsInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let (queue, others) = (own(&input.queue_id), mentions(&input.quick_connect_ids));
    layer::change(cx, &instance, queue, others, async |row, queue: Queue, named| {
        let known = known(cx, &instance, &row.id).await?;
        let added = links(cx, &instance, &known, &named.ids(Kind::QuickConnect))?;
        Ok(Change { added, ..Change::of(queue) })
    })
    .await?;
    Ok(Empty)
}

/// DisassociateQueueQuickConnects: those that it does not have are left out (administration 1.3.2).
pub(crate) async fn disassociate(cx: &Cx<'_>, input: DisassociateQueueQuickConnectsInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let (queue, others) = (own(&input.queue_id), mentions(&input.quick_connect_ids));
    layer::change(cx, &instance, queue, others, async |row, queue: Queue, named| {
        let gone = named.ids(Kind::QuickConnect);
        let mut removed = known(cx, &instance, &row.id).await?;
        removed.retain(|link| gone.contains(&link.to_id));
        Ok(Change { removed, ..Change::of(queue) })
    })
    .await?;
    Ok(Empty)
}

/// ListQueueQuickConnects, in order of association.
pub(crate) async fn list(cx: &Cx<'_>, input: ListQueueQuickConnectsInput) -> Result<ListQueueQuickConnectsOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let row = layer::existing(cx, &instance, arn::Kind::Queue, &input.queue_id).await?;
    let queue: Queue = stored(&row)?;
    let page = ListPage { op: cx.op(), max_results: input.max_results, next_token: input.next_token.as_deref() };
    let (links, next_token) = layer::relation_page(cx, &instance, (Kind::Queue, &row.id), ROLE, &page).await?;
    let ids: Vec<&str> = links.iter().map(|link| link.to_id.as_str()).collect();
    let mut rows = cx.store().resources(&instance, Kind::QuickConnect, &ids).await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    let summaries = rows.iter().map(|row| Ok(quick_connect::summary(stored::<QuickConnect>(row)?)));
    Ok(ListQueueQuickConnectsOutput {
        next_token,
        quick_connect_summary_list: Some(summaries.collect::<Result<Vec<_>>>()?),
        last_modified_time: queue.last_modified_time,
        last_modified_region: queue.last_modified_region,
    })
}
