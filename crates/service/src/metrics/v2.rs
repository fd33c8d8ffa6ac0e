//! GetMetricDataV2 (administration 5.4.3 to 5.4.11).

use std::collections::{BTreeMap, BTreeSet};

use engine::arn::{self, InstanceRef};
use engine::metrics::definition::{Definition, Limit, MetricFilters, SERVICE_LEVELS_MAX, THRESHOLD_S_MAX, definition};
use engine::metrics::group::{Filter, Key, Selection};
use engine::metrics::interval::{Intervals, Period};
use engine::metrics::tally::{Answer, MetricFilter, Question, Wanted};
use store::Kind;
use wire::ops::{GetMetricDataV2Input, GetMetricDataV2Output};
use wire::shapes::{
    Channel, FilterV2, IntervalPeriod, MetricDataV2, MetricFilterV2, MetricInterval, MetricResultV2, MetricV2,
    ThresholdV2,
};
use wire::{Op, Timestamp};

use super::historical::{RowsOfPage, rows_of_page};
use super::named::{METRIC_IDS_MAX, agent_queues, name_of_id};
use crate::base::scope;
use crate::resource::{Mention, Mentioned};
use crate::{Cx, Error, Result};

/// Metrics of one request.
const METRICS_MAX: usize = 200;
/// Values of all filters of one request, but CHANNEL's (administration 5.4.5).
const VALUES_MAX: usize = 100;
/// How far ahead of the server's clock a range may end, milliseconds (administration 5.4.3).
const AHEAD_MS_MAX: i64 = 60_000;

/// GetMetricDataV2.
pub(crate) async fn data_v2(cx: &Cx<'_>, input: GetMetricDataV2Input) -> Result<GetMetricDataV2Output> {
    let instance = instance(cx, &input.resource_arn).await?;
    let question = question(cx, &instance, &input).await?;
    let asked = wire::to_stored(&GetMetricDataV2Input { next_token: None, max_results: None, ..input.clone() });
    let context = [Op::GetMetricDataV2.name(), &cx.settings().account, &instance, &asked];
    let token = input.next_token.as_deref();
    let RowsOfPage { rows, next_token } =
        rows_of_page(cx, &instance, &question, &context, token, input.max_results).await?;
    let metric_results = rows.into_iter().map(|row| result(&input, &question, row)).collect();
    Ok(GetMetricDataV2Output { next_token, metric_results: Some(metric_results) })
}

fn invalid(message: impl Into<String>) -> Error {
    Error::invalid_parameter(Op::GetMetricDataV2, message.into())
}

/// administration 5.1.1
async fn instance(cx: &Cx<'_>, text: &str) -> Result<String> {
    match arn::instance_id(text, cx.home()) {
        InstanceRef::Malformed => Err(invalid(format!("ResourceArn {text} is not the ARN of an instance"))),
        InstanceRef::Id(id) if id == text => {
            Err(invalid(format!("ResourceArn {text} is the id of an instance; its ARN is required")))
        }
        InstanceRef::Id(_) | InstanceRef::Foreign => scope::existing(cx, text).await,
    }
}

/// What a request asks: unknown resources first, all of them, then what is not allowed (administration 1.1.1).
async fn question(cx: &Cx<'_>, instance: &str, input: &GetMetricDataV2Input) -> Result<Question> {
    let (names, mut unknown) = names(cx, instance, &input.metrics);
    let (named, of_agents) = match resources(cx, instance, &input.filters).await {
        Ok(found) => found,
        Err(error) if unknown.is_empty() || !error.is_refusal() => return Err(error),
        Err(error) => {
            unknown.push(error.to_string());
            Default::default()
        }
    };
    if !unknown.is_empty() {
        return Err(Error::not_found(unknown.join("; ")));
    }
    if let Some(path) = of_agents {
        return Err(invalid(format!("{path} is the queue of an agent, which has no metrics of its own")));
    }
    let filters = filters(&input.filters, &named)?;
    let selection = Selection { filters, groupings: groupings(input.groupings.as_deref().unwrap_or_default())? };
    let intervals = intervals(cx, input)?;
    let metrics = metrics(&input.metrics, &names, &selection)?;
    Ok(Question { metrics, selection, intervals, queues_of: None })
}

