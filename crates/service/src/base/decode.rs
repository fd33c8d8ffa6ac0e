//! Decodes a request into the input of its operation.

use wire::{Checked, Input, Request};

use crate::base::client_token::{self, Presented};
use crate::{Call, Error, Result};

/// The result of decoding one call.
pub(crate) struct Decoded<'a, I> {
    /// The input, and the broken constraints of the model.
    pub(crate) checked: Checked<I>,
    /// The client token, for operations that have one.
    pub(crate) token: Presented<'a>,
}

/// The single entry to every operation: a call is decoded once. Policies are evaluated before anything is said about the result.
pub(crate) fn decoded<'a, I: Input>(call: &'a Call<'a>) -> Result<Decoded<'a, I>> {
    debug_assert_eq!(I::OP, call.op, "the function belongs to another operation");
    let request = Request { labels: call.labels, query: call.query, body: call.body };
    let (checked, given) =
        wire::decode_looking(&request, client_token::given::<I>).map_err(|error| Error::bad_body(call.op, &error))?;
    Ok(Decoded { checked, token: Presented::new(call, given) })
}

impl<'a, I: Input> Decoded<'a, I> {
    /// For operations that see only input in which no constraint is broken.
    pub(crate) fn valid(self) -> Result<(I, Presented<'a>)> {
        let Self { checked, token } = self;
        if checked.violations.is_empty() {
            return Ok((checked.input, token));
        }
        Err(Error::violations(I::OP, &checked.violations))
    }
}
