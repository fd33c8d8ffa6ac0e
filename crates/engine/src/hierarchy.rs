//! The hierarchy of users: levels, and groups on them (administration 6.3).

use wire::shapes::{HierarchyGroupSummary, HierarchyPath, HierarchyStructureUpdate};

use crate::faults::Faults;
use crate::text::{blank, chars, quoted};

/// Levels of a hierarchy, and so groups from the top down to any group (administration 1.4).
pub const LEVELS: usize = 5;

/// Longest name of a level, in characters.
const LEVEL_NAME_MAX: usize = 50;
/// Longest name of a group, in characters.
const GROUP_NAME_MAX: usize = 100;

/// The members that hold the levels, from the first.
const MEMBERS: [&str; LEVELS] = ["LevelOne", "LevelTwo", "LevelThree", "LevelFour", "LevelFive"];

/// The names of the levels that a structure is to have, from the first (administration 6.3.1).
pub fn levels(structure: &HierarchyStructureUpdate, faults: &mut Faults) -> Vec<String> {
    let given = [
        &structure.level_one,
        &structure.level_two,
        &structure.level_three,
        &structure.level_four,
        &structure.level_five,
    ];
    for (member, level) in MEMBERS.iter().zip(given) {
        if let Some(level) = level {
            check_name(&format!("HierarchyStructure.{member}.Name"), &level.name, LEVEL_NAME_MAX, faults);
        }
    }
    for n in 1..LEVELS {
        if given[n].is_some() && given[n - 1].is_none() {
            let (member, missing) = (MEMBERS[n], MEMBERS[n - 1]);
            faults.request(format!("HierarchyStructure.{member} needs HierarchyStructure.{missing}, which is missing"));
        }
    }
    given.into_iter().flatten().map(|level| level.name.clone()).collect()
}

/// The name of a group (administration 6.3.2).
pub fn check_group_name(name: &str, faults: &mut Faults) {
    check_name("Name", name, GROUP_NAME_MAX, faults);
}

fn check_name(path: &str, name: &str, max: usize, faults: &mut Faults) {
    if blank(name) {
        faults.value(format!("{path} {} has nothing but white space", quoted(name)));
    } else if chars(name) > max {
        faults.value(format!("{path} {} must have 1 to {max} characters", quoted(name)));
    }
}

/// The id of a level, by its number from 1 (administration 6.3.1).
pub fn level_id(number: usize) -> String {
    number.to_string()
}

/// A path from groups, the first on level one; groups beyond the last level are left out.
pub fn path(groups: impl IntoIterator<Item = HierarchyGroupSummary>) -> HierarchyPath {
    let mut groups = groups.into_iter();
    HierarchyPath {
        level_one: groups.next(),
        level_two: groups.next(),
        level_three: groups.next(),
        level_four: groups.next(),
        level_five: groups.next(),
    }
}

/// The groups of a path, the first on level one.
pub fn groups(path: &HierarchyPath) -> impl Iterator<Item = &HierarchyGroupSummary> {
    let levels = [&path.level_one, &path.level_two, &path.level_three, &path.level_four, &path.level_five];
    levels.into_iter().map_while(Option::as_ref)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::Refused;
    use wire::shapes::HierarchyLevelUpdate;

    fn structure(names: [Option<&str>; LEVELS]) -> HierarchyStructureUpdate {
        let [level_one, level_two, level_three, level_four, level_five] =
            names.map(|name| name.map(|name| HierarchyLevelUpdate { name: name.to_owned() }));
        HierarchyStructureUpdate { level_one, level_two, level_three, level_four, level_five }
    }

    /// administration 6.3.1, 1.4: names of 1 to 50 characters, no gaps, at most five levels.
    #[test]
    fn levels_follow_each_other() {
        let (fifty, longer) = ("é".repeat(50), "é".repeat(51));
        for names in
            [[None; 5], [Some("a"), None, None, None, None], [Some("a"), Some("a"), Some(&fifty), Some("d"), Some("e")]]
        {
            let mut faults = Faults::default();
            assert_eq!(levels(&structure(names), &mut faults), names.into_iter().flatten().collect::<Vec<_>>());
            assert_eq!(faults.check(), Ok(()));
        }
        for (names, path) in [
            ([Some(""), None, None, None, None], "HierarchyStructure.LevelOne.Name"),
            ([Some("a"), Some(" \t"), None, None, None], "HierarchyStructure.LevelTwo.Name"),
            ([Some("a"), None, Some(&*longer), None, None], "HierarchyStructure.LevelThree.Name"),
        ] {
            let mut faults = Faults::default();
            levels(&structure(names), &mut faults);
            assert!(matches!(faults.check(), Err(Refused::Values(message)) if message.contains(path)));
        }
        for (names, path) in [
            ([None, Some("b"), None, None, None], "HierarchyStructure.LevelTwo"),
            ([Some("a"), Some("b"), None, None, Some("e")], "HierarchyStructure.LevelFive"),
        ] {
            let mut faults = Faults::default();
            levels(&structure(names), &mut faults);
            assert!(matches!(faults.check(), Err(Refused::Request(message)) if message.contains(path)));
        }
    }

    /// administration 6.3.2: 1 to 100 characters.
    #[test]
    fn names_of_groups() {
        for (name, good) in
            [("", false), (" ", false), ("a", true), (&*"é".repeat(100), true), (&*"é".repeat(101), false)]
        {
            let mut faults = Faults::default();
            check_group_name(name, &mut faults);
            assert_eq!(faults.check().is_ok(), good, "{name:?}");
        }
    }
}
