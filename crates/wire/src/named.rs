//! Which resources an input names: for policies, which are about resources, whatever the operation.

use std::collections::BTreeMap;

/// A kind of resource that a member of an input may name (`codegen/resources.toml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ResourceKind {
    /// An instance.
    Instance,
    /// A contact.
    Contact,
    /// A flow, maybe with a version or an alias.
    ContactFlow,
    /// A flow module, maybe with a version or an alias.
    FlowModule,
    /// A queue.
    Queue,
    /// A quick connect.
    QuickConnect,
    /// Hours of operation.
    HoursOfOperation,
    /// A routing profile.
    RoutingProfile,
    /// A security profile.
    SecurityProfile,
    /// A user, who is an agent.
    User,
    /// A status of agents.
    AgentStatus,
    /// A group of the user hierarchy.
    HierarchyGroup,
    /// A task template.
    TaskTemplate,
    /// An e-mail address of an instance.
    EmailAddress,
    /// A phone number of an instance.
    PhoneNumber,
    /// The kind that the ARN itself says.
    Any,
}

/// Something that may name resources, by id or ARN.
pub trait Named {
    /// Calls `each` with every name, in the order of the members.
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str));
}

impl<T: Named> Named for Option<T> {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        self.iter().for_each(|inner| inner.each_named(each));
    }
}

impl<T: Named> Named for Vec<T> {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        self.iter().for_each(|inner| inner.each_named(each));
    }
}

impl<T: Named> Named for BTreeMap<String, T> {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        self.values().for_each(|inner| inner.each_named(each));
    }
}

/// An id or ARN, or several. An empty text names nothing.
pub(crate) trait Ids {
    /// Calls `each` with every one.
    fn each_id<'s>(&'s self, kind: ResourceKind, each: &mut dyn FnMut(ResourceKind, &'s str));
}

impl Ids for String {
    fn each_id<'s>(&'s self, kind: ResourceKind, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        if !self.is_empty() {
            each(kind, self);
        }
    }
}

impl<T: Ids> Ids for Option<T> {
    fn each_id<'s>(&'s self, kind: ResourceKind, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        self.iter().for_each(|inner| inner.each_id(kind, each));
    }
}

impl<T: Ids> Ids for Vec<T> {
    fn each_id<'s>(&'s self, kind: ResourceKind, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        self.iter().for_each(|inner| inner.each_id(kind, each));
    }
}
