//! Functions that are associated with an instance: kept and listed. What is called is a matter of the settings alone
//! (administration 2.11, B51).

use store::{Batch, Conflict, Kind};
use wire::ops::{
    AssociateLambdaFunctionInput, DisassociateLambdaFunctionInput, ListLambdaFunctionsInput, ListLambdaFunctionsOutput,
};
use wire::{Empty, ExceptionKind, Op};

use crate::base::client_token::{self, Presented};
use crate::base::commit::{Attempt, commit};
use crate::base::page::Page;
use crate::base::scope;
use crate::resource::kinds::LAMBDA_FUNCTION;
use crate::resource::layer::new_row;
use crate::{Cx, Error, Result};

/// Functions on a page when the caller names no number (administration 1.2.5).
const PAGE: i32 = 25;

fn check(cx: &Cx<'_>, text: &str) -> Result<()> {
    if engine::function::is_arn(text) {
        return Ok(());
    }
    let form = "arn:{partition}:lambda:{region}:{account}:function:{name}[:{qualifier}]";
    Err(Error::invalid_parameter(cx.op(), format!("FunctionArn {text:?} must have the form {form}")))
}

/// AssociateLambdaFunction (administration 2.11.1, 2.11.2).
pub(crate) async fn associate(cx: &Cx<'_>, input: AssociateLambdaFunctionInput, token: Presented<'_>) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    check(cx, &input.function_arn)?;
    let (arn, token) = (input.function_arn.as_str(), token.within(cx, &instance));
    let attempt = || async {
        let mut batch = Batch::new();
        batch.insert_resource(&instance, Kind::LambdaFunction, &new_row(cx, arn, arn, "", "{}".to_owned(), ""));
        LAMBDA_FUNCTION.count_one(cx, &instance, &mut batch);
        if let Some(token) = &token {
            token.claim(&mut batch, "", cx.now_ms);
        }
        match commit(cx, batch, Empty).await? {
            Attempt::Again(Conflict::NameTaken | Conflict::Exists) => {
                let message = format!("FunctionArn: function {arn} is already associated");
                Err(Error::new(ExceptionKind::ResourceConflictException, message))
            }
            Attempt::Again(Conflict::CounterFull { .. }) => Err(LAMBDA_FUNCTION.full(cx, &instance)),
            other => Ok(other),
        }
    };
    client_token::once(cx, arn, token.as_ref(), |_| Empty, attempt).await
}

/// DisassociateLambdaFunction: one that is not associated is not found (administration 2.11.2).
pub(crate) async fn disassociate(
    cx: &Cx<'_>,
    input: DisassociateLambdaFunctionInput,
    token: Presented<'_>,
) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    check(cx, &input.function_arn)?;
    let (arn, token) = (input.function_arn.as_str(), token.within(cx, &instance));
    let attempt = || async {
        let found = cx.store().resource(&instance, Kind::LambdaFunction, arn).await?;
        let row = found.ok_or_else(|| Error::not_found(format!("FunctionArn: function {arn} is not associated")))?;
        let mut batch = Batch::new();
        batch.delete_resource(&instance, Kind::LambdaFunction, arn, row.rev);
        LAMBDA_FUNCTION.count_off(&instance, &mut batch);
        if let Some(token) = &token {
            token.claim(&mut batch, "", cx.now_ms);
        }
        commit(cx, batch, Empty).await
    };
    client_token::once(cx, arn, token.as_ref(), |_| Empty, attempt).await
}

/// ListLambdaFunctions, in the order of association.
pub(crate) async fn list(cx: &Cx<'_>, input: ListLambdaFunctionsInput) -> Result<ListLambdaFunctionsOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let size = input.max_results.or(Some(PAGE));
    let page = Page::of(cx, Op::ListLambdaFunctions, &[&instance], size, input.next_token.as_deref())?;
    let kind = Kind::LambdaFunction;
    let rows = cx.store().resource_page(&instance, kind, &[], page.after.as_ref(), page.size).await?;
    let next_token = page.token(cx, rows.next.as_ref());
    let functions = rows.items.into_iter().map(|row| row.id).collect();
    Ok(ListLambdaFunctionsOutput { lambda_functions: Some(functions), next_token })
}
