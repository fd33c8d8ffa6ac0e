//! Filters of searches: tags, and what users and flows have besides (administration 3.2.1, 3.2.2).

use std::collections::BTreeMap;

use wire::shapes::{
    ContactFlowAttributeFilter, ContactFlowType, ControlPlaneAttributeFilter, ControlPlaneTagFilter,
    ControlPlaneUserAttributeFilter, TagCondition, TagSearchCondition,
};

use super::{Case, GroupTest, Wanted, how};

/// Conditions in the lists of one filter (B86).
const CONDITIONS_MAX: usize = 100;

/// What a filter looks at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Attributes<'a> {
    /// Tags; `None` when there are none.
    pub tags: Option<&'a BTreeMap<String, String>>,
    /// Hierarchy groups of a user, from level one.
    pub groups: &'a [String],
    /// The type of a flow.
    pub flow_type: Option<&'a ContactFlowType>,
}

/// A checked filter: one of these lists must hold whole. Without any it holds for everything.
#[derive(Debug, Default)]
pub struct Filter(Vec<Vec<Leaf>>);

#[derive(Debug)]
enum Leaf {
    Tag { key: Option<String>, value: Option<String> },
    Group(GroupTest),
    FlowType(Option<ContactFlowType>),
}

impl Filter {
    /// Whether a resource passes.
    pub fn passes(&self, of: Attributes<'_>) -> bool {
        self.0.is_empty() || self.0.iter().any(|leaves| leaves.iter().all(|leaf| leaf.holds(of)))
    }

    /// TagFilter.
    ///
    /// # Errors
    /// More than one member is given.
    pub fn of_tags(filter: &ControlPlaneTagFilter, path: &str) -> Result<Self, String> {
        let mut lists = Vec::new();
        members(
            path,
            &[
                ("OrConditions", filter.or_conditions.is_some()),
                ("AndConditions", filter.and_conditions.is_some()),
                ("TagCondition", filter.tag_condition.is_some()),
            ],
        )?;
        lists.extend(filter.or_conditions.iter().flatten().map(|list| list.iter().map(Leaf::tag).collect()));
        lists.extend(filter.and_conditions.iter().map(|list| list.iter().map(Leaf::tag).collect()));
        lists.extend(filter.tag_condition.iter().map(|tag| vec![Leaf::tag(tag)]));
        Self::of(lists, path)
    }

    /// What passes one of these lists.
    fn of(lists: Vec<Vec<Leaf>>, path: &str) -> Result<Self, String> {
        if lists.len().max(lists.iter().map(Vec::len).sum()) > CONDITIONS_MAX {
            return Err(format!("{path}: there may be {CONDITIONS_MAX} conditions at most"));
        }
        Ok(Self(lists))
    }

    /// AttributeFilter of agent statuses and hierarchy groups.
    ///
    /// # Errors
    /// More than one member is given.
    pub fn of_attributes(filter: &ControlPlaneAttributeFilter, path: &str) -> Result<Self, String> {
        members(
            path,
            &[
                ("OrConditions", filter.or_conditions.is_some()),
                ("AndCondition", filter.and_condition.is_some()),
                ("TagCondition", filter.tag_condition.is_some()),
            ],
        )?;
        let lists = filter.or_conditions.iter().flatten().chain(&filter.and_condition);
        let mut lists: Vec<Vec<Leaf>> =
            lists.map(|list| list.tag_conditions.iter().flatten().map(Leaf::tag).collect()).collect();
        lists.extend(filter.tag_condition.iter().map(|tag| vec![Leaf::tag(tag)]));
        Self::of(lists, path)
    }

    /// UserAttributeFilter.
    ///
    /// # Errors
    /// More than one member is given, or a group condition is not complete.
    pub fn of_user(filter: &ControlPlaneUserAttributeFilter, path: &str) -> Result<Self, String> {
        members(
            path,
            &[
                ("OrConditions", filter.or_conditions.is_some()),
                ("AndCondition", filter.and_condition.is_some()),
                ("TagCondition", filter.tag_condition.is_some()),
                ("HierarchyGroupCondition", filter.hierarchy_group_condition.is_some()),
            ],
        )?;
        let group = |condition| GroupTest::of(condition).map(Leaf::Group).map_err(|fault| format!("{path}.{fault}"));
        let mut lists = Vec::new();
        for list in filter.or_conditions.iter().flatten().chain(&filter.and_condition) {
            let mut leaves: Vec<Leaf> = list.tag_conditions.iter().flatten().map(Leaf::tag).collect();
            leaves.extend(list.hierarchy_group_condition.as_ref().map(group).transpose()?);
            lists.push(leaves);
        }
        lists.extend(filter.tag_condition.iter().map(|tag| vec![Leaf::tag(tag)]));
        if let Some(condition) = &filter.hierarchy_group_condition {
            lists.push(vec![group(condition)?]);
        }
        Self::of(lists, path)
    }

