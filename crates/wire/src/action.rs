//! What policies can say about an operation: which resources its action is authorized on and which condition keys it has. The tables
//! are generated from published facts (`codegen/actions.json`).

use crate::generated::{ACTIONS, ARN_PATTERNS};
use crate::{Op, ResourceKind};

/// What an action does, as published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccessLevel {
    /// Lists resources.
    List,
    /// Reads.
    Read,
    /// Changes.
    Write,
    /// Changes tags only.
    Tagging,
}

/// What policies can say about one operation, whose action is `connect:` and its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action {
    /// What it does.
    pub access: AccessLevel,
    /// The kinds of resources it is authorized on; empty when it is about no resource.
    pub resources: &'static [ActionResource],
    /// The condition keys it has beside the global ones and the tags of resources. One that ends in a slash is followed by the
    /// key of a tag.
    pub keys: &'static [&'static str],
}

/// A kind of resource that an action is authorized on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActionResource {
    /// The kind; [`ResourceKind::Any`] is the one that the ARN in the request says.
    pub kind: ResourceKind,
    /// True: those that the request names. False: all of the kind, because it is made or listed.
    pub named: bool,
    /// Whether the action must be allowed on each of them. On others it must not be denied.
    pub required: bool,
    /// Whether their tags are condition keys (`aws:ResourceTag/…`).
    pub tags: bool,
}

impl Action {
    /// Whether this condition key is one of the action's: not a global key, nor one of the tags of resources.
    pub fn has_key(&self, key: &str) -> bool {
        self.keys.iter().any(|own| match key.get(..own.len()) {
            Some(head) if own.ends_with('/') => head.eq_ignore_ascii_case(own) && key.len() > own.len(),
            Some(head) => head.eq_ignore_ascii_case(own) && key.len() == own.len(),
            None => false,
        })
    }
}

impl Op {
    /// What policies can say about it.
    pub fn action(self) -> &'static Action {
        &ACTIONS[self.index()]
    }
}

impl ResourceKind {
    /// The published pattern of its ARNs; `None` where no operation in scope is authorized on one.
    pub fn arn_pattern(self) -> Option<&'static str> {
        ARN_PATTERNS.iter().find(|(kind, _)| *kind == self).map(|(_, pattern)| *pattern)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_of_the_scope_has_an_action() {
        assert_eq!(ACTIONS.len(), Op::ALL.len());
        let without: Vec<Op> = Op::ALL.iter().copied().filter(|op| op.action().resources.is_empty()).collect();
        assert_eq!(without, [Op::CreateInstance, Op::ListInstances], "about no resource that exists");
    }

    /// protocol 4.1
    #[test]
    fn actions_have_their_resources_and_condition_keys() {
        let of = |kind, named, required, tags| ActionResource { kind, named, required, tags };
        let template = of(ResourceKind::TaskTemplate, true, true, true);
        assert_eq!(Op::GetTaskTemplate.action().resources, [template]);
        assert_eq!(Op::GetTaskTemplate.action().keys, ["connect:InstanceId"]);
        let created = of(ResourceKind::TaskTemplate, false, true, false);
        assert_eq!(Op::CreateTaskTemplate.action().resources, [created], "made, so all of them");
        assert!(Op::CreateTaskTemplate.action().keys.is_empty(), "W4.1.2");
        assert_eq!(Op::ListTaskTemplates.action().resources, [of(ResourceKind::Instance, true, true, true)]);
        assert_eq!(Op::TagResource.action().resources, [of(ResourceKind::Any, true, true, true)]);
        assert_eq!(Op::TagResource.action().keys, ["aws:RequestTag/", "aws:TagKeys"]);
        let start = Op::StartTaskContact.action();
        let required: Vec<_> = start.resources.iter().filter(|resource| resource.required).map(|r| r.kind).collect();
        assert_eq!(required, [ResourceKind::ContactFlow]);
        assert_eq!(start.keys, ["connect:AssignmentType", "connect:InstanceId"]);
        assert!(Op::AssociateContactWithUser.action().has_key("Connect:PreferredUserArn"), "administration 4.2.3");
        assert_eq!(Op::ListQueues.action().resources, [of(ResourceKind::Queue, false, true, false)]);
    }

    #[test]
    fn keys_with_the_key_of_a_tag() {
        let action = Op::TagResource.action();
        for (key, has) in [
            ("aws:RequestTag/team", true),
            ("AWS:requesttag/é", true),
            ("aws:RequestTag/", false),
            ("aws:TagKeys", true),
            ("aws:TagKey", false),
            ("aws:TagKeysé", false),
            ("connect:InstanceId", false),
        ] {
            assert_eq!(action.has_key(key), has, "{key}");
        }
    }
}
