//! What requests for metrics name: metrics by their ids, and queues of agents, which have no metrics of their own.

use std::collections::BTreeSet;

use engine::arn::{self, IdRef};
use store::Kind;

use crate::{Cx, Result};

/// Metrics named by MetricId (administration 5.2.3).
pub(super) const METRIC_IDS_MAX: usize = 10;

/// The name in the id of a metric, `arn:…:aws:metric/NAME`; `None` for any other text (administration 5.2.3).
pub(super) fn name_of_id<'t>(cx: &Cx<'_>, instance: &str, text: &'t str) -> Option<&'t str> {
    let own = cx.home().instance(instance).arn(arn::Kind::Queue, "");
    let own: String = own.splitn(5, ':').take(4).flat_map(|part| [part, ":"]).collect();
    text.strip_prefix(&own).and_then(|rest| rest.strip_prefix("aws:metric/"))
}

/// Where a list of queues names queues of agents (administration 5.1.1).
pub(super) async fn agent_queues(cx: &Cx<'_>, instance: &str, texts: &[String]) -> Result<Vec<usize>> {
    let scope = cx.home().instance(instance);
    let id = |text: &String| match arn::id_or_arn(arn::Kind::AgentQueue, text, scope) {
        IdRef::Id(id) => id,
        _ => String::new(),
    };
    let ids: Vec<String> = texts.iter().map(id).collect();
    let wanted: Vec<&str> = ids.iter().filter(|id| !id.is_empty()).map(String::as_str).collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let found = cx.store().resources(instance, Kind::AgentQueue, &wanted).await?;
    let found: BTreeSet<&str> = found.iter().map(|row| row.id.as_str()).collect();
    Ok((0..ids.len()).filter(|n| found.contains(ids[*n].as_str())).collect())
}
