//! The language once more, the slow and obvious way: from the JSON itself, one rule after the other, nothing prepared.

use serde_json::Value as Json;

/// One character of a pattern.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Sign {
    /// A character of the document.
    Own(char),
    /// A character of a variable's value.
    Filled(char),
    One,
    Many,
}

/// How something turns out.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Outcome {
    Yes,
    No,
    /// The request's value cannot be read.
    Unreadable,
    /// A variable has no value.
    Unknown,
}

/// What policies decide together.
pub(super) fn allows(documents: &[Json], action: &str, resource: &str, keys: &Json) -> bool {
    let mut allowed = false;
    for document in documents {
        let variables = document["Version"] == "2012-10-17";
        for statement in list(&document["Statement"]) {
            let outcome = matches(&statement, variables, action, resource, keys);
            if statement["Effect"] == "Deny" && matches!(outcome, Outcome::Yes | Outcome::Unreadable) {
                return false;
            }
            allowed |= statement["Effect"] == "Allow" && outcome == Outcome::Yes;
        }
    }
    allowed
}

fn list(value: &Json) -> Vec<Json> {
    match value {
        Json::Array(items) => items.clone(),
        Json::Null => Vec::new(),
        one => vec![one.clone()],
    }
}

fn text(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The value of a key, whatever its case.
fn get<'k>(keys: &'k Json, name: &str) -> Option<&'k Json> {
    let found = keys.as_object()?.iter().find(|(key, _)| key.to_lowercase() == name.to_lowercase());
    found.map(|(_, value)| value).filter(|value| **value != Json::Array(Vec::new()))
}

fn matches(statement: &Json, variables: bool, action: &str, resource: &str, keys: &Json) -> Outcome {
    let mut outcomes = Vec::new();
    for (name, negated) in [("Action", false), ("NotAction", true)] {
        let patterns = list(&statement[name]);
        if !patterns.is_empty() {
            let any = patterns.iter().any(|pattern| {
                let signs: Vec<Sign> = signs(&text(pattern).to_lowercase(), true, false, keys).unwrap();
                wild(&signs, &action.to_lowercase().chars().collect::<Vec<_>>())
            });
            outcomes.push(if any != negated { Outcome::Yes } else { Outcome::No });
        }
    }
    for (name, negated) in [("Resource", false), ("NotResource", true)] {
        let patterns = list(&statement[name]);
        if !patterns.is_empty() {
            let each: Vec<Option<bool>> =
                patterns.iter().map(|pattern| arn(&text(pattern), variables, resource, keys)).collect();
            if each.contains(&None) {
                outcomes.push(Outcome::Unknown);
            }
            outcomes.push(if each.contains(&Some(true)) != negated { Outcome::Yes } else { Outcome::No });
        }
    }
    if let Some(conditions) = statement["Condition"].as_object() {
        for (operator, tests) in conditions {
            for (key, expected) in tests.as_object().unwrap() {
                outcomes.push(condition(operator, &list(expected), variables, get(keys, key), keys));
            }
        }
    }
    for decisive in [Outcome::Unknown, Outcome::No, Outcome::Unreadable] {
        if outcomes.contains(&decisive) {
            return decisive;
        }
    }
    Outcome::Yes
}

fn condition(operator: &str, expected: &[Json], variables: bool, given: Option<&Json>, keys: &Json) -> Outcome {
    let truth = |yes: bool| if yes { Outcome::Yes } else { Outcome::No };
    if operator == "Null" {
        return truth(expected.iter().any(|wanted| (text(wanted) == "true") == given.is_none()));
    }
    let (quantifier, base) = operator.split_once(':').unwrap_or(("", operator));
    let (base, if_exists) = base.strip_suffix("IfExists").map_or((base, false), |base| (base, true));
    let negated = base.contains("Not");
    if expected.iter().any(|value| is_text(base) && signs(&text(value), false, variables, keys).is_none()) {
        return Outcome::Unknown;
    }
    let Some(given) = given else {
        return truth(if_exists || quantifier == "ForAllValues" || (quantifier.is_empty() && negated));
    };
    let each: Vec<Outcome> = list(given)
        .iter()
        .map(|value| match compare(&base.replace("Not", ""), expected, variables, &text(value), keys) {
            None => Outcome::Unreadable,
            Some(equal) => truth(equal != negated),
        })
        .collect();
    let all = quantifier == "ForAllValues" || (quantifier.is_empty() && negated);
    let order = if all {
        [Outcome::No, Outcome::Unreadable, Outcome::Yes]
    } else {
        [Outcome::Yes, Outcome::Unreadable, Outcome::No]
    };
    order.into_iter().find(|outcome| each.contains(outcome)).unwrap()
}

