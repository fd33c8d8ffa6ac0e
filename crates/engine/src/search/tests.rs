//! Criteria and filters, rule by rule.

use std::collections::BTreeMap;

use wire::shapes::{
    Condition, ControlPlaneTagFilter, ControlPlaneUserAttributeFilter, DateComparisonType, DateCondition,
    HierarchyGroupCondition, HierarchyGroupMatchType, ListCondition, NumberComparisonType, NumberCondition,
    QueueSearchCriteria, StringComparisonType, StringCondition, TagCondition, TargetListType,
};

use super::*;
use crate::criteria::Proficiency;

#[derive(Debug)]
struct Thing {
    name: &'static str,
    id: &'static str,
}

const SALES: Thing = Thing { name: "Sales Team", id: "a-B" };

#[derive(Debug)]
struct Things;

impl Criteria for Things {
    type Target = Thing;
    type Leaf = ();
    const FIELDS: &'static [Field<Thing>] = &[
        Field { name: "name", case: Case::Ignored, values: |thing, each| each(thing.name) },
        Field { name: "resourceID", case: Case::Exact, values: |thing, each| each(thing.id) },
    ];
    crate::criteria_parts!(QueueSearchCriteria);
}

fn text(field: &str, how: Option<StringComparisonType>, value: &str) -> QueueSearchCriteria {
    let condition =
        StringCondition { field_name: Some(field.to_owned()), value: Some(value.to_owned()), comparison_type: how };
    QueueSearchCriteria { string_condition: Some(condition), ..QueueSearchCriteria::default() }
}

fn any(nodes: Vec<QueueSearchCriteria>) -> QueueSearchCriteria {
    QueueSearchCriteria { or_conditions: Some(nodes), ..QueueSearchCriteria::default() }
}

fn all(nodes: Vec<QueueSearchCriteria>) -> QueueSearchCriteria {
    QueueSearchCriteria { and_conditions: Some(nodes), ..QueueSearchCriteria::default() }
}

fn finds(criteria: &QueueSearchCriteria) -> bool {
    Tree::<Things>::of(Some(criteria)).unwrap().holds(&SALES)
}

/// administration 3.1.2: names without case, ids exactly, field names in any case, EXACT unless told.
#[test]
fn a3_1_2_texts() {
    use StringComparisonType::{Contains, Exact, StartsWith};
    for (field, how, value, found) in [
        ("name", None, "sales team", true),
        ("NAME", Some(Exact), "SALES TEAM", true),
        ("name", None, "sales", false),
        ("name", Some(StartsWith), "sales", true),
        ("name", Some(StartsWith), "team", false),
        ("name", Some(Contains), "S T", true),
        ("resourceId", None, "a-B", true),
        ("resourceID", None, "a-b", false),
        ("resourceID", Some(Contains), "-", true),
    ] {
        assert_eq!(finds(&text(field, how.clone(), value)), found, "{field} {how:?} {value}");
    }
}

/// administration 3.1.1: all members of a node hold; empty nodes and lists hold for everything.
#[test]
fn a3_1_1_trees() {
    let (yes, no) = (|| text("name", None, "Sales Team"), || text("name", None, "Other"));
    assert!(Tree::<Things>::of(None).unwrap().holds(&SALES));
    for (criteria, found) in [
        (QueueSearchCriteria::default(), true),
        (any(vec![]), true),
        (all(vec![]), true),
        (any(vec![no(), yes()]), true),
        (any(vec![no(), no()]), false),
        (all(vec![yes(), yes()]), true),
        (all(vec![yes(), no()]), false),
        (QueueSearchCriteria { string_condition: no().string_condition, ..any(vec![yes()]) }, false),
        (any(vec![all(vec![yes(), any(vec![no(), yes()])])]), true),
    ] {
        assert_eq!(finds(&criteria), found, "{criteria:?}");
    }
}

