//! Pages of lists: size, position and token.
//!
//! A token names the position after which the next page starts. It is authenticated and bound to operation, account,
//! instance and filters (task-templates 1.3.4, protocol W7.2), so a foreign or altered one is refused.

use engine::page;
use store::PageKey;
use wire::Op;

use crate::{Cx, Error, Result};

/// Entries of a page when the caller names no number (task-templates 1.3.3, protocol W7.6).
const DEFAULT_SIZE: usize = 100;

/// How long a token can be used, in milliseconds: two days (protocol W7.2: at least 24 hours).
pub(crate) const TOKEN_LIFE_MS: i64 = 48 * 60 * 60 * 1000;

/// The requested part of a list.
pub(crate) struct Page<'a> {
    context: Vec<&'a str>,
    /// Entries wanted, at least 1.
    pub(crate) size: usize,
    /// Where the previous page ended.
    pub(crate) after: Option<PageKey>,
}

impl<'a> Page<'a> {
    /// Reads size and token of a request. Besides operation and account, the token is bound to `filters`: the instance
    /// and every filter of the request. An empty token equals none (protocol W1.4.5).
    pub(crate) fn of(cx: &Cx<'a>, op: Op, filters: &[&'a str], size: Option<i32>, token: Option<&str>) -> Result<Self> {
        let mut context = vec![op.name(), cx.settings().account.as_str()];
        context.extend_from_slice(filters);
        let after = match token.filter(|token| !token.is_empty()) {
            None => None,
            Some(token) => Some(position(cx, &context, token).ok_or_else(|| bad_token(op))?),
        };
        Ok(Self { context, size: self::size(size), after })
    }

    /// The token of the page that starts after `next`.
    pub(crate) fn token(&self, cx: &Cx<'_>, next: Option<&PageKey>) -> Option<String> {
        let next = next?;
        let position = format!("{}/{}", next.created_ms, next.id);
        Some(page::encode(cx.token_key(), &self.context, &position, cx.now_ms.saturating_add(TOKEN_LIFE_MS)))
    }
}

/// Entries of a page of which a request names the size, or does not; at least 1.
pub(crate) fn size(given: Option<i32>) -> usize {
    given.and_then(|n| usize::try_from(n).ok()).filter(|n| *n > 0).unwrap_or(DEFAULT_SIZE)
}

/// The position in a token of another form than a list's, as `read` understands it.
///
/// # Errors
/// InvalidParameterException for a token that was altered, has expired, or belongs to a request with other members.
pub(crate) fn position_of<T>(
    cx: &Cx<'_>,
    context: &[&str],
    token: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<T> {
    let text = page::decode(cx.token_key(), context, token, cx.now_ms).ok();
    text.as_deref().and_then(read).ok_or_else(|| {
        let message = "NextToken is not a token of this request with these members, or it has expired";
        Error::invalid_parameter(cx.op(), message)
    })
}

fn position(cx: &Cx<'_>, context: &[&str], token: &str) -> Option<PageKey> {
    let text = page::decode(cx.token_key(), context, token, cx.now_ms).ok()?;
    let (created, id) = text.split_once('/')?;
    Some(PageKey { created_ms: created.parse().ok()?, id: id.to_owned() })
}

fn bad_token(op: Op) -> Error {
    Error::invalid_parameter(op, "NextToken is not a token of this list with these filters, or it has expired")
}
