//! Functions that flows call (flows 7.4.1 to 7.4.5): the interface that the program implements. HTTP stays in the
//! program.

use std::pin::Pin;
use std::time::Duration;

use serde_json::Value;

/// The pending answer of a function.
pub type FunctionCall<'a> = Pin<Box<dyn Future<Output = Option<Value>> + Send + 'a>>;

/// How many calls of functions a process makes at once; as many again may wait for their turn in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallLimits {
    /// Of all functions together, at least 1.
    pub all: usize,
    /// Of one function, at least 1.
    pub each: usize,
}

impl Default for CallLimits {
    fn default() -> Self {
        Self { all: 256, each: 64 }
    }
}

/// The calls of functions by this process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CallCounts {
    /// Calls that are being made.
    pub calling: usize,
    /// Calls that wait in memory for their turn.
    pub waiting: usize,
    /// How often a call was postponed since the start, because too many were in progress.
    pub postponed: u64,
}

/// Calls functions by their ARNs.
pub trait Functions: Send + Sync + std::fmt::Debug {
    /// Sends `payload`, a JSON text, and waits for the answer at most `limit`, retries included. `None` when the
    /// function is not mapped, failed, or did not answer in time. An asynchronous call answers [`Value::Null`] once it
    /// was accepted. `token` is the same for a repeat after a crash (flows 9.1).
    fn call<'a>(
        &'a self,
        arn: &'a str,
        payload: String,
        limit: Duration,
        asynchronous: bool,
        token: &'a str,
    ) -> FunctionCall<'a>;
}
