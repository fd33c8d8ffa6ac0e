//! Proficiencies of users: an attribute, a value and a level (administration 6.2).

use std::collections::BTreeSet;

use wire::shapes::UserProficiency;

use crate::faults::Faults;
use crate::text::quoted;

/// Proficiencies of one user (administration 1.4).
pub const PER_USER_MAX: usize = 10;

/// Levels are whole numbers, and an attribute has a value once in a call (administration 6.2.1, 6.2.2).
pub fn check(proficiencies: &[UserProficiency], faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for (n, proficiency) in proficiencies.iter().enumerate() {
        if level(proficiency).is_none() {
            let level = proficiency.level;
            faults.value(format!("UserProficiencies[{n}].Level: {level} is none of 1, 2, 3, 4 and 5"));
        }
        if !seen.insert((&proficiency.attribute_name, &proficiency.attribute_value)) {
            faults.value(format!("UserProficiencies[{n}]: {} is in the list twice", named(proficiency)));
        }
    }
}

/// The level; `None` unless it is a whole number from 1 to 5 (administration 6.2.1).
#[expect(clippy::cast_possible_truncation, reason = "it is a whole number from 1 to 5")]
pub fn level(proficiency: &UserProficiency) -> Option<i64> {
    let level = proficiency.level;
    (level.fract() == 0.0 && (1.0..=5.0).contains(&level)).then_some(level as i64)
}

/// A proficiency in a message.
pub fn named(proficiency: &UserProficiency) -> String {
    let (name, value) = (quoted(&proficiency.attribute_name), quoted(&proficiency.attribute_value));
    format!("attribute {name} with value {value}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::Refused;

    fn proficiency(name: &str, value: &str, level: f64) -> UserProficiency {
        UserProficiency { attribute_name: name.to_owned(), attribute_value: value.to_owned(), level }
    }

    /// administration 6.2.1, 6.2.2, A80: whole levels, each value of an attribute once.
    #[test]
    fn administration_6_2_1_levels_are_whole_and_values_are_given_once() {
        let mut faults = Faults::default();
        check(&[proficiency("a", "x", 1.0), proficiency("a", "y", 5.0), proficiency("b", "x", 3.0)], &mut faults);
        assert_eq!(faults.check(), Ok(()));
        for (list, path) in [
            (vec![proficiency("a", "x", 1.0), proficiency("b", "x", 2.5)], "UserProficiencies[1].Level: 2.5"),
            (vec![proficiency("a", "x", 0.0)], "UserProficiencies[0].Level: 0"),
            (vec![proficiency("a", "x", 6.0)], "UserProficiencies[0].Level: 6"),
            (vec![proficiency("a", "x", 1.0), proficiency("a", "x", 2.0)], "UserProficiencies[1]: attribute \"a\""),
        ] {
            let mut faults = Faults::default();
            check(&list, &mut faults);
            assert!(matches!(faults.check(), Err(Refused::Values(message)) if message.contains(path)), "{list:?}");
        }
    }
}
