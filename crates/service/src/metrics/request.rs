//! What GetCurrentMetricData may be asked (administration 5.2.1 to 5.2.3).

use std::collections::BTreeSet;

use engine::arn;
use engine::metrics::current::{Scope, Split};
use engine::metrics::group::Key;
use store::Kind;
use wire::Op;
use wire::ops::GetCurrentMetricDataInput;
use wire::shapes::{CurrentMetric, CurrentMetricName as Metric, CurrentMetricSortCriteria, Filters, Grouping, Unit};

use super::named::{METRIC_IDS_MAX, agent_queues, name_of_id};
use crate::resource::{Mention, Mentioned};
use crate::{Cx, Error, Result};

/// Agent statuses of a filter, and step expressions (administration 5.2.1).
const STATUSES_MAX: usize = 50;

/// A request that is in order.
pub(super) struct Request {
    /// What it looks at.
    pub(super) scope: Scope,
    /// Groupings in their order.
    pub(super) groupings: Vec<Grouping>,
    /// The metric of each entry of CurrentMetrics.
    pub(super) metrics: Vec<Metric>,
    /// What rows are sorted by.
    pub(super) sort: Metric,
    /// Whether the least comes first.
    pub(super) ascending: bool,
}

impl Request {
    /// Unknown ids first, all of them; then what is not allowed (administration 1.1.1).
    pub(super) async fn of(cx: &Cx<'_>, instance: &str, input: &GetCurrentMetricDataInput) -> Result<Self> {
        let filters = &input.filters;
        let agent_queues = agent_queues(cx, instance, filters.queues.as_deref().unwrap_or_default()).await?;
        let (metrics, unknown) = names(cx, instance, &input.current_metrics);
        let named = named(cx, instance, filters, &agent_queues).await;
        if let Some(unknown) = unknown {
            let others = match named {
                Ok(_) => String::new(),
                Err(error) if error.is_refusal() => format!("; {error}"),
                Err(error) => return Err(error),
            };
            return Err(Error::not_found(format!("{unknown}{others}")));
        }
        let named = named?;
        let groupings = input.groupings.clone().unwrap_or_default();
        let scope = scope_of(filters, &named, &groupings);
        if let Some(n) = agent_queues.first() {
            return Err(invalid(format!(
                "Filters.Queues[{n}] is the queue of an agent, which has no metrics of its own"
            )));
        }
        check_filters(filters, &groupings, &scope)?;
        check_groupings(&groupings, scope.queues.is_some())?;
        check_metrics(&input.current_metrics, &metrics, &groupings, &scope)?;
        let (sort, ascending) = sorting(input.sort_criteria.as_deref().unwrap_or_default(), &groupings)?;
        if scope.queues.is_some() && scope.profiles.is_some() {
            return Err(Error::invalid_request("Filters: Queues and RoutingProfiles cannot be given together"));
        }
        Ok(Self { scope, groupings, metrics, sort, ascending })
    }
}

fn invalid(message: impl Into<String>) -> Error {
    Error::invalid_parameter(Op::GetCurrentMetricData, message.into())
}

async fn named(cx: &Cx<'_>, instance: &str, filters: &Filters, skip: &[usize]) -> Result<Mentioned> {
    let lists = [
        ("Queues", arn::Kind::Queue, &filters.queues),
        ("RoutingProfiles", arn::Kind::RoutingProfile, &filters.routing_profiles),
        ("AgentStatuses", arn::Kind::AgentStatus, &filters.agent_statuses),
    ];
    let mut mentions = Vec::new();
    for (name, kind, list) in lists {
        for (n, text) in list.iter().flatten().enumerate() {
            if !(name == "Queues" && skip.contains(&n)) {
                mentions.push(Mention::new(format!("Filters.{name}[{n}]"), kind, text));
            }
        }
    }
    Mentioned::read(cx, instance, &mentions).await
}

