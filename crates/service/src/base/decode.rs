//! Decodes a request into the input of its operation, and checks whether the caller is allowed to make it.

use wire::{Checked, Input, Request};

use crate::base::client_token::{self, Presented};
use crate::{Call, Cx, Error, Result};

/// The result of decoding one call.
pub(crate) struct Decoded<'a, I> {
    /// The input, and the broken constraints of the model.
    pub(crate) checked: Checked<I>,
    /// The client token, for operations that have one.
    pub(crate) token: Presented<'a>,
}

/// The single entry to every operation: a call is decoded once, and policies are evaluated before any behaviour.
pub(crate) fn decoded<'a, I: Input>(cx: &Cx<'_>, call: &'a Call<'a>) -> Result<Decoded<'a, I>> {
    debug_assert_eq!(I::OP, call.op, "the function belongs to another operation");
    let request = Request { labels: call.labels, query: call.query, body: call.body };
    let (checked, given) =
        wire::decode_looking(&request, client_token::given::<I>).map_err(|error| Error::bad_body(call.op, &error))?;
    let caller = call.caller;
    caller.grants.allow(&caller.account, cx.home(), &checked.input).map_err(|denied| Error::denied(call, &denied))?;
    Ok(Decoded { checked, token: Presented::new(call, given) })
}

/// The same for operations that see only input in which no constraint is broken.
pub(crate) fn valid<'a, I: Input>(cx: &Cx<'_>, call: &'a Call<'a>) -> Result<(I, Presented<'a>)> {
    let Decoded { checked, token } = decoded::<I>(cx, call)?;
    if checked.violations.is_empty() {
        return Ok((checked.input, token));
    }
    Err(Error::violations(call.op, &checked.violations))
}
