//! Client tokens: the same call twice is done once (task-templates 1.1.5, tasks 1.1.11).

use store::{Batch, TokenClaim};
use wire::json::Json;
use wire::{ExceptionKind, Input, Op};

use crate::base::commit::{Attempt, until_done};
use crate::{Call, Cx, Error, Result};

/// Makes attempts until one is done, unless the token has an answer already. The token is looked up again before a
/// refusal: an equal call may have succeeded meanwhile and taken the name or the last of the quota, and then its answer
/// is the answer.
pub(crate) async fn once<T, F>(
    cx: &Cx<'_>,
    thing: &str,
    token: Option<&ClientToken>,
    replay: impl Fn(String) -> T,
    attempt: impl Fn() -> F,
) -> Result<T>
where
    F: Future<Output = Result<Attempt<T>>>,
{
    until_done(cx, thing, || async {
        if let Some(answer) = earlier(cx, token).await? {
            return Ok(Attempt::Done(replay(answer)));
        }
        match attempt().await {
            Ok(attempt) => Ok(attempt),
            // A refusal with a cause is a store failure; a second failure must not hide it.
            Err(refused) if refused.source.is_some() => Err(refused),
            Err(refused) => match earlier(cx, token).await? {
                Some(answer) => Ok(Attempt::Done(replay(answer))),
                None => Err(refused),
            },
        }
    })
    .await
}

async fn earlier(cx: &Cx<'_>, token: Option<&ClientToken>) -> Result<Option<String>> {
    match token {
        Some(token) => token.earlier(cx).await,
        None => Ok(None),
    }
}

/// How long a token is remembered, in milliseconds: 24 hours.
const LIFE_MS: i64 = 24 * 60 * 60 * 1000;

/// How long a flow's token is remembered, in milliseconds: longer than a task may live, because a flow may be delayed
/// for as long between an action and its own commit (flows 9.1).
const FLOW_LIFE_MS: i64 = 181 * LIFE_MS;

/// The token of one call, with its scope and fingerprint.
#[derive(Debug)]
pub(crate) struct ClientToken {
    op: Op,
    /// Account, instance, operation, and what else the path and the query name.
    scope: String,
    token: String,
    /// Fingerprint of the parameters.
    fingerprint: [u8; 32],
    /// How long it is remembered, milliseconds.
    life_ms: i64,
}

/// The client token of a call, if any, with everything needed to decide whether the call is a repeat.
pub(crate) struct Presented<'a> {
    call: &'a Call<'a>,
    given: Option<Given>,
}

/// A token and the fingerprint of the parameters beside it.
pub(crate) struct Given {
    token: String,
    fingerprint: [u8; 32],
}

/// The token of a decoded input; an absent or empty one asks for no idempotency. A body that the operation does not
/// have is ignored.
pub(crate) fn given<I: Input>(input: &I, body: &Json<'_>) -> Option<Given> {
    let token = input.idempotency_token().filter(|token| !token.is_empty())?.to_owned();
    let body = if I::HAS_BODY { body } else { &Json::Null };
    Some(Given { token, fingerprint: engine::task_template::request_fingerprint(body) })
}

impl<'a> Presented<'a> {
    pub(crate) fn new(call: &'a Call<'a>, given: Option<Given>) -> Self {
        Self { call, given }
    }

    /// The token in an instance; `instance` is "" for calls outside one.
    pub(crate) fn within(self, cx: &Cx<'_>, instance: &str) -> Option<ClientToken> {
        let Given { token, fingerprint } = self.given?;
        let op = self.call.op;
        let scope = format!("{}/{instance}/{}{}", cx.settings().account, op.name(), place(self.call));
        Some(ClientToken { op, scope, token, fingerprint, life_ms: LIFE_MS })
    }
}

/// The labels of a call except the instance, and its query except the token, in an order that does not depend on the
/// client: the same token and body for another contact is another call.
fn place(call: &Call<'_>) -> String {
    let names = call.op.uri().split('/').filter(|part| part.starts_with('{'));
    let labels = names.enumerate().filter(|(_, name)| *name != "{InstanceId}");
    let labels = labels.filter_map(|(at, _)| call.labels.get(at));
    let is_token = |part: &str| part.split_once('=').is_some_and(|(name, _)| Some(name) == call.op.idempotency_token());
    let mut query: Vec<&str> = call.query.split('&').filter(|part| !is_token(part)).collect();
    query.sort_unstable();
    labels.chain(query).filter(|part| !part.is_empty()).map(|part| format!("/{part}")).collect()
}

impl ClientToken {
    /// The token of an action of a flow, so that a repeat after a crash does it once (flows 9.1).
    pub(crate) fn of_flow(cx: &Cx<'_>, instance: &str, token: &str) -> Self {
        let scope = format!("{}/{instance}/flow", cx.settings().account);
        Self { op: Op::StartTaskContact, scope, token: token.to_owned(), fingerprint: [0; 32], life_ms: FLOW_LIFE_MS }
    }

    /// The answer this token got before, if it was used; other parameters under the same token are refused.
    async fn earlier(&self, cx: &Cx<'_>) -> Result<Option<String>> {
        let Some(used) = cx.store().client_token(&self.scope, &self.token, cx.now_ms).await? else { return Ok(None) };
        if used.request_hash == self.fingerprint {
            return Ok(Some(used.answer));
        }
        Err(Error::new(self.mismatch(), "ClientToken was already used with different parameters"))
    }

    /// Binds the token to its answer in the commit that does the work: a failed call binds nothing.
    pub(crate) fn claim(&self, batch: &mut Batch, answer: &str, now_ms: i64) {
        let claim = TokenClaim {
            scope: self.scope.clone(),
            token: self.token.clone(),
            request_hash: self.fingerprint.to_vec(),
            answer: answer.to_owned(),
            expires_ms: now_ms.saturating_add(self.life_ms),
        };
        batch.claim_client_token(&claim, now_ms);
    }

    fn mismatch(&self) -> ExceptionKind {
        if self.op == Op::StartTaskContact {
            return ExceptionKind::InvalidParameterException; // task-templates 5.9.2
        }
        [ExceptionKind::IdempotencyException, ExceptionKind::InvalidRequestException]
            .into_iter()
            .find(|kind| self.op.declares(*kind))
            .unwrap_or(ExceptionKind::InvalidParameterException)
    }
}
