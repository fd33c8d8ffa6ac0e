//! What an operation is authorized on: the resources that a request names, as its action has them (protocol 4.1), and the values of
//! condition keys that it brings.

use wire::{ActionResource, Named, Op, ResourceKind};

use crate::arn::{self, Home, InstanceRef, Kind, Scope};

/// The resource of an action that is about none.
pub const NO_RESOURCE: &str = "*";

/// One resource that a request is judged on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its ARN. Of what is made or listed the id is `*`; of an action without resources the whole is [`NO_RESOURCE`].
    pub arn: String,
    /// Whether the action must be allowed on it. On another one it must not be denied.
    pub required: bool,
    /// The resource, if it is a single one of this home.
    pub target: Option<Target>,
    /// Whether its tags are condition keys.
    pub tags: bool,
}

/// A resource by its bare ids. Whether it exists is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its instance.
    pub instance: String,
    /// Its kind.
    pub kind: Kind,
    /// Its id; of an instance that of the instance.
    pub id: String,
}

/// What of a request is judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The bare id of the instance that it names; `None` when it names none, or none of this home.
    pub instance: Option<String>,
    /// At least one, but for [`Op::StartTaskContact`], which looks up the flow that it is authorized on.
    pub subjects: Vec<Subject>,
    /// Values of condition keys, in the order of the members: the key as in [`wire::Action::keys`], the key of the tag where that ends
    /// in a slash, and the value.
    pub values: Vec<(&'static str, Option<String>, String)>,
}

/// What of a request is judged. `more` are resources that members name in a way of their own.
pub fn asked(op: Op, home: Home<'_>, request: &impl Named, more: &[(ResourceKind, &str)]) -> Asked {
    let mut names = Vec::new();
    request.each_named(&mut |kind, text| names.push((kind, text)));
    names.extend_from_slice(more);
    let instance = names.iter().find(|(kind, _)| *kind == ResourceKind::Instance).map(|(_, text)| *text);
    let instance = instance.or_else(|| (op == Op::GetMetricDataV2).then(|| any_of(&names)).flatten());
    let instance = instance.and_then(|text| match arn::instance_id(text, home) {
        InstanceRef::Id(id) => Some(id),
        InstanceRef::Foreign | InstanceRef::Malformed => None,
    });
    let mut values = Vec::new();
    request.each_value(&mut |key, tag, value| values.push((key, tag.map(str::to_owned), value.to_owned())));
    let subjects = subjects(op, home, instance.as_deref(), &names);
    Asked { instance, subjects, values }
}

/// The instance whose ARN GetMetricDataV2 takes as a resource of any kind.
fn any_of<'n>(names: &[(ResourceKind, &'n str)]) -> Option<&'n str> {
    names.iter().find(|(kind, _)| *kind == ResourceKind::Any).map(|(_, text)| *text)
}

fn subjects(op: Op, home: Home<'_>, instance: Option<&str>, names: &[(ResourceKind, &str)]) -> Vec<Subject> {
    let scope = instance.map(|id| home.instance(id));
    let resources = op.action().resources;
    let mut subjects = Vec::new();
    for resource in resources {
        if resource.named {
            let of_kind = names.iter().filter(|(kind, _)| *kind == resource.kind);
            subjects.extend(of_kind.filter_map(|(_, text)| named(resource, home, scope, text)));
        } else {
            subjects.push(all(resource, scope));
        }
    }
    if op == Op::StartTaskContact {
        // Which flow will run depends on templates and quick connects; a flow that the request names may be another one.
        subjects.iter_mut().for_each(|subject| subject.required = false);
        return subjects;
    }
    if subjects.iter().all(|subject| !subject.required) {
        // A request that could have named some, and names none, is about all of them.
        subjects.extend(resources.iter().filter(|resource| resource.required).map(|resource| all(resource, scope)));
    }
    if subjects.is_empty() {
        subjects.push(Subject { arn: NO_RESOURCE.to_owned(), required: true, target: None, tags: false });
    }
    subjects
}

/// All resources of a kind.
fn all(resource: &ActionResource, scope: Option<Scope<'_>>) -> Subject {
    let arn = scope.zip(arn_kind(resource.kind)).map(|(scope, kind)| match kind {
        Kind::Instance => scope.instance_arn(),
        kind => scope.arn(kind, "*"),
    });
    Subject { arn: arn.unwrap_or_else(|| NO_RESOURCE.to_owned()), required: true, target: None, tags: false }
}

/// A resource that the request names by id or ARN. A version or an alias of a flow is the flow. `None` for a bare id in an instance
/// that the request does not name.
fn named(resource: &ActionResource, home: Home<'_>, scope: Option<Scope<'_>>, text: &str) -> Option<Subject> {
    let (text, _) = arn::flow_id(text);
    let arn = if text.starts_with("arn:") {
        text
    } else {
        match arn_kind(resource.kind)? {
            // As the request spells it, also when there can be no such instance.
            Kind::Instance => home.instance(&text).instance_arn(),
            kind => scope?.arn(kind, &text),
        }
    };
    Some(Subject { target: target(home, &arn), arn, required: resource.required, tags: resource.tags })
}

/// The resource of this home that an ARN names.
pub fn target(home: Home<'_>, text: &str) -> Option<Target> {
    let arn = arn::Arn::parse(text).ok().filter(|arn| arn.lives_in(home))?;
    let (id, _) = arn::flow_id(&arn.id);
    Some(Target { instance: arn.instance?, kind: arn.kind, id })
}

/// The kind as ARNs have it; `None` for what is named by ARN only, and for what has none here.
pub fn arn_kind(kind: ResourceKind) -> Option<Kind> {
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
mod tests;
