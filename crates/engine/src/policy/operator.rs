//! Names of condition operators: what they compare and how, with `ForAnyValue:`, `ForAllValues:` and `…IfExists` (protocol 4.2 (4)).

/// What an operator compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text, character by character.
    Text,
    /// Text without regard to case.
    TextIgnoringCase,
    /// Text by a pattern.
    Like,
    Number(Order),
    Time(Order),
    Flag,
    Bytes,
    Address,
    Arn,
    /// Whether the key is missing.
    Null,
}

/// How numbers and times are compared: the request's value stands at the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Order {
    pub(super) fn holds<T: Ord>(self, left: &T, right: &T) -> bool {
        match self {
            Self::Equal => left == right,
            Self::Less => left < right,
            Self::LessOrEqual => left <= right,
            Self::Greater => left > right,
            Self::GreaterOrEqual => left >= right,
        }
    }
}

/// What an operator says of the values of a key that has several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quantifier {
    /// Without a prefix: one value has to pass; where the operator is negated, all.
    None,
    /// `ForAnyValue:`
    Any,
    /// `ForAllValues:`
    All,
}

/// An operator as a policy names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Operator {
    pub(super) quantifier: Quantifier,
    pub(super) kind: Kind,
    pub(super) negated: bool,
    /// `…IfExists`: passes when the key is missing.
    pub(super) if_exists: bool,
}

/// Every operator without prefix and suffix: name, what it compares, whether it is negated.
pub(super) const OPERATORS: &[(&str, Kind, bool)] = &[
    ("StringEquals", Kind::Text, false),
    ("StringNotEquals", Kind::Text, true),
    ("StringEqualsIgnoreCase", Kind::TextIgnoringCase, false),
    ("StringNotEqualsIgnoreCase", Kind::TextIgnoringCase, true),
    ("StringLike", Kind::Like, false),
    ("StringNotLike", Kind::Like, true),
    ("NumericEquals", Kind::Number(Order::Equal), false),
    ("NumericNotEquals", Kind::Number(Order::Equal), true),
    ("NumericLessThan", Kind::Number(Order::Less), false),
    ("NumericLessThanEquals", Kind::Number(Order::LessOrEqual), false),
    ("NumericGreaterThan", Kind::Number(Order::Greater), false),
    ("NumericGreaterThanEquals", Kind::Number(Order::GreaterOrEqual), false),
    ("DateEquals", Kind::Time(Order::Equal), false),
    ("DateNotEquals", Kind::Time(Order::Equal), true),
    ("DateLessThan", Kind::Time(Order::Less), false),
    ("DateLessThanEquals", Kind::Time(Order::LessOrEqual), false),
    ("DateGreaterThan", Kind::Time(Order::Greater), false),
    ("DateGreaterThanEquals", Kind::Time(Order::GreaterOrEqual), false),
    ("Bool", Kind::Flag, false),
    ("BinaryEquals", Kind::Bytes, false),
    ("IpAddress", Kind::Address, false),
    ("NotIpAddress", Kind::Address, true),
    ("ArnEquals", Kind::Arn, false),
    ("ArnNotEquals", Kind::Arn, true),
    ("ArnLike", Kind::Arn, false),
    ("ArnNotLike", Kind::Arn, true),
    ("Null", Kind::Null, false),
];

const ANY: &str = "ForAnyValue:";
const ALL: &str = "ForAllValues:";
const IF_EXISTS: &str = "IfExists";

impl Operator {
    /// The operator of that name.
    ///
    /// # Errors
    /// There is none, with the nearest name, or one that may not be combined so.
    pub(super) fn parse(name: &str) -> Result<Self, String> {
        let (quantifier, rest) = if let Some(rest) = name.strip_prefix(ANY) {
            (Quantifier::Any, rest)
        } else if let Some(rest) = name.strip_prefix(ALL) {
            (Quantifier::All, rest)
        } else {
            (Quantifier::None, name)
        };
        let (base, if_exists) = rest.strip_suffix(IF_EXISTS).map_or((rest, false), |base| (base, true));
        let Some((_, kind, negated)) = OPERATORS.iter().find(|(known, ..)| *known == base) else {
            return Err(unknown(name, base));
        };
        if *kind == Kind::Null && (if_exists || quantifier != Quantifier::None) {
            return Err(
                "Null asks whether the key is there, so it has neither ForAnyValue:, ForAllValues: nor IfExists"
                    .to_owned(),
            );
        }
        Ok(Self { quantifier, kind: *kind, negated: *negated, if_exists })
    }
}

fn unknown(name: &str, base: &str) -> String {
    let names = OPERATORS.iter().map(|(known, ..)| *known);
    let meant = super::json::nearest(base, names).map_or_else(String::new, |near| name.replacen(base, near, 1));
    let shown = crate::text::quoted(name);
    if !base.is_empty() && !meant.is_empty() {
        return format!("{shown} is no condition operator; {meant} is one");
    }
    format!(
        "{shown} is no condition operator: write one of {}, with ForAnyValue: or ForAllValues: before it for keys with several values, \
         and IfExists after it to pass where the key is missing",
        OPERATORS.iter().map(|(known, ..)| *known).collect::<Vec<_>>().join(", ")
    )
}