/// The names of the metrics, which their ids have too, and the ids that name none. A metric with neither or both has an empty name.
fn names<'i>(cx: &Cx<'_>, instance: &str, asked: &'i [MetricV2]) -> (Vec<&'i str>, Vec<String>) {
    let (mut names, mut unknown) = (Vec::new(), Vec::new());
    for (n, metric) in asked.iter().enumerate() {
        names.push(match (&metric.name, &metric.metric_id) {
            (Some(name), None) => name.as_str(),
            (None, Some(text)) => {
                let name = name_of_id(cx, instance, text).filter(|name| definition(name).is_some());
                name.unwrap_or_else(|| {
                    unknown.push(format!("Metrics[{n}].MetricId: metric {text} not found"));
                    ""
                })
            }
            _ => "",
        });
    }
    (names, unknown)
}

/// The kind of the resources that values of a key name.
fn kind(key: Key) -> Option<(arn::Kind, Kind)> {
    match key {
        Key::Queue => Some((arn::Kind::Queue, Kind::Queue)),
        Key::RoutingProfile => Some((arn::Kind::RoutingProfile, Kind::RoutingProfile)),
        Key::Agent => Some((arn::Kind::User, Kind::User)),
        Key::Hierarchy(_) => Some((arn::Kind::HierarchyGroup, Kind::HierarchyGroup)),
        _ => None,
    }
}

fn key_of(filter: &FilterV2) -> Option<Key> {
    Key::of_filter(filter.filter_key.as_deref()?)
}

/// The bare ids in the values of each filter, by the filter's number.
type Ids = BTreeMap<usize, BTreeSet<String>>;

/// The resources that the filters name, and where the first queue of an agent is named.
async fn resources(cx: &Cx<'_>, instance: &str, filters: &[FilterV2]) -> Result<(Ids, Option<String>)> {
    let path = |n: usize, at: usize| format!("Filters[{n}].FilterValues[{at}]");
    let (mut mentions, mut owners, mut of_agents) = (Vec::new(), Vec::new(), None);
    for (n, filter) in filters.iter().enumerate() {
        let Some((kind, stored)) = key_of(filter).and_then(kind) else { continue };
        let values = filter.filter_values.as_deref().unwrap_or_default();
        let skip = if stored == Kind::Queue { agent_queues(cx, instance, values).await? } else { Vec::new() };
        of_agents = of_agents.or_else(|| skip.first().map(|at| path(n, *at)));
        for (at, text) in values.iter().enumerate().filter(|(at, _)| !skip.contains(at)) {
            mentions.push(Mention::new(path(n, at), kind, text));
            owners.push(n);
        }
    }
    let named = Mentioned::read(cx, instance, &mentions).await?;
    let mut ids = Ids::new();
    for (n, row) in owners.into_iter().zip(named.rows()) {
        ids.entry(n).or_default().insert(row.id.clone());
    }
    Ok((ids, of_agents))
}

/// administration 5.4.5
fn filters(asked: &[FilterV2], named: &Ids) -> Result<Vec<Filter>> {
    let mut filters = Vec::new();
    let (mut values, mut of_resource) = (0, false);
    for (n, filter) in asked.iter().enumerate() {
        let name = filter.filter_key.as_deref().unwrap_or_default();
        let Some(key) = key_of(filter) else {
            return Err(invalid(format!("Filters[{n}].FilterKey {name:?} is not the key of a filter")));
        };
        if asked[..n].iter().any(|earlier| earlier.filter_key.as_deref() == Some(name)) {
            return Err(invalid(format!("Filters[{n}].FilterKey {name} is given twice")));
        }
        of_resource |= key.is_resource(name);
        let given = filter.filter_values.as_deref();
        values += given.filter(|_| key != Key::Channel).map_or(0, <[String]>::len);
        let not_exists = filter.string_condition.as_ref().is_some_and(|condition| condition.comparison.is_some());
        let own = match (given, not_exists) {
            (None, true) => None,
            (Some(given), false) if filter.string_condition.is_none() => {
                let own = named.get(&n).cloned();
                Some(own.unwrap_or_else(|| given.iter().map(|value| key.normal(value)).collect()))
            }
            _ => {
                let message = format!(
                    "Filters[{n}]: exactly one of FilterValues and a StringCondition with Comparison is required"
                );
                return Err(invalid(message));
            }
        };
        check_values(n, key, given.unwrap_or_default())?;
        filters.push(Filter { key, values: own });
    }
    if values > VALUES_MAX {
        return Err(invalid(format!(
            "Filters may have {VALUES_MAX} values at most, CHANNEL's not counted, got {values}"
        )));
    }
    if !of_resource {
        let keys =
            "QUEUE, ROUTING_PROFILE, AGENT, AGENT_HIERARCHY_LEVEL_ONE to FIVE, CAMPAIGN, EVALUATION_FORM, EVALUATOR_ID";
        return Err(invalid(format!("Filters: one of the keys {keys} is required")));
    }
    Ok(filters)
}

