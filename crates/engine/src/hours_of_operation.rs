//! Hours of operation (administration 2.1 to 2.3, tasks 3.1.6): which windows hold on a date, with overrides, and whether it is
//! open at a moment. Windows are wall-clock times in the zone of the hours, so daylight saving is followed (administration 2.1.3).

mod minutes;
mod overrides;
mod pattern;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use wire::shapes::{
    EffectiveHoursOfOperations, EffectiveOverrideHours, HoursOfOperation, HoursOfOperationConfig, HoursOfOperationDays,
    OperationalHour, OperationalStatus, OverrideHour, OverrideTimeSlice,
};

use minutes::DAY;
pub use minutes::{Minutes, Window};
use overrides::Effect;
pub use overrides::{Override, Problems};

/// Dates that one question about effective hours may span (administration 2.3.1).
pub const EFFECTIVE_DATES_MAX: i64 = 366;

/// Windows of overrides that one answer about effective hours may have (B91).
pub const EFFECTIVE_OVERRIDE_WINDOWS_MAX: usize = 50_000;

/// A zone of the IANA database by its name, spelled as there; `None` for any other text (administration 2.1.1).
pub fn zone(name: &str) -> Option<TimeZone> {
    let zone = TimeZone::get(name).ok()?;
    (zone.iana_name() == Some(name) && !zone.is_unknown()).then_some(zone)
}

/// Hours with every override that counts for them: their own and those of their parents.
#[derive(Debug)]
pub struct Calendar<'a> {
    zone: TimeZone,
    /// Windows of each day of the week, Sunday first, as sent; the second number may lie in the next day.
    weekdays: [Vec<(u16, u16)>; 7],
    overrides: &'a [Override],
}

impl<'a> Calendar<'a> {
    /// `None` when the hours have no zone that exists.
    pub fn new(hours: &HoursOfOperation, overrides: &'a [Override]) -> Option<Self> {
        let zone = zone(hours.time_zone.as_deref().unwrap_or("UTC"))?;
        let mut weekdays: [Vec<(u16, u16)>; 7] = Default::default();
        for window in hours.config.iter().flatten() {
            let day = day_of(&window.day).map(|day| day.to_sunday_zero_offset());
            let of_day = day.and_then(|day| weekdays.get_mut(usize::try_from(day).ok()?));
            if let Some(of_day) = of_day {
                of_day.push(bounds(window));
            }
        }
        Some(Self { zone, weekdays, overrides })
    }

    /// Whether it is open at `now_ms`, epoch milliseconds: asked of the same minutes as [`Self::on`] answers, at the wall clock's
    /// time (administration 2.1.3, 2.3.4).
    pub fn is_open(&self, now_ms: i64) -> bool {
        let Ok(now) = Timestamp::from_millisecond(now_ms) else { return false };
        let local = now.to_zoned(self.zone.clone());
        let minute = minute_of(i32::from(local.hour()), i32::from(local.minute()));
        self.on(local.date()).contains(minute)
    }

    /// When it is open on a local date (administration 2.2.6): closed where a CLOSED override says so, else open where an OPEN one
    /// does, else as the STANDARD overrides of the date say together, else by the day of the week.
    pub fn on(&self, date: Date) -> Minutes {
        let of = |effect| {
            let overrides = self.overrides.iter().filter(move |one| one.effect() == effect);
            Minutes::of(overrides.flat_map(|one| one.windows_on(date)))
        };
        let base = if self.replaced(date) { of(Effect::Standard) } else { self.by_weekday(date) };
        base.and(&of(Effect::Open)).without(&of(Effect::Closed))
    }

    /// Whether a STANDARD override takes the place of the weekday's windows on that date.
    fn replaced(&self, date: Date) -> bool {
        self.overrides.iter().any(|one| one.effect() == Effect::Standard && one.covers(date))
    }

    /// The weekday's windows, with what runs over from the day before unless that day's were replaced (B90).
    fn by_weekday(&self, date: Date) -> Minutes {
        let of_day = |day: Weekday| {
            let index = usize::from(day.to_sunday_zero_offset().unsigned_abs());
            self.weekdays[index].iter().copied()
        };
        let today = of_day(date.weekday()).map(|(start, end)| Window { start, end: end.min(DAY) });
        let yesterday = date.yesterday().ok().filter(|date| !self.replaced(*date));
        let over = yesterday.into_iter().flat_map(|date| of_day(date.weekday()));
        let over = over.filter(|(_, end)| *end > DAY).map(|(_, end)| Window { start: 0, end: end - DAY });
        Minutes::of(today.chain(over))
    }

