//! Which resources an input names, and which of its members are values of condition keys: for policies, whatever the operation.

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

/// Called with each value of a condition key: the key as in [`crate::Action::keys`], the key of the tag where that ends in a slash, and
/// the value.
pub type EachValue<'f, 's> = dyn FnMut(&'static str, Option<&'s str>, &'s str) + 'f;

/// Something that may name resources, by id or ARN, and have values of condition keys.
pub trait Named {
    /// Calls `each` with every name, in the order of the members.
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str));

    /// Calls `each` with every value of a condition key, in the order of the members.
    fn each_value<'s>(&'s self, _each: &mut EachValue<'_, 's>) {}
}

impl<T: Named> Named for Option<T> {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        self.iter().for_each(|inner| inner.each_named(each));
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        self.iter().for_each(|inner| inner.each_value(each));
    }
}

impl<T: Named> Named for Vec<T> {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        self.iter().for_each(|inner| inner.each_named(each));
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        self.iter().for_each(|inner| inner.each_value(each));
    }
}

impl<T: Named> Named for BTreeMap<String, T> {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        self.values().for_each(|inner| inner.each_named(each));
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        self.values().for_each(|inner| inner.each_value(each));
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

/// A text that is the value of a condition key, or several.
pub(crate) trait Texts {
    /// Calls `each` with every one.
    fn each_text<'s>(&'s self, key: &'static str, each: &mut EachValue<'_, 's>);
}

impl Texts for String {
    fn each_text<'s>(&'s self, key: &'static str, each: &mut EachValue<'_, 's>) {
        each(key, None, self);
    }
}

impl<T: Texts> Texts for Option<T> {
    fn each_text<'s>(&'s self, key: &'static str, each: &mut EachValue<'_, 's>) {
        self.iter().for_each(|inner| inner.each_text(key, each));
    }
}

impl<T: Texts> Texts for Vec<T> {
    fn each_text<'s>(&'s self, key: &'static str, each: &mut EachValue<'_, 's>) {
        self.iter().for_each(|inner| inner.each_text(key, each));
    }
}

/// Tags.
impl Texts for BTreeMap<String, String> {
    fn each_text<'s>(&'s self, key: &'static str, each: &mut EachValue<'_, 's>) {
        self.iter().for_each(|(tag, value)| each(key, Some(tag), value));
    }
}

/// A tag that a search is for; one that is named without a value has the empty one.
pub(crate) fn search_tag<'s>(tag: Option<&'s str>, value: Option<&'s str>, each: &mut EachValue<'_, 's>) {
    if let Some(tag) = tag {
        each("connect:SearchTag/", Some(tag), value.unwrap_or_default());
    }
}
