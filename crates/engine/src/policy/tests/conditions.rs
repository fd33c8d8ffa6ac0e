//! Condition operators: each with a value that passes, one that does not, and without its key.

use super::*;

/// protocol 4.2 (4): operator, its value, what passes, what does not.
const OPERATORS: &[(&str, &str, &[&str], &[&str])] = &[
    ("StringEquals", "blue", &["blue"], &["Blue", "blue ", ""]),
    ("StringNotEquals", "blue", &["Blue", ""], &["blue"]),
    ("StringEqualsIgnoreCase", "Straße É", &["STRAßE é", "straße É"], &["strasse é"]),
    ("StringNotEqualsIgnoreCase", "blue", &["red"], &["BLUE"]),
    ("StringLike", "b?u*", &["blue", "blu", "b/u:*"], &["bu", "Blue", "ablue"]),
    ("StringNotLike", "b*", &["red"], &["blue", "b"]),
    ("NumericEquals", "12", &["12", "12.0", "+12", "012"], &["12.1", "-12"]),
    ("NumericNotEquals", "12", &["13"], &["12.000"]),
    ("NumericLessThan", "0.5", &["0.4999", "-3"], &["0.5", "1"]),
    ("NumericLessThanEquals", "0.5", &["0.5"], &["0.500000001"]),
    ("NumericGreaterThan", "9007199254740992", &["9007199254740993"], &["9007199254740992"]),
    ("NumericGreaterThanEquals", "-1", &["-1", "0"], &["-1.5"]),
    ("DateEquals", "2026-01-31T12:00:00Z", &["2026-01-31T13:00:00+01:00", "1769860800"], &["2026-01-31T12:00:00.001Z"]),
    ("DateNotEquals", "2026-01-31", &["2026-02-01"], &["2026-01-31T00:00:00Z"]),
    ("DateLessThan", "2026-01-31T12:00:00Z", &["2026-01-31T11:59:59Z"], &["2026-01-31T12:00:00Z"]),
    ("DateLessThanEquals", "1769860800", &["2026-01-31T12:00:00Z"], &["2026-01-31T12:00:01Z"]),
    ("DateGreaterThan", "2026-01-31T12:00:00Z", &["2026-01-31T12:00:00.5Z"], &["2026-01-31"]),
    ("DateGreaterThanEquals", "2026-01-31", &["2026-01-31T00:00:00Z"], &["2026-01-30T23:59:59.999Z"]),
    ("Bool", "true", &["true", "TRUE"], &["false"]),
    ("BinaryEquals", "AQID", &["AQID"], &["AQIE"]),
    ("IpAddress", "203.0.113.0/24", &["203.0.113.7", "::ffff:203.0.113.7"], &["203.0.114.7", "2001:db8::1"]),
    ("IpAddress", "2001:db8::/32", &["2001:db8:1::1"], &["2001:db9::1", "203.0.113.7"]),
    ("IpAddress", "203.0.113.7", &["203.0.113.7"], &["203.0.113.8"]),
    ("IpAddress", "::ffff:203.0.113.0/120", &["203.0.113.7"], &["203.0.114.7"]),
    ("NotIpAddress", "10.0.0.0/8", &["192.0.2.1", "2001:db8::1"], &["10.1.2.3", "::ffff:10.1.2.3"]),
    (
        "ArnEquals",
        "arn:aws:connect:*:1?1:instance/*",
        &["arn:aws:connect:x:121:instance/a/b:c"],
        &["arn:aws:connect:x:y:121:instance/a"],
    ),
    ("ArnNotEquals", "arn:aws:*:*:*:a", &["arn:aws:b:c:d:e"], &["arn:aws:b:c:d:a"]),
    ("ArnLike", "arn:*:connect:*:*:*", &["arn:aws:connect:a:b:c"], &["arn:aws:other:a:b:c"]),
    ("ArnNotLike", "arn:*:connect:*:*:*", &["arn:aws:other:a:b:c"], &["arn:aws:connect:a:b:c"]),
];

