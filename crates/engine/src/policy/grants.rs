//! Who may do what: decided from the caller's grants and the resources that a request names, before anything is read.

use wire::{Named, ResourceKind};

use crate::arn::{self, Home, InstanceRef, Kind};

/// What an access key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grants {
    /// Everything in its own account.
    Administrator,
    /// Nothing: a key without policies.
    Nothing,
}

/// A refusal (row 13 of protocol 3.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied {
    /// ARN of the resource that is refused; `*` when none is named.
    pub resource: String,
}

impl Grants {
    /// Whether these grants of a key of `account` allow any request to `home` at all. Asked before a request is decoded: whoever may do
    /// nothing learns nothing of its form.
    ///
    /// # Errors
    /// They allow none.
    pub fn open(self, account: &str, home: Home<'_>) -> Result<(), Denied> {
        if self.are_all(account, home) { Ok(()) } else { Err(Denied { resource: "*".to_owned() }) }
    }

    /// Whether they allow a request that names these resources.
    ///
    /// # Errors
    /// They do not; with the resource that the refusal is about.
    pub fn allow(self, account: &str, home: Home<'_>, request: &impl Named) -> Result<(), Denied> {
        if self.are_all(account, home) {
            return Ok(());
        }
        let resource = resources(home, request).pop().unwrap_or_else(|| "*".to_owned());
        Err(Denied { resource })
    }

    fn are_all(self, account: &str, home: Home<'_>) -> bool {
        self == Self::Administrator && account == home.account
    }
}

/// ARNs of the resources that a request names, as far as ids tell: the instance first, then in the order of its members. An ARN that
/// the request gives stands as it is.
pub fn resources(home: Home<'_>, request: &impl Named) -> Vec<String> {
    let mut named = Vec::new();
    request.each_named(&mut |kind, text| named.push((kind, text)));
    let instance = named.iter().find(|(kind, _)| *kind == ResourceKind::Instance);
    let instance = instance.and_then(|(_, text)| match arn::instance_id(text, home) {
        InstanceRef::Id(id) => Some(id),
        InstanceRef::Foreign | InstanceRef::Malformed => None,
    });
    let of = |(kind, text): &(ResourceKind, &str)| {
        if text.starts_with("arn:") {
            return Some((*text).to_owned());
        }
        Some(home.instance(instance.as_deref()?).arn(arn_kind(*kind)?, text))
    };
    let (instances, others): (Vec<_>, Vec<_>) = named.iter().partition(|(kind, _)| *kind == ResourceKind::Instance);
    instances.into_iter().chain(others).filter_map(of).collect()
}

/// The kind as ARNs have it; `None` for what is named by ARN only, and for what has none here.
fn arn_kind(kind: ResourceKind) -> Option<Kind> {
    Some(match kind {
        ResourceKind::Instance => Kind::Instance,
        ResourceKind::Contact => Kind::Contact,
        ResourceKind::ContactFlow => Kind::Flow,
        ResourceKind::FlowModule => Kind::FlowModule,
        ResourceKind::Queue => Kind::Queue,
        ResourceKind::QuickConnect => Kind::QuickConnect,
        ResourceKind::HoursOfOperation => Kind::HoursOfOperation,
        ResourceKind::RoutingProfile => Kind::RoutingProfile,
        ResourceKind::SecurityProfile => Kind::SecurityProfile,
        ResourceKind::User => Kind::User,
        ResourceKind::AgentStatus => Kind::AgentStatus,
        ResourceKind::HierarchyGroup => Kind::HierarchyGroup,
        ResourceKind::TaskTemplate => Kind::TaskTemplate,
        ResourceKind::PhoneNumber => Kind::PhoneNumber,
        ResourceKind::EmailAddress | ResourceKind::Any => return None,
    })
}

#[cfg(test)]
mod tests {
    use wire::ops::{CreateUserInput, GetTaskTemplateInput, ListInstancesInput, TagResourceInput};

    use super::*;

    const HOME: Home<'_> = Home { partition: arn::Partition::Aws, region: "eu-central-1", account: "111122223333" };
    const INSTANCE: &str = "arn:aws:connect:eu-central-1:111122223333:instance/11111111-1111-4111-8111-111111111111";

    fn template() -> GetTaskTemplateInput {
        let (instance_id, task_template_id) = ("11111111-1111-4111-8111-111111111111".to_owned(), "t-1".to_owned());
        GetTaskTemplateInput { instance_id, task_template_id, ..Default::default() }
    }

    #[test]
    fn requests_name_their_resources() {
        assert_eq!(resources(HOME, &template()), [INSTANCE.to_owned(), format!("{INSTANCE}/task-template/t-1")]);
        let user = CreateUserInput {
            instance_id: INSTANCE.to_owned(),
            routing_profile_id: "r".to_owned(),
            security_profile_ids: vec!["s".to_owned(), format!("{INSTANCE}/security-profile/u")],
            hierarchy_group_id: Some(String::new()),
            ..Default::default()
        };
        let expected = ["", "/security-profile/s", "/security-profile/u", "/routing-profile/r"];
        let expected = expected.map(|rest| INSTANCE.to_owned() + rest);
        assert_eq!(resources(HOME, &user), expected, "in the order of the model, the empty one left out");
        let tagged = TagResourceInput { resource_arn: format!("{INSTANCE}/queue/q"), ..Default::default() };
        assert_eq!(resources(HOME, &tagged), [format!("{INSTANCE}/queue/q")]);
        assert_eq!(resources(HOME, &ListInstancesInput::default()), [] as [String; 0]);
    }

    #[test]
    fn r3_2_row_13_administrators_may_do_everything_in_their_account_and_others_nothing() {
        let all = Err(Denied { resource: "*".to_owned() });
        assert_eq!(Grants::Administrator.open(HOME.account, HOME), Ok(()));
        assert_eq!(Grants::Administrator.open("999999999999", HOME), all);
        assert_eq!(Grants::Nothing.open(HOME.account, HOME), all);
        assert_eq!(Grants::Administrator.allow(HOME.account, HOME, &template()), Ok(()));
        let denied = Err(Denied { resource: format!("{INSTANCE}/task-template/t-1") });
        assert_eq!(Grants::Administrator.allow("999999999999", HOME, &template()), denied, "another account");
        assert_eq!(Grants::Nothing.allow(HOME.account, HOME, &template()), denied);
        assert_eq!(Grants::Nothing.allow(HOME.account, HOME, &ListInstancesInput::default()), all);
    }
}
