use super::*;
use wire::shapes::{
    HoursOfOperationOverride, HoursOfOperationOverrideConfig, HoursOfOperationTimeSlice, OverrideDays, OverrideType,
    RecurrenceConfig, RecurrenceFrequency, RecurrencePattern,
};

mod properties;
mod refused;

/// `"MONDAY 09:00-17:00"`.
fn hours(zone: &str, windows: &[&str]) -> HoursOfOperation {
    let config = windows.iter().map(|window| {
        let (day, start, end) = split(window);
        let slice = |(hours, minutes)| HoursOfOperationTimeSlice { hours, minutes };
        HoursOfOperationConfig { day: HoursOfOperationDays::parse(day), start_time: slice(start), end_time: slice(end) }
    });
    HoursOfOperation { time_zone: Some(zone.to_owned()), config: Some(config.collect()), ..Default::default() }
}

/// The day, empty when there is none, and the numbers of start and end.
fn split(window: &str) -> (&str, (i32, i32), (i32, i32)) {
    let (day, times) = window.rsplit_once(' ').unwrap_or(("", window));
    let (start, end) = times.split_once('-').unwrap();
    let time = |text: &str| {
        let (hours, minutes) = text.split_once(':').unwrap();
        (hours.parse().unwrap(), minutes.parse().unwrap())
    };
    (day, time(start), time(end))
}

/// `"2026-01-01..2026-12-31"`, windows as for [`hours`], by month day without a day.
fn standard(name: &str, range: &str, windows: &[&str]) -> HoursOfOperationOverride {
    let (from, till) = range.split_once("..").unwrap();
    let config = windows.iter().map(|window| {
        let (day, start, end) = split(window);
        let slice = |(hours, minutes)| Some(OverrideTimeSlice { hours, minutes });
        let day = (!day.is_empty()).then(|| OverrideDays::parse(day));
        HoursOfOperationOverrideConfig { day, start_time: slice(start), end_time: slice(end) }
    });
    HoursOfOperationOverride {
        name: Some(name.to_owned()),
        config: Some(config.collect()),
        effective_from: Some(from.to_owned()),
        effective_till: Some(till.to_owned()),
        ..Default::default()
    }
}

/// `"MONTHLY 2 ByMonthDay=-1"`.
fn recurring(kind: OverrideType, pattern: &str, mut shape: HoursOfOperationOverride) -> HoursOfOperationOverride {
    let mut words = pattern.split(' ');
    let frequency = RecurrenceFrequency::parse(words.next().unwrap());
    let interval = words.next().unwrap().parse().unwrap();
    let mut recurrence_pattern = RecurrencePattern { frequency, interval, ..Default::default() };
    for word in words {
        let (member, values) = word.split_once('=').unwrap();
        let values = values.split(',').map(|value| value.parse().unwrap()).collect();
        match member {
            "ByMonth" => recurrence_pattern.by_month = Some(values),
            "ByMonthDay" => recurrence_pattern.by_month_day = Some(values),
            "ByWeekdayOccurrence" => recurrence_pattern.by_weekday_occurrence = Some(values),
            other => panic!("{other}"),
        }
    }
    shape.override_type = Some(kind);
    shape.recurrence_config = Some(RecurrenceConfig { recurrence_pattern });
    shape
}

fn parsed(shapes: &[HoursOfOperationOverride]) -> Vec<Override> {
    shapes.iter().map(|shape| Override::parse(shape).unwrap()).collect()
}

fn at(text: &str) -> i64 {
    text.parse::<Timestamp>().unwrap().as_millisecond()
}

fn day(text: &str) -> Date {
    overrides::date(text).unwrap()
}

/// `"09:00-12:00 13:00-24:00"`.
fn texts(minutes: &Minutes) -> String {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let windows = minutes.windows().iter().map(|window| format!("{}-{}", clock(window.start), clock(window.end)));
    windows.collect::<Vec<_>>().join(" ")
}

#[test]
fn tasks_3_1_6_windows_in_the_zone_of_the_hours() {
    let office = hours("Europe/Berlin", &["MONDAY 9:00-17:30"]);
    let office = Calendar::new(&office, &[]).unwrap();
    for (moment, open) in [
        ("2026-01-05T07:59:59Z", false), // 08:59:59 there, a Monday
        ("2026-01-05T08:00:00Z", true),
        ("2026-01-05T16:29:59Z", true),
        ("2026-01-05T16:30:00Z", false),
        ("2026-07-06T07:00:00Z", true), // summer time
        ("2026-01-06T10:00:00Z", false),
    ] {
        assert_eq!(office.is_open(at(moment)), open, "{moment}");
    }
}

