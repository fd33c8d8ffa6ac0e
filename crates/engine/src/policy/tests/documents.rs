//! Reading documents: what is refused, where, and with what words.

use super::*;
use crate::policy::{DOCUMENT_BYTES_MAX, DOCUMENT_VALUES_MAX, PROBLEMS_MAX, STATEMENTS_MAX, TEXT_BYTES_MAX};

#[test]
fn problems_have_line_column_what_is_wrong_and_what_would_be_right() {
    let document = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Alow",
      "Action": ["connect:GetTaskTemplate", "connect"],
      "Resource": "arn:aws:connect:*:*",
      "Condtion": {"StringEquals": {"aws:username": "x"}}
    },
    {
      "Sid": "É is wide", "Effect": "Deny", "NotAction": 7, "Resource": [],
      "Condition": {
        "StringEqual": {"aws:username": "x"},
        "ForAllValues:NumericLessthan": {"aws:x": 1},
        "DateLessThan": {"aws:CurrentTime": "tomorrow"},
        "IpAddress": {"aws:SourceIp": ["10.0.0.0/33", "${aws:x}"]},
        "StringLike": {"aws:x": "${aws:username", "aws:X": "${}", "x": null},
        "NullIfExists": {"aws:x": true}
      }
    }
  ]
}"#;
    let expected = [
        r#"line 5, column 17: "Alow" is no effect: write "Allow" or "Deny""#,
        r#"line 6, column 45: "connect" is no action: write a service, a colon and a name, such as connect:GetTaskTemplate, with * and ? for what may differ, or * for all"#,
        r#"line 7, column 19: "arn:aws:connect:*:*" is no ARN: write * for everything, or the six parts arn:partition:service:region:account:resource, each of which may have wildcards, such as arn:aws:connect:*:*:instance/*/task-template/*"#,
        r#"line 8, column 7: a statement has no "Condtion"; it may have Condition"#,
        r#"line 11, column 14: "É is wide" is no Sid: write letters and digits only, 1024 at most"#,
        r#"line 11, column 58: NotAction is a text, such as "connect:GetTaskTemplate", or a list of them, not a number"#,
        r#"line 11, column 73: Resource is an empty list: it is a text, such as an ARN, or a list of them"#,
        r#"line 13, column 9: "StringEqual" is no condition operator; StringEquals is one"#,
        r#"line 14, column 9: "ForAllValues:NumericLessthan" is no condition operator; ForAllValues:NumericLessThan is one"#,
        r#"line 15, column 45: "tomorrow" is no time: write 2026-01-31T12:00:00Z, 2026-01-31, or seconds since 1970-01-01 UTC"#,
        r#"line 16, column 40: "10.0.0.0/33" is no address or network: write 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32"#,
        r#"line 16, column 55: "${aws:x}" is no address or network: write 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32; variables stand in values of String… and Arn… operators only"#,
        r#"line 17, column 33: "${aws:username" begins no variable: write ${key}, ${key, 'default'}, or ${*}, ${?}, ${$} for the character itself"#,
        r#"line 17, column 51: "aws:X" is there twice, first at line 17, column 24: write it once, with a list of values"#,
        r#"line 17, column 67: "x" is no condition key: write a service, a colon and a name, such as aws:SourceIp or aws:ResourceTag/team"#,
        r#"line 17, column 72: x is a value, or a list of values, not null"#,
        r#"line 18, column 9: Null asks whether the key is there, so it has neither ForAnyValue:, ForAllValues: nor IfExists"#,
    ];
    let found = problems(document);
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
}

