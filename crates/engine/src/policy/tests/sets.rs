//! Decisions of several policies together.

use super::*;
use crate::policy::{NoContext, StatementName};

fn two() -> PolicySet {
    let first = policy(json!([
        {"Sid": "Read", "Effect": "Allow", "Action": ["connect:Get*", "connect:List*"], "Resource": "*"},
        {"Effect": "Allow", "Action": "connect:UpdateTaskTemplate", "Resource": "*",
         "Condition": {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}},
    ]));
    let second = policy(json!([
        {"Effect": "Allow", "Action": "connect:Delete*", "Resource": "*"},
        {"Sid": "NoDelete", "Effect": "Deny", "Action": "connect:DeleteTaskTemplate", "Resource": "*"},
        {"Sid": "NotThis", "Effect": "Deny", "Action": "connect:GetTaskTemplate", "Resource": TEMPLATE},
    ]));
    PolicySet::new(vec![("first".to_owned(), first), ("second".to_owned(), second)])
}

/// protocol 4.2 (1)
#[test]
fn a_decision_names_its_statement() {
    let set = two();
    let decide = |action, resource| set.decide(&Request { action, resource, context: &NoContext });
    let read = StatementName { policy: "first", index: 0, sid: Some("Read") };
    assert_eq!(decide("connect:ListTaskTemplates", INSTANCE), Decision::Allowed { statement: read });
    assert_eq!(read.to_string(), "statement Read of policy first");
    let denied = decide("Connect:deleteTaskTemplate", TEMPLATE);
    assert_eq!(denied_by(denied), Some(1));
    let own = StatementName { policy: "second", index: 0, sid: None };
    assert_eq!(decide("connect:DeleteQueue", INSTANCE), Decision::Allowed { statement: own });
    assert_eq!(own.to_string(), "statement 1 of policy second");
    assert_eq!(denied_by(decide("connect:GetTaskTemplate", TEMPLATE)), Some(2));
    assert_eq!(decide("connect:CreateQueue", INSTANCE), Decision::Denied { statement: None });
    assert_eq!(
        PolicySet::default().decide(&Request { action: "connect:GetTaskTemplate", resource: "*", context: &NoContext }),
        Decision::Denied { statement: None }
    );
}

#[test]
fn what_could_be_allowed_is_known_without_a_request() {
    let set = two();
    for (action, expected) in [
        ("connect:GetTaskTemplate", true),
        ("CONNECT:LISTQUEUES", true),
        ("connect:UpdateTaskTemplate", true),
        ("connect:DeleteTaskTemplate", false),
        ("connect:CreateQueue", false),
        ("taskform:GetTaskTemplate", false),
    ] {
        assert_eq!(set.may_allow(action), expected, "{action}");
    }
    let always = set.always_denies("connect:DeleteTaskTemplate");
    assert_eq!(always.and_then(|statement| statement.sid), Some("NoDelete"));
    assert_eq!(set.always_denies("connect:GetTaskTemplate"), None, "of one template only");
}

#[test]
fn keys_are_asked_for_where_a_statement_about_the_action_names_them() {
    let set = two();
    for (action, prefix, expected) in [
        ("connect:UpdateTaskTemplate", "aws:resourcetag/", true),
        ("connect:UpdateTaskTemplate", "aws:principaltag/", true),
        ("connect:UpdateTaskTemplate", "aws:requesttag/", false),
        ("connect:GetTaskTemplate", "aws:resourcetag/", false),
    ] {
        assert_eq!(set.asks_for(action, prefix), expected, "{action} {prefix}");
    }
    let of_resource = super::set(
        json!({"Effect": "Deny", "NotAction": "connect:Get*", "Resource": "arn:aws:connect:*:*:${aws:PrincipalTag/Path}"}),
    );
    assert!(of_resource.asks_for("connect:ListQueues", "aws:principaltag/"));
    assert!(!of_resource.asks_for("connect:GetQueue", "aws:principaltag/"));
}

/// protocol 4.2 (3): in a pattern of ARNs each part is matched by itself; in the last one `*` crosses everything.
#[test]
fn b204_resources_are_matched_part_by_part() {
    let of_alias = &format!("{INSTANCE}/contact-flow/f:alias");
    let rows: &[(&str, &str, bool)] = &[
        ("*", "*", true),
        ("*", TEMPLATE, true),
        ("arn:*:*:*:*:*", "*", false),
        ("arn:*:*:*:*:*", TEMPLATE, true),
        ("arn:aws:connect:*:*:instance/*", TEMPLATE, true),
        ("arn:aws:connect:*:*:instance/*", of_alias, true),
        ("arn:aws:connect:us-*-1:1111222233??:*/t-1", TEMPLATE, true),
        ("arn:aws:connect:*:instance/i-1/task-template/t-1:*", TEMPLATE, false),
        ("arn:aws:connect:us-east-1:111122223333:instance/I-1", INSTANCE, false),
        ("arn:aws:connect:us-east-1:111122223333:instance/i-1", INSTANCE, true),
        ("arn:aws:connect:us-east-1:111122223333:instance/i-1", TEMPLATE, false),
        ("arn:AWS:connect:us-east-1:111122223333:instance/i-1", INSTANCE, false),
    ];
    for (pattern, resource, expected) in rows {
        let statement = json!({"Effect": "Allow", "Action": "*", "Resource": pattern});
        assert_eq!(allows(statement, "connect:X", resource, &json!({})), *expected, "{pattern}: {resource}");
        let statement = json!({"Effect": "Allow", "Action": "*", "NotResource": pattern});
        assert_eq!(allows(statement, "connect:X", resource, &json!({})), !expected, "not {pattern}: {resource}");
    }
}

#[test]
fn an_action_of_any_length_is_compared() {
    let long = "connect:".to_owned() + &"A".repeat(500);
    assert!(allows(json!({"Effect": "Allow", "Action": "connect:a*", "Resource": "*"}), &long, "*", &json!({})));
    assert!(!allows(json!({"Effect": "Allow", "Action": "connect:b*", "Resource": "*"}), &long, "*", &json!({})));
}

/// Keys of tags are found whatever their case, and told from each other after the slash.
#[test]
fn keys_say_what_is_after_their_prefix() {
    let key = Key::parse("aws:ResourceTag/Team/É").unwrap();
    assert_eq!(key.after("aws:resourcetag/"), Some("Team/É"));
    assert_eq!(key.after("aws:requesttag/"), None);
    assert_eq!(key.lower(), "aws:resourcetag/team/é");
    for wrong in ["", "aws", "aws:", ":x", "aws:x/", "aws:x y", "a:b:c", "aws:É", "aws:To\u{212a}en", "${aws:x}"] {
        assert_eq!(Key::parse(wrong), None, "{wrong}");
    }
}