/// administration 2.1.2, 2.1.1 (an empty Config is never open)
#[test]
fn administration_2_1_2_windows_of_a_day_are_united_and_may_run_into_the_next() {
    // 2026-01-02 is a Friday.
    for (windows, friday, saturday) in [
        (&[][..], "", ""),
        (&["FRIDAY 0:00-0:00"], "00:00-24:00", ""),
        (&["FRIDAY 18:00-0:00"], "18:00-24:00", ""),
        (&["FRIDAY 22:00-6:00"], "22:00-24:00", "00:00-06:00"),
        (&["FRIDAY 9:00-9:00"], "09:00-24:00", "00:00-09:00"),
        (&["FRIDAY 9:00-12:00", "FRIDAY 11:00-13:00", "FRIDAY 14:00-15:00"], "09:00-13:00 14:00-15:00", ""),
        (&["FRIDAY 9:00-12:00", "FRIDAY 12:00-13:00"], "09:00-13:00", ""),
        (&["FRIDAY 22:00-6:00", "SATURDAY 5:00-8:00"], "22:00-24:00", "00:00-08:00"),
    ] {
        let hours = hours("UTC", windows);
        let calendar = Calendar::new(&hours, &[]).unwrap();
        assert_eq!(texts(&calendar.on(day("2026-01-02"))), friday, "{windows:?}");
        assert_eq!(texts(&calendar.on(day("2026-01-03"))), saturday, "{windows:?}");
    }
}

#[test]
fn administration_2_1_3_the_wall_clock_decides_when_clocks_are_changed() {
    let night = hours("Europe/Berlin", &["SUNDAY 0:00-6:00"]);
    let calendar = Calendar::new(&night, &[]).unwrap();
    // From Saturday noon to Monday noon, in UTC.
    for (from, open_hours) in [("2026-03-28T12:00:00Z", 5), ("2026-10-24T12:00:00Z", 7), ("2026-06-06T12:00:00Z", 6)] {
        let minutes = (0..48 * 60).filter(|minute| calendar.is_open(at(from) + minute * 60_000)).count();
        assert_eq!(minutes, open_hours * 60, "{from}");
    }
    let skipped = hours("Europe/Berlin", &["SUNDAY 2:00-3:00"]);
    let calendar = Calendar::new(&skipped, &[]).unwrap();
    for (from, open_hours) in [("2026-03-28T12:00:00Z", 0), ("2026-10-24T12:00:00Z", 2)] {
        let minutes = (0..48 * 60).filter(|minute| calendar.is_open(at(from) + minute * 60_000)).count();
        assert_eq!(minutes, open_hours * 60, "{from}");
    }
}

#[test]
fn administration_2_1_1_zones_are_those_of_the_database() {
    for good in ["Europe/Berlin", "UTC", "EST5EDT", "America/Argentina/Buenos_Aires", "Etc/GMT+3", "US/Pacific"] {
        assert!(zone(good).is_some(), "{good}");
    }
    for bad in
        ["", "Mars/Olympus", "europe/berlin", "Etc/Unknown", "UTC+1", "CET-1CEST", "../etc/passwd", "EST5EDT,M3.2.0"]
    {
        assert!(zone(bad).is_none(), "{bad}");
    }
}

