//! Conditions: whether a result satisfies an operator and its operand (flows 4.2, 4.5).

use serde_json::Value;
use std::cmp::Ordering;

use crate::flow::document::Operator;

/// Is the condition true of this result, whose text is `text`? Of an absent one none is (flows 7.3.1).
pub(in crate::flow) fn holds(operator: Operator, result: Option<&Value>, text: Option<&str>, operand: &str) -> bool {
    if operator == Operator::KeyExists {
        return result.and_then(Value::as_object).is_some_and(|members| members.contains_key(operand));
    }
    let Some(text) = text else { return false };
    let order = || Decimal::parse(text)?.partial_cmp(&Decimal::parse(operand)?);
    match operator {
        Operator::Equals => text == operand,
        Operator::TextStartsWith => text.starts_with(operand),
        Operator::TextEndsWith => text.ends_with(operand),
        Operator::TextContains => text.contains(operand),
        Operator::NumberGreaterThan => order() == Some(Ordering::Greater),
        Operator::NumberGreaterOrEqualTo => matches!(order(), Some(Ordering::Greater | Ordering::Equal)),
        Operator::NumberLessThan => order() == Some(Ordering::Less),
        Operator::NumberLessOrEqualTo => matches!(order(), Some(Ordering::Less | Ordering::Equal)),
        Operator::KeyExists => false,
    }
}

/// A decimal number of any length, compared exactly.
#[derive(Debug, PartialEq, Eq)]
struct Decimal {
    negative: bool,
    /// Without leading zeros.
    whole: String,
    /// Without trailing zeros.
    fraction: String,
}

impl Decimal {
    /// Reads `-12.5` with blanks around it; the exponents that JSON may write are understood where they are finite.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.contains(['e', 'E']) {
            let number: f64 = text.parse().ok()?;
            let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E'));
            return (plain && number.is_finite()).then(|| Self::plain(&number.to_string()))?;
        }
        Self::plain(text)
    }

    fn plain(text: &str) -> Option<Self> {
        let negative = text.starts_with('-');
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !is_number(whole) || !is_number(fraction) {
            return None;
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let zero = whole.is_empty() && fraction.is_empty();
        Some(Self { negative: negative && !zero, whole: whole.to_owned(), fraction: fraction.to_owned() })
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let size = (self.whole.len().cmp(&other.whole.len()))
            .then_with(|| self.whole.cmp(&other.whole))
            .then_with(|| self.fraction.cmp(&other.fraction));
        Some(match (self.negative, other.negative) {
            (false, false) => size,
            (true, true) => size.reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        })
    }
}
