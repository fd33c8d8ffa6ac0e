//! Leaves of criteria that are no StringCondition: dates, proficiencies, hierarchy groups (administration 3.1.4, 3.1.5).

use jiff::civil::Date;
use wire::shapes::{
    Condition, DateComparisonType, DateCondition, HierarchyGroupCondition, HierarchyGroupMatchType, ListCondition,
    NumberComparisonType, NumberCondition,
};

use super::{Case, Wanted};
use crate::criteria::Proficiency;
use crate::text::quoted;

/// A checked DateCondition.
#[derive(Clone, Debug)]
pub struct DateTest {
    /// The position of its field in the list of permitted ones.
    pub field: usize,
    how: DateComparisonType,
    value: Date,
}

impl DateTest {
    /// Checks a condition on one of `fields`.
    ///
    /// # Errors
    /// What is wrong, with its path below the node.
    pub fn of(condition: &DateCondition, fields: &[&str]) -> Result<Self, String> {
        let name = condition.field_name.as_deref().unwrap_or_default();
        let Some(field) = fields.iter().position(|field| field.eq_ignore_ascii_case(name)) else {
            return Err(format!("DateCondition.FieldName: {} is none of {}", quoted(name), fields.join(", ")));
        };
        let text = condition.value.as_deref().unwrap_or_default();
        let Ok(value) = text.parse::<Date>() else {
            return Err(format!("DateCondition.Value: {} is no date; write it like 2026-12-31", quoted(text)));
        };
        let how = condition.comparison_type.clone().unwrap_or(DateComparisonType::EqualTo);
        if let DateComparisonType::Unknown(_) = how {
            return Err(format!("DateCondition.ComparisonType: {} is no comparison of dates", quoted(how.as_str())));
        }
        Ok(Self { field, how, value })
    }

    /// Whether a date, written `yyyy-mm-dd`, fits; a text that is none fits nothing.
    pub fn is(&self, date: &str) -> bool {
        let Ok(date) = date.parse::<Date>() else { return false };
        match self.how {
            DateComparisonType::GreaterThan => date > self.value,
            DateComparisonType::LessThan => date < self.value,
            DateComparisonType::GreaterThanOrEqualTo => date >= self.value,
            DateComparisonType::LessThanOrEqualTo => date <= self.value,
            DateComparisonType::EqualTo => date == self.value,
            DateComparisonType::Unknown(_) => false,
        }
    }
}

/// A checked HierarchyGroupCondition.
#[derive(Clone, Debug)]
pub struct GroupTest {
    id: String,
    with_children: bool,
}

impl GroupTest {
    /// Checks a condition.
    ///
    /// # Errors
    /// What is wrong, with its path below the node.
    pub fn of(condition: &HierarchyGroupCondition) -> Result<Self, String> {
        let Some(id) = condition.value.clone() else {
            return Err("HierarchyGroupCondition.Value: it is required".to_owned());
        };
        let with_children = match &condition.hierarchy_group_match_type {
            None | Some(HierarchyGroupMatchType::Exact) => false,
            Some(HierarchyGroupMatchType::WithChildGroups) => true,
            Some(HierarchyGroupMatchType::Unknown(other)) => {
                return Err(format!(
                    "HierarchyGroupCondition.HierarchyGroupMatchType: {} is neither EXACT nor WITH_CHILD_GROUPS",
                    quoted(other)
                ));
            }
        };
        let id = match id.rsplit_once('/') {
            Some((_, last)) if id.starts_with("arn:") => last.to_owned(),
            _ => id,
        };
        Ok(Self { id, with_children })
    }

    /// Whether somebody in the last group of `path` fits; `path` begins with the group of level one.
    pub fn holds(&self, path: &[String]) -> bool {
        if self.with_children { path.contains(&self.id) } else { path.last() == Some(&self.id) }
    }
}

/// A checked ListCondition: all of it must hold for one and the same proficiency (administration 3.1.5).
#[derive(Debug)]
pub struct AttributeTest(Vec<PartTest>);