/// Pattern, range, item, the dates that are asked for, and those on which it holds.
type Dates = (&'static str, &'static str, &'static str, &'static str, &'static str);

const DATES: &[Dates] = &[
    ("WEEKLY 1", "2026-01-05..2026-01-19", "MONDAY 0:00-0:00", "2026-01-01..2026-02-01", "01-05 01-12 01-19"),
    // The week begins on Sunday: Saturday the 10th is in the week of Sunday the 4th, Sunday the 11th is not.
    ("WEEKLY 2", "2026-01-10..2026-02-10", "SUNDAY 0:00-0:00", "2026-01-01..2026-03-01", "01-18 02-01"),
    ("WEEKLY 2", "2026-01-10..2026-02-10", "SATURDAY 0:00-0:00", "2026-01-01..2026-03-01", "01-10 01-24 02-07"),
    ("MONTHLY 1 ByMonthDay=31", "2026-01-01..2026-12-31", "0:00-0:00", "2026-01-01..2026-06-30", "01-31 03-31 05-31"),
    (
        "MONTHLY 1 ByMonthDay=-1",
        "2026-01-01..2026-12-31",
        "0:00-0:00",
        "2026-01-01..2026-04-30",
        "01-31 02-28 03-31 04-30",
    ),
    ("MONTHLY 3 ByMonthDay=15", "2026-02-20..2026-12-31", "0:00-0:00", "2026-01-01..2026-12-31", "05-15 08-15 11-15"),
    (
        "MONTHLY 1 ByWeekdayOccurrence=1",
        "2026-01-01..2026-03-31",
        "THURSDAY 0:00-0:00",
        "2026-01-01..2026-12-31",
        "01-01 02-05 03-05",
    ),
    (
        "MONTHLY 1 ByWeekdayOccurrence=4",
        "2026-01-01..2026-02-28",
        "FRIDAY 0:00-0:00",
        "2026-01-01..2026-12-31",
        "01-23 02-27",
    ),
    (
        "MONTHLY 1 ByWeekdayOccurrence=-1",
        "2026-01-01..2026-02-28",
        "FRIDAY 0:00-0:00",
        "2026-01-01..2026-12-31",
        "01-30 02-27",
    ),
    ("YEARLY 1 ByMonth=2 ByMonthDay=29", "2024-01-01..2029-12-31", "0:00-0:00", "2024-01-01..2024-12-31", "02-29"),
    ("YEARLY 1 ByMonth=2 ByMonthDay=29", "2024-01-01..2029-12-31", "0:00-0:00", "2026-01-01..2026-12-31", ""),
    ("YEARLY 1 ByMonth=2 ByMonthDay=-1", "2024-01-01..2029-12-31", "0:00-0:00", "2026-01-01..2026-12-31", "02-28"),
    (
        "YEARLY 2 ByMonth=11 ByWeekdayOccurrence=4",
        "2024-12-31..2029-12-31",
        "THURSDAY 0:00-0:00",
        "2026-01-01..2026-12-31",
        "11-26",
    ),
    (
        "YEARLY 2 ByMonth=11 ByWeekdayOccurrence=4",
        "2025-01-01..2029-12-31",
        "THURSDAY 0:00-0:00",
        "2026-01-01..2026-12-31",
        "",
    ),
];

#[test]
fn administration_2_2_5_dates_of_a_pattern() {
    for (pattern, range, item, in_range, expected) in DATES {
        let closed = parsed(&[recurring(OverrideType::Closed, pattern, standard("one", range, &[*item]))]);
        let always = hours("UTC", &[]);
        let calendar = Calendar::new(&always, &closed).unwrap();
        let (from, to) = in_range.split_once("..").unwrap();
        let found = calendar.effective_overrides(day(from), day(to)).unwrap();
        let found: Vec<String> = found.into_iter().map(|entry| entry.date.unwrap()[5..].to_owned()).collect();
        assert_eq!(found.join(" "), *expected, "{pattern} {range} {item}");
    }
}

#[test]
fn administration_2_2_6_closed_goes_before_open_before_standard_before_the_week() {
    use OverrideType::{Closed, Open};
    let week = "2026-01-05..2026-01-11";
    let office = hours("UTC", &["MONDAY 9:00-17:00", "MONDAY 22:00-2:00", "TUESDAY 9:00-17:00"]);
    let open = |window| recurring(Open, "WEEKLY 1", standard("open", week, &[window]));
    let closed = |window| recurring(Closed, "WEEKLY 1", standard("closed", week, &[window]));
    let only = |date: &str, windows: &[&str]| standard("only", &format!("{date}..{date}"), windows);
    for (overrides, monday, tuesday) in [
        (vec![], "09:00-17:00 22:00-24:00", "00:00-02:00 09:00-17:00"),
        (vec![closed("MONDAY 12:00-13:00")], "09:00-12:00 13:00-17:00 22:00-24:00", "00:00-02:00 09:00-17:00"),
        (vec![closed("MONDAY 0:00-0:00")], "", "00:00-02:00 09:00-17:00"),
        (vec![open("MONDAY 16:00-20:00")], "09:00-20:00 22:00-24:00", "00:00-02:00 09:00-17:00"),
        (
            vec![open("MONDAY 16:00-20:00"), closed("MONDAY 18:00-21:00")],
            "09:00-18:00 22:00-24:00",
            "00:00-02:00 09:00-17:00",
        ),
        // B90: what runs over belongs to the window that began the day before, which is replaced.
        (vec![only("2026-01-05", &["MONDAY 10:00-11:00"])], "10:00-11:00", "09:00-17:00"),
        (vec![only("2026-01-06", &["TUESDAY 10:00-11:00"])], "09:00-17:00 22:00-24:00", "10:00-11:00"),
        (vec![only("2026-01-05", &[])], "", "09:00-17:00"),
        (vec![only("2026-01-05", &[]), only("2026-01-05", &["MONDAY 8:00-9:00"])], "08:00-09:00", "09:00-17:00"),
        (
            vec![
                only("2026-01-05", &["MONDAY 8:00-10:00"]),
                only("2026-01-05", &["MONDAY 9:00-11:00"]),
                closed("MONDAY 8:30-9:30"),
                open("MONDAY 9:00-12:00"),
            ],
            "08:00-08:30 09:30-12:00",
            "09:00-17:00",
        ),
    ] {
        let overrides = parsed(&overrides);
        let calendar = Calendar::new(&office, &overrides).unwrap();
        let shown = (texts(&calendar.on(day("2026-01-05"))), texts(&calendar.on(day("2026-01-06"))));
        assert_eq!((shown.0.as_str(), shown.1.as_str()), (monday, tuesday), "{overrides:?}");
    }
}

/// The office of the example of administration 2.3.3, and its overrides.
fn example() -> (HoursOfOperation, Vec<Override>) {
    use OverrideType::{Closed, Open};
    let office = hours(
        "Europe/Berlin",
        &[
            "MONDAY 9:00-17:00",
            "TUESDAY 9:00-17:00",
            "WEDNESDAY 9:00-17:00",
            "THURSDAY 9:00-17:00",
            "FRIDAY 9:00-17:00",
        ],
    );
    let christmas = standard("Christmas", "2026-01-01..2030-12-31", &["0:00-0:00"]);
    let late = standard("Late Thursday", "2026-01-01..2026-12-31", &["THURSDAY 17:00-20:00"]);
    let lunch = standard("Lunch", "2026-12-04..2026-12-31", &["FRIDAY 12:00-13:00"]);
    let short = ["MONDAY 10:00-14:00", "TUESDAY 10:00-14:00", "THURSDAY 10:00-12:00"];
    let overrides = [
        recurring(Closed, "YEARLY 1 ByMonth=12 ByMonthDay=25", christmas),
        recurring(Open, "MONTHLY 1 ByWeekdayOccurrence=-1", late),
        recurring(Closed, "WEEKLY 2", lunch),
        standard("Short week", "2026-12-21..2026-12-24", &short),
    ];
    (office, parsed(&overrides))
}

#[test]
fn administration_2_3_3_the_example() {
    let (office, overrides) = example();
    let calendar = Calendar::new(&office, &overrides).unwrap();
    for (date, expected) in [
        ("2026-12-11", "09:00-17:00"),
        ("2026-12-18", "09:00-12:00 13:00-17:00"),
        ("2026-12-19", ""),
        ("2026-12-21", "10:00-14:00"),
        ("2026-12-23", ""),
        ("2026-12-24", "10:00-12:00"),
        ("2026-12-25", ""),
        ("2026-12-31", "09:00-20:00"),
    ] {
        assert_eq!(texts(&calendar.on(day(date))), expected, "{date}");
    }
}

#[test]
fn administration_2_3_1_and_2_3_2_effective_hours_as_they_are_answered() {
    let (office, overrides) = example();
    let calendar = Calendar::new(&office, &overrides).unwrap();
    let dates = calendar.effective(day("2026-12-18"), day("2026-12-31"));
    assert_eq!(dates.len(), 14);
    assert_eq!(
        dates[1],
        EffectiveHoursOfOperations { date: Some("2026-12-19".to_owned()), operational_hours: Some(vec![]) }
    );
    let hour = |date: &str| dates.iter().find(|entry| entry.date.as_deref() == Some(date)).unwrap();
    let last = &hour("2026-12-31").operational_hours.as_ref().unwrap()[0];
    assert_eq!((last.start.as_ref().unwrap().hours, last.end.as_ref().unwrap().hours), (9, 20));
    let shown = |from: &str, to: &str| -> Vec<String> {
        let found = calendar.effective_overrides(day(from), day(to)).unwrap();
        let texts = found.iter().flat_map(|entry| {
            entry.override_hours.iter().flatten().map(|hour| {
                let (start, end) = (hour.start.as_ref().unwrap(), hour.end.as_ref().unwrap());
                let (name, status) =
                    (hour.override_name.as_deref().unwrap(), hour.operational_status.as_ref().unwrap());
                format!(
                    "{} {name} {}-{} {}",
                    &entry.date.as_deref().unwrap()[8..],
                    start.hours,
                    end.hours,
                    status.as_str()
                )
            })
        });
        texts.collect()
    };
    assert_eq!(
        shown("2026-12-18", "2026-12-26"),
        [
            "18 Lunch 12-13 CLOSED",
            "21 Short week 10-14 OPEN",
            "22 Short week 10-14 OPEN",
            "23 Short week 0-0 CLOSED",
            "24 Short week 10-12 OPEN",
            "25 Christmas 0-0 CLOSED",
        ],
        "the 25th is no Friday of the pattern of Lunch"
    );
    assert_eq!(shown("2026-12-31", "2026-12-31"), ["31 Late Thursday 17-20 OPEN"]);
    assert_eq!(shown("2026-12-26", "2026-12-30"), [""; 0]);
}

/// administration 2.3.2: CLOSED, OPEN, STANDARD, then start.
#[test]
fn administration_2_3_2_the_order_of_overrides_on_a_date() {
    use OverrideType::{Closed, Open};
    let week = "2026-01-05..2026-01-11";
    let overrides = parsed(&[
        standard("s", week, &["MONDAY 8:00-9:00", "MONDAY 7:00-8:30"]),
        recurring(Open, "WEEKLY 1", standard("o", week, &["MONDAY 6:00-7:00", "MONDAY 2:00-3:00"])),
        recurring(Closed, "WEEKLY 1", standard("c", week, &["MONDAY 23:00-0:00"])),
    ]);
    let never = hours("UTC", &[]);
    let calendar = Calendar::new(&never, &overrides).unwrap();
    let found =
        calendar.effective_overrides(day("2026-01-05"), day("2026-01-05")).unwrap().remove(0).override_hours.unwrap();
    let found: Vec<_> =
        found.iter().map(|hour| (hour.override_name.as_deref().unwrap(), hour.start.as_ref().unwrap().hours)).collect();
    assert_eq!(found, [("c", 23), ("o", 2), ("o", 6), ("s", 7)], "windows of one override are united");
}

#[test]
fn b91_an_answer_about_effective_hours_has_a_bound() {
    let windows: Vec<String> =
        (0..50).map(|n| format!("MONDAY {}:{:02}-{}:{:02}", n / 3, n % 3 * 20, n / 3, n % 3 * 20 + 10)).collect();
    let windows: Vec<&str> = windows.iter().map(String::as_str).collect();
    let closed = recurring(OverrideType::Closed, "WEEKLY 1", standard("c", "2026-01-01..2026-12-31", &windows));
    let never = hours("UTC", &[]);
    let few = parsed(&vec![closed.clone(); 10]);
    assert!(Calendar::new(&never, &few).unwrap().effective_overrides(day("2026-01-01"), day("2026-12-31")).is_some());
    let many = parsed(&vec![closed; 200]);
    let calendar = Calendar::new(&never, &many).unwrap();
    assert_eq!(calendar.effective_overrides(day("2026-01-01"), day("2026-12-31")), None);
}

#[test]
fn administration_2_3_1_the_range_of_a_question() {
    for (from, to) in [("2026-01-01", "2026-01-01"), ("2026-01-01", "2027-01-01"), ("2024-01-01", "2024-12-31")] {
        assert!(range(from, to).is_ok(), "{from} {to}");
    }
    for (from, to, member) in [
        ("2026-01-02", "2026-01-01", "toDate"),
        ("2026-01-01", "2027-01-02", "toDate"),
        ("2026-02-30", "2026-03-01", "fromDate"),
        ("2026-01-01", "2026-13-01", "toDate"),
        ("-026-01-01", "2026-01-01", "fromDate"),
    ] {
        let refused = range(from, to).unwrap_err();
        assert!(refused.starts_with(member), "{refused}");
    }
}