/// Documents, with S for a statement, and what is said of them.
const FORMS: &[(&str, &str)] = &[
    ("", "line 1, column 1: not valid JSON: there is nothing in it"),
    ("[]", "line 1, column 1: a policy is an object with Version and Statement, not a list"),
    (
        "{}",
        "line 1, column 1: Statement is missing: it is the object, or the list of objects, that says what is allowed",
    ),
    ("{\"Statement\": []}", "line 1, column 15: Statement is an empty list: write one statement at least"),
    (
        "{\"Statement\": [7]}",
        "line 1, column 16: a statement is an object with Effect, Action and Resource, not a number",
    ),
    (
        "{\"Statement\": S, \"Version\": \"2012-10-18\"}",
        "\"2012-10-18\" is no version of the policy language: write \"2012-10-17\", or \"2008-10-17\", which has no variables",
    ),
    ("{\"Statement\": S, \"statement\": S}", "a policy has no \"statement\"; it may have Statement"),
    (
        "{\"Statement\": S, \"Statement\": S}",
        "\"Statement\" is there twice, first at line 1, column 2: write it once, with a list of values",
    ),
    ("{\"Statement\": S, \"Id\": 7}", "Id is a text in double quotes, not a number"),
    ("{\"Statement\": S, \"Version\": null}", "Version is a text in double quotes, not null"),
    ("{\"Statement\": S,\n}", "line 2, column 1: not valid JSON: a comma before the end of an object or list"),
    ("{\"Statement\": S}\n x", "line 2, column 2: not valid JSON: something follows the end of the document"),
    ("{\"Statement\": S", "not valid JSON: the document ends too early"),
    ("{Statement: S}", "line 1, column 2: not valid JSON: the name of a member stands in double quotes"),
    ("{\"Statement\": }", "line 1, column 15: not valid JSON: a value is missing here"),
    ("{\"Statement\":\n {\"Effect\": \"All\\ud800ow\"}}", "line 2"),
    (
        "{\"Statement\": {\"Effect\": \"Allow\", \"Resource\": \"*\"}}",
        "line 1, column 15: Action is missing: a statement has Action or NotAction",
    ),
    (
        "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\"}}",
        "line 1, column 15: Resource is missing: a statement has Resource or NotResource",
    ),
    (
        "{\"Statement\": {\"Action\": \"*\", \"Resource\": \"*\"}}",
        "line 1, column 15: Effect is missing: write \"Allow\" or \"Deny\"",
    ),
    (
        "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"NotAction\": \"*\", \"Resource\": \"*\"}}",
        "line 1, column 50: a statement has Action or NotAction, not both",
    ),
    (
        "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\", \"Principal\": \"*\"}}",
        "line 1, column 67: a statement has no Principal here: it is about the caller that it is attached to; remove it",
    ),
    (
        "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": []}}",
        "Condition is an object of operators, such as {\"StringEquals\": …}, not a list",
    ),
    (
        "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"Bool\": true}}}",
        "Bool is an object of keys and their values, such as {\"aws:ResourceTag/team\": \"claims\"}, not a truth value",
    ),
    (
        "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"Bool\": {\"aws:x\": [[true]]}}}}",
        "aws:x is a value, or a list of values, not a list",
    ),
    ("{\"Statement\": [S,]}", "not valid JSON: a comma before the end of an object or list"),
];

/// protocol 4.2 (2): the whole document.
#[test]
fn b205_documents_have_one_form() {
    let statement = r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#;
    for (document, expected) in FORMS {
        let found =
            problems(&document.replace('S', "\u{1}").replace("\u{1}tatement", "Statement").replace('\u{1}', statement));
        assert!(found.iter().any(|problem| problem.contains(expected)), "{document}: {found:#?}");
    }
    let sids = json!([{"Sid": "A", "Effect": "Allow", "Action": "*", "Resource": "*"}, {"Sid": "A", "Effect": "Deny", "Action": "*", "Resource": "*"}]);
    assert!(
        problems(&json!({"Statement": sids}).to_string())[0]
            .ends_with("the Sid \"A\" names two statements: each has its own")
    );
}

#[test]
fn documents_that_tools_write_are_read() {
    let statement = json!({"Sid": "", "Effect": "Allow", "Action": ["connect:*"], "Resource": ["*"], "Condition": {}});
    for document in [
        json!({"Statement": statement}),
        json!({"Version": "2008-10-17", "Id": "mine", "Statement": [statement, statement]}),
        json!({"Version": "2012-10-17", "Statement": [statement]}),
    ] {
        assert!(parse(&document).is_ok(), "{document}");
        assert!(
            Policy::parse(&format!("\u{feff}{document:#}\r\n")).is_ok(),
            "with a byte order mark, line ends of Windows"
        );
    }
    let escaped = r#"{"Statement": {"Effect": "All\u006fw", "Acti\u006fn": "*", "Resource": "*"}}"#;
    assert!(Policy::parse(escaped).is_ok());
    let doubled = r#"{"Statement": {"Effect": "Allow", "Action": "*", "Acti\u006fn": "connect:*", "Resource": "*"}}"#;
    assert!(problems(doubled)[0].starts_with("line 1, column 50: \"Action\" is there twice"));
}

