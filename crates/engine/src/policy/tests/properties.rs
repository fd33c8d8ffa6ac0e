//! What holds for every policy and request.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::slow;
use super::*;
use crate::policy::pattern::{Pattern, Syntax};

const ACTIONS: &[&str] =
    &["connect:GetTaskTemplate", "connect:ListTaskTemplates", "taskform:Get", "connect:TagResource"];
const ACTION_PATTERNS: &[&str] =
    &["*", "connect:*", "CONNECT:get*", "*:Get*", "connect:?agResource", "taskform:Get", "connect:ListTaskTemplates"];
const RESOURCES: &[&str] = &["*", INSTANCE, TEMPLATE, "arn:a:b:c:d:e", "arn:a:b:c:d:e/f:g"];
const RESOURCE_PATTERNS: &[&str] = &[
    "*",
    "arn:aws:connect:*:*:instance/*",
    "arn:aws:connect:us-east-1:111122223333:instance/i-1",
    "arn:aws:*:*:*:instance/?-1/task-template/*1",
    "arn:a:b:?:d:${aws:a}*",
    "arn:a:b:c:d:${aws:b, 'e'}",
    "${aws:arn}",
    "arn:*:*:*:*:*:g",
];
const KEYS: &[&str] = &["aws:a", "AWS:B", "aws:ResourceTag/t", "aws:arn"];
const GIVEN: &[&str] =
    &["", "a", "ab", "AB", "b*", "e", "1", "2.5", "true", "false", "10.0.0.1", "192.0.2.7", "arn:a:b:c:d:e", "é"];
const TEXTS: &[&str] =
    &["", "a", "ab", "a*", "?b", "*", "${aws:a}", "${aws:b, 'ab'}", "x${AWS:A}*", "${*}", "b${*}", "é?", "$"];
const NUMBERS: &[&str] = &["1", "2.50", "-3", "0"];
const NETWORKS: &[&str] = &["10.0.0.0/8", "192.0.2.7/32", "0.0.0.0/0"];
const ARNS: &[&str] = &["*", "arn:a:b:c:d:*", "arn:*:b:?:d:${aws:a}", "${aws:arn}", "arn:a:b:c:d:${aws:b, 'e'}"];

fn operators() -> impl Strategy<Value = (String, &'static [&'static str])> {
    let base = select(vec![
        ("StringEquals", TEXTS),
        ("StringNotEquals", TEXTS),
        ("StringEqualsIgnoreCase", TEXTS),
        ("StringNotEqualsIgnoreCase", TEXTS),
        ("StringLike", TEXTS),
        ("StringNotLike", TEXTS),
        ("NumericEquals", NUMBERS),
        ("NumericNotEquals", NUMBERS),
        ("NumericLessThan", NUMBERS),
        ("NumericLessThanEquals", NUMBERS),
        ("NumericGreaterThan", NUMBERS),
        ("NumericGreaterThanEquals", NUMBERS),
        ("Bool", &["true", "false"]),
        ("IpAddress", NETWORKS),
        ("NotIpAddress", NETWORKS),
        ("ArnEquals", ARNS),
        ("ArnNotEquals", ARNS),
        ("ArnLike", ARNS),
        ("ArnNotLike", ARNS),
        ("Null", &["true", "false"]),
    ]);
    (select(vec!["", "ForAnyValue:", "ForAllValues:"]), base, select(vec!["", "IfExists"])).prop_map(
        |(before, (base, values), after)| {
            if base == "Null" { (base.to_owned(), values) } else { (format!("{before}{base}{after}"), values) }
        },
    )
}

/// One value, or a list.
fn some(from: &'static [&'static str]) -> impl Strategy<Value = Json> {
    prop_oneof![select(from).prop_map(|one| json!(one)), subsequence(from, 1..=2).prop_map(|list| json!(list))]
}

fn conditions() -> impl Strategy<Value = Json> {
    let one = operators().prop_flat_map(|(operator, values)| (Just(operator), select(KEYS), some(values)));
    proptest::collection::vec(one, 0..3).prop_map(|all| {
        let mut found = json!({});
        for (operator, key, values) in all {
            found[operator][key] = values;
        }
        found
    })
}

fn statement(effect: &'static str) -> impl Strategy<Value = Json> {
    let named = (
        select(vec!["Action", "Action", "NotAction"]),
        some(ACTION_PATTERNS),
        select(vec!["Resource", "Resource", "NotResource"]),
        some(RESOURCE_PATTERNS),
    );
    (named, conditions()).prop_map(move |((action, actions, resource, resources), conditions)| {
        json!({"Effect": effect, action: actions, resource: resources, "Condition": conditions})
    })
}

