//! GetMetricData (administration 5.4.1, 5.4.2).

use std::collections::{BTreeMap, BTreeSet};

use engine::arn;
use engine::metrics::definition::{Limit, SERVICE_LEVELS_MAX, historical};
use engine::metrics::group::{Filter, Key, Selection};
use engine::metrics::interval::{Intervals, Period};
use engine::metrics::tally::{Answer, Question, Wanted};
use store::Kind;
use wire::Op;
use wire::ops::{GetMetricDataInput, GetMetricDataOutput};
use wire::shapes::{
    Channel, Dimensions, Filters, Grouping, HistoricalMetric, HistoricalMetricData, HistoricalMetricName,
    HistoricalMetricResult, QueueReference,
};

use super::historical::{RowsOfPage, rows_of_page};
use super::named::agent_queues;
use super::v2::threshold_s;
use crate::base::scope;
use crate::resource::routing_profile_queue::all_pairs;
use crate::resource::{Mention, Mentioned};
use crate::{Cx, Error, Result};

/// StartTime and EndTime lie on multiples of this, milliseconds.
const STEP_MS: i64 = 5 * 60 * 1_000;
/// How long ago a range may begin, and before which length it ends, milliseconds.
const RANGE_MS: i64 = 24 * 60 * 60 * 1_000;
/// Metrics of one request.
const METRICS_MAX: usize = 100;

/// GetMetricData.
pub(crate) async fn data(cx: &Cx<'_>, input: GetMetricDataInput) -> Result<GetMetricDataOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let (question, metrics) = question(cx, &instance, &input).await?;
    let asked = wire::to_stored(&GetMetricDataInput { next_token: None, max_results: None, ..input.clone() });
    let context = [Op::GetMetricData.name(), &cx.settings().account, &instance, &asked];
    let token = input.next_token.as_deref();
    let RowsOfPage { rows, next_token } =
        rows_of_page(cx, &instance, &question, &context, token, input.max_results).await?;
    let scope = cx.home().instance(&instance);
    let groupings = input.groupings.as_deref().unwrap_or_default();
    let metric_results = rows.into_iter().map(|row| result(scope, groupings, &metrics, row)).collect();
    Ok(GetMetricDataOutput { next_token, metric_results: Some(metric_results) })
}

fn invalid(message: impl Into<String>) -> Error {
    Error::invalid_parameter(Op::GetMetricData, message.into())
}

/// What a request asks, and its metrics as they are answered.
async fn question(
    cx: &Cx<'_>,
    instance: &str,
    input: &GetMetricDataInput,
) -> Result<(Question, Vec<HistoricalMetric>)> {
    let queues = queues(cx, instance, &input.filters).await?;
    check_filters(&input.filters)?;
    let groupings = groupings(input.groupings.as_deref().unwrap_or_default())?;
    let intervals = range(cx, input)?;
    let (metrics, answered) = metrics(&input.historical_metrics)?;
    let queues: BTreeSet<String> = queues.into_iter().collect();
    let channels = input.filters.channels.as_ref().filter(|list| !list.is_empty());
    let channels = channels.map(|list| list.iter().map(|channel| channel.as_str().to_owned()).collect::<BTreeSet<_>>());
    let mut filters = vec![Filter { key: Key::Queue, values: Some(queues) }];
    filters.extend(channels.map(|values| Filter { key: Key::Channel, values: Some(values) }));
    let mut question =
        Question { metrics, selection: Selection { filters, groupings }, intervals, queues_of: Some(BTreeMap::new()) };
    if question.needs_pieces() {
        let mut queues_of: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        for (profile, pair) in all_pairs(cx, instance).await? {
            queues_of.entry(profile).or_default().push((pair.queue_id, pair.channel.as_str().to_owned()));
        }
        question.queues_of = Some(queues_of);
    }
    Ok((question, answered))
}

/// The queues of the filter. Unknown ones come before everything that is not allowed (administration 1.1.1, 5.1.1).
async fn queues(cx: &Cx<'_>, instance: &str, filters: &Filters) -> Result<Vec<String>> {
    let texts = filters.queues.as_deref().unwrap_or_default();
    let of_agents = agent_queues(cx, instance, texts).await?;
    let own = texts.iter().enumerate().filter(|(n, _)| !of_agents.contains(n));
    let mentions: Vec<Mention<'_>> =
        own.map(|(n, text)| Mention::new(format!("Filters.Queues[{n}]"), arn::Kind::Queue, text)).collect();
    let named = Mentioned::read(cx, instance, &mentions).await?;
    if let Some(n) = of_agents.first() {
        return Err(invalid(format!("Filters.Queues[{n}] is the queue of an agent, which has no metrics of its own")));
    }
    if texts.is_empty() {
        return Err(invalid("Filters.Queues is required"));
    }
    Ok(named.ids(Kind::Queue))
}

fn check_filters(filters: &Filters) -> Result<()> {
    let given = |list: Option<&Vec<String>>| list.is_some_and(|list| !list.is_empty());
    for (name, list) in [
        ("RoutingProfiles", &filters.routing_profiles),
        ("RoutingStepExpressions", &filters.routing_step_expressions),
        ("AgentStatuses", &filters.agent_statuses),
        ("Subtypes", &filters.subtypes),
        ("ValidationTestTypes", &filters.validation_test_types),
    ] {
        if given(list.as_ref()) {
            return Err(invalid(format!("Filters.{name} is not possible; Queues and Channels are")));
        }
    }
    Ok(())
}

