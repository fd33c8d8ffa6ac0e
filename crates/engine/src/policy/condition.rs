//! Conditions of statements: one operator, one key and its values, compared with what the request has (protocol 4.2 (4) and 4.2 (5)).

use ipnet::IpNet;
use jiff::Timestamp;

use super::arn_pattern::{ArnPattern, is_arn};
use super::context::{Context, Key, Value, Values};
use super::json::Place;
use super::operator::{Kind, Operator, Order, Quantifier};
use super::pattern::{Filled, Pattern, Syntax, Variable};
use super::scalar::{self, Decimal};

/// A condition, with its values read.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub(super) operator: Operator,
    pub(super) key: Key,
    /// Where the key stands in the document.
    pub(super) at: Place,
    pub(super) expected: Expected,
}

/// The values of a condition.
#[derive(Clone, Debug)]
pub(super) enum Expected {
    Texts(Vec<Pattern>),
    TextsIgnoringCase(Vec<Pattern>),
    Arns(Vec<ArnPattern>),
    Numbers(Order, Vec<Decimal>),
    Times(Order, Vec<Timestamp>),
    Flags(Vec<bool>),
    Bytes(Vec<Vec<u8>>),
    Networks(Vec<IpNet>),
    /// Whether the key is to be missing.
    Missing(Vec<bool>),
}

/// How a condition, or a statement's resources, turn out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Holds,
    /// It does not hold, or a variable has no value: the statement does not match.
    Fails,
    /// The request's value is none of the operator's kind. A statement that allows does not match, one that denies does (protocol
    /// 4.2 (7)).
    Error,
}

impl From<bool> for Outcome {
    fn from(holds: bool) -> Self {
        if holds { Self::Holds } else { Self::Fails }
    }
}

impl Expected {
    pub(super) fn none(kind: Kind) -> Self {
        match kind {
            Kind::Text | Kind::Like => Self::Texts(Vec::new()),
            Kind::TextIgnoringCase => Self::TextsIgnoringCase(Vec::new()),
            Kind::Number(order) => Self::Numbers(order, Vec::new()),
            Kind::Time(order) => Self::Times(order, Vec::new()),
            Kind::Flag => Self::Flags(Vec::new()),
            Kind::Bytes => Self::Bytes(Vec::new()),
            Kind::Address => Self::Networks(Vec::new()),
            Kind::Arn => Self::Arns(Vec::new()),
            Kind::Null => Self::Missing(Vec::new()),
        }
    }

    /// Adds a value of the document.
    ///
    /// # Errors
    /// It is none of the operator's kind, with what would be one.
    pub(super) fn push(&mut self, text: &str, kind: Kind, variables: bool) -> Result<(), String> {
        let wrong = |what: &str| {
            let shown = crate::text::quoted(text);
            let why = if text.contains("${") {
                "; variables stand in values of String… and Arn… operators only"
            } else {
                ""
            };
            format!("{shown} is no {what}{why}")
        };
        match self {
            Self::Texts(texts) | Self::TextsIgnoringCase(texts) => {
                texts.push(Pattern::parse(text, Syntax { wildcards: kind == Kind::Like, variables })?);
            }
            Self::Arns(arns) => arns.push(ArnPattern::parse(text, variables)?),
            Self::Numbers(_, numbers) => numbers.push(Decimal::parse(text).ok_or_else(|| {
                wrong("number: write up to 18 digits, and up to 9 after a point, such as 12 or -0.5")
            })?),
            Self::Times(_, times) => times.push(scalar::time(text).ok_or_else(|| {
                wrong("time: write 2026-01-31T12:00:00Z, 2026-01-31, or seconds since 1970-01-01 UTC")
            })?),
            Self::Flags(flags) | Self::Missing(flags) => {
                flags.push(scalar::flag(text).ok_or_else(|| wrong("truth value: write true or false"))?);
            }
            Self::Bytes(values) => values.push(scalar::bytes(text).ok_or_else(|| wrong("Base64 text, with padding"))?),
            Self::Networks(networks) => networks.push(
                scalar::network(text)
                    .ok_or_else(|| wrong("address or network: write 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32"))?,
            ),
        }
        Ok(())
    }

    /// The variables of the values.
    pub(super) fn variables(&self) -> Box<dyn Iterator<Item = &Variable> + '_> {
        match self {
            Self::Texts(texts) | Self::TextsIgnoringCase(texts) => {
                Box::new(texts.iter().flat_map(|text| &text.variables))
            }
            Self::Arns(arns) => Box::new(arns.iter().flat_map(ArnPattern::variables)),
            _ => Box::new(std::iter::empty()),
        }
    }
}