fn statements() -> impl Strategy<Value = Vec<Json>> {
    proptest::collection::vec(prop_oneof![2 => statement("Allow"), 1 => statement("Deny")], 1..4)
}

fn document(statements: &[Json]) -> Json {
    json!({"Version": "2012-10-17", "Statement": statements})
}

fn keys() -> impl Strategy<Value = Json> {
    let one = prop_oneof![
        3 => select(GIVEN).prop_map(|one| json!(one)),
        1 => subsequence(GIVEN, 0..3).prop_map(|list| json!(list)),
    ];
    proptest::collection::vec((select(KEYS), one), 0..5).prop_map(|all| {
        let mut found = json!({});
        for (key, value) in all {
            found[key] = value;
        }
        found
    })
}

fn set_of(documents: &[Json]) -> PolicySet {
    let each = documents.iter().enumerate();
    PolicySet::new(each.map(|(n, document)| (format!("p{n}"), parse(document).expect("a policy"))).collect())
}

fn may(set: &PolicySet, action: &str, resource: &str, keys: &Json) -> bool {
    set.decide(&Request { action, resource, context: &Facts::of(keys) }).is_allowed()
}

proptest! {
    /// protocol 4.2: everything, against the slow way.
    #[test]
    fn the_slow_evaluator_agrees(
        documents in proptest::collection::vec(statements(), 1..3),
        action in select(ACTIONS), resource in select(RESOURCES), keys in keys(),
    ) {
        let documents: Vec<Json> = documents.iter().map(|statements| document(statements)).collect();
        let set = set_of(&documents);
        let allowed = may(&set, action, resource, &keys);
        prop_assert_eq!(allowed, slow::allows(&documents, action, resource, &keys));
        prop_assert!(!allowed || set.may_allow(action), "what is allowed may be allowed");
        prop_assert!(!allowed || set.always_denies(action).is_none());
        if !set.asks_for(action, "aws:resourcetag/") {
            let mut fewer = keys;
            fewer.as_object_mut().unwrap().remove("aws:ResourceTag/t");
            prop_assert_eq!(allowed, may(&set, action, resource, &fewer), "a key that no statement asks for");
        }
    }

    /// protocol 4.2 (1)
    #[test]
    fn adding_a_deny_never_allows_more(
        own in statements(), deny in statement("Deny"), place in any::<proptest::sample::Index>(),
        action in select(ACTIONS), resource in select(RESOURCES), keys in keys(),
    ) {
        let mut more = own.clone();
        more.insert(place.index(own.len() + 1), deny.clone());
        let before = may(&set_of(&[document(&own)]), action, resource, &keys);
        prop_assert!(before || !may(&set_of(&[document(&more)]), action, resource, &keys));
        prop_assert!(before || !may(&set_of(&[document(&[deny]), document(&own)]), action, resource, &keys));
    }

    /// protocol 4.2 (1)
    #[test]
    fn order_never_matters(
        (own, mixed) in statements().prop_flat_map(|own| (Just(own.clone()), Just(own).prop_shuffle())),
        action in select(ACTIONS), resource in select(RESOURCES), keys in keys(),
    ) {
        let one = may(&set_of(&[document(&own)]), action, resource, &keys);
        prop_assert_eq!(one, may(&set_of(&[document(&mixed)]), action, resource, &keys), "of statements");
        let alone: Vec<Json> = mixed.iter().map(|statement| document(std::slice::from_ref(statement))).collect();
        prop_assert_eq!(one, may(&set_of(&alone), action, resource, &keys), "of policies");
    }

    /// protocol 4.2 (3)
    #[test]
    fn wildcards_match_as_the_naive_way(pattern in "[abé*?]{0,9}", text in "[abé]{0,9}") {
        let read = Pattern::parse(&pattern, Syntax { wildcards: true, variables: false }).unwrap();
        prop_assert_eq!(read.matches(&[], &text), slow::is_like(&pattern, &text));
    }

    /// Whatever stands in a document: it is read or refused, and each problem has a place in it.
    #[test]
    fn every_text_is_a_policy_or_has_problems(text in "[\\[\\]{}:,\"a* \n\\\\u0de]{0,40}") {
        if let Err(problems) = Policy::parse(&text) {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                let line = text.split('\n').nth(problem.line - 1).unwrap();
                prop_assert!((1..=line.chars().count() + 1).contains(&problem.column), "{problem}");
            }
        }
    }
}