fn groupings(asked: &[Grouping]) -> Result<Vec<Key>> {
    let mut keys = Vec::new();
    for (n, grouping) in asked.iter().enumerate() {
        let name = grouping.as_str();
        if asked[..n].contains(grouping) {
            return Err(invalid(format!("Groupings[{n}]: {name} is given twice")));
        }
        keys.push(match grouping {
            Grouping::Queue => Key::Queue,
            Grouping::Channel => Key::Channel,
            _ => return Err(invalid(format!("Groupings[{n}]: {name} is not possible; QUEUE and CHANNEL are"))),
        });
    }
    Ok(keys)
}

/// administration 5.4.1
fn range(cx: &Cx<'_>, input: &GetMetricDataInput) -> Result<Intervals> {
    let (start_ms, end_ms) = (input.start_time.0, input.end_time.0);
    for (name, ms) in [("StartTime", start_ms), ("EndTime", end_ms)] {
        if ms.rem_euclid(STEP_MS) != 0 {
            return Err(invalid(format!("{name} is not on a multiple of 5 minutes, as 10:00 or 10:05 are")));
        }
    }
    if start_ms >= end_ms {
        return Err(invalid("StartTime must be before EndTime"));
    }
    if start_ms < cx.now_ms.saturating_sub(RANGE_MS) {
        return Err(invalid("StartTime must be at most 24 hours ago"));
    }
    if end_ms - start_ms >= RANGE_MS {
        return Err(invalid("EndTime must be less than 24 hours after StartTime"));
    }
    if end_ms > cx.now_ms - cx.now_ms.rem_euclid(STEP_MS) + STEP_MS {
        return Err(invalid("EndTime must not be after the next multiple of 5 minutes"));
    }
    Intervals::in_zone(Period::Total, "UTC", start_ms, end_ms).ok_or_else(|| Error::internal("UTC is not a time zone"))
}

/// The metrics, and as they are answered: an absent Statistic and Unit are filled in (administration 5.4.2).
fn metrics(asked: &[HistoricalMetric]) -> Result<(Vec<Wanted>, Vec<HistoricalMetric>)> {
    let is_level = |metric: &&HistoricalMetric| metric.name == Some(HistoricalMetricName::ServiceLevel);
    let levels = asked.iter().filter(is_level).count();
    for (n, what, most) in [(asked.len(), "metrics", METRICS_MAX), (levels, "times SERVICE_LEVEL", SERVICE_LEVELS_MAX)]
    {
        if n > most {
            return Err(invalid(format!("HistoricalMetrics may name {most} {what} at most, got {n}")));
        }
    }
    if asked.is_empty() {
        return Err(invalid("HistoricalMetrics names no metric"));
    }
    let (mut wanted, mut answered) = (Vec::new(), Vec::new());
    for (n, metric) in asked.iter().enumerate() {
        let name = metric.name.as_ref().map_or("", HistoricalMetricName::as_str);
        let Some(own) = metric.name.as_ref().and_then(historical) else {
            return Err(invalid(format!("HistoricalMetrics[{n}].Name: there is no metric {name:?}")));
        };
        if let Some(statistic) = metric.statistic.as_ref().filter(|given| **given != own.statistic) {
            let (given, right) = (statistic.as_str(), own.statistic.as_str());
            let message = format!("HistoricalMetrics[{n}].Statistic {given} is not that of {name}, which is {right}");
            return Err(invalid(message));
        }
        if let Some(unit) = metric.unit.as_ref().filter(|given| **given != own.unit) {
            let (given, right) = (unit.as_str(), own.unit.as_str());
            return Err(invalid(format!(
                "HistoricalMetrics[{n}].Unit {given} is not that of {name}, which is {right}"
            )));
        }
        let limit = limit(n, name, own.definition.threshold, metric)?;
        answered.push(HistoricalMetric { statistic: Some(own.statistic), unit: Some(own.unit), ..metric.clone() });
        wanted.push(Wanted { definition: own.definition, limit, filters: own.filter.into_iter().collect() });
    }
    Ok((wanted, answered))
}

fn limit(n: usize, name: &str, needed: bool, metric: &HistoricalMetric) -> Result<Limit> {
    match (&metric.threshold, needed) {
        (None, false) => Ok(Limit::NONE),
        (Some(threshold), true) => {
            if threshold.comparison.is_none() {
                return Err(invalid(format!("HistoricalMetrics[{n}].Threshold.Comparison is required")));
            }
            let seconds = threshold_s(threshold.threshold_value)
                .map_err(|why| invalid(format!("HistoricalMetrics[{n}].Threshold.ThresholdValue {why}")))?;
            Ok(Limit { seconds, included: false })
        }
        (None, true) => Err(invalid(format!("HistoricalMetrics[{n}].Threshold is required for {name}"))),
        (Some(_), false) => Err(invalid(format!("HistoricalMetrics[{n}].Threshold is not possible with {name}"))),
    }
}

fn result(
    scope: arn::Scope<'_>,
    groupings: &[Grouping],
    metrics: &[HistoricalMetric],
    row: Answer,
) -> HistoricalMetricResult {
    let mut dimensions = Dimensions::default();
    for (grouping, value) in groupings.iter().zip(row.group) {
        match grouping {
            Grouping::Channel => dimensions.channel = Some(Channel::parse(&value)),
            _ => {
                let arn = Some(scope.arn(arn::Kind::Queue, &value));
                dimensions.queue = Some(QueueReference { id: Some(value), arn });
            }
        }
    }
    let data = |(metric, value): (&HistoricalMetric, Option<f64>)| HistoricalMetricData {
        metric: Some(metric.clone()),
        value,
    };
    HistoricalMetricResult {
        dimensions: (!groupings.is_empty()).then_some(dimensions),
        collections: Some(metrics.iter().zip(row.values).map(data).collect()),
    }
}