#[test]
fn operators_compare_what_they_are_named_for() {
    for (operator, value, passing, failing) in OPERATORS {
        for (given, expected) in passing.iter().map(|v| (v, true)).chain(failing.iter().map(|v| (v, false))) {
            let condition = json!({*operator: {"aws:x": value}});
            assert_eq!(holds(condition, &json!({"aws:x": given})), expected, "{operator} {value}: {given}");
        }
    }
    for (name, ..) in crate::policy::operator::OPERATORS {
        assert!(*name == "Null" || OPERATORS.iter().any(|(tested, ..)| tested == name), "{name} has no row");
    }
}

/// protocol 4.2 (5): what a missing key does, for every operator, prefix and suffix.
#[test]
fn a_missing_key() {
    for (operator, value, ..) in OPERATORS {
        let negated = operator.contains("Not");
        let holds_as = |name: String| holds(json!({name: {"aws:x": value}}), &json!({}));
        assert_eq!(holds_as((*operator).to_owned()), negated, "{operator}");
        assert!(holds_as(format!("{operator}IfExists")), "{operator}IfExists");
        assert!(holds_as(format!("ForAllValues:{operator}")), "ForAllValues:{operator}");
        assert!(!holds_as(format!("ForAnyValue:{operator}")), "ForAnyValue:{operator}");
        assert!(holds_as(format!("ForAnyValue:{operator}IfExists")), "ForAnyValue:{operator}IfExists");
    }
    let null = |wanted: Json, keys: Json| holds(json!({"Null": {"aws:x": wanted}}), &keys);
    for (wanted, missing, there) in [(json!("true"), true, false), (json!(false), false, true)] {
        assert_eq!(null(wanted.clone(), json!({})), missing);
        assert_eq!(null(wanted.clone(), json!({"aws:x": []})), missing, "an empty list is no key");
        assert_eq!(null(wanted, json!({"aws:x": ""})), there, "an empty text is a value");
    }
}

/// protocol 4.2 (4): operators are ANDed, keys are ANDed, values are ORed, and of negated operators none may match.
#[test]
fn conditions_are_combined() {
    let keys = json!({"aws:x": "1", "aws:y": "2"});
    let rows = [
        (json!({"StringEquals": {"aws:x": ["0", "1"]}}), true),
        (json!({"StringEquals": {"aws:x": "1", "aws:y": "2"}}), true),
        (json!({"StringEquals": {"aws:x": "1", "aws:y": "1"}}), false),
        (json!({"StringEquals": {"aws:x": "1"}, "StringLike": {"aws:y": "1*"}}), false),
        (json!({"StringNotEquals": {"aws:x": ["0", "1"]}}), false),
        (json!({"StringNotEquals": {"aws:x": ["0", "2"]}}), true),
        (json!({"NumericGreaterThan": {"aws:y": [7, 1]}}), true),
        (json!({"NumericNotEquals": {"aws:y": [7, 2]}}), false),
        (json!({}), true),
        (json!({"StringEquals": {}}), true),
    ];
    for (condition, expected) in rows {
        assert_eq!(holds(condition.clone(), &keys), expected, "{condition}");
    }
}

/// protocol 4.2 (4): several values of one key.
#[test]
fn keys_with_several_values_are_quantified() {
    let rows: &[(&str, &[&str], &[&str], bool)] = &[
        ("StringEquals", &["a"], &["x", "a"], true),
        ("StringEquals", &["a"], &["x", "y"], false),
        ("StringNotEquals", &["a"], &["x", "y"], true),
        ("StringNotEquals", &["a"], &["x", "a"], false),
        ("ForAnyValue:StringEquals", &["a"], &["x", "a"], true),
        ("ForAnyValue:StringNotEquals", &["a"], &["x", "a"], true),
        ("ForAnyValue:StringNotEquals", &["a"], &["a", "a"], false),
        ("ForAllValues:StringEquals", &["a", "b"], &["b", "a", "a"], true),
        ("ForAllValues:StringEquals", &["a", "b"], &["a", "c"], false),
        ("ForAllValues:StringNotEquals", &["a"], &["x", "y"], true),
        ("ForAllValues:StringNotLike", &["a*"], &["x", "ab"], false),
        ("ForAnyValue:NumericLessThan", &["3"], &["7", "1"], true),
    ];
    for (operator, expected_values, given, expected) in rows {
        let condition = json!({*operator: {"aws:x": expected_values}});
        assert_eq!(holds(condition, &json!({"aws:x": given})), *expected, "{operator} {expected_values:?}: {given:?}");
    }
}