impl Condition {
    /// How it turns out for a request.
    pub(super) fn holds(&self, context: &dyn Context) -> Outcome {
        let given = context.values(&self.key).filter(|values| *values != Values::Many(Vec::new()));
        if let Expected::Missing(wanted) = &self.expected {
            return wanted.contains(&given.is_none()).into();
        }
        // Whatever the request has: with a variable without value the statement does not match.
        let Some(ready) = Ready::new(&self.expected, context) else { return Outcome::Fails };
        match given {
            None => self.passes_without_key().into(),
            Some(Values::One(value)) => self.combine(std::slice::from_ref(&value), &ready),
            Some(Values::Many(values)) => self.combine(&values, &ready),
        }
    }

    /// Whether it holds for a request without its key (protocol 4.2 (5)).
    pub(super) fn passes_without_key(&self) -> bool {
        if let Expected::Missing(wanted) = &self.expected {
            return wanted.contains(&true);
        }
        self.operator.if_exists
            || match self.operator.quantifier {
                Quantifier::None => self.operator.negated,
                Quantifier::All => true,
                Quantifier::Any => false,
            }
    }

    fn combine(&self, values: &[Value<'_>], ready: &Ready<'_>) -> Outcome {
        let all = match self.operator.quantifier {
            Quantifier::None => self.operator.negated,
            Quantifier::All => true,
            Quantifier::Any => false,
        };
        // For all values one that fails is enough, for any one that holds; only then an error counts.
        let decisive = if all { Outcome::Fails } else { Outcome::Holds };
        let mut error = false;
        for value in values {
            let outcome = match ready.equals(value) {
                Some(equal) => Outcome::from(equal != self.operator.negated),
                None => Outcome::Error,
            };
            if outcome == decisive {
                return decisive;
            }
            error |= outcome == Outcome::Error;
        }
        match (error, all) {
            (true, _) => Outcome::Error,
            (false, true) => Outcome::Holds,
            (false, false) => Outcome::Fails,
        }
    }
}

/// A condition's values with those of their variables.
enum Ready<'c> {
    Texts(&'c [Pattern], Vec<Filled<'c>>),
    TextsIgnoringCase(&'c [Pattern], Vec<Filled<'c>>),
    Arns(&'c [ArnPattern], &'c dyn Context),
    Fixed(&'c Expected),
}

impl<'c> Ready<'c> {
    /// `None` if a variable has no value.
    fn new(expected: &'c Expected, context: &'c dyn Context) -> Option<Self> {
        let filled = |texts: &'c [Pattern]| -> Option<Vec<Filled<'c>>> {
            if texts.iter().all(|text| text.variables.is_empty()) {
                return Some(Vec::new());
            }
            texts.iter().map(|text| text.fill(context)).collect()
        };
        Some(match expected {
            Expected::Texts(texts) => Self::Texts(texts, filled(texts)?),
            Expected::TextsIgnoringCase(texts) => Self::TextsIgnoringCase(texts, filled(texts)?),
            Expected::Arns(arns) => {
                if arns.iter().any(|arn| super::pattern::fill(arn.variables(), context).is_none()) {
                    return None;
                }
                Self::Arns(arns, context)
            }
            other => Self::Fixed(other),
        })
    }

    /// Whether the request's value is one of the condition's; for an order, whether it stands so to one of them. `None` if it is none
    /// of the operator's kind.
    fn equals(&self, value: &Value<'_>) -> Option<bool> {
        let with = |texts: &[Pattern], filled: &[Filled<'_>], test: fn(&Pattern, &Filled<'_>, &str) -> bool| {
            let (text, no_variables) = (value.text(), Filled::new());
            texts.iter().enumerate().any(|(n, pattern)| test(pattern, filled.get(n).unwrap_or(&no_variables), &text))
        };
        Some(match self {
            Self::Texts(texts, filled) => with(texts, filled, |pattern, filled, text| pattern.matches(filled, text)),
            Self::TextsIgnoringCase(texts, filled) => {
                with(texts, filled, |pattern, filled, text| pattern.equals_ignoring_case(filled, text))
            }
            Self::Arns(arns, context) => {
                let text = value.text();
                if !is_arn(&text) {
                    return None;
                }
                arns.iter().any(|arn| arn.matches(&text, *context) == Some(true))
            }
            Self::Fixed(expected) => return fixed(expected, value),
        })
    }
}

fn fixed(expected: &Expected, value: &Value<'_>) -> Option<bool> {
    Some(match expected {
        Expected::Numbers(order, numbers) => {
            let given = Decimal::of(value)?;
            numbers.iter().any(|number| order.holds(&given, number))
        }
        Expected::Times(order, times) => {
            let given = scalar::time_of(value)?;
            times.iter().any(|time| order.holds(&given, time))
        }
        Expected::Flags(flags) => flags.contains(&scalar::flag_of(value)?),
        Expected::Bytes(values) => values.contains(&scalar::bytes_of(value)?),
        Expected::Networks(networks) => {
            let given = scalar::address_of(value)?;
            networks.iter().any(|network| network.contains(&given))
        }
        Expected::Texts(_) | Expected::TextsIgnoringCase(_) | Expected::Arns(_) | Expected::Missing(_) => return None,
    })
}
