//! Page tokens: where a list goes on. A token is opaque to the caller, authenticated with a key of the server, bound to
//! the list it came from (operation, account, instance, filters) and valid for a limited time (task-templates 1.3.4,
//! protocol W7.2, W7.6).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::fmt;
use subtle::ConstantTimeEq as _;

/// First byte of each token; another layout gets another number.
const LAYOUT: u8 = 1;
const MAC_LEN: usize = 32;
const HEAD_LEN: usize = 1 + 8;
/// Longest token that is decoded, in bytes. Positions are short; anything longer was not made here.
const TOKEN_LEN_MAX: usize = 4096;

/// Why a token is refused. All of them are InvalidParameterException; the text says no more than the caller may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenError {
    /// Not a token of ours, altered, or made for another list or other filters.
    Invalid,
    /// Genuine, but too old.
    Expired,
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Invalid => "NextToken is invalid: it was not issued for this list with these filters",
            Self::Expired => "NextToken has expired: start the list again",
        })
    }
}

impl std::error::Error for TokenError {}

/// Makes a token for `position` (any text the caller can go on from). `context` names the list it belongs to;
/// `expires_ms` is the first moment, in epoch milliseconds, at which the token is no longer taken.
pub fn encode(key: &[u8; 32], context: &[&str], position: &str, expires_ms: i64) -> String {
    let mut raw = Vec::with_capacity(HEAD_LEN + position.len() + MAC_LEN);
    raw.push(LAYOUT);
    raw.extend_from_slice(&expires_ms.to_be_bytes());
    raw.extend_from_slice(position.as_bytes());
    let mac = mac(key, context, &raw);
    raw.extend_from_slice(&mac);
    URL_SAFE_NO_PAD.encode(raw)
}

/// Gives back the position inside `token`, provided it was made with the same `key` and `context` and is not expired at `now_ms`.
pub fn decode(key: &[u8; 32], context: &[&str], token: &str, now_ms: i64) -> Result<String, TokenError> {
    if token.len() > TOKEN_LEN_MAX {
        return Err(TokenError::Invalid);
    }
    let raw = URL_SAFE_NO_PAD.decode(token).map_err(|_| TokenError::Invalid)?;
    let split = raw.len().checked_sub(MAC_LEN).filter(|split| *split >= HEAD_LEN).ok_or(TokenError::Invalid)?;
    let (body, theirs) = raw.split_at(split);
    let ours = mac(key, context, body);
    if body[0] != LAYOUT || !bool::from(ours.ct_eq(theirs)) {
        return Err(TokenError::Invalid);
    }
    let (head, position) = body.split_at(HEAD_LEN);
    let expires_ms = i64::from_be_bytes(head[1..].try_into().expect("the head holds one byte and eight more"));
    if now_ms >= expires_ms {
        return Err(TokenError::Expired);
    }
    String::from_utf8(position.to_vec()).map_err(|_| TokenError::Invalid)
}

/// MAC over the context, each part led by its length so that no two contexts read alike, and the body.
fn mac(key: &[u8; 32], context: &[&str], body: &[u8]) -> [u8; MAC_LEN] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(b"taskform page token");
    mac.update(&(context.len() as u64).to_be_bytes());
    for part in context {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac.update(body);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEY: [u8; 32] = [7; 32];
    const CONTEXT: &[&str] = &["ListTaskTemplates", "111122223333", "i-1", "ACTIVE", ""];

    #[test]
    fn r1_3_4_tokens_carry_a_position() {
        let token = encode(&KEY, CONTEXT, "1700000000000/abc", 100);
        assert_eq!(decode(&KEY, CONTEXT, &token, 99), Ok("1700000000000/abc".to_owned()));
        assert!(token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
    }

    #[test]
    fn r1_3_4_tokens_are_bound_to_instance_status_and_name() {
        let token = encode(&KEY, CONTEXT, "p", 100);
        for other in [
            &["ListTaskTemplates", "111122223333", "i-2", "ACTIVE", ""][..],
            &["ListTaskTemplates", "111122223333", "i-1", "INACTIVE", ""],
            &["ListTaskTemplates", "111122223333", "i-1", "ACTIVE", "x"],
            &["ListContactFlows", "111122223333", "i-1", "ACTIVE", ""],
            &["ListTaskTemplates", "444455556666", "i-1", "ACTIVE", ""],
            &["ListTaskTemplates", "111122223333", "i-1", "ACTIVE"],
            &["ListTaskTemplates", "111122223333", "i-1A", "CTIVE", ""],
        ] {
            assert_eq!(decode(&KEY, other, &token, 0), Err(TokenError::Invalid), "{other:?}");
        }
        assert_eq!(decode(&[8; 32], CONTEXT, &token, 0), Err(TokenError::Invalid));
    }

    #[test]
    fn case_64_garbage_is_refused() {
        let long = "A".repeat(5000);
        for token in [
            "garbage",
            "",
            "=",
            "AQAA",
            "äöü",
            long.as_str(),
            " ",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        ] {
            assert_eq!(decode(&KEY, CONTEXT, token, 0), Err(TokenError::Invalid), "{token:?}");
        }
    }

    #[test]
    fn case_66_token_of_another_filter() {
        let token = encode(&KEY, &["ListTaskTemplates", "ACTIVE"], "p", 100);
        assert_eq!(decode(&KEY, &["ListTaskTemplates", "INACTIVE"], &token, 0), Err(TokenError::Invalid));
    }

    #[test]
    fn r1_3_4_tokens_expire() {
        let token = encode(&KEY, CONTEXT, "p", 100);
        assert_eq!(decode(&KEY, CONTEXT, &token, 100), Err(TokenError::Expired));
        assert_eq!(decode(&KEY, CONTEXT, &token, i64::MAX), Err(TokenError::Expired));
        assert!(decode(&KEY, CONTEXT, &token, i64::MIN).is_ok());
    }

    proptest! {
        #[test]
        fn any_position_comes_back(position in ".{0,200}", expires in 1_i64..i64::MAX) {
            let token = encode(&KEY, CONTEXT, &position, expires);
            prop_assert_eq!(decode(&KEY, CONTEXT, &token, expires - 1), Ok(position));
        }

        #[test]
        fn any_alteration_is_noticed(at in 0_usize..200, with in "[A-Za-z0-9_-]") {
            let token = encode(&KEY, CONTEXT, "1700000000000/0b7f6f0e-2f0c-4c53-9a0e-5a3c0d1d7e11", 100);
            let at = at % token.len();
            let mut altered = token.clone();
            altered.replace_range(at..=at, &with);
            prop_assume!(altered != token);
            prop_assert_eq!(decode(&KEY, CONTEXT, &altered, 0), Err(TokenError::Invalid));
        }

        #[test]
        fn arbitrary_texts_never_panic(token in ".{0,300}") {
            prop_assert!(decode(&KEY, CONTEXT, &token, 0).is_err());
        }
    }
}
