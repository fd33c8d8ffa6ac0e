//! One override: what it may say (administration 2.2.1 to 2.2.4), and which windows it has on a date.

use std::fmt;

use jiff::civil::{Date, Weekday};
use wire::ExceptionKind;
use wire::shapes::{
    HoursOfOperationOverride, HoursOfOperationOverrideConfig, OverrideDays, OverrideTimeSlice, OverrideType,
    RecurrenceFrequency, RecurrencePattern,
};

use super::minute_of;
use super::minutes::{DAY, Minutes, Window};
use super::pattern::{DayOfMonth, Frequency, Pattern};

/// What an override does on its dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Its windows take the place of the weekday's.
    Standard,
    /// Its windows are closed.
    Closed,
    /// Its windows are open.
    Open,
    /// A date on which a STANDARD override has no window.
    Closing,
}

impl Effect {
    /// Place in an answer (administration 2.3.2).
    pub(super) fn rank(self) -> u8 {
        match self {
            Self::Closed => 0,
            Self::Open => 1,
            Self::Standard | Self::Closing => 2,
        }
    }

    pub(super) fn opens(self) -> bool {
        matches!(self, Self::Standard | Self::Open)
    }
}

/// An override that keeps all rules.
#[derive(Clone, Debug)]
pub struct Override {
    name: String,
    effect: Effect,
    from: Date,
    till: Date,
    pattern: Option<Pattern>,
    windows: Vec<(Option<Weekday>, Window)>,
}

/// Why an override is refused: everything that is wrong of one sort, forms before meanings (administration 1.1.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// Answered as InvalidParameterException.
    forms: Vec<String>,
    /// Answered as InvalidRequestException.
    meanings: Vec<String>,
}

impl Problems {
    /// Which exception says them.
    pub fn kind(&self) -> ExceptionKind {
        if self.forms.is_empty() {
            ExceptionKind::InvalidRequestException
        } else {
            ExceptionKind::InvalidParameterException
        }
    }

    fn is_empty(&self) -> bool {
        self.forms.is_empty() && self.meanings.is_empty()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = if self.forms.is_empty() { &self.meanings } else { &self.forms };
        f.write_str(&named.join("; "))
    }
}

impl std::error::Error for Problems {}

