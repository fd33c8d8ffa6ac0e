//! The cases of protocol 10.4.

use super::*;

const GET: &str = "connect:GetTaskTemplate";
const DELETE: &str = "connect:DeleteTaskTemplate";

/// Whether the case's statement, with this condition, allows reading the template.
#[expect(clippy::needless_pass_by_value, reason = "tests write it in place")]
fn read(condition: Json, keys: Json) -> bool {
    holds(condition, &keys)
}

/// protocol E1, protocol E2, protocol E3, protocol E4
#[test]
fn actions_and_resources() {
    let on = |actions: Json, resource: &str| json!({"Effect": "Allow", "Action": actions, "Resource": resource});
    let none = json!({});
    assert!(allows(on(json!("CONNECT:get*"), "*"), GET, TEMPLATE, &none), "E1");

    let not_delete = json!({"Effect": "Allow", "NotAction": "connect:Delete*", "Resource": "*"});
    assert!(allows(not_delete.clone(), GET, TEMPLATE, &none), "E2");
    assert!(!allows(not_delete, DELETE, TEMPLATE, &none), "E2");

    let allow = on(json!("*"), "*");
    let deny = json!({"Effect": "Deny", "Action": DELETE, "Resource": "*"});
    assert!(!allows(json!([allow, deny]), DELETE, TEMPLATE, &none), "E3");
    assert!(!allows(json!([deny, allow]), DELETE, TEMPLATE, &none), "E3");
    assert!(allows(json!([deny, allow]), GET, TEMPLATE, &none), "E3");

    let templates = on(json!("*"), "arn:aws:connect:*:*:instance/*/task-template/*");
    assert!(allows(templates.clone(), GET, TEMPLATE, &none), "E4");
    assert!(!allows(templates, "connect:ListTaskTemplates", INSTANCE, &none), "E4");
}

/// protocol E5, protocol E6, protocol E7, protocol E8, protocol E15
#[test]
fn tags_of_the_resource() {
    let team = |value: &str| json!({"aws:ResourceTag/team": value});
    let equals = json!({"StringEquals": {"aws:ResourceTag/team": "blue"}});
    assert!(read(equals.clone(), team("blue")), "E5");
    assert!(!read(equals.clone(), team("red")), "E5");
    assert!(!read(equals, json!({})), "E5");
    assert!(read(json!({"StringNotEquals": {"aws:ResourceTag/team": "blue"}}), json!({})), "E6");
    assert!(read(json!({"StringEqualsIfExists": {"aws:ResourceTag/team": "blue"}}), json!({})), "E7");
    let null = json!({"Null": {"aws:ResourceTag/team": "true"}});
    assert!(read(null.clone(), json!({})), "E8");
    assert!(!read(null, team("blue")), "E8");
    assert!(read(json!({"StringEquals": {"AWS:resourcetag/team": "blue"}}), team("blue")), "E15");
}

