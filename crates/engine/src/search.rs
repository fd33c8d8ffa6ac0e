//! What a search of resources looks for: criteria trees and filters, checked once and then asked of each resource
//! (administration 3.1, 3.2). What a resource has to be searched by is said by whoever searches, as [`Field`]s; pages and order
//! are the caller's.

mod filter;
mod leaf;
#[cfg(test)]
mod tests;

use wire::shapes::{StringComparisonType, StringCondition};

use crate::text::{chars, quoted};

pub use filter::{Attributes, Filter, TagPairs};
pub use leaf::{AttributeTest, DateTest, GroupTest};

/// Levels of nested conditions (administration 3.1.1).
const LEVELS_MAX: usize = 5;
/// Leaves of one tree (administration 3.1.1).
const LEAVES_MAX: usize = 100;
/// Characters that CONTAINS looks for in a text for people (administration 3.1.3).
const CONTAINS: std::ops::RangeInclusive<usize> = 2..=25;

/// How the values of a field are compared (administration 3.1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Names and descriptions: without case.
    Ignored,
    /// Types and states: exactly.
    Exact,
    /// Ids, exactly; an ARN is compared with ARNs only, a bare id with bare ids (administration 1.1.3).
    Id,
}

/// Calls with each value that a resource has for a field.
pub type Values<T> = fn(&T, &mut dyn FnMut(&str));

/// A field that a StringCondition may name.
#[derive(Clone, Copy)]
pub struct Field<T> {
    /// Its name; conditions write it in any case.
    pub name: &'static str,
    /// How its values are compared.
    pub case: Case,
    /// Its values.
    pub values: Values<T>,
}

impl<T> std::fmt::Debug for Field<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Field").field("name", &self.name).field("case", &self.case).finish_non_exhaustive()
    }
}

/// What a node of a tree has in common with those of other operations.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a, N> {
    /// OrConditions.
    pub any: Option<&'a [N]>,
    /// AndConditions.
    pub all: Option<&'a [N]>,
    /// StringCondition.
    pub text: Option<&'a StringCondition>,
}

/// The criteria of one search operation: what a node of its tree is, and what it is about.
pub trait Criteria: 'static {
    /// The generated shape of a node.
    type Node;
    /// What is searched.
    type Target: std::fmt::Debug + 'static;
    /// A checked leaf of another kind than StringCondition; `()` where there is none.
    type Leaf: std::fmt::Debug;
    /// What a StringCondition may name.
    const FIELDS: &'static [Field<Self::Target>];

    /// The parts of a node.
    fn parts(node: &Self::Node) -> Parts<'_, Self::Node>;

    /// The other leaves of a node, checked.
    ///
    /// # Errors
    /// What is wrong with one, with its path below the node.
    fn leaves(_node: &Self::Node) -> Result<Vec<Self::Leaf>, String> {
        Ok(Vec::new())
    }

    /// Whether a leaf holds.
    fn holds(_leaf: &Self::Leaf, _target: &Self::Target) -> bool {
        true
    }
}

/// Implements [`Criteria::parts`] for a generated shape.
#[macro_export]
macro_rules! criteria_parts {
    ($node:ty) => {
        type Node = $node;

        fn parts(node: &$node) -> $crate::search::Parts<'_, $node> {
            $crate::search::Parts {
                any: node.or_conditions.as_deref(),
                all: node.and_conditions.as_deref(),
                text: node.string_condition.as_ref(),
            }
        }
    };
}

/// A checked criteria tree.
#[derive(Debug)]
pub struct Tree<C: Criteria>(Test<C>);

#[derive(Debug)]
enum Test<C: Criteria> {
    All(Vec<Test<C>>),
    Any(Vec<Test<C>>),
    Text(TextTest<C::Target>),
    Leaf(C::Leaf),
}

impl<C: Criteria> Tree<C> {
    /// Checks the criteria of a request, which may be absent.
    ///
    /// # Errors
    /// What is wrong, with its path and what would be right; InvalidParameterException (administration 3.1.1 to 3.1.5).
    pub fn of(criteria: Option<&C::Node>) -> Result<Self, String> {
        let mut leaves = 0;
        criteria.map_or(Ok(Test::All(Vec::new())), |node| test::<C>(node, "SearchCriteria", 1, &mut leaves)).map(Self)
    }

    /// Every leaf of another kind than StringCondition.
    pub fn leaves(&self) -> Vec<&C::Leaf> {
        let (mut leaves, mut tests) = (Vec::new(), vec![&self.0]);
        while let Some(test) = tests.pop() {
            match test {
                Test::All(inner) | Test::Any(inner) => tests.extend(inner),
                Test::Text(_) => {}
                Test::Leaf(leaf) => leaves.push(leaf),
            }
        }
        leaves
    }

    /// Whether a resource is looked for.
    pub fn holds(&self, target: &C::Target) -> bool {
        holds(&self.0, target)
    }
}