fn is_text(base: &str) -> bool {
    base.starts_with("String") || base.starts_with("Arn")
}

/// Whether the request's value stands to one of the policy's as the operator says; `None` if it cannot be read.
fn compare(base: &str, expected: &[Json], variables: bool, given: &str, keys: &Json) -> Option<bool> {
    let given_chars: Vec<char> = given.chars().collect();
    let fold = |text: &[Sign]| -> String {
        text.iter()
            .filter_map(|sign| match sign {
                Sign::Own(c) | Sign::Filled(c) => Some(*c),
                Sign::One | Sign::Many => None,
            })
            .collect()
    };
    let number = |text: &str| {
        text.parse::<f64>()
            .ok()
            .filter(|_| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b"+-.".contains(&b)))
    };
    let mut any = false;
    for value in expected {
        let own = text(value);
        any |= match base {
            "StringEquals" => fold(&signs(&own, false, variables, keys)?) == given,
            "StringEqualsIgnoreCase" => {
                fold(&signs(&own, false, variables, keys)?).to_lowercase() == given.to_lowercase()
            }
            "StringLike" => wild(&signs(&own, true, variables, keys)?, &given_chars),
            "ArnEquals" | "ArnLike" => {
                if given.split(':').count() < 6 || !given.starts_with("arn:") {
                    return None;
                }
                arn(&own, variables, given, keys)?
            }
            "NumericEquals" => number(given)? == number(&own)?,
            "NumericLessThan" => number(given)? < number(&own)?,
            "NumericLessThanEquals" => number(given)? <= number(&own)?,
            "NumericGreaterThan" => number(given)? > number(&own)?,
            "NumericGreaterThanEquals" => number(given)? >= number(&own)?,
            "Bool" => [("true", true), ("false", false)].iter().find(|(text, _)| *text == given)?.1 == (own == "true"),
            "IpAddress" => {
                let given: std::net::Ipv4Addr = given.parse().ok()?;
                let (network, length) = own.split_once('/').unwrap();
                let shift = 32 - length.parse::<u64>().unwrap();
                let bits = |address: std::net::Ipv4Addr| u64::from(address.to_bits()) >> shift;
                bits(given) == bits(network.parse().unwrap())
            }
            other => panic!("{other}"),
        };
    }
    Some(any)
}

/// The characters of a text; `None` if a variable has no value.
fn signs(text: &str, wildcards: bool, variables: bool, keys: &Json) -> Option<Vec<Sign>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if variables && let Some(inner) = rest.strip_prefix("${") {
            let (inner, after) = inner.split_once('}').unwrap();
            if ["*", "?", "$"].contains(&inner) {
                found.extend(inner.chars().map(Sign::Filled));
            } else {
                let (key, default) = inner
                    .split_once(", ")
                    .map_or((inner, None), |(key, default)| (key, Some(default.trim_matches('\''))));
                let value = get(keys, key).and_then(Json::as_str).or(default)?;
                found.extend(value.chars().map(Sign::Filled));
            }
            rest = after;
            continue;
        }
        found.push(match c {
            '*' if wildcards => Sign::Many,
            '?' if wildcards => Sign::One,
            c => Sign::Own(c),
        });
        rest = &rest[c.len_utf8()..];
    }
    Some(found)
}

fn wild(pattern: &[Sign], text: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        [Sign::Many, rest @ ..] => (0..=text.len()).any(|n| wild(rest, &text[n..])),
        [Sign::One, rest @ ..] => !text.is_empty() && wild(rest, &text[1..]),
        [Sign::Own(c) | Sign::Filled(c), rest @ ..] => text.first() == Some(c) && wild(rest, &text[1..]),
    }
}

/// Whether a pattern, of wildcards, without variables, stands for a text.
pub(super) fn is_like(pattern: &str, text: &str) -> bool {
    wild(&signs(pattern, true, false, &Json::Null).unwrap(), &text.chars().collect::<Vec<_>>())
}

fn arn(pattern: &str, variables: bool, given: &str, keys: &Json) -> Option<bool> {
    let signs = signs(pattern, true, variables, keys)?;
    if pattern == "*" || (variables && pattern.starts_with("${")) {
        return Some(wild(&signs, &given.chars().collect::<Vec<_>>()));
    }
    let pieces: Vec<&[Sign]> = signs.splitn(6, |sign| *sign == Sign::Own(':')).collect();
    let given: Vec<&str> = given.splitn(6, ':').collect();
    Some(given.len() == 6 && pieces.iter().zip(given).all(|(own, given)| wild(own, &given.chars().collect::<Vec<_>>())))
}
