//! GetCurrentMetricData (administration 5.2).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use engine::agent::TASK;
use engine::arn;
use engine::contact::{Counted, subtype_of_class};
use engine::metrics::current::{AgentNow, Group, Pile, Row, Scope, Snapshot, rows};
use store::CLASSES_MAX;
use wire::ops::{GetCurrentMetricDataInput, GetCurrentMetricDataOutput};
use wire::shapes::{
    AgentStatusIdentifier, Channel, CurrentMetricData, CurrentMetricName as Metric, CurrentMetricResult, Dimensions,
    Grouping, QueueReference, RoutingProfileReference,
};
use wire::{Op, Timestamp};

use super::request::Request;
use crate::agent::{TOKEN_LIFE_MS, channels, present};
use crate::base::{page, scope};
use crate::resource::routing_profile_queue::all_pairs;
use crate::unit::{LoadedAgent, readable};
use crate::{Cx, Result};

/// Queues with waiting tasks read at a time.
const QUEUES: usize = 500;
/// The subtypes of tasks (tasks 2.2.3).
const TASK_SUBTYPE: &str = "connect:Task";
const EXTERNAL_SUBTYPE: &str = "connect:ExternalTask";

/// GetCurrentMetricData.
pub(crate) async fn current(cx: &Cx<'_>, input: GetCurrentMetricDataInput) -> Result<GetCurrentMetricDataOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let request = Request::of(cx, &instance, &input).await?;
    let asked = wire::to_stored(&GetCurrentMetricDataInput { next_token: None, max_results: None, ..input.clone() });
    let context = [Op::GetCurrentMetricData.name(), &cx.settings().account, &instance, &asked];
    let start = start(cx, &context, input.next_token.as_deref())?;
    let mut now = snapshot(cx, &instance, &request.scope).await?;
    let mut found: Vec<(Group, Row)> = rows(&request.scope, &now).into_iter().collect();
    if request.metrics.contains(&Metric::EstimatedWaitTime) || request.sort == Metric::EstimatedWaitTime {
        let queues = found.iter().filter(|(_, row)| row.waits()).filter_map(|(group, _)| request.queue(group));
        for queue in queues.map(str::to_owned).collect::<BTreeSet<String>>() {
            let handled_s = super::handled_s(cx, &instance, &queue).await?;
            now.handled_s.insert(queue, handled_s);
        }
    }
    request.sort(&mut found, &now);
    let total = found.len();
    let size = page::size(input.max_results);
    let end = start.saturating_add(size).min(total);
    let next_token = (end < total).then(|| {
        let expires_ms = cx.now_ms.saturating_add(TOKEN_LIFE_MS);
        engine::page::encode(cx.token_key(), &context, &end.to_string(), expires_ms)
    });
    let shown = &found[start.min(end)..end];
    let result = |(group, row): &(Group, Row)| CurrentMetricResult {
        dimensions: (!request.groupings.is_empty()).then(|| dimensions(cx.home().instance(&instance), group)),
        collections: Some(collections(&request, &input, group, row, &now)),
    };
    Ok(GetCurrentMetricDataOutput {
        next_token,
        metric_results: Some(shown.iter().map(result).collect()),
        data_snapshot_time: Some(Timestamp(now.now_ms)),
        approximate_total_count: Some(i64::try_from(total).unwrap_or(i64::MAX)),
    })
}

/// Rows are made anew for each page, so a token says how many were shown (administration 5.1.4).
fn start(cx: &Cx<'_>, context: &[&str], token: Option<&str>) -> Result<usize> {
    let Some(token) = token.filter(|token| !token.is_empty()) else { return Ok(0) };
    page::position_of(cx, context, token, |text| text.parse().ok())
}

async fn snapshot(cx: &Cx<'_>, instance: &str, scope: &Scope) -> Result<Snapshot> {
    let channels = channels(cx, instance).await?;
    let mut pairs: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for (profile, pair) in all_pairs(cx, instance).await? {
        pairs.entry(profile).or_default().push((pair.queue_id, pair.channel.as_str().to_owned()));
    }
    let mut agents = Vec::new();
    for row in present(cx, instance).await? {
        let agent = LoadedAgent::of(&row)?.agent;
        let own = channels.get(&agent.routing_profile_id).map_or(&[][..], Vec::as_slice);
        agents.push(AgentNow { slots: agent.slots(own), agent });
    }
    let mut waiting = Vec::new();
    for queue in queues(cx, instance, scope, &pairs).await? {
        waiting.extend(piles(cx, instance, &queue, scope).await?);
    }
    Ok(Snapshot { now_ms: cx.now_ms, pairs, agents, waiting, handled_s: BTreeMap::new() })
}

/// The queues in which something waits that rows may be about.
async fn queues(
    cx: &Cx<'_>,
    instance: &str,
    scope: &Scope,
    pairs: &BTreeMap<String, Vec<(String, String)>>,
) -> Result<Vec<String>> {
    if scope.no_contacts || scope.split.status {
        return Ok(Vec::new());
    }
    let served: BTreeSet<&String> = match (&scope.queues, &scope.profiles) {
        (Some(queues), _) => queues.iter().collect(),
        (None, Some(profiles)) => {
            let own = profiles.iter().filter_map(|profile| pairs.get(profile)).flatten();
            own.filter(|(_, channel)| channel == TASK).map(|(queue, _)| queue).collect()
        }
        (None, None) => BTreeSet::new(),
    };
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let some = cx.store().waiting_queues(instance, &after, QUEUES).await?;
        let last = some.get(QUEUES - 1).cloned();
        all.extend(some.into_iter().filter(|queue| served.contains(queue)));
        match last {
            Some(last) => after = last,
            None => return Ok(all),
        }
    }
}