#[test]
fn b200_documents_have_bounds() {
    let of = |statement: Json, count: usize| json!({"Statement": vec![statement; count]}).to_string();
    let small = json!({"Effect": "Deny", "Action": "*", "Resource": "*"});
    assert!(Policy::parse(&of(small.clone(), STATEMENTS_MAX)).is_ok());
    let found = problems(&of(small, STATEMENTS_MAX + 1));
    assert_eq!(found, ["line 1, column 14: there are 101 statements; at most 100 are possible"]);

    let actions = |count: usize| json!({"Effect": "Deny", "Action": vec!["a:b"; count], "Resource": "*"});
    assert!(Policy::parse(&of(actions(DOCUMENT_VALUES_MAX - 1), 1)).is_ok());
    let found = problems(&of(actions(DOCUMENT_VALUES_MAX), 1));
    assert!(found.iter().any(|problem| problem.contains("more than 1000 actions, resources and values")), "{found:#?}");

    let long =
        |bytes: usize| json!({"Effect": "Deny", "Action": format!("a:{}", "b".repeat(bytes - 2)), "Resource": "*"});
    assert!(Policy::parse(&of(long(TEXT_BYTES_MAX), 1)).is_ok());
    assert!(problems(&of(long(TEXT_BYTES_MAX + 1), 1))[0].ends_with("this has 1025 bytes; at most 1024 are possible"));

    let space = " ".repeat(DOCUMENT_BYTES_MAX);
    let found = problems(&space);
    assert_eq!(
        found,
        ["line 1, column 1: not valid JSON: there is nothing in it"]
            .map(|text| text.replace("line 1, column 1", &place_of_end(&space)))
    );
    assert_eq!(
        problems(&format!("{space} ")),
        ["line 1, column 1: the document has 32769 bytes; at most 32768 are possible"]
    );

    let wrong = json!({"Effect": "Allow", "Action": "x", "Resource": "y"});
    assert_eq!(problems(&of(wrong, STATEMENTS_MAX)).len(), PROBLEMS_MAX);
}

fn place_of_end(text: &str) -> String {
    format!("line 1, column {}", text.len())
}

/// Levels below the seven of the language are not read, however many there are.
#[test]
fn nesting_is_bounded_by_the_language() {
    let deep = "[".repeat(10_000) + &"]".repeat(10_000);
    let found = problems(&format!("{{\"Statement\": {{\"Effect\": {deep}}}}}"));
    assert!(
        found.contains(&"line 1, column 26: Effect is a text in double quotes, not a list".to_owned()),
        "{found:#?}"
    );
    assert_eq!(problems(&deep).len(), 1);
    assert_eq!(problems(&"[".repeat(30_000)), ["line 1, column 30000: not valid JSON: the document ends too early"]);
}

/// protocol 4.2 (4): values of each kind that are refused.
#[test]
fn values_are_those_of_their_operator() {
    let rows: &[(&str, &[&str])] = &[
        (
            "NumericEquals",
            &["", "x", "1e3", "1.", ".5", "--1", "0x10", "1234567890123456789", "1.0000000001", "${aws:x}"],
        ),
        (
            "DateEquals",
            &[
                "",
                "2026",
                "2026-01",
                "2026-02-30",
                "2026-01-31T12:00:00",
                "2026-01-31T12:00:00+01:00[Europe/Berlin]",
                "now",
            ],
        ),
        ("Bool", &["", "yes", "1"]),
        ("BinaryEquals", &["?", "AQI", "${aws:x}"]),
        ("IpAddress", &["", "10.0.0", "10.0.0.0/8/8", "010.0.0.1", "localhost", "fe80::1%eth0", "10.0.0.0/-1"]),
        ("ArnLike", &["", "arn:aws:connect", "x:a:b:c:d:e", "*:a:b:c:d:e", "a${aws:x}", "${aws:x}${aws:y}"]),
        (
            "StringEquals",
            &["${", "${}", "${aws}", "${aws:x", "${aws:x,}", "${aws:x, y}", "${aws:x, 'y'", "${aws:x, 'y' z}", "${ }"],
        ),
        ("Null", &["", "missing"]),
    ];
    for (operator, values) in rows {
        for value in *values {
            let condition = json!({*operator: {"aws:x": value}});
            let statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition});
            let found = parse(&json!({"Version": "2012-10-17", "Statement": statement}));
            assert_eq!(found.map_or_else(|all| all.len(), |_| 0), 1, "{operator} {value}");
        }
    }
}