/// protocol 4.2 (7): a value that the operator cannot read allows nothing and denies what it might deny.
#[test]
fn b203_errors_deny() {
    let denies = |condition: Json, keys: &Json| {
        let all = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
        let deny = json!({"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": condition});
        !allows(json!([all, deny]), "connect:GetTaskTemplate", TEMPLATE, keys)
    };
    let rows = [
        ("NumericEquals", "1"),
        ("NumericNotEquals", "1"),
        ("DateLessThan", "2026-01-31"),
        ("DateNotEquals", "2026-01-31"),
        ("Bool", "true"),
        ("BinaryEquals", "AQID"),
        ("IpAddress", "10.0.0.0/8"),
        ("NotIpAddress", "10.0.0.0/8"),
        ("ArnLike", "arn:*:*:*:*:*"),
        ("ArnNotLike", "arn:*:*:*:*:*"),
    ];
    let keys = json!({"aws:x": "%", "aws:y": "2"});
    for (operator, value) in rows {
        let condition = json!({operator: {"aws:x": value}});
        assert!(!holds(condition.clone(), &keys), "{operator} allows nothing");
        assert!(denies(condition.clone(), &keys), "{operator} denies");
        let mut with_false = condition;
        with_false["StringEquals"] = json!({"aws:y": "1"});
        assert!(!denies(with_false, &keys), "{operator}: another condition that fails decides, whatever the order");
    }
    let any = json!({"ForAnyValue:NumericEquals": {"aws:x": 1}});
    assert!(holds(any, &json!({"aws:x": ["%", "1"]})), "one that passes is enough");
    let all = json!({"ForAllValues:NumericEquals": {"aws:x": 1}});
    assert!(!denies(all, &json!({"aws:x": ["%", "2"]})), "one that fails is enough");
}

/// protocol 4.2 (6)
#[test]
fn variables_are_literal_and_have_defaults() {
    let rows = [
        ("StringEquals", "${aws:y}", "b*", true),
        ("StringEquals", "a-${aws:y}-c", "a-b*-c", true),
        ("StringLike", "${aws:y}", "bcd", false),
        ("StringLike", "${aws:y}*", "b*cd", true),
        ("StringEqualsIgnoreCase", "A-${AWS:Y}", "a-B*", true),
        ("StringEquals", "${aws:z, 'team one'}", "team one", true),
        ("StringLike", "${aws:z,'*'}", "x", false),
        ("StringLike", "${aws:z,'*'}", "*", true),
        ("StringEquals", "${aws:y, 'other'}", "b*", true),
        ("StringEquals", "${*}${?}${$}", "*?$", true),
        ("StringLike", "${?}", "x", false),
        ("StringEquals", "$aws", "$aws", true),
        ("StringEquals", "${aws:list}", "one", false),
        ("StringNotEquals", "${aws:z}", "x", false),
        ("StringEqualsIfExists", "${aws:z}", "x", false),
        ("ArnLike", "arn:aws:a:b:c:${aws:y}/*", "arn:aws:a:b:c:b*/d", true),
        ("ArnLike", "arn:aws:a:b:c:${aws:y}/*", "arn:aws:a:b:c:bc/d", false),
        ("ArnLike", "${aws:arn}", "arn:aws:a:b:c:*", true),
        ("ArnLike", "${aws:arn}", "arn:aws:a:b:c:d", false),
        ("ArnNotEquals", "${aws:z}", "arn:aws:a:b:c:d", false),
    ];
    for (operator, value, given, expected) in rows {
        let keys = json!({"aws:x": given, "aws:y": "b*", "aws:list": ["one"], "aws:arn": "arn:aws:a:b:c:*"});
        assert_eq!(holds(json!({operator: {"aws:x": value}}), &keys), expected, "{operator} {value}: {given}");
    }
    let both = json!({"StringEquals": {"aws:x": ["x", "${aws:z}"]}});
    assert!(!holds(both, &json!({"aws:x": "x"})), "one without value, and the statement does not match");
    let missing = json!({"StringEqualsIfExists": {"aws:x": "${aws:z}"}});
    assert!(!holds(missing, &json!({})), "even where the condition would pass");
}