/// All members of a node must hold; an empty list holds for everything (administration 3.1.1).
fn test<C: Criteria>(node: &C::Node, path: &str, level: usize, leaves: &mut usize) -> Result<Test<C>, String> {
    if level > LEVELS_MAX {
        return Err(format!("{path}: conditions may be nested {LEVELS_MAX} levels deep"));
    }
    let Parts { any, all, text } = C::parts(node);
    let mut tests = Vec::new();
    let mut list = |nodes: &[C::Node], name: &str| -> Result<Vec<Test<C>>, String> {
        let path = |n| format!("{path}.{name}[{n}]");
        nodes.iter().enumerate().map(|(n, node)| test::<C>(node, &path(n), level + 1, leaves)).collect()
    };
    if let Some(nodes) = any.filter(|nodes| !nodes.is_empty()) {
        tests.push(Test::Any(list(nodes, "OrConditions")?));
    }
    if let Some(nodes) = all {
        tests.extend(list(nodes, "AndConditions")?);
    }
    if let Some(condition) = text {
        tests.push(Test::Text(TextTest::of(condition, C::FIELDS, &format!("{path}.StringCondition"))?));
        *leaves += 1;
    }
    let others = C::leaves(node).map_err(|fault| format!("{path}.{fault}"))?;
    *leaves += others.len();
    if *leaves > LEAVES_MAX {
        return Err(format!("SearchCriteria: there may be {LEAVES_MAX} conditions at most"));
    }
    tests.extend(others.into_iter().map(Test::Leaf));
    Ok(Test::All(tests))
}

fn holds<C: Criteria>(test: &Test<C>, target: &C::Target) -> bool {
    match test {
        Test::All(tests) => tests.iter().all(|test| holds(test, target)),
        Test::Any(tests) => tests.iter().any(|test| holds(test, target)),
        Test::Text(text) => text.holds(target),
        Test::Leaf(leaf) => C::holds(leaf, target),
    }
}

/// A checked StringCondition.
#[derive(Debug)]
struct TextTest<T: std::fmt::Debug + 'static> {
    field: &'static Field<T>,
    value: Wanted,
}

impl<T: std::fmt::Debug> TextTest<T> {
    fn of(condition: &StringCondition, fields: &'static [Field<T>], path: &str) -> Result<Self, String> {
        let allowed = || fields.iter().map(|field| field.name).collect::<Vec<_>>().join(", ");
        let Some(name) = &condition.field_name else {
            return Err(format!("{path}.FieldName: it is required; one of {}", allowed()));
        };
        let Some(field) = fields.iter().find(|field| field.name.eq_ignore_ascii_case(name)) else {
            return Err(format!("{path}.FieldName: {} is none of {}", quoted(name), allowed()));
        };
        let comparison = condition.comparison_type.as_ref();
        let value = Wanted::of(condition.value.as_deref(), comparison, field.case, path)?;
        Ok(Self { field, value })
    }

    fn holds(&self, target: &T) -> bool {
        let mut found = false;
        (self.field.values)(target, &mut |value| found |= self.value.is(value));
        found
    }
}

/// A text that is looked for.
#[derive(Debug)]
struct Wanted {
    text: String,
    how: How,
    case: Case,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    Exact,
    StartsWith,
    Contains,
}

impl Wanted {
    fn of(
        value: Option<&str>,
        comparison: Option<&StringComparisonType>,
        case: Case,
        path: &str,
    ) -> Result<Self, String> {
        let Some(value) = value else { return Err(format!("{path}.Value: it is required")) };
        let how = how(comparison, path)?;
        if how == How::Contains && case == Case::Ignored && !CONTAINS.contains(&chars(value)) {
            let (from, to) = (CONTAINS.start(), CONTAINS.end());
            return Err(format!("{path}.Value: CONTAINS needs {from} to {to} characters, got {}", chars(value)));
        }
        let text = if case == Case::Ignored { value.to_lowercase() } else { value.to_owned() };
        Ok(Self { text, how, case })
    }

    fn is(&self, value: &str) -> bool {
        let folded;
        let value = match self.case {
            Case::Exact => value,
            Case::Id if is_arn(value) != is_arn(&self.text) => return false,
            Case::Id => value,
            Case::Ignored => {
                folded = value.to_lowercase();
                &folded
            }
        };
        match self.how {
            How::Exact => value == self.text,
            How::StartsWith => value.starts_with(&self.text),
            How::Contains => value.contains(&self.text),
        }
    }
}

fn is_arn(text: &str) -> bool {
    text.starts_with("arn:")
}

/// EXACT unless another comparison is given (administration 3.1.2).
fn how(comparison: Option<&StringComparisonType>, path: &str) -> Result<How, String> {
    match comparison {
        None | Some(StringComparisonType::Exact) => Ok(How::Exact),
        Some(StringComparisonType::StartsWith) => Ok(How::StartsWith),
        Some(StringComparisonType::Contains) => Ok(How::Contains),
        Some(other) => {
            Err(format!("{path}.ComparisonType: {} is none of STARTS_WITH, CONTAINS, EXACT", quoted(other.as_str())))
        }
    }
}
