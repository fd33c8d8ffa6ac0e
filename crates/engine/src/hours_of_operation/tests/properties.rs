//! Windows against a second reading of the rules that looks at one minute at a time.

use super::*;
use proptest::prelude::*;

fn a_day() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(OverrideDays::ALL_VALUES)
}

fn a_time() -> impl Strategy<Value = (i32, i32)> {
    (0..24_i32, proptest::sample::select(vec![0, 1, 30, 59]))
}

fn some_hours() -> impl Strategy<Value = HoursOfOperation> {
    let zones = proptest::sample::select(vec!["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]);
    let window = (a_day(), a_time(), a_time())
        .prop_map(|(day, (h, m), (till_h, till_m))| format!("{day} {h}:{m}-{till_h}:{till_m}"));
    (zones, proptest::collection::vec(window, 0..8)).prop_map(|(zone, windows)| {
        let windows: Vec<&str> = windows.iter().map(String::as_str).collect();
        hours(zone, &windows)
    })
}

fn a_range() -> impl Strategy<Value = String> {
    let first = day("2026-01-01");
    (0..400_i64, 0..400_i64).prop_map(move |(start, length)| {
        let date = |n: i64| first.checked_add(jiff::Span::new().days(n)).unwrap();
        format!("{}..{}", date(start), date(start + length))
    })
}

fn an_override() -> impl Strategy<Value = HoursOfOperationOverride> {
    let pattern = proptest::sample::select(vec![
        "",
        "WEEKLY 1",
        "WEEKLY 3",
        "MONTHLY 1 ByMonthDay=-1",
        "MONTHLY 2 ByMonthDay=30",
        "MONTHLY 1 ByWeekdayOccurrence=2",
        "MONTHLY 1 ByWeekdayOccurrence=-1",
        "YEARLY 1 ByMonth=2 ByMonthDay=29",
        "YEARLY 1 ByMonth=3 ByWeekdayOccurrence=1",
    ]);
    let window = (a_day(), a_time(), a_time());
    let windows = proptest::collection::vec(window, 1..4);
    (pattern, any::<bool>(), a_range(), windows).prop_map(|(pattern, opens, range, windows)| {
        let text = |(day, from, till): (&str, (i32, i32), (i32, i32))| {
            let (start, end) = if from < till { (from, till) } else { (till, (0, 0)) };
            let day = if pattern.contains("ByMonthDay") { String::new() } else { format!("{day} ") };
            format!("{day}{}:{}-{}:{}", start.0, start.1, end.0, end.1)
        };
        let windows: Vec<String> = windows.into_iter().map(text).collect();
        let windows: Vec<&str> = windows.iter().map(String::as_str).collect();
        let shape = standard("any", &range, &windows);
        let kind = if opens { OverrideType::Open } else { OverrideType::Closed };
        if pattern.is_empty() { shape } else { recurring(kind, pattern, shape) }
    })
}

/// Whether the item of a recurring override holds on a date: counted up from the first date, period by period.
fn recurs(pattern: &RecurrencePattern, first: Date, date: Date, item: Option<&str>) -> bool {
    let name = |date: Date| OverrideDays::ALL_VALUES[usize::try_from(date.weekday().to_sunday_zero_offset()).unwrap()];
    let begins_period = |date: Date| match pattern.frequency {
        RecurrenceFrequency::Weekly => name(date) == "SUNDAY",
        RecurrenceFrequency::Monthly => date.day() == 1,
        _ => date.day() == 1 && date.month() == 1,
    };
    let periods = dates(first, date).skip(1).filter(|date| begins_period(*date)).count();
    if !periods.is_multiple_of(usize::try_from(pattern.interval).unwrap())
        || item.is_some_and(|item| item != name(date))
    {
        return false;
    }
    let only = |values: &Option<Vec<i32>>| values.as_ref().map(|values| values[0]);
    let of_month = |wanted: fn(Date, Date) -> bool| {
        dates(date.first_of_month(), date.last_of_month()).filter(move |one| wanted(*one, date)).count()
    };
    let (before, behind) = (
        of_month(|one, date| one <= date && one.weekday() == date.weekday()),
        of_month(|one, date| one > date && one.weekday() == date.weekday()),
    );
    only(&pattern.by_month).is_none_or(|month| i32::from(date.month()) == month)
        && only(&pattern.by_month_day)
            .is_none_or(|day| if day == -1 { date == date.last_of_month() } else { i32::from(date.day()) == day })
        && only(&pattern.by_weekday_occurrence)
            .is_none_or(|nth| if nth == -1 { behind == 0 } else { before == usize::try_from(nth).unwrap() })
}

/// Whether an override says something of this minute.
fn says(shape: &HoursOfOperationOverride, date: Date, minute: i32) -> bool {
    let (from, till) = (day(shape.effective_from.as_ref().unwrap()), day(shape.effective_till.as_ref().unwrap()));
    let of_day = |item: &OverrideDays| {
        item.as_str() == OverrideDays::ALL_VALUES[usize::try_from(date.weekday().to_sunday_zero_offset()).unwrap()]
    };
    (from..=till).contains(&date)
        && shape.config.iter().flatten().any(|item| {
            let number =
                |time: &Option<OverrideTimeSlice>| time.as_ref().map(|time| time.hours * 60 + time.minutes).unwrap();
            let (start, end) = (number(&item.start_time), number(&item.end_time));
            let holds = match &shape.recurrence_config {
                None => item.day.as_ref().is_some_and(of_day),
                Some(config) => {
                    recurs(&config.recurrence_pattern, from, date, item.day.as_ref().map(OverrideDays::as_str))
                }
            };
            holds && start <= minute && (end == 0 || minute < end)
        })
}

fn open_by_the_rules(
    hours: &HoursOfOperation,
    overrides: &[HoursOfOperationOverride],
    date: Date,
    minute: i32,
) -> bool {
    let of = |kind: OverrideType| {
        overrides.iter().filter(move |one| one.override_type.clone().unwrap_or(OverrideType::Standard) == kind)
    };
    if of(OverrideType::Closed).any(|one| says(one, date, minute)) {
        return false;
    }
    if of(OverrideType::Open).any(|one| says(one, date, minute)) {
        return true;
    }
    let covers = |date: Date| {
        of(OverrideType::Standard).any(|one| {
            (day(one.effective_from.as_ref().unwrap())..=day(one.effective_till.as_ref().unwrap())).contains(&date)
        })
    };
    if covers(date) {
        return of(OverrideType::Standard).any(|one| says(one, date, minute));
    }
    let began = |date: Date, minute: i32| {
        let name = HoursOfOperationDays::ALL_VALUES[usize::try_from(date.weekday().to_sunday_zero_offset()).unwrap()];
        hours.config.iter().flatten().filter(move |window| window.day.as_str() == name).any(|window| {
            let (start, end) = (
                window.start_time.hours * 60 + window.start_time.minutes,
                window.end_time.hours * 60 + window.end_time.minutes,
            );
            let end = if end == 0 {
                1440
            } else if end <= start {
                end + 1440
            } else {
                end
            };
            start <= minute && minute < end
        })
    };
    let yesterday = date.yesterday().unwrap();
    began(date, minute) || (!covers(yesterday) && began(yesterday, minute + 1440))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// administration 2.2.5, 2.2.6
    #[test]
    fn administration_2_2_6_every_minute_is_as_the_rules_say(
        hours in some_hours(), shapes in proptest::collection::vec(an_override(), 0..5), n in 0..500_i64,
    ) {
        let overrides = parsed(&shapes);
        let calendar = Calendar::new(&hours, &overrides).unwrap();
        let date = day("2026-01-01").checked_add(jiff::Span::new().days(n)).unwrap();
        let found = calendar.on(date);
        // Times in these hours are at 0, 1, 30 or 59 minutes past.
        for minute in (0..1440_u16).filter(|minute| [0, 1, 2, 29, 30, 31, 58, 59].contains(&(minute % 60))) {
            let expected = open_by_the_rules(&hours, &shapes, date, i32::from(minute));
            prop_assert_eq!(found.contains(minute), expected, "{} minute {}", date, minute);
        }
    }

    /// administration 2.3.1, 2.3.4: a moment is open when the effective hours of its local date say so; windows never touch.
    #[test]
    fn administration_2_3_4_a_moment_is_asked_of_the_same_windows(
        hours in some_hours(), shapes in proptest::collection::vec(an_override(), 0..5), now_ms in 1_767_225_600_000..1_830_297_600_000_i64,
    ) {
        let overrides = parsed(&shapes);
        let calendar = Calendar::new(&hours, &overrides).unwrap();
        let zone = zone(hours.time_zone.as_deref().unwrap()).unwrap();
        let local = Timestamp::from_millisecond(now_ms).unwrap().to_zoned(zone);
        let (date, minute) = (local.date(), i32::from(local.hour()) * 60 + i32::from(local.minute()));
        let answered = calendar.effective(date, date).remove(0).operational_hours.unwrap();
        let number = |time: &Option<OverrideTimeSlice>| time.as_ref().map(|time| time.hours * 60 + time.minutes).unwrap();
        let windows: Vec<(i32, i32)> = answered.iter().map(|hour| {
            let end = number(&hour.end);
            (number(&hour.start), if end == 0 { 1440 } else { end })
        }).collect();
        prop_assert!(windows.iter().all(|(start, end)| start < end));
        prop_assert!(windows.windows(2).all(|pair| pair[0].1 < pair[1].0), "{:?}", windows);
        let open = windows.iter().any(|(start, end)| (*start..*end).contains(&minute));
        prop_assert_eq!(calendar.is_open(now_ms), open);
    }
}