/// The metrics named by Name or MetricId, and what names none. `Unknown` where neither or both are given.
fn names(cx: &Cx<'_>, instance: &str, asked: &[CurrentMetric]) -> (Vec<Metric>, Option<String>) {
    let (mut metrics, mut unknown) = (Vec::new(), Vec::new());
    for (n, metric) in asked.iter().enumerate() {
        metrics.push(match (&metric.name, &metric.metric_id) {
            (Some(name), None) => name.clone(),
            (None, Some(text)) => {
                let name = name_of_id(cx, instance, text)
                    .map(Metric::parse)
                    .filter(|name| !matches!(name, Metric::Unknown(_)));
                name.unwrap_or_else(|| {
                    unknown.push(format!("CurrentMetrics[{n}].MetricId: metric {text} not found"));
                    Metric::default()
                })
            }
            _ => Metric::default(),
        });
    }
    (metrics, (!unknown.is_empty()).then(|| unknown.join("; ")))
}

fn scope_of(filters: &Filters, named: &Mentioned, groupings: &[Grouping]) -> Scope {
    let set = |list: &Option<Vec<String>>, kind| {
        list.as_ref().filter(|list| !list.is_empty()).map(|_| named.ids(kind).into_iter().collect())
    };
    let texts = |list: &Option<Vec<String>>| {
        list.as_ref().filter(|list| !list.is_empty()).map(|list| list.iter().cloned().collect::<BTreeSet<String>>())
    };
    let channels = filters.channels.as_ref().filter(|list| !list.is_empty());
    let by = |grouping| groupings.contains(&grouping);
    Scope {
        queues: set(&filters.queues, Kind::Queue),
        profiles: set(&filters.routing_profiles, Kind::RoutingProfile),
        channels: channels.map(|list| list.iter().map(|channel| channel.as_str().to_owned()).collect()),
        statuses: set(&filters.agent_statuses, Kind::AgentStatus),
        subtypes: texts(&filters.subtypes),
        steps: texts(&filters.routing_step_expressions)
            .map(|steps| steps.iter().map(|step| Key::StepExpression.normal(step)).collect()),
        no_contacts: texts(&filters.validation_test_types).is_some(),
        split: Split {
            queue: by(Grouping::Queue),
            channel: by(Grouping::Channel),
            profile: by(Grouping::RoutingProfile),
            step: by(Grouping::RoutingStepExpression),
            status: by(Grouping::AgentStatus),
            subtype: by(Grouping::Subtype),
            test_type: by(Grouping::ValidationTestType),
        },
    }
}

/// administration 5.2.1
fn check_filters(filters: &Filters, groupings: &[Grouping], scope: &Scope) -> Result<()> {
    if scope.queues.is_none() && scope.profiles.is_none() {
        return Err(invalid("Filters: Queues or RoutingProfiles is required"));
    }
    let given = |list: &Option<Vec<String>>| list.as_ref().map_or(0, Vec::len);
    if given(&filters.agent_statuses) > STATUSES_MAX {
        let n = given(&filters.agent_statuses);
        return Err(invalid(format!("Filters.AgentStatuses may have {STATUSES_MAX} entries at most, got {n}")));
    }
    for (name, list) in [
        ("AgentStatuses", &filters.agent_statuses),
        ("Subtypes", &filters.subtypes),
        ("ValidationTestTypes", &filters.validation_test_types),
    ] {
        if given(list) > 0 && scope.queues.is_none() {
            return Err(invalid(format!("Filters.{name} is possible with Filters.Queues only")));
        }
    }
    if scope.steps.is_some() {
        let one = scope.queues.as_ref().is_some_and(|queues| queues.len() == 1);
        if !one || !groupings.contains(&Grouping::RoutingStepExpression) {
            let message =
                "Filters.RoutingStepExpressions needs exactly one queue and the grouping ROUTING_STEP_EXPRESSION";
            return Err(invalid(message));
        }
    }
    Ok(())
}

/// administration 5.2.2
fn check_groupings(groupings: &[Grouping], queues: bool) -> Result<()> {
    for (n, grouping) in groupings.iter().enumerate() {
        let name = grouping.as_str();
        if groupings[..n].contains(grouping) {
            return Err(invalid(format!("Groupings[{n}]: {name} is given twice")));
        }
        let second = matches!(grouping, Grouping::AgentStatus | Grouping::Subtype | Grouping::ValidationTestType);
        if second && !(queues && n == 1 && groupings[0] == Grouping::Queue) {
            let message = format!("Groupings[{n}]: {name} is possible only second after QUEUE, with Filters.Queues");
            return Err(invalid(message));
        }
    }
    Ok(())
}