/// Keys with a fixed set of values (B169).
fn check_values(n: usize, key: Key, values: &[String]) -> Result<()> {
    let is_one = |value: &String| match key {
        Key::Channel => !matches!(Channel::parse(value), Channel::Unknown(_)),
        Key::QConnectEnabled => matches!(value.as_str(), "TRUE" | "FALSE"),
        _ => true,
    };
    match values.iter().position(|value| !is_one(value)) {
        None => Ok(()),
        Some(at) => {
            let possible = if key == Key::Channel { "VOICE, CHAT, TASK, EMAIL" } else { "TRUE, FALSE" };
            Err(invalid(format!("Filters[{n}].FilterValues[{at}] {} is not one of {possible}", values[at])))
        }
    }
}

/// administration 5.4.6
fn groupings(asked: &[String]) -> Result<Vec<Key>> {
    let mut keys = Vec::new();
    for (n, name) in asked.iter().enumerate() {
        if asked[..n].contains(name) {
            return Err(invalid(format!("Groupings[{n}]: {name} is given twice")));
        }
        keys.push(
            Key::of_grouping(name).ok_or_else(|| invalid(format!("Groupings[{n}]: {name:?} is not a grouping")))?,
        );
    }
    Ok(keys)
}

/// administration 5.4.3, 5.4.4
fn intervals(cx: &Cx<'_>, input: &GetMetricDataV2Input) -> Result<Intervals> {
    let (start_ms, end_ms) = (input.start_time.0, input.end_time.0);
    if start_ms >= end_ms {
        return Err(invalid("StartTime must be before EndTime"));
    }
    if end_ms > cx.now_ms.saturating_add(AHEAD_MS_MAX) {
        return Err(invalid("EndTime must not be in the future"));
    }
    let period = period(input);
    let longest_ms = period.range_ms_max();
    if end_ms.saturating_sub(start_ms) > longest_ms {
        let days = longest_ms / (24 * 60 * 60 * 1_000);
        let name = wire_period(input).as_str().to_owned();
        return Err(invalid(format!(
            "EndTime must be at most {days} days after StartTime with Interval.IntervalPeriod {name}"
        )));
    }
    let zone = input.interval.as_ref().and_then(|interval| interval.time_zone.as_deref()).unwrap_or("UTC");
    Intervals::in_zone(period, zone, start_ms, end_ms)
        .ok_or_else(|| invalid(format!("Interval.TimeZone {zone:?} is not the name of a time zone")))
}

fn wire_period(input: &GetMetricDataV2Input) -> IntervalPeriod {
    let own = input.interval.as_ref().and_then(|interval| interval.interval_period.clone());
    own.unwrap_or(IntervalPeriod::Total)
}

fn period(input: &GetMetricDataV2Input) -> Period {
    match wire_period(input) {
        IntervalPeriod::FifteenMin => Period::FifteenMin,
        IntervalPeriod::ThirtyMin => Period::ThirtyMin,
        IntervalPeriod::Hour => Period::Hour,
        IntervalPeriod::Day => Period::Day,
        IntervalPeriod::Week => Period::Week,
        IntervalPeriod::Total | IntervalPeriod::Unknown(_) => Period::Total,
    }
}

/// administration 5.4.8 to 5.4.11
fn metrics(asked: &[MetricV2], names: &[&str], selection: &Selection) -> Result<Vec<Wanted>> {
    let ids = asked.iter().filter(|metric| metric.metric_id.is_some()).count();
    let levels = names.iter().filter(|name| **name == "SERVICE_LEVEL").count();
    for (n, what, most) in [
        (asked.len(), "metrics", METRICS_MAX),
        (ids, "metrics by MetricId", METRIC_IDS_MAX),
        (levels, "times SERVICE_LEVEL", SERVICE_LEVELS_MAX),
    ] {
        if n > most {
            return Err(invalid(format!("Metrics may name {most} {what} at most, got {n}")));
        }
    }
    if asked.is_empty() {
        return Err(invalid("Metrics names no metric"));
    }
    let mut wanted = Vec::new();
    for (n, (metric, name)) in asked.iter().zip(names).enumerate() {
        if metric.name.is_some() == metric.metric_id.is_some() {
            return Err(invalid(format!("Metrics[{n}]: exactly one of Name and MetricId is required")));
        }
        let Some(own) = definition(name) else {
            return Err(invalid(format!("Metrics[{n}].Name: there is no metric {name:?}")));
        };
        if own.has_no_queue() && selection.is_by(Key::divides_work) {
            let message = format!("Metrics[{n}]: {name} cannot be filtered or grouped by QUEUE or CHANNEL");
            return Err(invalid(message));
        }
        let limit = limit(n, name, own, metric.threshold.as_deref().unwrap_or_default())?;
        let filters = metric_filters(n, name, own, metric.metric_filters.as_deref().unwrap_or_default())?;
        wanted.push(Wanted { definition: own, limit, filters });
    }
    Ok(wanted)
}

