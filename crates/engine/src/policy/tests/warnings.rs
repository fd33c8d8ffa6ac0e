//! Warnings about what can never match.

use super::*;
use crate::policy::{ActionFacts, Catalog, warnings};

struct Known;

impl Catalog for Known {
    fn actions(&self) -> Vec<ActionFacts<'_>> {
        let template: &[&str] = &["arn:*:connect:*:*:instance/*/task-template/*"];
        let facts = |name, resources, keys| ActionFacts { name, resources, keys };
        vec![
            facts("connect:GetTaskTemplate", template, &["aws:ResourceTag/", "connect:InstanceId"]),
            facts("connect:ListTaskTemplates", &["arn:*:connect:*:*:instance/*"], &["aws:ResourceTag/"]),
            facts("connect:TagResource", template, &["aws:ResourceTag/", "aws:RequestTag/", "aws:TagKeys"]),
            facts("connect:ListInstances", &[], &[]),
        ]
    }

    fn global_keys(&self) -> &[&str] {
        &["aws:SourceIp", "aws:PrincipalTag/"]
    }
}

/// The warnings of a statement that allows everything but for these members.
#[expect(clippy::needless_pass_by_value, reason = "tests write it in place")]
fn warned(members: Json) -> Vec<String> {
    let mut statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
    for (name, value) in members.as_object().unwrap() {
        statement[name] = value.clone();
    }
    for (name, other) in [("NotAction", "Action"), ("NotResource", "Resource")] {
        if statement.get(name).is_some() {
            statement.as_object_mut().unwrap().remove(other);
        }
    }
    warnings(&policy(statement), Some(&Known)).into_iter().map(|warning| warning.message).collect()
}

#[test]
fn what_can_match_is_not_warned_of() {
    let template = "arn:aws:connect:*:*:instance/i/task-template/*";
    for members in [
        json!({}),
        json!({"Action": "connect:*", "Resource": template}),
        json!({"Action": ["CONNECT:gettasktemplate", "connect:List*"], "Resource": [template, "arn:aws:connect:*:*:instance/i"]}),
        json!({"Action": "connect:GetTaskTemplate", "Resource": "${aws:PrincipalTag/template}"}),
        json!({"Action": "connect:GetTaskTemplate", "Resource": "arn:*:connect:*:*:*"}),
        json!({"Action": "connect:GetTaskTemplate", "Resource": "arn:*:connect:*:*:instance/${aws:PrincipalTag/x}"}),
        json!({"Action": "connect:GetTaskTemplate", "Condition": {"StringEquals": {"AWS:resourcetag/team": "x", "aws:sourceip": "x"}}}),
        json!({"NotAction": "connect:TagResource", "Condition": {"StringEquals": {"connect:InstanceId": "x"}}}),
        json!({"NotResource": "arn:aws:s3:::bucket"}),
        json!({"Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": "x"}, "Null": {"aws:TagKeys": false}}}),
        json!({"Effect": "Deny", "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": "x"}}}),
        json!({"Effect": "Deny", "Condition": {"StringEquals": {"aws:TagKeys": "${aws:PrincipalTag/x, 'y'}"}}}),
    ] {
        assert_eq!(warned(members.clone()), [] as [&str; 0], "{members}");
    }
}

#[test]
fn b202_what_can_never_match_is_warned_of() {
    let rows = [
        (
            json!({"Action": ["connect:GetTaskTemplates", "connect:ListTaskTemplates"]}),
            "this server has no action \"connect:GetTaskTemplates\"; connect:GetTaskTemplate is one",
        ),
        (json!({"Action": "s3:*"}), "this server has no action \"s3:*\""),
        (json!({"NotAction": "connect:*"}), "NotAction leaves no action: the statement never matches"),
        (
            json!({"Action": "connect:GetTaskTemplate", "Resource": "arn:aws:connect:*:*:instance/i"}),
            "no action of the statement is about a resource \"arn:aws:connect:*:*:instance/i\"; connect:GetTaskTemplate is about arn:*:connect:*:*:instance/*/task-template/*",
        ),
        (
            json!({"Action": ["connect:GetTaskTemplate", "connect:ListTaskTemplates"], "Resource": "arn:aws:connect:*:*:instance/i/task-template/*"}),
            "no resource of the statement is one of this action; connect:ListTaskTemplates is about arn:*:connect:*:*:instance/*",
        ),
        (
            json!({"Action": ["connect:GetTaskTemplate", "connect:ListInstances"], "Resource": "arn:aws:connect:*:*:instance/i/task-template/*"}),
            "no resource of the statement is one of this action; connect:ListInstances is about none: only the resource * includes it",
        ),
        (
            json!({"Action": "connect:GetTaskTemplate", "Condition": {"StringEquals": {"aws:RequestTag/team": "x"}}}),
            "no action of the statement has the key aws:RequestTag/team: the condition never passes",
        ),
        (
            json!({"Action": "connect:GetTaskTemplate", "Condition": {"StringEqualsIfExists": {"aws:SourceIP4": "x"}}}),
            "no action of the statement has the key aws:SourceIP4: the condition always passes; perhaps aws:SourceIp is meant",
        ),
        (
            json!({"Action": ["connect:GetTaskTemplate", "connect:TagResource"], "Condition": {"StringEquals": {"aws:TagKeys": "x"}}}),
            "connect:GetTaskTemplate has no key aws:TagKeys: there the condition never passes",
        ),
        (json!({"Condition": {}}), "Condition is empty: the statement has no condition"),
        (json!({"Condition": {"StringEquals": {}}}), "StringEquals has no key: it is no condition"),
        (
            json!({"Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": "x"}}}),
            "ForAllValues: passes where aws:TagKeys is missing: add \"Null\": {\"aws:TagKeys\": \"false\"} if it is to be there",
        ),
        (
            json!({"Effect": "Deny", "Condition": {"StringNotEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}}),
            "the statement denies nothing where aws:PrincipalTag/team is missing: give the variable a default, ${aws:PrincipalTag/team, 'none'}",
        ),
    ];
    for (members, expected) in rows {
        assert_eq!(warned(members.clone()), [expected], "{members}");
    }
}

#[test]
fn variables_of_the_older_version_are_warned_of() {
    let statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceIp": "${aws:x}"}}});
    let policy = Policy::parse(&format!("{{\n \"Statement\": {statement}}}")).unwrap();
    let found: Vec<String> = warnings(&policy, Some(&Known)).iter().map(ToString::to_string).collect();
    let expected = "\"${aws:x}\" has no variable: only documents with \"Version\": \"2012-10-17\" have them";
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("line 2, column ") && found[0].ends_with(expected), "{found:?}");
}