/// administration 5.2.2, 5.2.3
fn check_metrics(asked: &[CurrentMetric], metrics: &[Metric], groupings: &[Grouping], scope: &Scope) -> Result<()> {
    if asked.is_empty() {
        return Err(invalid("CurrentMetrics names no metric"));
    }
    let ids = asked.iter().filter(|metric| metric.metric_id.is_some()).count();
    if ids > METRIC_IDS_MAX {
        return Err(invalid(format!(
            "CurrentMetrics may name {METRIC_IDS_MAX} metrics by MetricId at most, got {ids}"
        )));
    }
    for (n, (asked, metric)) in asked.iter().zip(metrics).enumerate() {
        if asked.name.is_some() == asked.metric_id.is_some() {
            return Err(invalid(format!("CurrentMetrics[{n}]: exactly one of Name and MetricId is required")));
        }
        let right = unit(metric);
        if let Some(unit) = asked.unit.as_ref().filter(|unit| **unit != right) {
            let (name, right) = (metric.as_str(), right.as_str());
            let message = format!("CurrentMetrics[{n}].Unit {} is not that of {name}, which is {right}", unit.as_str());
            return Err(invalid(message));
        }
        if let Some(why) = misfit(metric, groupings, scope) {
            return Err(invalid(format!("CurrentMetrics[{n}]: {} {why}", metric.as_str())));
        }
    }
    Ok(())
}

fn unit(metric: &Metric) -> Unit {
    match metric {
        Metric::OldestContactAge | Metric::EstimatedWaitTime => Unit::Seconds,
        _ => Unit::Count,
    }
}

fn of_contacts(metric: &Metric) -> bool {
    matches!(
        metric,
        Metric::ContactsInQueue | Metric::ContactsScheduled | Metric::OldestContactAge | Metric::EstimatedWaitTime
    )
}

/// Why a metric does not go with groupings and filters.
fn misfit(metric: &Metric, groupings: &[Grouping], scope: &Scope) -> Option<&'static str> {
    let by = |grouping| groupings.contains(&grouping);
    if by(Grouping::AgentStatus) && *metric != Metric::AgentsOnline {
        return Some("cannot be grouped by AGENT_STATUS; only AGENTS_ONLINE can");
    }
    if by(Grouping::Subtype) && !of_contacts(metric) {
        return Some("cannot be grouped by SUBTYPE");
    }
    if *metric == Metric::EstimatedWaitTime {
        let one = |set: &Option<BTreeSet<String>>| set.as_ref().is_some_and(|set| set.len() == 1);
        let queue_and_channel = by(Grouping::Queue) && by(Grouping::Channel);
        let step = by(Grouping::RoutingStepExpression) && one(&scope.queues) && one(&scope.channels);
        let why = "needs the groupings QUEUE and CHANNEL, or ROUTING_STEP_EXPRESSION with one queue and one channel";
        return (!queue_and_channel && !step).then_some(why);
    }
    let needs_profiles = by(Grouping::RoutingProfile) && of_contacts(metric) && scope.profiles.is_none();
    needs_profiles.then_some("grouped by ROUTING_PROFILE needs Filters.RoutingProfiles")
}

/// administration 5.2.5
fn sorting(criteria: &[CurrentMetricSortCriteria], groupings: &[Grouping]) -> Result<(Metric, bool)> {
    let Some(first) = criteria.first() else { return Ok((Metric::AgentsOnline, false)) };
    let metric = first.sort_by_metric.clone().unwrap_or(Metric::AgentsOnline);
    if matches!(metric, Metric::SlotsActive | Metric::SlotsAvailable) {
        return Err(invalid(format!("SortCriteria[0].SortByMetric: rows cannot be sorted by {}", metric.as_str())));
    }
    if groupings.contains(&Grouping::AgentStatus) && metric != Metric::AgentsOnline {
        let name = metric.as_str();
        return Err(invalid(format!("SortCriteria[0].SortByMetric: {name} cannot be grouped by AGENT_STATUS")));
    }
    Ok((metric, first.sort_order == Some(wire::shapes::SortOrder::Ascending)))
}