    /// FlowAttributeFilter.
    ///
    /// # Errors
    /// More than one member is given.
    pub fn of_flow(filter: &ContactFlowAttributeFilter, path: &str) -> Result<Self, String> {
        members(
            path,
            &[
                ("OrConditions", filter.or_conditions.is_some()),
                ("AndCondition", filter.and_condition.is_some()),
                ("TagCondition", filter.tag_condition.is_some()),
                ("ContactFlowTypeCondition", filter.contact_flow_type_condition.is_some()),
            ],
        )?;
        let mut lists = Vec::new();
        for list in filter.or_conditions.iter().flatten().chain(&filter.and_condition) {
            let mut leaves: Vec<Leaf> = list.tag_conditions.iter().flatten().map(Leaf::tag).collect();
            let of_type = list.contact_flow_type_condition.as_ref();
            leaves.extend(of_type.map(|condition| Leaf::FlowType(condition.contact_flow_type.clone())));
            lists.push(leaves);
        }
        lists.extend(filter.tag_condition.iter().map(|tag| vec![Leaf::tag(tag)]));
        let of_type = filter.contact_flow_type_condition.as_ref();
        lists.extend(of_type.map(|condition| vec![Leaf::FlowType(condition.contact_flow_type.clone())]));
        Self::of(lists, path)
    }
}

impl Leaf {
    /// Keys and values are compared exactly; an absent value matches any (administration 3.2.1).
    fn tag(condition: &TagCondition) -> Self {
        Self::Tag { key: condition.tag_key.clone(), value: condition.tag_value.clone() }
    }

    fn holds(&self, of: Attributes<'_>) -> bool {
        match self {
            Self::Tag { key, value } => of.tags.is_some_and(|tags| {
                tags.iter().any(|(k, v)| {
                    key.as_ref().is_none_or(|key| key == k) && value.as_ref().is_none_or(|value| value == v)
                })
            }),
            Self::Group(group) => group.holds(of.groups),
            Self::FlowType(wanted) => wanted.is_none() || wanted.as_ref() == of.flow_type,
        }
    }
}

/// A checked TagSearchCondition: without case, EXACT unless another comparison is given (administration 3.3.2).
#[derive(Debug, Default)]
pub struct TagPairs {
    key: Option<Wanted>,
    value: Option<Wanted>,
}

impl TagPairs {
    /// Checks a condition, which may be absent.
    ///
    /// # Errors
    /// A comparison is unknown.
    pub fn of(condition: Option<&TagSearchCondition>, path: &str) -> Result<Self, String> {
        let Some(condition) = condition else { return Ok(Self::default()) };
        let wanted = |text: &Option<String>, comparison, member: &str| {
            let how = how(comparison, &format!("{path}.{member}"))?;
            let wanted = |text: &String| Wanted { text: text.to_lowercase(), how, case: Case::Ignored };
            Ok::<_, String>(text.as_ref().map(wanted))
        };
        Ok(Self {
            key: wanted(&condition.tag_key, condition.tag_key_comparison_type.as_ref(), "tagKey")?,
            value: wanted(&condition.tag_value, condition.tag_value_comparison_type.as_ref(), "tagValue")?,
        })
    }

    /// Whether a tag is searched for: both parts must hold; an absent one matches any.
    pub fn holds(&self, key: &str, value: &str) -> bool {
        self.key.as_ref().is_none_or(|wanted| wanted.is(key))
            && self.value.as_ref().is_none_or(|wanted| wanted.is(value))
    }
}

/// Members exclude each other (administration 3.2.1, 3.2.2).
fn members(path: &str, given: &[(&str, bool)]) -> Result<(), String> {
    let given: Vec<&str> = given.iter().filter(|(_, given)| *given).map(|(name, _)| *name).collect();
    match given[..] {
        [first, second, ..] => Err(format!("{path}: {first} and {second} cannot be given together")),
        _ => Ok(()),
    }
}
