use std::collections::BTreeSet;

use super::*;

/// Every name once; those of other features have no value, and names that are not documented are none.
#[test]
fn administration_5_4_11_names() {
    let own = record::METRICS.iter().chain(agent::METRICS).map(|metric| metric.name);
    let all: Vec<&str> = own.chain(names::OTHERS.iter().copied()).collect();
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    for name in &all {
        let found = definition(name).unwrap();
        assert_eq!(matches!(found.source, Source::Never), names::OTHERS.contains(name), "{name}");
    }
    for name in
        ["AGENT_SCHEDULE_ADHERENCE", "AGENT_NON_RESPONSE_WITHOUT_CUSTOMER_ABANDONS", "CASES_CREATED", "AVG_TALK_TIME"]
    {
        assert!(names::OTHERS.contains(&name), "{name}");
    }
    for name in ["FOO", "", "contacts_handled", "SUM_CONTACTS_ABANDONED"] {
        assert!(definition(name).is_none(), "{name}");
    }
}

#[test]
fn administration_5_4_9_and_5_4_10_what_metrics_may_have() {
    let all = || record::METRICS.iter().chain(agent::METRICS);
    let named = |has: fn(&&Definition) -> bool| all().filter(has).map(|metric| metric.name).collect::<BTreeSet<_>>();
    let needs = named(|metric| metric.threshold);
    let expected = [
        "SERVICE_LEVEL",
        "CONTACTS_REMOVED_FROM_QUEUE_IN_X",
        "SUM_CONTACTS_ANSWERED_IN_X",
        "SUM_CONTACTS_ABANDONED_IN_X",
        "CONTACTS_RESOLVED_IN_X",
    ];
    assert_eq!(needs, BTreeSet::from(expected));
    let filtered = named(|metric| metric.filters == MetricFilters::Any);
    let expected = [
        "CONTACTS_CREATED",
        "CONTACTS_HANDLED",
        "CONTACTS_HANDLED_BY_CONNECTED_TO_AGENT",
        "CONTACTS_ABANDONED",
        "SUM_CONTACTS_DISCONNECTED",
        "AVG_AFTER_CONTACT_WORK_TIME",
        "AVG_INTERACTION_TIME",
        "AVG_QUEUE_ANSWER_TIME",
        "AVG_ABANDON_TIME",
    ];
    assert_eq!(filtered, BTreeSet::from(expected));
    let positive = named(|metric| metric.filters == MetricFilters::Positive);
    assert_eq!(positive, BTreeSet::from(["SUM_CONNECTING_TIME_AGENT", "AVG_AGENT_CONNECTING_TIME"]));
}

#[test]
fn administration_5_4_8_times_without_a_queue() {
    let all = record::METRICS.iter().chain(agent::METRICS);
    let named: BTreeSet<&str> = all.filter(|metric| metric.has_no_queue()).map(|metric| metric.name).collect();
    let expected = [
        "SUM_ONLINE_TIME_AGENT",
        "SUM_NON_PRODUCTIVE_TIME_AGENT",
        "SUM_CONTACT_TIME_AGENT",
        "SUM_IDLE_TIME_AGENT",
        "SUM_ERROR_STATUS_TIME_AGENT",
        "AGENT_OCCUPANCY",
    ];
    assert_eq!(named, BTreeSet::from(expected));
}

/// Division by zero and nothing to average have no value; counts are 0.
#[test]
fn administration_5_1_2_values_of_nothing() {
    for (value, expected) in [
        (Value::Sum, Some(0.0)),
        (Value::SumOfMs, Some(0.0)),
        (Value::Mean, None),
        (Value::MeanOfMs, None),
        (Value::Max, None),
        (Value::Percent, None),
    ] {
        assert_eq!(Sum::default().value(value), expected, "{value:?}");
    }
    let some = Sum { sum: 3_000, of: 4 };
    assert_eq!(some.value(Value::Sum), Some(3_000.0));
    assert_eq!(some.value(Value::SumOfMs), Some(3.0));
    assert_eq!(some.value(Value::Mean), Some(750.0));
    assert_eq!(some.value(Value::MeanOfMs), Some(0.75));
    assert_eq!(some.value(Value::Max), Some(3_000.0));
    assert_eq!(some.value(Value::Percent), Some(75_000.0));
    let mut sum = Sum { sum: i64::MAX, of: 1 };
    sum.add(Value::Sum, some);
    assert_eq!(sum, Sum { sum: i64::MAX, of: 5 }, "never over the end");
}

#[test]
fn administration_5_4_10_thresholds() {
    for (limit, at, holds) in [
        (Limit { seconds: 25, included: false }, 24, true),
        (Limit { seconds: 25, included: false }, 25, false),
        (Limit { seconds: 25, included: true }, 25, true),
        (Limit { seconds: 25, included: true }, 26, false),
        (Limit::NONE, i64::MAX, true),
    ] {
        assert_eq!(limit.holds(at), holds, "{limit:?} {at}");
    }
}
