//! On which dates a recurring override holds (administration 2.2.5).

use jiff::civil::{Date, Weekday};

/// Which dates of its range an override holds on, with the day that an item of its configuration names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    pub(super) frequency: Frequency,
    /// Every n-th week, month or year, counted from that of the first date; at least 1.
    pub(super) interval: i64,
}

/// What repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frequency {
    /// Weeks, each beginning on Sunday.
    Weekly,
    Monthly(DayOfMonth),
    /// Years, in one month of them (1 to 12).
    Yearly(i8, DayOfMonth),
}

/// Which day of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayOfMonth {
    /// By number, 1 to 31; -1 is the last. A month that has no such day is skipped.
    Number(i8),
    /// By its place among those of the item's day of the week, 1 to 4; -1 is the last.
    Occurrence(i8),
}

impl Pattern {
    /// Whether an item for `day` holds on `date`, in a range that begins with `first`, which is no later.
    pub(super) fn holds(&self, first: Date, date: Date, day: Option<Weekday>) -> bool {
        if day.is_some_and(|day| day != date.weekday()) {
            return false;
        }
        let (distance, fits) = match self.frequency {
            Frequency::Weekly => (weeks_between(first, date), day.is_some()),
            Frequency::Monthly(of_month) => (months_of(date) - months_of(first), of_month.is(date, day)),
            Frequency::Yearly(month, of_month) => {
                let years = i64::from(date.year()) - i64::from(first.year());
                (years, date.month() == month && of_month.is(date, day))
            }
        };
        fits && distance % self.interval == 0
    }
}

impl DayOfMonth {
    fn is(self, date: Date, day: Option<Weekday>) -> bool {
        match self {
            Self::Number(-1) => date.day() == date.days_in_month(),
            Self::Number(number) => date.day() == number,
            Self::Occurrence(-1) => day.is_some() && date.day() > date.days_in_month() - 7,
            Self::Occurrence(nth) => day.is_some() && (date.day() - 1) / 7 + 1 == nth,
        }
    }
}

/// Months since the year 0.
fn months_of(date: Date) -> i64 {
    i64::from(date.year()) * 12 + i64::from(date.month()) - 1
}

/// From the week of one date to that of a later one.
fn weeks_between(first: Date, date: Date) -> i64 {
    let since_sunday = i64::from(first.weekday().to_sunday_zero_offset());
    (days_between(first, date) + since_sunday).div_euclid(7)
}

/// Days from one date to another.
pub(super) fn days_between(first: Date, date: Date) -> i64 {
    first.duration_until(date).as_hours() / 24
}
