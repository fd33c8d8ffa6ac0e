//! ARNs of functions that are associated with an instance (administration 2.11).

use crate::arn::Partition;

/// The digits of an account.
const ACCOUNT_DIGITS: usize = 12;
/// Longest name of a function, in characters.
const NAME_CHARS_MAX: usize = 64;
/// Longest qualifier: a version, an alias or `$LATEST`, in characters.
const QUALIFIER_CHARS_MAX: usize = 128;

/// Whether a text is the ARN of a function, of any account and region:
/// `arn:{partition}:lambda:{region}:{account}:function:{name}[:{qualifier}]` (administration 2.11.1).
pub fn is_arn(text: &str) -> bool {
    let parts: Vec<&str> = text.split(':').collect();
    let (fixed, qualifier) = match parts[..] {
        [a, b, c, d, e, f, g] => ([a, b, c, d, e, f, g], None),
        [a, b, c, d, e, f, g, qualifier] => ([a, b, c, d, e, f, g], Some(qualifier)),
        _ => return false,
    };
    let ["arn", partition, "lambda", region, account, "function", name] = fixed else { return false };
    let word = |text: &str, more: &str, max: usize| {
        (1..=max).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    Partition::parse(partition).is_some()
        && !region.is_empty()
        && region.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && account.len() == ACCOUNT_DIGITS
        && account.bytes().all(|digit| digit.is_ascii_digit())
        && word(name, "-_", NAME_CHARS_MAX)
        && qualifier.is_none_or(|qualifier| word(qualifier, "-_$", QUALIFIER_CHARS_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn administration_2_11_1_arns_of_functions_have_a_form() {
        for good in [
            "arn:aws:lambda:us-east-1:123456789012:function:look_up-1",
            "arn:aws-cn:lambda:cn-north-1:999999999999:function:f:$LATEST",
            "arn:aws:lambda:local-1:123456789012:function:f:12",
        ] {
            assert!(is_arn(good), "{good}");
        }
        for bad in [
            "",
            "look_up",
            "arn:aws:s3:::b",
            "arn:aws:lambda:us-east-1:123456789012:function:",
            "arn:aws:lambda:us-east-1:123456789012:function:f:",
            "arn:aws:lambda:us-east-1:123456789012:function:f:1:2",
            "arn:aws:lambda:us-east-1:123456789012:layer:f",
            "arn:aws:lambda:us-east-1:12345678901:function:f",
            "arn:aws:lambda:us-east-1:12345678901x:function:f",
            "arn:aws:lambda:US:123456789012:function:f",
            "arn:aws:lambda::123456789012:function:f",
            "arn:moon:lambda:us-east-1:123456789012:function:f",
            "arn:aws:lambda:us-east-1:123456789012:function:f f",
            "arn:aws:lambda:us-east-1:123456789012:function:é",
        ] {
            assert!(!is_arn(bad), "{bad}");
        }
    }
}