/// A63, A64, A67 and administration 3.1.1, 3.1.3: what is refused, and by which path.
#[test]
fn a63_a64_a67_refused_criteria() {
    use StringComparisonType::Contains;
    let deep = |levels: usize| (1..levels).fold(text("name", None, "x"), |node, _| all(vec![node]));
    let wide = |leaves: usize| any((0..leaves).map(|_| text("name", None, "x")).collect());
    let without_value = QueueSearchCriteria {
        string_condition: Some(StringCondition { field_name: Some("name".to_owned()), ..StringCondition::default() }),
        ..QueueSearchCriteria::default()
    };
    let without_field = QueueSearchCriteria {
        string_condition: Some(StringCondition { value: Some("x".to_owned()), ..StringCondition::default() }),
        ..QueueSearchCriteria::default()
    };
    let refused = |criteria: &QueueSearchCriteria| Tree::<Things>::of(Some(criteria)).unwrap_err();
    for (criteria, parts) in [
        (text("color", None, "red"), ["SearchCriteria.StringCondition.FieldName", "name, resourceID"]),
        (any(vec![text("name", None, "x"), without_value]), ["OrConditions[1].StringCondition.Value", "required"]),
        (without_field, ["SearchCriteria.StringCondition.FieldName", "required"]),
        (text("name", Some(Contains), "x"), ["StringCondition.Value", "2 to 25"]),
        (text("name", Some(Contains), &"x".repeat(26)), ["StringCondition.Value", "got 26"]),
        (text("name", Some(StringComparisonType::Unknown("LIKE".to_owned())), "x"), ["ComparisonType", "LIKE"]),
        (deep(6), ["AndConditions[0].AndConditions[0]", "5 levels"]),
        (wide(101), ["SearchCriteria", "100"]),
    ] {
        let message = refused(&criteria);
        assert!(parts.iter().all(|part| message.contains(part)), "{message}");
    }
    assert!(Tree::<Things>::of(Some(&deep(5))).is_ok() && Tree::<Things>::of(Some(&wide(100))).is_ok());
}

/// administration 3.1.4: dates by five comparisons; groups alone and with what is below them.
#[test]
fn a3_1_4_dates_and_groups() {
    use DateComparisonType::{EqualTo, GreaterThan, GreaterThanOrEqualTo, LessThan, LessThanOrEqualTo};
    for (how, fits) in [
        (GreaterThan, [false, false, true]),
        (GreaterThanOrEqualTo, [false, true, true]),
        (EqualTo, [false, true, false]),
        (LessThanOrEqualTo, [true, true, false]),
        (LessThan, [true, false, false]),
    ] {
        let condition = DateCondition {
            field_name: Some("effectivefrom".to_owned()),
            value: Some("2026-03-02".to_owned()),
            comparison_type: Some(how.clone()),
        };
        let test = DateTest::of(&condition, &["effectiveFrom", "effectiveTill"]).unwrap();
        assert_eq!(test.field, 0);
        assert_eq!(["2026-03-01", "2026-03-02", "2026-03-03"].map(|date| test.is(date)), fits, "{how:?}");
        assert!(!test.is("soon"));
    }
    for (field, value, named) in [("from", "2026-03-02", "FieldName"), ("effectiveTill", "2026-02-30", "Value")] {
        let condition =
            DateCondition { field_name: Some(field.to_owned()), value: Some(value.to_owned()), comparison_type: None };
        assert!(DateTest::of(&condition, &["effectiveFrom", "effectiveTill"]).unwrap_err().contains(named));
    }
    let path = ["top".to_owned(), "middle".to_owned(), "leaf".to_owned()];
    for (group, how, found) in [
        ("leaf", None, true),
        ("middle", Some(HierarchyGroupMatchType::Exact), false),
        ("middle", Some(HierarchyGroupMatchType::WithChildGroups), true),
        ("arn:aws:connect:r:1:instance/i/agent-group/top", Some(HierarchyGroupMatchType::WithChildGroups), true),
        ("other", Some(HierarchyGroupMatchType::WithChildGroups), false),
    ] {
        let condition = HierarchyGroupCondition { value: Some(group.to_owned()), hierarchy_group_match_type: how };
        assert_eq!(GroupTest::of(&condition).unwrap().holds(&path), found, "{group}");
    }
    assert!(GroupTest::of(&HierarchyGroupCondition::default()).is_err());
}

fn level(how: NumberComparisonType, min: Option<i32>, max: Option<i32>) -> Condition {
    let number = NumberCondition {
        field_name: Some("limit".to_owned()),
        min_value: min,
        max_value: max,
        comparison_type: Some(how),
    };
    Condition { number_condition: Some(number), string_condition: None }
}

