//! Hours of operation: is it open at a moment (tasks 3.1.6, flows 7.3.2)? Windows are per day of the week, in the zone of the
//! hours, daylight saving followed.

use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use wire::shapes::{HoursOfOperation, HoursOfOperationConfig, HoursOfOperationDays, HoursOfOperationTimeSlice};

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// Whether it is open at `now_ms`, epoch milliseconds; `None` when the zone is none that exists.
pub fn is_open(hours: &HoursOfOperation, now_ms: i64) -> Option<bool> {
    let zone = TimeZone::get(hours.time_zone.as_deref().unwrap_or("UTC")).ok()?;
    let local = Timestamp::from_millisecond(now_ms).ok()?.to_zoned(zone);
    let minute = i64::from(local.hour()) * 60 + i64::from(local.minute());
    let (today, yesterday) = (local.weekday(), local.weekday().previous());
    let open = hours.config.iter().flatten().any(|window| {
        let (start, end) = bounds(window);
        let day = weekday(&window.day);
        (day == Some(today) && (start..end).contains(&minute))
            || (day == Some(yesterday) && (start..end).contains(&(minute + DAY)))
    });
    Some(open)
}

/// Minutes from the start of the window's day; an end at or before the start lies in the next day, and 00:00 is the end of the
/// day itself.
fn bounds(window: &HoursOfOperationConfig) -> (i64, i64) {
    let minutes = |slice: &HoursOfOperationTimeSlice| i64::from(slice.hours) * 60 + i64::from(slice.minutes);
    let (start, end) = (minutes(&window.start_time), minutes(&window.end_time));
    (
        start,
        if end == 0 {
            DAY
        } else if end <= start {
            end + DAY
        } else {
            end
        },
    )
}

fn weekday(day: &HoursOfOperationDays) -> Option<Weekday> {
    Some(match day {
        HoursOfOperationDays::Sunday => Weekday::Sunday,
        HoursOfOperationDays::Monday => Weekday::Monday,
        HoursOfOperationDays::Tuesday => Weekday::Tuesday,
        HoursOfOperationDays::Wednesday => Weekday::Wednesday,
        HoursOfOperationDays::Thursday => Weekday::Thursday,
        HoursOfOperationDays::Friday => Weekday::Friday,
        HoursOfOperationDays::Saturday => Weekday::Saturday,
        HoursOfOperationDays::Unknown(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A day, and hour and minute of start and end.
    type Window = (HoursOfOperationDays, (i32, i32), (i32, i32));

    fn hours(zone: &str, windows: &[Window]) -> HoursOfOperation {
        let slice = |(hours, minutes): (i32, i32)| HoursOfOperationTimeSlice { hours, minutes };
        let config = windows.iter().map(|(day, start, end)| HoursOfOperationConfig {
            day: day.clone(),
            start_time: slice(*start),
            end_time: slice(*end),
        });
        HoursOfOperation { time_zone: Some(zone.to_owned()), config: Some(config.collect()), ..Default::default() }
    }

    fn at(text: &str) -> i64 {
        text.parse::<Timestamp>().expect("a time").as_millisecond()
    }

    #[test]
    fn tasks_3_1_6_windows_in_the_zone_of_the_hours() {
        use HoursOfOperationDays::{Friday, Monday, Saturday};
        let day = hours("Europe/Berlin", &[(Monday, (9, 0), (17, 30))]);
        for (moment, open) in [
            ("2026-01-05T07:59:59Z", false), // 08:59:59 there, a Monday
            ("2026-01-05T08:00:00Z", true),
            ("2026-01-05T16:29:59Z", true),
            ("2026-01-05T16:30:00Z", false),
            ("2026-07-06T07:00:00Z", true), // summer time
            ("2026-01-06T10:00:00Z", false),
        ] {
            assert_eq!(is_open(&day, at(moment)), Some(open), "{moment}");
        }
        let whole = hours("UTC", &[(Friday, (0, 0), (0, 0))]);
        assert_eq!(is_open(&whole, at("2026-01-02T00:00:00Z")), Some(true));
        assert_eq!(is_open(&whole, at("2026-01-02T23:59:59Z")), Some(true));
        assert_eq!(is_open(&whole, at("2026-01-03T00:00:00Z")), Some(false));
        let evening = hours("UTC", &[(Friday, (18, 0), (0, 0))]);
        assert_eq!(is_open(&evening, at("2026-01-02T23:59:00Z")), Some(true));
        let night = hours("UTC", &[(Friday, (22, 0), (6, 0))]);
        assert_eq!(is_open(&night, at("2026-01-03T05:59:00Z")), Some(true), "into {Saturday:?}");
        assert_eq!(is_open(&night, at("2026-01-03T06:00:00Z")), Some(false));
        assert_eq!(is_open(&night, at("2026-01-02T05:00:00Z")), Some(false));
        assert_eq!(is_open(&hours("Mars/Olympus", &[]), 0), None);
    }
}
