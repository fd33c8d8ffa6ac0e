//! Numbers, times, addresses and bytes, as condition operators compare them.

use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ipnet::{IpNet, Ipv4Net};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::context::Value;

/// Digits of a number before the point.
const WHOLE_DIGITS_MAX: usize = 18;
/// Digits of a number after the point.
const FRACTION_DIGITS_MAX: usize = 9;
const FRACTION_SCALE: i128 = 1_000_000_000;

/// An exact decimal number, in units of 10⁻⁹.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Decimal(i128);

impl Decimal {
    /// The number that a text is: a sign, up to 18 digits, and up to 9 after a point.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, fraction) = unsigned.split_once('.').map_or((unsigned, None), |(w, f)| (w, Some(f)));
        let digits = |part: &str, max| (1..=max).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole, WHOLE_DIGITS_MAX) || !fraction.is_none_or(|part| digits(part, FRACTION_DIGITS_MAX)) {
            return None;
        }
        let fraction = format!("{:0<width$}", fraction.unwrap_or_default(), width = FRACTION_DIGITS_MAX);
        let size = whole.parse::<i128>().ok()? * FRACTION_SCALE + fraction.parse::<i128>().ok()?;
        Some(Self(if text.starts_with('-') { -size } else { size }))
    }

    pub(super) fn of(value: &Value<'_>) -> Option<Self> {
        match value {
            Value::Number(number) => Some(Self(i128::from(*number) * FRACTION_SCALE)),
            Value::Text(text) => Self::parse(text),
            Value::Instant(_) | Value::Address(_) | Value::Flag(_) => None,
        }
    }
}

/// The time that a text is: `2026-01-31T12:00:00Z`, with a fraction or another offset, a date alone (midnight in UTC), or seconds since
/// 1970-01-01 UTC. Four digits are none, as they could be a year.
pub(super) fn time(text: &str) -> Option<Timestamp> {
    if let Some(Decimal(nanoseconds)) = Decimal::parse(text) {
        let ambiguous = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        return if ambiguous { None } else { Timestamp::from_nanosecond(nanoseconds).ok() };
    }
    // A name of a zone in brackets would not be looked at.
    if text.contains('[') {
        return None;
    }
    if text.len() == "2026-01-31".len() {
        return text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok().map(|midnight| midnight.timestamp());
    }
    text.parse().ok()
}

pub(super) fn time_of(value: &Value<'_>) -> Option<Timestamp> {
    match value {
        Value::Instant(ms) => Timestamp::from_millisecond(*ms).ok(),
        Value::Number(seconds) => Timestamp::from_duration(SignedDuration::from_secs(*seconds)).ok(),
        Value::Text(text) => time(text),
        Value::Address(_) | Value::Flag(_) => None,
    }
}

/// `true` or `false`, in any case.
pub(super) fn flag(text: &str) -> Option<bool> {
    [true, false].into_iter().find(|flag| text.eq_ignore_ascii_case(if *flag { "true" } else { "false" }))
}

pub(super) fn flag_of(value: &Value<'_>) -> Option<bool> {
    match value {
        Value::Flag(flag) => Some(*flag),
        Value::Text(text) => flag(text),
        Value::Number(_) | Value::Instant(_) | Value::Address(_) => None,
    }
}

/// The bytes that a text is in Base64, with padding.
pub(super) fn bytes(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

pub(super) fn bytes_of(value: &Value<'_>) -> Option<Vec<u8>> {
    match value {
        Value::Text(text) => bytes(text),
        Value::Number(_) | Value::Instant(_) | Value::Address(_) | Value::Flag(_) => None,
    }
}

/// The network that a text is: an address, or an address and the length of the prefix. One of IPv4 inside IPv6 is that of IPv4.
pub(super) fn network(text: &str) -> Option<IpNet> {
    let network = text.parse::<IpNet>().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))?;
    let IpNet::V6(six) = network else { return Some(network) };
    let four = six.addr().to_ipv4_mapped().zip(six.prefix_len().checked_sub(96));
    let four = four.and_then(|(address, length)| Ipv4Net::new(address, length).ok());
    Some(four.map_or(network, IpNet::V4))
}

pub(super) fn address_of(value: &Value<'_>) -> Option<IpAddr> {
    let address = match value {
        Value::Address(address) => *address,
        Value::Text(text) => text.parse().ok()?,
        Value::Number(_) | Value::Instant(_) | Value::Flag(_) => return None,
    };
    Some(address.to_canonical())
}