/// administration 3.1.5: all conditions hold on one and the same proficiency.
#[test]
fn a3_1_5_proficiencies() {
    use NumberComparisonType::{Equal, Greater, GreaterOrEqual, Lesser, LesserOrEqual, NotEqual, Range};
    let one = |name: &str, value: &str, level| Proficiency { name: name.to_owned(), value: value.to_owned(), level };
    let has = [one("Language", "French", 4), one("Language", "German", 2)];
    let list = |conditions: Vec<Condition>| ListCondition {
        target_list_type: Some(TargetListType::Proficiencies),
        conditions: Some(conditions),
    };
    let is = |field: &str, value: &str| Condition {
        string_condition: text(field, None, value).string_condition,
        number_condition: None,
    };
    for (conditions, found) in [
        (vec![], true),
        (vec![is("name", "Language"), is("value", "French"), level(GreaterOrEqual, Some(4), None)], true),
        (vec![is("name", "Language"), is("value", "German"), level(GreaterOrEqual, Some(4), None)], false),
        (vec![level(Greater, Some(4), None)], false),
        (vec![level(Lesser, None, Some(2))], false),
        (vec![level(LesserOrEqual, None, Some(2))], true),
        (vec![level(Equal, Some(3), None)], false),
        (vec![is("value", "German"), level(NotEqual, Some(2), None)], false),
        (vec![level(Range, Some(3), Some(4))], true),
    ] {
        assert_eq!(AttributeTest::of(&list(conditions.clone())).unwrap().holds(&has), found, "{conditions:?}");
    }
    assert!(!AttributeTest::of(&list(vec![])).unwrap().holds(&[]), "nobody without proficiencies");
    for (condition, named) in [
        (level(Range, Some(1), None), "Conditions[0].NumberCondition.MaxValue"),
        (level(Lesser, Some(1), None), "MaxValue"),
        (level(Equal, None, Some(1)), "MinValue"),
        (is("level", "4"), "StringCondition.FieldName"),
    ] {
        assert!(AttributeTest::of(&list(vec![condition])).unwrap_err().contains(named), "{named}");
    }
    assert!(AttributeTest::of(&ListCondition::default()).unwrap_err().contains("TargetListType"));
}

fn tag(key: Option<&str>, value: Option<&str>) -> TagCondition {
    TagCondition { tag_key: key.map(str::to_owned), tag_value: value.map(str::to_owned) }
}

/// A65 and administration 3.2.1, 3.2.2: tags with case; one member of a filter.
#[test]
fn a65_filters() {
    let tags: BTreeMap<String, String> =
        [("Team", "Blue"), ("Cost", "7")].map(|(k, v)| (k.to_owned(), v.to_owned())).into();
    let of = Attributes { tags: Some(&tags), ..Attributes::default() };
    let none = ControlPlaneTagFilter::default;
    let blue = || tag(Some("Team"), Some("Blue"));
    let red = || tag(Some("Team"), Some("Red"));
    for (filter, passes) in [
        (none(), true),
        (ControlPlaneTagFilter { tag_condition: Some(blue()), ..none() }, true),
        (ControlPlaneTagFilter { tag_condition: Some(tag(Some("Team"), None)), ..none() }, true),
        (ControlPlaneTagFilter { tag_condition: Some(tag(Some("team"), None)), ..none() }, false),
        (ControlPlaneTagFilter { tag_condition: Some(red()), ..none() }, false),
        (ControlPlaneTagFilter { and_conditions: Some(vec![blue(), tag(Some("Cost"), None)]), ..none() }, true),
        (ControlPlaneTagFilter { and_conditions: Some(vec![blue(), red()]), ..none() }, false),
        (ControlPlaneTagFilter { or_conditions: Some(vec![vec![red()], vec![blue()]]), ..none() }, true),
        (ControlPlaneTagFilter { or_conditions: Some(vec![vec![red(), blue()]]), ..none() }, false),
    ] {
        assert_eq!(Filter::of_tags(&filter, "SearchFilter.TagFilter").unwrap().passes(of), passes, "{filter:?}");
    }
    let both = ControlPlaneTagFilter { tag_condition: Some(blue()), and_conditions: Some(vec![red()]), ..none() };
    let message = Filter::of_tags(&both, "SearchFilter.TagFilter").unwrap_err();
    assert!(["SearchFilter.TagFilter", "TagCondition", "AndConditions"].iter().all(|part| message.contains(part)));
    assert!(
        !Filter::of_tags(&ControlPlaneTagFilter { tag_condition: Some(blue()), ..none() }, "")
            .unwrap()
            .passes(Attributes::default())
    );
    let groups = ["top".to_owned()];
    let user = ControlPlaneUserAttributeFilter {
        hierarchy_group_condition: Some(HierarchyGroupCondition {
            value: Some("top".to_owned()),
            ..Default::default()
        }),
        ..ControlPlaneUserAttributeFilter::default()
    };
    let user = Filter::of_user(&user, "SearchFilter.UserAttributeFilter").unwrap();
    assert!(user.passes(Attributes { groups: &groups, ..of }) && !user.passes(of));
}