impl Override {
    /// Reads an override as a whole.
    ///
    /// # Errors
    /// What breaks a rule.
    pub fn parse(shape: &HoursOfOperationOverride) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let (from, till) = range(shape, &mut problems);
        let effect = match shape.override_type.clone().unwrap_or_default() {
            OverrideType::Open => Effect::Open,
            OverrideType::Closed => Effect::Closed,
            _ => Effect::Standard,
        };
        let pattern = recurrence(shape, effect, &mut problems);
        let items = shape.config.as_deref().unwrap_or_default();
        if items.is_empty() && effect != Effect::Standard {
            let kind = type_name(effect);
            problems.forms.push(format!("Config must have at least one item in an override of type {kind}"));
        }
        let days = days_needed(shape, effect, pattern);
        let windows = items.iter().enumerate().filter_map(|(n, item)| window(n, item, days, &mut problems)).collect();
        let name = shape.name.clone().unwrap_or_default();
        match (from, till) {
            (Some(from), Some(till)) if problems.is_empty() => Ok(Self { name, effect, from, till, pattern, windows }),
            _ => Err(problems),
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn effect(&self) -> Effect {
        self.effect
    }

    /// Whether the date is in its range.
    pub(super) fn covers(&self, date: Date) -> bool {
        (self.from..=self.till).contains(&date)
    }

    /// Its windows on a date, merged.
    pub(super) fn windows_on(&self, date: Date) -> Vec<Window> {
        let holds = |day: Option<Weekday>| match self.pattern {
            Some(pattern) => pattern.holds(self.from, date, day),
            None => day == Some(date.weekday()),
        };
        let windows =
            self.windows.iter().filter(|(day, _)| self.covers(date) && holds(*day)).map(|(_, window)| *window);
        Minutes::of(windows).into_windows()
    }
}

/// A date of the calendar, `YYYY-MM-DD`.
pub(super) fn date(text: &str) -> Option<Date> {
    let plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if plain { text.parse().ok() } else { None }
}

/// First and last date (administration 2.2.2).
fn range(shape: &HoursOfOperationOverride, problems: &mut Problems) -> (Option<Date>, Option<Date>) {
    let mut read = |member: &str, text: &Option<String>| {
        let text = text.as_deref().unwrap_or_default();
        let found = date(text);
        if found.is_none() {
            problems.forms.push(format!("{member} {text:?} is no date"));
        }
        found
    };
    let from = read("EffectiveFrom", &shape.effective_from);
    let till = read("EffectiveTill", &shape.effective_till);
    if let (Some(from), Some(till)) = (from, till)
        && till < from
    {
        problems.forms.push(format!("EffectiveTill \"{till}\" is before EffectiveFrom \"{from}\""));
    }
    (from, till)
}

/// The pattern, where there is a good one (administration 2.2.1, 2.2.4).
fn recurrence(shape: &HoursOfOperationOverride, effect: Effect, problems: &mut Problems) -> Option<Pattern> {
    match (&shape.recurrence_config, effect) {
        (None, Effect::Standard) => None,
        (Some(config), Effect::Standard) => {
            // Its form is looked at all the same.
            let _ = pattern(&config.recurrence_pattern, problems);
            let message = "RecurrenceConfig does not belong to an override whose OverrideType is STANDARD";
            problems.meanings.push(message.to_owned());
            None
        }
        (None, effect) => {
            let kind = type_name(effect);
            problems.meanings.push(format!("RecurrenceConfig is required when OverrideType is {kind}"));
            None
        }
        (Some(config), _) => pattern(&config.recurrence_pattern, problems),
    }
}

fn pattern(shape: &RecurrencePattern, problems: &mut Problems) -> Option<Pattern> {
    let path = |member: &str| format!("RecurrenceConfig.RecurrencePattern.{member}");
    let mut one = |member: &str, values: &Option<Vec<i32>>| {
        let values = values.as_deref().unwrap_or_default();
        if values.len() > 1 {
            problems.forms.push(format!("{} has {} values; at most one is taken", path(member), values.len()));
        }
        let value = values.first().copied().map(|value| i8::try_from(value).unwrap_or_default());
        if value == Some(0) {
            problems.forms.push(format!("{}[0] must not be 0", path(member)));
        }
        value
    };
    let month = one("ByMonth", &shape.by_month);
    let number = one("ByMonthDay", &shape.by_month_day);
    let nth = one("ByWeekdayOccurrence", &shape.by_weekday_occurrence);
    let of_month = number.map(DayOfMonth::Number).or(nth.map(DayOfMonth::Occurrence));
    let name = shape.frequency.as_str();
    let mut wrong = Vec::new();
    let given = [("ByMonth", month), ("ByMonthDay", number), ("ByWeekdayOccurrence", nth)];
    let alien = |member: &str| format!("{} does not belong to Frequency {name}", path(member));
    let frequency = match &shape.frequency {
        RecurrenceFrequency::Weekly => {
            wrong.extend(given.iter().filter(|(_, value)| value.is_some()).map(|(member, _)| alien(member)));
            Some(Frequency::Weekly)
        }
        RecurrenceFrequency::Monthly => {
            wrong.extend(month.map(|_| alien("ByMonth")));
            of_month.map(Frequency::Monthly)
        }
        _ => {
            if month.is_none() {
                wrong.push(format!("{} is required with Frequency {name}", path("ByMonth")));
            }
            month.zip(of_month).map(|(month, of_month)| Frequency::Yearly(month, of_month))
        }
    };
    if shape.frequency != RecurrenceFrequency::Weekly && number.is_some() == nth.is_some() {
        let (number, nth) = (path("ByMonthDay"), path("ByWeekdayOccurrence"));
        wrong.push(format!("Frequency {name} takes exactly one of {number} and {nth}"));
    }
    let good = wrong.is_empty();
    problems.meanings.append(&mut wrong);
    let interval = i64::from(shape.interval).max(1);
    frequency.filter(|_| good).map(|frequency| Pattern { frequency, interval })
}

/// Whether items have a day: they must, they must not, or nobody can say because the pattern is wrong.
#[derive(Clone, Copy)]
enum Days {
    Needed(Needs),
    ByNumber,
    Unclear,
}

/// Who needs the day.
#[derive(Clone, Copy)]
enum Needs {
    Standard,
    Weekly,
    Occurrence,
}

/// administration 2.2.3
fn days_needed(shape: &HoursOfOperationOverride, effect: Effect, pattern: Option<Pattern>) -> Days {
    if effect == Effect::Standard {
        return if shape.recurrence_config.is_none() { Days::Needed(Needs::Standard) } else { Days::Unclear };
    }
    match pattern.map(|pattern| pattern.frequency) {
        None => Days::Unclear,
        Some(Frequency::Weekly) => Days::Needed(Needs::Weekly),
        Some(Frequency::Monthly(DayOfMonth::Number(_)) | Frequency::Yearly(_, DayOfMonth::Number(_))) => Days::ByNumber,
        Some(Frequency::Monthly(_) | Frequency::Yearly(..)) => Days::Needed(Needs::Occurrence),
    }
}

/// An item of the configuration (administration 2.2.3).
fn window(
    n: usize,
    item: &HoursOfOperationOverrideConfig,
    days: Days,
    problems: &mut Problems,
) -> Option<(Option<Weekday>, Window)> {
    let day = item.day.as_ref().and_then(day_of);
    match (days, day) {
        (Days::Needed(needs), None) => {
            let by = match needs {
                Needs::Standard => "an override of type STANDARD",
                Needs::Weekly => "an override with Frequency WEEKLY",
                Needs::Occurrence => "an override with ByWeekdayOccurrence",
            };
            problems.forms.push(format!("Config[{n}].Day is required in {by}"));
        }
        (Days::ByNumber, Some(_)) => {
            problems.meanings.push(format!("Config[{n}].Day does not belong to an override with ByMonthDay"));
        }
        _ => {}
    }
    let mut read = |member: &str, time: &Option<OverrideTimeSlice>| {
        if time.is_none() {
            problems.forms.push(format!("Config[{n}].{member} is required"));
        }
        time.as_ref().map(|time| minute_of(time.hours, time.minutes))
    };
    let (start, end) = (read("StartTime", &item.start_time), read("EndTime", &item.end_time));
    let (start, end) = start.zip(end)?;
    let end = if end == 0 { DAY } else { end };
    if end <= start {
        let (from, till) = (clock(start), clock(end));
        problems.forms.push(format!(
            "Config[{n}].EndTime {till} must be after StartTime {from}, or 00:00 for midnight: an override does not run into the next day"
        ));
    }
    Some((day, Window { start, end }))
}

fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The wire's word, for messages.
fn type_name(effect: Effect) -> &'static str {
    match effect {
        Effect::Open => "OPEN",
        Effect::Closed => "CLOSED",
        Effect::Standard | Effect::Closing => "STANDARD",
    }
}

fn day_of(day: &OverrideDays) -> Option<Weekday> {
    Some(match day {
        OverrideDays::Sunday => Weekday::Sunday,
        OverrideDays::Monday => Weekday::Monday,
        OverrideDays::Tuesday => Weekday::Tuesday,
        OverrideDays::Wednesday => Weekday::Wednesday,
        OverrideDays::Thursday => Weekday::Thursday,
        OverrideDays::Friday => Weekday::Friday,
        OverrideDays::Saturday => Weekday::Saturday,
        OverrideDays::Unknown(_) => return None,
    })
}
