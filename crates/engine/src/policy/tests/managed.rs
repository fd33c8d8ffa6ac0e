//! The managed policies.

use wire::Op;

use super::*;
use crate::policy::{MANAGED, managed};

#[test]
fn every_managed_policy_is_read_and_names_only_actions_that_exist() {
    let operations: Vec<String> = Op::ALL.iter().map(|op| format!("connect:{}", op.name())).collect();
    for (name, text) in MANAGED {
        let policy = Policy::parse(text).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
        for own in policy.statements.iter().flat_map(|statement| &statement.actions.patterns) {
            let known = operations.iter().any(|action| own.pattern.matches(&[], &action.to_ascii_lowercase()));
            assert!(known || own.spelt.starts_with("taskform:"), "{name}: {}", own.spelt);
        }
        assert_eq!(managed(name), Some(*text));
    }
    assert_eq!(managed("Administrator"), None, "names are exact");
}

/// What each allows and refuses; the matrix of all operations is the service's.
#[test]
fn managed_policies_allow_what_they_are_named_for() {
    let user = format!("{INSTANCE}/agent/u-1");
    let own = json!({"aws:PrincipalArn": user});
    let rows: &[(&str, &str, &str, bool)] = &[
        ("administrator", "connect:DeleteInstance", INSTANCE, true),
        ("administrator", "taskform:Anything", "*", true),
        ("read-only", "connect:GetTaskTemplate", TEMPLATE, true),
        ("read-only", "connect:SearchContacts", INSTANCE, true),
        ("read-only", "connect:TagResource", TEMPLATE, false),
        ("read-only", "connect:StartTaskContact", INSTANCE, false),
        ("task-producer", "connect:StartTaskContact", INSTANCE, true),
        ("task-producer", "connect:StopContact", INSTANCE, true),
        ("task-producer", "connect:UpdateTaskTemplate", TEMPLATE, false),
        ("task-producer", "connect:DeleteContactData", INSTANCE, false),
        ("template-editor", "connect:UpdateTaskTemplate", TEMPLATE, true),
        ("template-editor", "connect:TagResource", TEMPLATE, true),
        ("template-editor", "connect:TagResource", &user, false),
        ("template-editor", "connect:StartTaskContact", INSTANCE, false),
        ("agent", "connect:PutUserStatus", &user, true),
        ("agent", "connect:PutUserStatus", INSTANCE, false),
        ("agent", "connect:GetTaskTemplate", TEMPLATE, false),
    ];
    for (name, action, resource, expected) in rows {
        let set = PolicySet::new(vec![((*name).to_owned(), Policy::parse(managed(name).unwrap()).unwrap())]);
        let decision = set.decide(&Request { action, resource, context: &Facts::of(&own) });
        assert_eq!(decision.is_allowed(), *expected, "{name}: {action} on {resource}");
    }
}