/// What waits in a queue, by step and subtype where rows tell them apart.
async fn piles(cx: &Cx<'_>, instance: &str, queue: &str, scope: &Scope) -> Result<Vec<Pile>> {
    let by_subtype = scope.split.subtype || scope.subtypes.is_some();
    if !scope.split.step && !by_subtype {
        let counter = Counted::Queue { id: queue.to_owned() }.name();
        let numbers = cx.store().queue_numbers(instance, queue, &counter).await?;
        let pile = Pile { queue_id: queue.to_owned(), contacts: numbers.contacts, ..Pile::default() };
        return Ok(vec![Pile { oldest_ms: numbers.oldest_ms, ..pile }]);
    }
    let (mut piles, mut after) = (Vec::new(), None::<String>);
    loop {
        let heads = cx.store().waiting_heads(instance, queue, after.as_deref()).await?;
        let full = heads.len() >= CLASSES_MAX;
        for head in heads {
            let Some(class) = head.waiting.as_ref().map(|waiting| waiting.class.clone()) else { continue };
            let known = subtype_of_class(&class).or((!by_subtype).then_some(""));
            let (all, external) = cx.store().class_numbers(instance, queue, &class, known.is_some()).await?;
            let step = readable(&head).and_then(|contact| contact.active_expression());
            let pile = |subtype: &str, contacts, oldest_ms| Pile {
                queue_id: queue.to_owned(),
                step: step.clone(),
                subtype: subtype.to_owned(),
                contacts,
                oldest_ms,
            };
            match known {
                Some(subtype) => piles.push(pile(subtype, all.contacts, all.oldest_ms)),
                None => {
                    let own = all.contacts - external.contacts;
                    piles.push(pile(TASK_SUBTYPE, own, all.oldest_ms));
                    piles.push(pile(EXTERNAL_SUBTYPE, external.contacts, external.oldest_ms));
                }
            }
            after = Some(class);
        }
        if !full {
            return Ok(piles);
        }
    }
}

fn collections(
    request: &Request,
    input: &GetCurrentMetricDataInput,
    group: &Group,
    row: &Row,
    now: &Snapshot,
) -> Vec<CurrentMetricData> {
    let values = request.metrics.iter().zip(&input.current_metrics);
    let data = |(metric, asked): (&Metric, &wire::shapes::CurrentMetric)| CurrentMetricData {
        metric: Some(asked.clone()),
        value: request.value(metric, group, row, now).map(float),
    };
    values.map(data).collect()
}

#[expect(clippy::cast_precision_loss, reason = "the API's numbers are doubles")]
fn float(n: i64) -> f64 {
    n as f64
}

impl Request {
    /// The queue that a row is about.
    fn queue<'r>(&'r self, group: &'r Group) -> Option<&'r str> {
        group.queue.as_deref().or_else(|| self.scope.queues.as_ref()?.first().map(String::as_str))
    }

    fn value(&self, metric: &Metric, group: &Group, row: &Row, now: &Snapshot) -> Option<i64> {
        row.value(metric, now, self.queue(group), !self.groupings.is_empty())
    }

    /// administration 5.2.5
    fn sort(&self, rows: &mut [(Group, Row)], now: &Snapshot) {
        rows.sort_by_cached_key(|(group, row)| {
            let value = self.value(&self.sort, group, row, now);
            let (least, most) = (value.filter(|_| self.ascending), Reverse(value.filter(|_| !self.ascending)));
            let ids: Vec<String> = self.groupings.iter().filter_map(|by| dimension(group, by)).cloned().collect();
            (least, most, ids)
        });
    }
}

fn dimension<'g>(group: &'g Group, by: &Grouping) -> Option<&'g String> {
    match by {
        Grouping::Queue => group.queue.as_ref(),
        Grouping::Channel => group.channel.as_ref(),
        Grouping::RoutingProfile => group.profile.as_ref(),
        Grouping::RoutingStepExpression => group.step.as_ref(),
        Grouping::AgentStatus => group.status.as_ref(),
        Grouping::Subtype => group.subtype.as_ref(),
        Grouping::ValidationTestType | Grouping::Unknown(_) => None,
    }
}

fn dimensions(scope: arn::Scope<'_>, group: &Group) -> Dimensions {
    let arn = |kind, id: &String| Some(scope.arn(kind, id));
    Dimensions {
        queue: group.queue.as_ref().map(|id| QueueReference { id: Some(id.clone()), arn: arn(arn::Kind::Queue, id) }),
        channel: group.channel.as_deref().map(Channel::parse),
        routing_profile: group
            .profile
            .as_ref()
            .map(|id| RoutingProfileReference { id: Some(id.clone()), arn: arn(arn::Kind::RoutingProfile, id) }),
        routing_step_expression: group.step.clone(),
        agent_status: group
            .status
            .as_ref()
            .map(|id| AgentStatusIdentifier { id: Some(id.clone()), arn: arn(arn::Kind::AgentStatus, id) }),
        subtype: group.subtype.clone(),
        validation_test_type: None,
    }
}