/// protocol E9, protocol E10
#[test]
fn keys_with_several_values() {
    let all = json!({"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]}});
    assert!(read(all.clone(), json!({"aws:TagKeys": ["a"]})), "E9");
    assert!(!read(all.clone(), json!({"aws:TagKeys": ["a", "z"]})), "E9");
    assert!(read(all.clone(), json!({"aws:TagKeys": []})), "E9");
    assert!(read(all, json!({})), "E9");
    let any = json!({"ForAnyValue:StringLike": {"aws:TagKeys": "te*"}});
    assert!(read(any.clone(), json!({"aws:TagKeys": ["x", "team"]})), "E10");
    assert!(!read(any.clone(), json!({"aws:TagKeys": []})), "E10");
    assert!(!read(any, json!({})), "E10");
}

/// protocol E11, protocol E12, protocol E13, protocol E14
#[test]
fn variables() {
    let owner = json!({"StringEquals": {"aws:ResourceTag/owner": "${aws:username}"}});
    assert!(read(owner.clone(), json!({"aws:ResourceTag/owner": "alice", "aws:username": "alice"})), "E11");
    assert!(!read(owner, json!({"aws:ResourceTag/owner": "alice", "aws:username": "bob"})), "E11");

    let own = "arn:aws:connect:us-east-1:111122223333:instance/${aws:PrincipalTag/inst}*";
    let own = json!({"Effect": "Allow", "Action": "*", "Resource": own});
    assert!(!allows(own.clone(), GET, TEMPLATE, &json!({})), "E12");
    assert!(allows(own, GET, TEMPLATE, &json!({"aws:PrincipalTag/inst": "i-1"})), "E12");

    let like = json!({"StringLike": {"aws:ResourceTag/owner": "${aws:username}"}});
    assert!(!read(like, json!({"aws:ResourceTag/owner": "bob", "aws:username": "*"})), "E13");

    let star = json!({"StringLike": {"aws:ResourceTag/x": "a${*}b"}});
    assert!(read(star.clone(), json!({"aws:ResourceTag/x": "a*b"})), "E14");
    assert!(!read(star, json!({"aws:ResourceTag/x": "axxb"})), "E14");
}

/// protocol E16
#[test]
fn documents_that_are_refused() {
    let with = |more: Json| {
        let mut statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
        for (name, value) in more.as_object().unwrap() {
            statement[name] = value.clone();
        }
        parse(&json!({"Version": "2012-10-17", "Statement": [statement]}))
    };
    assert!(with(json!({"Sid": "Sound"})).is_ok());
    for wrong in [
        json!({"Condtion": {"StringEquals": {"aws:username": "x"}}}),
        json!({"NotAction": "connect:*"}),
        json!({"Principal": "*"}),
        json!({"Condition": {"StringEqual": {"aws:username": "x"}}}),
    ] {
        assert!(with(wrong.clone()).is_err(), "E16: {wrong}");
    }
}

/// protocol E17: the documents of protocol 4.4.
#[test]
fn documents_of_4_4() {
    let home = "arn:aws:connect:us-east-1:111122223333:instance/11111111-2222-3333-4444-555555555555";
    let of = |text: &str| PolicySet::new(vec![("p".to_owned(), Policy::parse(text).unwrap())]);
    let may = |set: &PolicySet, action: &str, resource: &str, keys: Json| {
        set.decide(&Request { action, resource, context: &Facts::of(&keys) }).is_allowed()
    };

    let blue = of(include_str!("tag_scoped_read.json"));
    let template = format!("{home}/task-template/t");
    let tags = |resource: &str, own: &str| json!({"aws:ResourceTag/team": resource, "aws:PrincipalTag/team": own});
    assert!(may(&blue, "connect:ListTaskTemplates", home, json!({})));
    assert!(!may(&blue, "connect:ListTaskTemplates", &format!("{home}2"), json!({})));
    assert!(may(&blue, GET, &template, tags("blue", "blue")));
    assert!(!may(&blue, GET, &template, tags("red", "blue")));
    assert!(!may(&blue, GET, &template, json!({"aws:ResourceTag/team": "blue"})), "a caller without the tag");
    assert!(!may(&blue, DELETE, &template, tags("blue", "blue")));

    let editors = of(include_str!("editors.json"));
    let tagging = |keys: Json| json!({"connect:InstanceId": "11111111-2222", "aws:TagKeys": keys});
    assert!(may(&editors, "connect:UpdateTaskTemplate", &template, json!({"connect:InstanceId": "11111111-2222"})));
    assert!(!may(&editors, "connect:UpdateTaskTemplate", &template, json!({"connect:InstanceId": "22222222-2222"})));
    assert!(may(&editors, "connect:ListInstances", "*", json!({})), "without the key");
    assert!(!may(&editors, DELETE, &template, json!({"connect:InstanceId": "11111111-2222"})));
    assert!(may(&editors, "connect:UntagResource", &template, tagging(json!(["team"]))));
    assert!(!may(&editors, "connect:UntagResource", &template, tagging(json!(["team", "protected"]))));

    let starters = of(include_str!("starters.json"));
    let flow = format!("{home}/contact-flow/f");
    let from = |address: &str| json!({"aws:SourceIp": address});
    assert!(may(&starters, "connect:StartTaskContact", &flow, from("10.2.3.4")));
    assert!(!may(&starters, "connect:StartTaskContact", &flow, from("192.0.2.1")), "another network");
    assert!(!may(&starters, "connect:StartTaskContact", &flow, json!({})), "an unknown network");
    assert!(!may(&starters, "connect:StartTaskContact", &format!("{home}2/contact-flow/f"), from("10.2.3.4")));
    assert!(!may(&starters, GET, &template, from("10.2.3.4")));
}

/// protocol E18
#[test]
fn e18_tag_keys_of_any_characters() {
    let condition = json!({"StringEquals": {"aws:RequestTag/k/é:=": "v"}});
    let statement =
        json!({"Effect": "Allow", "Action": "connect:TagResource", "Resource": "*", "Condition": condition});
    let tagging = |keys: Json| allows(statement.clone(), "connect:TagResource", TEMPLATE, &keys);
    assert!(tagging(json!({"aws:RequestTag/k/é:=": "v"})));
    assert!(tagging(json!({"aws:RequestTag/K/É:=": "v"})), "without case");
    assert!(!tagging(json!({"aws:RequestTag/k/e:=": "v"})));
}