    /// The merged windows of each date from `from` to `to`, both included (administration 2.3.1).
    pub fn effective(&self, from: Date, to: Date) -> Vec<EffectiveHoursOfOperations> {
        let of_date = |date: Date| {
            let hour = |window: &Window| OperationalHour {
                start: Some(time_of(window.start)),
                end: Some(time_of(window.end)),
            };
            EffectiveHoursOfOperations {
                date: Some(date.to_string()),
                operational_hours: Some(self.on(date).windows().iter().map(hour).collect()),
            }
        };
        dates(from, to).map(of_date).collect()
    }

    /// The windows of overrides on each date from `from` to `to` on which one holds (administration 2.3.2); `None` when they are
    /// more than [`EFFECTIVE_OVERRIDE_WINDOWS_MAX`].
    pub fn effective_overrides(&self, from: Date, to: Date) -> Option<Vec<EffectiveOverrideHours>> {
        let (mut answer, mut count) = (Vec::new(), 0_usize);
        for date in dates(from, to) {
            let mut hours = Vec::new();
            for one in self.overrides.iter().filter(|one| one.covers(date)) {
                let before = hours.len();
                hours.extend(one.windows_on(date).into_iter().map(|window| (one.effect(), window, one.name())));
                if hours.len() == before && one.effect() == Effect::Standard {
                    hours.push((Effect::Closing, Window::WHOLE_DAY, one.name()));
                }
            }
            count += hours.len();
            if count > EFFECTIVE_OVERRIDE_WINDOWS_MAX {
                return None;
            }
            hours.sort_by_key(|(effect, window, _)| (effect.rank(), *window));
            let hours: Vec<OverrideHour> = hours.into_iter().map(override_hour).collect();
            if !hours.is_empty() {
                answer.push(EffectiveOverrideHours { date: Some(date.to_string()), override_hours: Some(hours) });
            }
        }
        Some(answer)
    }
}

/// The dates of a question about effective hours, or what is wrong with it (administration 2.3.1).
///
/// # Errors
/// What to answer, as InvalidParameterException.
pub fn range(from: &str, to: &str) -> Result<(Date, Date), String> {
    let parsed =
        |member: &str, text: &str| overrides::date(text).ok_or_else(|| format!("{member} {text:?} is no date"));
    let (first, last) = (parsed("fromDate", from)?, parsed("toDate", to)?);
    if last < first {
        return Err(format!("toDate {to:?} is before fromDate {from:?}"));
    }
    let days = pattern::days_between(first, last) + 1;
    if days > EFFECTIVE_DATES_MAX {
        return Err(format!(
            "toDate {to:?} makes {days} dates from fromDate on; at most {EFFECTIVE_DATES_MAX} are answered"
        ));
    }
    Ok((first, last))
}

fn dates(from: Date, to: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(from), |date| date.tomorrow().ok()).take_while(move |date| *date <= to)
}

fn override_hour((effect, window, name): (Effect, Window, &str)) -> OverrideHour {
    OverrideHour {
        start: Some(time_of(window.start)),
        end: Some(time_of(window.end)),
        override_name: Some(name.to_owned()),
        operational_status: Some(if effect.opens() { OperationalStatus::Open } else { OperationalStatus::Closed }),
    }
}

/// The wall-clock time at a minute; the end of the day is 00:00.
fn time_of(minute: u16) -> OverrideTimeSlice {
    let minute = i32::from(minute % DAY);
    OverrideTimeSlice { hours: minute / 60, minutes: minute % 60 }
}

/// Minutes from midnight of the window's day; an end at or before the start lies in the next day, and 00:00 is the end of the day
/// itself (administration 2.1.2).
fn bounds(window: &HoursOfOperationConfig) -> (u16, u16) {
    let start = minute_of(window.start_time.hours, window.start_time.minutes);
    let end = minute_of(window.end_time.hours, window.end_time.minutes);
    match end {
        0 => (start, DAY),
        end if end <= start => (start, end + DAY),
        end => (start, end),
    }
}

/// Minutes from midnight to a time whose numbers the model has checked.
fn minute_of(hours: i32, minutes: i32) -> u16 {
    let minutes = (hours * 60 + minutes).clamp(0, i32::from(DAY));
    u16::try_from(minutes).expect("a day has fewer minutes than the type can hold")
}

fn day_of(day: &HoursOfOperationDays) -> Option<Weekday> {
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