/// administration 5.4.10
fn limit(n: usize, name: &str, own: &Definition, asked: &[ThresholdV2]) -> Result<Limit> {
    if !own.threshold {
        return Ok(Limit::NONE);
    }
    let Some(threshold) = asked.first() else {
        return Err(invalid(format!("Metrics[{n}].Threshold is required for {name}")));
    };
    let comparison = threshold.comparison.as_deref().unwrap_or_default();
    let included = match comparison {
        "LT" => false,
        "LTE" => true,
        _ => {
            let message =
                format!("Metrics[{n}].Threshold[0].Comparison {comparison:?} is not LT or LTE, which {name} needs");
            return Err(invalid(message));
        }
    };
    let seconds = threshold_s(threshold.threshold_value)
        .map_err(|why| invalid(format!("Metrics[{n}].Threshold[0].ThresholdValue {why}")))?;
    Ok(Limit { seconds, included })
}

/// A threshold in whole seconds.
pub(super) fn threshold_s(value: Option<f64>) -> std::result::Result<i64, String> {
    let value = value.ok_or_else(|| "is required".to_owned())?;
    #[expect(clippy::cast_precision_loss, reason = "a small number")]
    let possible = (1.0..=THRESHOLD_S_MAX as f64).contains(&value) && value.fract() == 0.0;
    #[expect(clippy::cast_possible_truncation, reason = "a whole number in a small range")]
    let seconds = value as i64;
    if possible { Ok(seconds) } else { Err(format!("{value} is not a whole number from 1 to {THRESHOLD_S_MAX}")) }
}

/// administration 5.4.9
fn metric_filters(n: usize, name: &str, own: &Definition, asked: &[MetricFilterV2]) -> Result<Vec<MetricFilter>> {
    let mut filters = Vec::new();
    for (at, filter) in asked.iter().enumerate() {
        let path = format!("Metrics[{n}].MetricFilters[{at}]");
        if own.filters == MetricFilters::None {
            return Err(invalid(format!("{path}: {name} has no MetricFilters")));
        }
        let text = filter.metric_filter_key.as_deref().unwrap_or_default();
        let key = match text {
            "INITIATION_METHOD" => Key::InitiationMethod,
            "DISCONNECT_REASON" => Key::DisconnectReason,
            _ => {
                let message = format!("{path}.MetricFilterKey {text:?} is not INITIATION_METHOD or DISCONNECT_REASON");
                return Err(invalid(message));
            }
        };
        let negate = filter.negate == Some(true);
        if negate && own.filters == MetricFilters::Positive {
            return Err(invalid(format!("{path}.Negate is not possible with {name}")));
        }
        let Some(values) = filter.metric_filter_values.clone() else {
            return Err(invalid(format!("{path}.MetricFilterValues is required")));
        };
        filters.push(MetricFilter { key, values, negate });
    }
    Ok(filters)
}

/// administration 5.1.3, 5.4.4, 5.4.6
fn result(input: &GetMetricDataV2Input, question: &Question, row: Answer) -> MetricResultV2 {
    let groupings = input.groupings.as_deref().unwrap_or_default();
    let dimensions: BTreeMap<String, String> = groupings.iter().cloned().zip(row.group).collect();
    let interval = question.intervals.get(row.interval).map(|(start_ms, end_ms)| MetricInterval {
        interval: Some(wire_period(input)),
        start_time: Some(Timestamp(start_ms)),
        end_time: Some(Timestamp(end_ms)),
    });
    let data = |(metric, value): (&MetricV2, Option<f64>)| MetricDataV2 { metric: Some(metric.clone()), value };
    MetricResultV2 {
        dimensions: (!groupings.is_empty()).then_some(dimensions),
        metric_interval: interval,
        collections: Some(input.metrics.iter().zip(row.values).map(data).collect()),
    }
}
