//! Moments as texts: events and records write them so.

/// `2026-03-02T09:15:00.310Z` (tasks 4.1.3).
pub(crate) fn iso_ms(epoch_ms: i64) -> String {
    format!("{}.{:03}Z", until_seconds(epoch_ms), epoch_ms.rem_euclid(1000))
}

/// `2026-03-02T09:15:00Z`, without the fraction (tasks 4.1.3, 4.2.2).
pub(crate) fn iso_seconds(epoch_ms: i64) -> String {
    format!("{}Z", until_seconds(epoch_ms))
}

/// How the end of a message about a time out of bounds begins. The program looks for it, to say that `--dev` moved that
/// time.
pub const SERVER_TIME: &str = "the server's time is ";

/// The end of a message about a time out of bounds: clients may have another time than the server.
pub(crate) fn server_time(now_ms: i64) -> String {
    format!("{SERVER_TIME}{}", iso_seconds(now_ms))
}

/// Whole seconds of a span of milliseconds; never negative.
pub(crate) fn seconds(span_ms: i64) -> i64 {
    span_ms.max(0) / 1000
}

fn until_seconds(epoch_ms: i64) -> String {
    let seconds = epoch_ms.div_euclid(1000);
    let (year, month, day) = civil_from_days(seconds.div_euclid(86_400));
    let time = seconds.rem_euclid(86_400);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}", time / 3600, time / 60 % 60, time % 60)
}

/// Year, month and day of a day counted from 1970-01-01, in the calendar of today extended to all times. Eras of 400 years begin
/// on a first of March, so that the leap day is the last of its year.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_utc() {
        for (ms, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_399_999, "2000-02-28T23:59:59.999Z"),
            (951_825_600_000, "2000-02-29T12:00:00.000Z"),
            (1_772_442_904_310, "2026-03-02T09:15:04.310Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        ] {
            assert_eq!(iso_ms(ms), text);
            assert_eq!(iso_seconds(ms), format!("{}Z", &text[..19]));
        }
    }

    #[test]
    fn every_day_of_eight_centuries_follows_the_one_before() {
        let mut before = civil_from_days(-1);
        for days in 0..292_194 {
            let (year, month, day) = civil_from_days(days);
            let next_day = (year, month) == (before.0, before.1) && day == before.2 + 1;
            let next_month = day == 1 && (year * 12 + month) == (before.0 * 12 + before.1) + 1 && before.2 >= 28;
            assert!(next_day || next_month, "{before:?} then {:?}", (year, month, day));
            before = (year, month, day);
        }
        assert_eq!(before, (2769, 12, 31));
    }
}
