//! Time as the API writes it: numbers of seconds in bodies (W1.5.6, W2.1.2, W2.1.3).

use super::{Json, JsonWriter, Number};

/// A point in time: epoch milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(
    /// Milliseconds since 1970-01-01T00:00:00Z; negative before.
    pub i64,
);

/// The years 0001 to 9999, which every client can hold.
const RANGE: std::ops::RangeInclusive<i64> = -62_135_596_800_000..=253_402_300_799_999;

const DAY: i64 = 86_400_000;

impl Timestamp {
    /// Reads a body member: a number of epoch seconds, rounded to the millisecond, or leniently ISO-8601 text (W1.5.6). A time
    /// without offset is UTC. `None` for anything else and for years outside 1 to 9999.
    pub fn from_json(json: &Json<'_>) -> Option<Self> {
        let ms = match json {
            Json::Number(Number::Int(seconds)) => seconds.checked_mul(1000)?,
            Json::Number(Number::Float(seconds)) => Number::Float((seconds * 1000.0).round()).as_i64()?,
            Json::String(text) => iso(text)?,
            _ => return None,
        };
        RANGE.contains(&ms).then_some(Self(ms))
    }

    /// Writes epoch seconds with at most three decimals and no trailing zero (W2.1.3).
    pub fn write(self, w: &mut JsonWriter) {
        let (seconds, fraction) = (self.0.unsigned_abs() / 1000, self.0.unsigned_abs() % 1000);
        let sign = if self.0 < 0 { "-" } else { "" };
        if fraction == 0 {
            w.literal(&format!("{sign}{seconds}"));
        } else {
            w.literal(format!("{sign}{seconds}.{fraction:03}").trim_end_matches('0'));
        }
    }
}

/// `YYYY-MM-DD`, then optionally `T` or space, `HH:MM`, `:SS`, a fraction, and `Z`, `+HH`, `+HHMM` or `+HH:MM`.
fn iso(text: &str) -> Option<i64> {
    let mut rest = Scan(text.trim().as_bytes());
    let (year, month, day) = (rest.digits(4)?, rest.after(b'-')?, rest.after(b'-')?);
    let midnight = days_from_civil(year, month, day)? * DAY;
    if rest.0.is_empty() {
        return Some(midnight);
    }
    if !(rest.take(b'T') || rest.take(b't') || rest.take(b' ')) {
        return None;
    }
    let (hour, minute) = (rest.digits(2)?, rest.after(b':')?);
    let second = if rest.0.first() == Some(&b':') { rest.after(b':')? } else { 0 };
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let fraction = rest.fraction()?;
    let offset = rest.offset()?;
    rest.0.is_empty().then_some(midnight + ((hour * 60 + minute) * 60 + second) * 1000 + fraction - offset)
}

/// What is left of a time text.
struct Scan<'a>(&'a [u8]);

impl Scan<'_> {
    fn take(&mut self, byte: u8) -> bool {
        let found = self.0.first() == Some(&byte);
        if found {
            self.0 = &self.0[1..];
        }
        found
    }

    fn digits(&mut self, count: usize) -> Option<i64> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0')))
    }

    /// Two digits behind a separator.
    fn after(&mut self, separator: u8) -> Option<i64> {
        if self.take(separator) { self.digits(2) } else { None }
    }

    /// Milliseconds; digits beyond the third are cut.
    fn fraction(&mut self) -> Option<i64> {
        if !(self.take(b'.') || self.take(b',')) {
            return Some(0);
        }
        let count = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at(count);
        self.0 = rest;
        let ms = |at: usize| digits.get(at).map_or(0, |digit| i64::from(digit - b'0'));
        (count > 0).then(|| ms(0) * 100 + ms(1) * 10 + ms(2))
    }

    /// Milliseconds east of UTC.
    fn offset(&mut self) -> Option<i64> {
        if self.0.is_empty() || self.take(b'Z') || self.take(b'z') {
            return Some(0);
        }
        let sign = if self.take(b'-') { -1 } else { i64::from(self.take(b'+')) };
        let hours = self.digits(2)?;
        self.take(b':');
        let minutes = if self.0.is_empty() { 0 } else { self.digits(2)? };
        (sign != 0 && hours <= 23 && minutes <= 59).then_some(sign * (hours * 60 + minutes) * 60_000)
    }
}

/// Days since 1970-01-01 in the Gregorian calendar; `None` for a day that does not exist.
fn days_from_civil(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if year < 1 || !(1..=length).contains(&day) {
        return None;
    }
    // Years begin in March here, so that the leap day is the last of its year.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, year_of_era) = (year / 400, year % 400);
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    Some(era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468)
}
