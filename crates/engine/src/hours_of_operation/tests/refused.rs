//! What an override may not say: administration 2.2.1 to 2.2.4, and the negative cases A8 to A14.

use super::*;
use wire::ExceptionKind::{self, InvalidParameterException as Parameter, InvalidRequestException as Request};

/// A case of the table in administration section 8 or a rule; type and pattern (`-` is no type), range, windows; how it is refused,
/// and what the message names.
type Case = (&'static str, &'static str, &'static str, &'static [&'static str], ExceptionKind, &'static [&'static str]);

const YEAR: &str = "2026-01-01..2026-12-31";
const MONDAY: &[&str] = &["MONDAY 9:00-10:00"];
const ANY_DAY: &[&str] = &["9:00-10:00"];

const CASES: &[Case] = &[
    ("A8", "-", "2026-02-02..2026-02-01", &[], Parameter, &["EffectiveTill", "2026-02-01"]),
    ("A8", "-", "2026-02-30..2026-03-01", &[], Parameter, &["EffectiveFrom", "2026-02-30"]),
    ("A9", "STANDARD WEEKLY 1", YEAR, MONDAY, Request, &["RecurrenceConfig", "OverrideType"]),
    ("A9", "- WEEKLY 1", YEAR, &[], Request, &["RecurrenceConfig", "OverrideType"]),
    ("A9", "CLOSED", YEAR, MONDAY, Request, &["RecurrenceConfig", "OverrideType", "CLOSED"]),
    ("A10", "-", YEAR, &["MONDAY 22:00-6:00"], Parameter, &["Config[0].EndTime", "06:00", "22:00"]),
    ("A10", "-", YEAR, &["MONDAY 9:00-10:00", "MONDAY 9:00-9:00"], Parameter, &["Config[1].EndTime"]),
    ("A11", "-", YEAR, ANY_DAY, Parameter, &["Config[0].Day", "STANDARD"]),
    ("2.2.3", "CLOSED WEEKLY 1", YEAR, ANY_DAY, Parameter, &["Config[0].Day", "WEEKLY"]),
    ("2.2.3", "CLOSED MONTHLY 1 ByWeekdayOccurrence=1", YEAR, ANY_DAY, Parameter, &["Config[0].Day"]),
    ("2.2.3", "CLOSED MONTHLY 1 ByMonthDay=1", YEAR, MONDAY, Request, &["Config[0].Day", "ByMonthDay"]),
    ("2.2.3", "CLOSED WEEKLY 1", YEAR, &[], Parameter, &["Config", "CLOSED"]),
    (
        "A12",
        "CLOSED MONTHLY 1 ByMonthDay=1 ByWeekdayOccurrence=1",
        YEAR,
        MONDAY,
        Request,
        &["ByMonthDay", "ByWeekdayOccurrence"],
    ),
    ("A12", "CLOSED MONTHLY 1", YEAR, MONDAY, Request, &["ByMonthDay", "ByWeekdayOccurrence"]),
    (
        "A13",
        "CLOSED MONTHLY 1 ByMonthDay=0",
        YEAR,
        ANY_DAY,
        Parameter,
        &["RecurrenceConfig.RecurrencePattern.ByMonthDay[0]"],
    ),
    ("A13", "CLOSED YEARLY 1 ByMonth=1,2 ByMonthDay=1", YEAR, ANY_DAY, Parameter, &["RecurrencePattern.ByMonth"]),
    ("A13", "CLOSED MONTHLY 1 ByWeekdayOccurrence=0", YEAR, MONDAY, Parameter, &["ByWeekdayOccurrence[0]"]),
    ("A14", "CLOSED WEEKLY 1 ByMonth=1", YEAR, MONDAY, Request, &["ByMonth", "WEEKLY"]),
    ("A14", "CLOSED WEEKLY 1 ByMonthDay=1", YEAR, MONDAY, Request, &["ByMonthDay", "WEEKLY"]),
    ("A14", "CLOSED YEARLY 1 ByMonthDay=1", YEAR, ANY_DAY, Request, &["ByMonth", "YEARLY"]),
    ("2.2.4", "CLOSED MONTHLY 1 ByMonth=1 ByMonthDay=1", YEAR, ANY_DAY, Request, &["ByMonth", "MONTHLY"]),
];

fn shape(said: &str, range: &str, windows: &[&str]) -> HoursOfOperationOverride {
    let (kind, pattern) = said.split_once(' ').unwrap_or((said, ""));
    let plain = standard("one", range, windows);
    let override_type = (kind != "-").then(|| OverrideType::parse(kind));
    if pattern.is_empty() {
        return HoursOfOperationOverride { override_type, ..plain };
    }
    HoursOfOperationOverride { override_type, ..recurring(OverrideType::Closed, pattern, plain) }
}

#[test]
fn administration_2_2_1_to_2_2_4_and_a8_to_a14_what_an_override_may_not_say() {
    for (case, said, range, windows, kind, names) in CASES {
        let problems = Override::parse(&shape(said, range, windows)).expect_err(said);
        assert_eq!(problems.kind(), *kind, "{case}: {problems}");
        for name in *names {
            assert!(problems.to_string().contains(name), "{case}: {problems} does not name {name}");
        }
    }
}

#[test]
fn administration_2_2_3_an_item_has_start_and_end() {
    let item = HoursOfOperationOverrideConfig { day: Some(OverrideDays::Monday), ..Default::default() };
    let shape = HoursOfOperationOverride { config: Some(vec![item]), ..standard("one", YEAR, &[]) };
    let problems = Override::parse(&shape).unwrap_err();
    assert_eq!(problems.kind(), Parameter);
    assert_eq!(problems.to_string(), "Config[0].StartTime is required; Config[0].EndTime is required");
}

#[test]
fn administration_1_1_1_what_is_wrong_of_one_sort_is_said_together() {
    let shape = standard("one", "2026-02-30..2026-02-31", &["9:00-10:00", "MONDAY 9:00-8:00"]);
    let message = Override::parse(&shape).unwrap_err().to_string();
    assert_eq!(message.split("; ").count(), 4, "{message}");
}

#[test]
fn administration_2_2_2_and_2_2_3_what_an_override_may_say() {
    for good in [
        standard("past", "1999-01-01..1999-01-01", &[]),
        standard("midnight", YEAR, &["MONDAY 22:00-0:00", "MONDAY 0:00-0:00"]),
        shape("CLOSED MONTHLY 6 ByMonthDay=-1", YEAR, ANY_DAY),
        shape("OPEN YEARLY 1 ByMonth=12 ByWeekdayOccurrence=-1", YEAR, &["FRIDAY 9:00-10:00"]),
    ] {
        Override::parse(&good).unwrap();
    }
}