/// protocol 4.2 (6): in resources too, and a statement that denies does not match either.
#[test]
fn b201_a_variable_without_value_keeps_its_statement_from_matching() {
    let on = |name: &str, resources: Json| {
        let statement = json!({"Effect": "Allow", "Action": "*", name: resources});
        allows(statement, "connect:GetTaskTemplate", TEMPLATE, &json!({"aws:y": "t-1"}))
    };
    let template = |last: &str| format!("{INSTANCE}/task-template/{last}");
    assert!(on("Resource", json!(template("${aws:y}"))));
    assert!(on("Resource", json!(template("${aws:z, 't-1'}"))));
    assert!(!on("Resource", json!(template("${aws:z}*"))));
    assert!(!on("Resource", json!(["*", template("${aws:z}")])));
    assert!(on("NotResource", json!(template("${aws:y}2"))));
    assert!(!on("NotResource", json!(template("${aws:z}"))));

    let all = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
    let deny = |value: &str| json!({"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:x": value}}});
    let may =
        |value: &str| allows(json!([all, deny(value)]), "connect:GetTaskTemplate", TEMPLATE, &json!({"aws:x": "x"}));
    assert!(may("${aws:z}"), "denies nothing");
    assert!(!may("${aws:z, 'none'}"));
}

/// protocol 4.2 (6): documents of the older version have no variables.
#[test]
fn only_version_2012_10_17_has_variables() {
    let statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:x": "${aws:y}"}}});
    for version in [None, Some("2008-10-17")] {
        let mut document = json!({"Statement": statement});
        if let Some(version) = version {
            document["Version"] = json!(version);
        }
        let set = PolicySet::new(vec![("p".to_owned(), parse(&document).unwrap())]);
        let may = |x: &str| {
            let context = Facts::of(&json!({"aws:x": x, "aws:y": "y"}));
            set.decide(&Request { action: "connect:GetTaskTemplate", resource: TEMPLATE, context: &context })
                .is_allowed()
        };
        assert!(may("${aws:y}"));
        assert!(!may("y"));
    }
}

/// Values that the server has in a type of their own.
#[test]
fn typed_values_are_compared_as_what_they_are() {
    let keys = || {
        let facts = Facts::default().with("aws:CurrentTime", Value::Instant(1_769_860_800_000));
        let facts =
            facts.with("aws:EpochTime", Value::Number(1_769_860_800)).with("aws:SecureTransport", Value::Flag(true));
        facts.with("aws:SourceIp", Value::Address("::ffff:10.0.0.1".parse().unwrap()))
    };
    let rows = [
        (json!({"DateEquals": {"aws:CurrentTime": "2026-01-31T12:00:00Z"}}), true),
        (json!({"StringEquals": {"aws:CurrentTime": "2026-01-31T12:00:00Z"}}), true),
        (json!({"DateGreaterThan": {"aws:EpochTime": "2026-01-31T12:00:00Z"}}), false),
        (json!({"NumericEquals": {"aws:EpochTime": 1_769_860_800}}), true),
        (json!({"Bool": {"aws:SecureTransport": false}}), false),
        (json!({"StringEquals": {"aws:SecureTransport": true}}), true),
        (json!({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}), true),
        (json!({"StringLike": {"aws:SourceIp": "10.*"}}), true),
        (json!({"NumericEquals": {"aws:SourceIp": 1}}), false),
        (json!({"IpAddress": {"aws:CurrentTime": "10.0.0.0/8"}}), false),
    ];
    for (condition, expected) in rows {
        let set = set(json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition}));
        let decision = set.decide(&Request { action: "connect:GetTaskTemplate", resource: TEMPLATE, context: &keys() });
        assert_eq!(decision.is_allowed(), expected, "{condition}");
    }
}
