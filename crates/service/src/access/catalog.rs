//! What policies may be about, for warnings about what can never match.

use std::sync::LazyLock;

use engine::policy::{ActionFacts, Catalog};
use wire::{Op, ResourceKind};

use super::door::Door;

/// The condition keys that requests of every action have.
const GLOBAL: &[&str] = &[
    "aws:CurrentTime",
    "aws:EpochTime",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalTag/",
    "aws:PrincipalType",
    "aws:RequestedRegion",
    "aws:SecureTransport",
    "aws:SourceIp",
    "aws:TokenIssueTime",
    "aws:UserAgent",
    "aws:userid",
    "aws:username",
];

/// The key of the tags of resources.
const RESOURCE_TAG: &str = "aws:ResourceTag/";

/// Every operation and door, with the resources and condition keys of its action.
#[derive(Clone, Copy, Debug, Default)]
pub struct Actions;

/// One action.
struct Known {
    name: String,
    resources: Vec<&'static str>,
    keys: Vec<&'static str>,
}

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let operations = Op::ALL.iter().map(|op| of_operation(*op));
    operations.chain(Door::ALL.iter().map(|door| of_door(*door))).collect()
});

/// The published patterns of ARNs, with `*` for what differs from one resource to the next.
static PATTERNS: LazyLock<Vec<(ResourceKind, String)>> = LazyLock::new(|| {
    let kinds = Op::ALL.iter().flat_map(|op| op.action().resources).map(|resource| resource.kind);
    let mut found: Vec<(ResourceKind, String)> =
        kinds.filter_map(|kind| Some((kind, general(kind.arn_pattern()?)))).collect();
    found.sort_unstable();
    found.dedup();
    found
});

/// `${Region}` and the like as `*`.
fn general(pattern: &str) -> String {
    let mut pieces = pattern.split("${");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        text.push('*');
        text.push_str(piece.split_once('}').map_or(piece, |(_, rest)| rest));
    }
    text
}

fn of_operation(op: Op) -> Known {
    let action = op.action();
    let is_about =
        |kind: ResourceKind| action.resources.iter().any(|own| [kind, ResourceKind::Any].contains(&own.kind));
    let resources = PATTERNS.iter().filter(|(kind, _)| is_about(*kind)).map(|(_, pattern)| pattern.as_str()).collect();
    let tags = action.resources.iter().any(|resource| resource.tags).then_some(RESOURCE_TAG);
    let keys = action.keys.iter().copied().chain(tags).collect();
    Known { name: format!("connect:{}", op.name()), resources, keys }
}

fn of_door(door: Door) -> Known {
    let agent = PATTERNS.iter().filter(|(kind, _)| *kind == ResourceKind::User);
    let resources = agent.map(|(_, pattern)| pattern.as_str()).collect();
    Known { name: door.action().to_owned(), resources, keys: vec!["connect:InstanceId", RESOURCE_TAG] }
}

impl Catalog for Actions {
    fn actions(&self) -> Vec<ActionFacts<'_>> {
        let known = KNOWN.iter();
        known.map(|own| ActionFacts { name: &own.name, resources: &own.resources, keys: &own.keys }).collect()
    }

    fn global_keys(&self) -> &[&str] {
        GLOBAL
    }
}

#[cfg(test)]
mod tests {
    use engine::policy::{MANAGED, Policy, warnings};

    use super::*;

    #[test]
    fn every_action_is_known() {
        let actions = Actions.actions();
        assert_eq!(actions.len(), Op::ALL.len() + Door::ALL.len());
        let of = |name: &str| *actions.iter().find(|own| own.name == name).expect("it is known");
        let template = "arn:*:connect:*:*:instance/*/task-template/*";
        assert_eq!(of("connect:GetTaskTemplate").resources, [template]);
        assert_eq!(of("connect:GetTaskTemplate").keys, ["connect:InstanceId", RESOURCE_TAG]);
        assert!(of("connect:ListInstances").resources.is_empty());
        assert!(of("connect:TagResource").resources.contains(&template));
        assert_eq!(of("taskform:AcceptContact").resources, ["arn:*:connect:*:*:instance/*/agent/*"]);
    }

    #[test]
    fn managed_policies_are_without_warnings() {
        for (name, text) in MANAGED {
            let policy = Policy::parse(text).expect("a managed policy");
            let found = warnings(&policy, Some(&Actions));
            assert!(found.is_empty(), "{name}: {found:?}");
        }
    }

    #[test]
    fn what_can_never_match_is_warned_about() {
        let document = |action: &str, resource: &str, key: &str| {
            format!(
                r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"{action}","Resource":"{resource}",
                "Condition":{{"StringEquals":{{"{key}":"x"}}}}}}]}}"#
            )
        };
        let template = "arn:aws:connect:*:*:instance/*/task-template/*";
        for (action, resource, key, warned) in [
            ("connect:GetTaskTemplate", template, "aws:ResourceTag/team", false),
            ("connect:GetTaskTemplates", template, "aws:ResourceTag/team", true),
            ("connect:ListTaskTemplates", template, "aws:username", true),
            ("connect:GetTaskTemplate", template, "connect:AssignmentType", true),
        ] {
            let policy = Policy::parse(&document(action, resource, key)).expect("a policy");
            assert_eq!(!warnings(&policy, Some(&Actions)).is_empty(), warned, "{action} {resource} {key}");
        }
    }
}