#[derive(Debug)]
enum PartTest {
    Name(Wanted),
    Value(Wanted),
    Level(NumberTest),
}

impl AttributeTest {
    /// Checks a condition.
    ///
    /// # Errors
    /// What is wrong, with its path below the node.
    pub fn of(condition: &ListCondition) -> Result<Self, String> {
        match condition.target_list_type.as_ref().map(|kind| kind.as_str()) {
            Some("PROFICIENCIES") => {}
            other => {
                let got = quoted(other.unwrap_or_default());
                return Err(format!("ListCondition.TargetListType: {got} is not PROFICIENCIES"));
            }
        }
        let mut parts = Vec::new();
        for (n, part) in condition.conditions.iter().flatten().enumerate() {
            part_tests(part, &mut parts).map_err(|fault| format!("ListCondition.Conditions[{n}].{fault}"))?;
        }
        Ok(Self(parts))
    }

    /// Whether one of these proficiencies fits.
    pub fn holds(&self, proficiencies: &[Proficiency]) -> bool {
        proficiencies.iter().any(|one| {
            self.0.iter().all(|part| match part {
                PartTest::Name(name) => name.is(&one.name),
                PartTest::Value(value) => value.is(&one.value),
                PartTest::Level(level) => level.is(one.level),
            })
        })
    }
}

fn part_tests(part: &Condition, parts: &mut Vec<PartTest>) -> Result<(), String> {
    if let Some(text) = &part.string_condition {
        let name = text.field_name.as_deref().unwrap_or_default();
        let wanted = |case| Wanted::of(text.value.as_deref(), text.comparison_type.as_ref(), case, "StringCondition");
        parts.push(match name.to_ascii_lowercase().as_str() {
            "name" => PartTest::Name(wanted(Case::Exact)?),
            "value" => PartTest::Value(wanted(Case::Exact)?),
            _ => return Err(format!("StringCondition.FieldName: {} is none of name, value", quoted(name))),
        });
    }
    if let Some(number) = &part.number_condition {
        parts.push(PartTest::Level(NumberTest::of(number)?));
    }
    Ok(())
}

/// A checked NumberCondition: both bounds included.
#[derive(Debug)]
enum NumberTest {
    Between(i64, i64),
    Not(i64),
}

impl NumberTest {
    fn of(condition: &NumberCondition) -> Result<Self, String> {
        let name = condition.field_name.as_deref().unwrap_or_default();
        if !name.eq_ignore_ascii_case("limit") {
            return Err(format!("NumberCondition.FieldName: {} is not limit", quoted(name)));
        }
        let bound = |value: Option<i32>, member: &str| {
            value.map(i64::from).ok_or_else(|| format!("NumberCondition.{member}: this comparison needs it"))
        };
        let min = || bound(condition.min_value, "MinValue");
        let max = || bound(condition.max_value, "MaxValue");
        Ok(match condition.comparison_type.clone().unwrap_or(NumberComparisonType::Equal) {
            NumberComparisonType::GreaterOrEqual => Self::Between(min()?, i64::MAX),
            NumberComparisonType::Greater => match min()?.checked_add(1) {
                Some(least) => Self::Between(least, i64::MAX),
                None => Self::Between(1, 0),
            },
            NumberComparisonType::LesserOrEqual => Self::Between(i64::MIN, max()?),
            NumberComparisonType::Lesser => match max()?.checked_sub(1) {
                Some(most) => Self::Between(i64::MIN, most),
                None => Self::Between(1, 0),
            },
            NumberComparisonType::Equal => Self::Between(min()?, min()?),
            NumberComparisonType::NotEqual => Self::Not(min()?),
            NumberComparisonType::Range => Self::Between(min()?, max()?),
            NumberComparisonType::Unknown(other) => {
                return Err(format!("NumberCondition.ComparisonType: {} is no comparison of numbers", quoted(&other)));
            }
        })
    }

    fn is(&self, number: i64) -> bool {
        match self {
            Self::Between(least, most) => (*least..=*most).contains(&number),
            Self::Not(other) => number != *other,
        }
    }
}
